"""What a manager sees of a team: how far leads came, who holds what, how soon contact was made.

Every figure is a count of rows that the lists show for the same filter: `leads_within` is asked,
nothing beside it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import visible
from evenhand.leads.models import State
from evenhand.leads.queries.filters import REACHED, LeadFilter
from evenhand.leads.queries.leads import leads_within
from evenhand.people.actor import Actor

# The steps of the funnel in their order; "all" is everything that came in.
STEPS = ("all", *REACHED)
# Of each person so many latest first contacts count: enough for a median, and quick for all.
RESPONSES = 40


@dataclass(slots=True)
class Funnel:
    """How many leads of a time came how far, by step."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STEPS, 0))

    def add(self, other: "Funnel") -> None:
        """Count another one in."""
        for step, count in other.counts.items():
            self.counts[step] += count


def funnels(actor: Actor, wanted: LeadFilter, *, now: datetime) -> dict[int | None, Funnel]:
    """Funnels by owner (None = nobody has it) of the leads that the filter lets through."""
    rows = leads_within(actor, replace(wanted, state="all"), now=now).order_by()
    steps = {step: Count("pk", filter=reached) for step, reached in REACHED.items()}
    found: dict[int | None, Funnel] = {}
    grouped: Any = rows.values("owner_id").annotate(all=Count("pk"), **steps)
    for row in grouped:
        found[row["owner_id"]] = Funnel({step: row[step] for step in STEPS})
    return found


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody holds now. Money in minor units by currency."""

    leads: int = 0
    accounts: int = 0
    opportunities: int = 0
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Leads of somebody that wait for their first contact."""

    due: int = 0
    overdue: int = 0


def waiting(actor: Actor, reps: Collection[int], *, now: datetime) -> dict[int, Waiting]:
    """What waits with these people for its first contact; who has none is left out. One query."""
    rows = _owned(actor, ItemKind.LEAD, reps).filter(contact_due_at__isnull=False)
    found = _by_owner(rows, over=Count("pk", filter=Q(contact_due_at__lt=now)))
    return {rep: Waiting(row["count"], row["over"]) for rep, row in found.items()}


def holdings(actor: Actor, reps: Collection[int]) -> dict[int, Holding]:
    """What each of these people holds, as far as the actor sees it; three queries.

    Leads are counted by their index alone.
    """
    leads = _by_owner(_owned(actor, ItemKind.LEAD, reps))
    accounts = _by_owner(_owned(actor, ItemKind.ACCOUNT, reps))
    deals: dict[int, tuple[int, dict[str, int]]] = {}
    grouped = _owned(actor, ItemKind.OPPORTUNITY, reps).values("owner_id", "currency")
    for row in grouped.annotate(count=Count("pk"), value=Sum("value")):
        count, values = deals.get(row["owner_id"], (0, {}))
        if row["value"]:
            values[row["currency"]] = int(row["value"])
        deals[row["owner_id"]] = (count + row["count"], values)
    return {
        rep: Holding(
            leads=leads.get(rep, {}).get("count", 0),
            accounts=accounts.get(rep, {}).get("count", 0),
            opportunities=deals.get(rep, (0, {}))[0],
            values=deals.get(rep, (0, {}))[1],
        )
        for rep in reps
    }


def _owned(actor: Actor, kind: ItemKind, reps: Collection[int]) -> Any:
    return visible(actor, kind).filter(owner_id__in=sorted(reps), state=State.OWNED).order_by()


def _by_owner(rows: Any, **counts: Count) -> Mapping[int, dict[str, int]]:
    found = rows.values("owner_id").annotate(count=Count("pk"), **counts)
    return {row["owner_id"]: row for row in found}


# The leads of so many people are most of what there is: they are found by their time, which is
# short, and not person by person, which would read all that these people ever had.
_MANY = 100
_LATEST = """
WITH given AS MATERIALIZED (
    SELECT owner_id, assigned_at, contacted_at FROM lead
    WHERE (%(many)s OR owner_id = ANY(%(reps)s)) AND contacted_at >= assigned_at
        AND (%(line)s::bigint IS NULL OR line_id = %(line)s)
        AND (%(since)s::timestamptz IS NULL OR created_at >= %(since)s)
        AND (%(until)s::timestamptz IS NULL OR created_at < %(until)s)
)
SELECT owner_id,
    json_agg((extract(epoch FROM assigned_at) * 1000000)::bigint),
    json_agg((extract(epoch FROM contacted_at) * 1000000)::bigint)
FROM (
    SELECT *, row_number() OVER (PARTITION BY owner_id ORDER BY contacted_at DESC) AS n
    FROM given WHERE owner_id = ANY(%(reps)s)
) AS latest WHERE n <= %(most)s GROUP BY owner_id
"""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def first_contacts(
    reps: Collection[int], wanted: LeadFilter
) -> dict[int, list[tuple[datetime, datetime]]]:
    """When these people were given their leads of a time, and when they first made contact.

    The latest RESPONSES of each; `reps` are within the caller's reach.
    """
    params: dict[str, Any] = {
        "reps": sorted(reps),
        "many": len(reps) >= _MANY,
        "line": wanted.line,
        "since": wanted.since,
        "until": wanted.until,
        "most": RESPONSES,
    }
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, params)
        # In numbers, all of one person together: eighty thousand dates take half a second to read.
        for rep, assigned, contacted in cursor.fetchall():
            found[rep] = list(zip(map(_at, assigned), map(_at, contacted), strict=True))
    return found


def _at(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
