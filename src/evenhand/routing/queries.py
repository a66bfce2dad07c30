"""Reading decisions, the unassigned, and how often people decided by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from evenhand.leads.access import MODELS, visible
from evenhand.leads.models import State
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.people.scope import Right, demand
from evenhand.routing.access import visible_receipts
from evenhand.routing.models import Receipt
from evenhand.routing.operations.acts import OVERRIDES


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """What of the stream of decisions somebody wants to see; empty = all."""

    line_id: int | None = None
    rep_id: int | None = None
    outcome: str = ""
    act: str = ""  # by hand only: assign, transfer, return, void
    rule: str = ""
    grade: str = ""
    item_kind: str = ""
    book_id: int | None = None
    actor_id: int | None = None  # who did it by hand
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None


def decisions(actor: Actor, wanted: DecisionFilter) -> QuerySet[Receipt]:
    """Decisions, newest first.

    :raises NotAllowed: the actor may not see decisions about others.
    """
    demand(actor, Right.SEE_DECISIONS)
    found = visible_receipts(actor).order_by("-pk")
    simple = {
        "line_id": wanted.line_id,
        "rep_id": wanted.rep_id,
        "outcome": wanted.outcome,
        "act": wanted.act,
        "rule": wanted.rule,
        "grade": wanted.grade,
        "item_kind": wanted.item_kind,
        "book_id": wanted.book_id,
        "actor_id": wanted.actor_id,
        "reason": wanted.reason,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    return found.filter(**{name: value for name, value in simple.items() if value})


def receipts_of_item(actor: Actor, kind: str, item_id: int) -> Sequence[Receipt]:
    """Everything that was decided about an item that the actor can see, newest first."""
    demand(actor, Right.SEE_ITEMS)
    if kind not in MODELS or not visible(actor, kind).filter(pk=item_id).exists():
        return ()
    return list(Receipt.objects.filter(item_kind=kind, item_id=item_id).order_by("-pk"))


class OfItem(Protocol):
    """Whatever was written about an item: a receipt, a posting."""

    @property
    def item_kind(self) -> str: ...

    @property
    def item_id(self) -> int | None: ...


def items_decided(actor: Actor, receipts: Iterable[OfItem]) -> dict[tuple[str, int], Any]:
    """The items of these decisions that are within the actor's reach, by kind and id.

    :raises NotAllowed: the actor may not see items.
    """
    demand(actor, Right.SEE_ITEMS)
    ids: dict[str, set[int]] = {}
    for one in receipts:
        if one.item_id is not None and one.item_kind in MODELS:
            ids.setdefault(one.item_kind, set()).add(one.item_id)
    return {
        (kind, item.pk): item
        for kind, wanted in ids.items()
        for item in visible(actor, kind).filter(pk__in=wanted)
    }


@dataclass(frozen=True, slots=True)
class Heap:
    """Items that stand unassigned for the same reason."""

    code: str
    count: int
    oldest_at: datetime | None


def unassigned(actor: Actor, kind: str) -> QuerySet[Any]:
    """Items that nobody holds and that wait, the dearest and oldest first.

    :raises NotAllowed: the actor may not see them.
    """
    demand(actor, Right.SEE_UNASSIGNED)
    return (
        MODELS[kind]
        ._default_manager.filter(state=State.QUEUED)
        .select_related("line")
        .order_by("-points", "queued_at", "pk")
    )


def unassigned_heaps(actor: Actor, kind: str) -> list[Heap]:
    """The unassigned by typed reason, the largest heap first."""
    demand(actor, Right.SEE_UNASSIGNED)
    rows = (
        MODELS[kind]
        ._default_manager.filter(state=State.QUEUED)
        .values("why_unassigned__code")
        .annotate(count=Count("pk"), oldest_at=Min("queued_at"))
        .order_by("-count")
    )
    return [Heap(row["why_unassigned__code"] or "", row["count"], row["oldest_at"]) for row in rows]


def overrides_limit() -> int | None:
    """How many items a manager may assign and transfer by hand a day; None = any number."""
    return Organization.objects.values_list("overrides_per_day", flat=True).get(pk=1)


def todays_counts(actor: Actor, zone: ZoneInfo) -> dict[str, int]:
    """What was decided since midnight by this clock, by what became of it.

    :raises NotAllowed: the actor may not see decisions about others.
    """
    midnight = timezone.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    by_hand = Q(act__in=OVERRIDES) & ~Q(item_kind="task")
    dealt = Q(act="")
    return (
        decisions(actor, DecisionFilter(since=midnight))
        .order_by()
        .aggregate(
            assigned=Count("pk", filter=dealt & Q(outcome="assigned")),
            pooled=Count("pk", filter=dealt & Q(outcome="pooled")),
            unassigned=Count(
                "pk", filter=dealt & Q(outcome__in=("waiting", "escalated", "no_rule"))
            ),
            by_hand=Count("pk", filter=by_hand),
        )
    )
