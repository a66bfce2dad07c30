"""Whose the leads of a list would be, before anything is written; and how far its plan is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, Q, Sum

from evenhand.engine.reasons import Reason, reason_from_json
from evenhand.imports.kinds.leads import to_be_dealt
from evenhand.imports.models import Becomes, Import, Kind, ListPlan
from evenhand.imports.reading import opened
from evenhand.people.names import user_names
from evenhand.platform.refusal import Refused
from evenhand.policies.live import NoSuchLine
from evenhand.routing.foreseeing import Fate, foresee

LOOKED_AT = 5_000  # rows of a file whose dealing is foreseen


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody would have: how many leads, at how many micro-points."""

    rep_id: int
    name: str
    count: int
    points: int


@dataclass(frozen=True, slots=True)
class ListForeseen:
    """What dealing a list would do."""

    shares: Sequence[Share]  # who has most first
    pooled: int
    unassigned: Sequence[tuple[Reason, int]]  # why, and how many
    repeats: int
    unusable: int
    looked_at: int  # rows
    is_whole: bool
    why: Reason | None = None  # nothing can be foreseen

    @property
    def unassigned_count(self) -> int:
        """How many would be nobody's."""
        return sum(count for _, count in self.unassigned)


def foreseen(row: Import) -> ListForeseen | None:
    """What dealing the first rows of a list would do; None where nothing is dealt.

    :raises FileGone, UnreadableSheet, UnreadableOverride: as `reading.opened`.
    """
    if row.kind != Kind.LEAD or row.becomes not in (Becomes.ROUTE, Becomes.PLAN):
        return None
    with opened(row) as file:
        rows = list(islice(file.rows(), LOOKED_AT + 1))
    is_whole = len(rows) <= LOOKED_AT
    rows = rows[:LOOKED_AT]
    leads = [
        one.lead
        for one in rows
        if one.lead is not None and one.record is not None and to_be_dealt(row, one.record)
    ]
    unusable = sum(one.record is None for one in rows)
    is_plan = row.becomes == Becomes.PLAN
    plan = ListPlan.objects.filter(pk=row.pk).first() or ListPlan(collectors_first=True)
    try:
        found = foresee(
            leads, is_plan=is_plan, collectors_first=is_plan and bool(plan.collectors_first)
        )
    except (NoSuchLine, Refused) as error:
        why = getattr(error, "why", None)
        return ListForeseen((), 0, (), 0, unusable, len(rows), is_whole, why)
    return ListForeseen(
        shares=_shares(found.fates, found.names),
        pooled=sum(bool(one.pool) for one in found.fates),
        unassigned=_unassigned(found.fates),
        repeats=found.repeats,
        unusable=unusable,
        looked_at=len(rows),
        is_whole=is_whole,
    )


def _shares(fates: Sequence[Fate], names: dict[int, str]) -> list[Share]:
    counts: dict[int, list[int]] = {}
    for one in fates:
        if one.rep_id is not None:
            counted = counts.setdefault(one.rep_id, [0, 0])
            counted[0] += 1
            counted[1] += one.points
    shares = [Share(rep, names.get(rep, ""), n, points) for rep, (n, points) in counts.items()]
    return sorted(shares, key=lambda one: (-one.count, one.rep_id))


def _unassigned(fates: Sequence[Fate]) -> list[tuple[Reason, int]]:
    """One example of each typed reason, the most frequent first."""
    found: dict[str, tuple[Reason, int]] = {}
    for one in fates:
        if one.why is not None:
            example, count = found.get(one.why.code, (one.why, 0))
            found[one.why.code] = (example, count + 1)
    return sorted(found.values(), key=lambda pair: -pair[1])


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part of a plan; `rep_id` None = those that the rules are asked for again."""

    rep_id: int | None
    name: str
    count: int
    released: int
    points: int
    why: Reason | None  # what kept the last one back

    @property
    def left(self) -> int:
        """How many are not released yet."""
        return self.count - self.released


@dataclass(frozen=True, slots=True)
class PlanState:
    """How far a plan is."""

    plan: ListPlan
    parts: Sequence[Part]
    count: int
    released: int
    days_left: int  # working days, if everybody takes his portions

    @property
    def left(self) -> int:
        """How many are not released yet."""
        return self.count - self.released


def plan_state(row: Import) -> PlanState | None:
    """How far the plan of an import is; None while there is none."""
    plan = ListPlan.objects.filter(pk=row.pk, made_at__isnull=False).first()
    if plan is None:
        return None
    waiting = Q(released_at=None)
    grouped = (
        plan.items.order_by()
        .values("rep_id")
        .annotate(
            count=Count("pk"),
            released=Count("pk", filter=~waiting),
            points=Sum("points"),
        )
    )
    rows = list(grouped.order_by("-count", "rep_id"))
    kept = plan.items.filter(waiting, why__isnull=False).order_by("rep_id", "position")
    whys = {one.rep_id: one.why for one in kept.distinct("rep_id")}
    names = user_names({one["rep_id"] for one in rows} - {None})
    parts = [
        Part(
            one["rep_id"],
            names.get(one["rep_id"], ""),
            one["count"],
            one["released"],
            int(one["points"] or 0),
            reason_from_json(why) if (why := whys.get(one["rep_id"])) else None,
        )
        for one in rows
    ]
    most = max((one.left for one in parts), default=0)
    left = sum(one.left for one in parts)
    return PlanState(
        plan=plan,
        parts=parts,
        count=sum(one.count for one in parts),
        released=sum(one.released for one in parts),
        days_left=-(-(most if plan.is_per_rep else left) // plan.per_day),
    )
