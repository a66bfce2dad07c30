"""When the clocks over items run out: for lists, pages and what somebody should look at first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Assignment, Company, Held, Lead, Opportunity
from evenhand.people.actor import Actor

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
    rows = _open(kind).filter(item_id__in=wanted, due_at__isnull=False)
    return {row.item_id: Deadline(row.due_at, row.clocks) for row in rows if row.due_at}


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
    """An item of somebody's that runs out soon."""

    kind: str
    item: Any
    deadline: Deadline


def ending_for(actor: Actor, *, now: datetime) -> tuple[Sequence[Ending], dict[str, int]]:
    """What a rep holds and loses next, the most pressing first; and how many there are, by kind,
    where not all are shown."""
    if actor.user_id is None:
        return (), {}
    mine = Assignment.objects.filter(rep_id=actor.user_id, closed_at=None)
    soon = mine.filter(Q(due_at__lte=now + SOON), next_at__isnull=False)
    first = list(soon.order_by("due_at", "pk")[:SOONEST_SHOWN])
    items = {
        (kind, item.pk): item
        for model, kind in KIND_OF.items()
        if (ids := [one.item_id for one in first if one.item_kind == kind])
        for item in model._default_manager.filter(pk__in=ids)
    }
    found = [
        Ending(one.item_kind, item, Deadline(one.due_at, one.clocks))
        for one in first
        if one.due_at and (item := items.get((one.item_kind, one.item_id))) is not None
    ]
    if len(first) < SOONEST_SHOWN:
        return found, {}
    counted = soon.order_by("item_kind").values_list("item_kind").annotate(Count("pk"))
    return found, dict(counted)


def _open(kind: str) -> QuerySet[Assignment]:
    return Assignment.objects.filter(item_kind=kind, closed_at=None)
