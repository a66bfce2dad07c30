"""When the clocks over items run out: for lists, pages and what somebody should look at first."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Assignment, Company, Held, Lead, Opportunity
from evenhand.people.actor import Actor
from evenhand.platform.prepared import send
from evenhand.platform.row_objects import rows_where
from evenhand.platform.rows import array_of, pipelined

KIND_OF: Mapping[type[Held], str] = {
    Lead: ItemKind.LEAD.value,
    Company: ItemKind.ACCOUNT.value,
    Opportunity: ItemKind.OPPORTUNITY.value,
}
# What runs out within this asks for attention.
SOON = timedelta(days=3)
# Values of the filter `ends`.
ENDS = ("soon",)
SORT = "ends"
SOONEST_SHOWN = 8
ENDING_SHOWN = ("name", "company_name", "grade")


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the first clock over an item runs out, and which ones run, as they were worked out."""

    due_at: datetime
    clocks: Any  # as `Assignment.clocks`

    @property
    def clock(self) -> str:
        """The name of the one that runs out first; "" where it is not told."""
        told = self.clocks.get("clocks", ()) if isinstance(self.clocks, dict) else ()
        running = [one for one in told if one.get("state") == "running" and one.get("due")]
        return str(min(running, key=lambda one: str(one["due"]))["clock"]) if running else ""


def deadlines(kind: str, ids: Iterable[int]) -> dict[int, Deadline]:
    """Deadlines by item, of those over which a clock runs; one query."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = send(_DEADLINES, [str(kind), array_of(wanted, "bigint")]).rows()
    return {item_id: Deadline(due_at, _read(clocks)) for item_id, due_at, clocks in rows}


_DEADLINES = """
SELECT item_id, due_at, clocks FROM assignment
WHERE item_kind = %s AND item_id = ANY(%s::bigint[]) AND closed_at IS NULL AND due_at IS NOT NULL
"""


def _read(clocks: str | None) -> Any:
    return None if clocks is None else json.loads(clocks)


def ending_soon(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the items whose first clock runs out within SOON, or has and is acted upon now."""
    ends = Now() + SOON
    # `next_at` is never later than what it leads to; it has the index.
    found = _open(KIND_OF[rows.model]).filter(
        item_id=OuterRef("pk"), next_at__lte=ends, due_at__lte=ends
    )
    narrowed: QuerySet[Any] = rows.filter(Exists(found))
    return narrowed


def by_deadline(rows: QuerySet[Any]) -> Any:
    """What runs out first stands first. For rows that `ending_soon` has let through.

    Joined, so that the index of deadlines gives the order: a subquery is worked out for every row
    before the first page is cut off, two seconds for three hundred thousand.
    """
    table = Assignment._meta.db_table
    return rows.extra(
        tables=[table],
        where=[
            f"{table}.item_kind = %s AND {table}.item_id = {rows.model._meta.db_table}.id"
            f" AND {table}.closed_at IS NULL AND {table}.due_at IS NOT NULL"
        ],
        params=[KIND_OF[rows.model]],
        order_by=[f"{table}.due_at", f"-{table}.item_id"],
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """An item of somebody's that runs out soon; of the item only `ENDING_SHOWN` is read."""

    kind: str
    item: Any
    deadline: Deadline


def ending_for(actor: Actor, *, now: datetime) -> tuple[Sequence[Ending], dict[str, int]]:
    """What a rep holds and loses next, the most pressing first; and how many there are, by kind,
    where not all are shown."""
    if actor.user_id is None:
        return (), {}
    of_whom = [str(actor.user_id), now + SOON]
    with pipelined():
        soonest, counted = send(_SOONEST, of_whom), send(_SOON_COUNTED, of_whom)
        first, counts = soonest.rows(), dict(counted.rows())
    items = {
        (kind, item.pk): item
        for model, kind in KIND_OF.items()
        if (ids := [item_id for its_kind, item_id, *_ in first if its_kind == kind])
        for item in rows_where(
            model, "id = ANY(%s::bigint[])", [array_of(ids, "bigint")], only=ENDING_SHOWN
        )
    }
    found = [
        Ending(kind, item, Deadline(due_at, _read(clocks)))
        for kind, item_id, due_at, clocks in first
        if (item := items.get((kind, item_id))) is not None
    ]
    return found, counts if len(first) >= SOONEST_SHOWN else {}


_SOON = """
FROM assignment
WHERE rep_id = %s AND closed_at IS NULL AND due_at <= %s AND next_at IS NOT NULL
"""
_SOONEST = f"""
SELECT item_kind, item_id, due_at, clocks {_SOON} ORDER BY due_at, id LIMIT {SOONEST_SHOWN}
"""
_SOON_COUNTED = f"SELECT item_kind, count(*) {_SOON} GROUP BY item_kind ORDER BY item_kind"


def _open(kind: str) -> QuerySet[Assignment]:
    return Assignment.objects.filter(item_kind=kind, closed_at=None)
