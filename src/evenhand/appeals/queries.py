"""Reading appeals: lists, what waits for whom, precedents, and how often which were upheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from evenhand.appeals.access import visible_appeals
from evenhand.appeals.models import Appeal, AppealState, Ruling
from evenhand.appeals.putting_right import TAKEN_AWAY
from evenhand.appeals.rules import APPEAL_WITHIN
from evenhand.ledger.models import Book
from evenhand.people.actor import Actor
from evenhand.people.models import Role
from evenhand.people.scope import Right, demand, may
from evenhand.routing.models import Receipt

DECIDED = (AppealState.UPHELD, AppealState.REJECTED)
_PRECEDENTS = 10


@dataclass(frozen=True, slots=True)
class AppealFilter:
    """Which appeals somebody wants to see; empty = all."""

    state: str = ""
    why: str = ""
    line_id: int | None = None
    rule: str = ""
    person_id: int | None = None
    is_overdue: bool = False
    is_for_me: bool = False
    since: datetime | None = None
    until: datetime | None = None


def appeals(actor: Actor, wanted: AppealFilter, *, now: datetime) -> QuerySet[Appeal]:
    """Appeals of people within reach: open ones first, the next due on top; then the newest.

    :raises NotAllowed: he may not see decisions about others.
    """
    demand(actor, Right.SEE_DECISIONS)
    rows = visible_appeals(actor).select_related("person", "decider", "line")
    simple = {
        "state": wanted.state,
        "why": wanted.why,
        "line_id": wanted.line_id,
        "rule": wanted.rule,
        "person_id": wanted.person_id,
        "filed_at__gte": wanted.since,
        "filed_at__lt": wanted.until,
    }
    rows = rows.filter(**{name: value for name, value in simple.items() if value})
    if wanted.is_overdue:
        rows = rows.filter(state=AppealState.OPEN, due_at__lt=now)
    if wanted.is_for_me:
        rows = rows.filter(_for(actor))
    # False sorts before true: what is open has no end.
    return rows.annotate(is_over=Q(closed_at__isnull=False)).order_by(
        "is_over", "-closed_at", "due_at", "-pk"
    )


def to_decide(actor: Actor) -> QuerySet[Appeal]:
    """Open appeals that wait for this person, the next due on top."""
    if not may(actor, Right.DECIDE_APPEAL):
        return Appeal.objects.none()
    rows = visible_appeals(actor).filter(_for(actor), state=AppealState.OPEN)
    return rows.select_related("person", "line").order_by("due_at", "pk")


def _for(actor: Actor) -> Q:
    own = actor.user_id or 0
    mine = Q(decider_id=own)
    if actor.role in (Role.SALES_OPS, Role.ADMIN):
        mine |= Q(decider=None)
    answered = Ruling.objects.filter(by_id=own).values("appeal_id")
    # Not what he may never decide: `access.barred_from` as a condition.
    return (
        mine
        & ~Q(person_id=own)
        & (Q(receipt__actor_id=None) | ~Q(receipt__actor_id=own))
        & ~Q(state=AppealState.OPEN, pk__in=answered)
    )


def own_appeals(actor: Actor) -> QuerySet[Appeal]:
    """One's own appeals, the newest first."""
    rows = Appeal.objects.filter(person_id=actor.user_id or 0).select_related("line", "decider")
    return rows.order_by("-pk")


def own_by_receipt(actor: Actor, receipt_id: int) -> Appeal | None:
    """One's own latest appeal about a decision."""
    rows = Appeal.objects.filter(person_id=actor.user_id or 0, receipt_id=receipt_id)
    return rows.order_by("-pk").first()


def taken_lately(actor: Actor, now: datetime) -> Sequence[Receipt]:
    """What was taken from somebody and he can still appeal, the latest first; at most ten."""
    own = actor.user_id or 0
    appealed = Appeal.objects.filter(person_id=own).exclude(state=AppealState.WITHDRAWN)
    rows = Receipt.objects.filter(
        from_rep_id=own, act__in=TAKEN_AWAY, at__gte=now - APPEAL_WITHIN
    ).exclude(actor_id=own)
    return list(rows.exclude(pk__in=appealed.values("receipt_id")).order_by("-pk")[:_PRECEDENTS])


def count_of_item(appeal: Appeal) -> int:
    """How many appeals there are about the same item, of whomever, this one included."""
    return Appeal.objects.filter(item_kind=appeal.item_kind, item_id=appeal.item_id).count()


def rulings_of(appeal: Appeal) -> list[Ruling]:
    """The answers given so far, the first one first."""
    return list(appeal.rulings.select_related("by").order_by("pk"))


def precedents(actor: Actor, appeal: Appeal) -> Sequence[Appeal]:
    """Decided appeals with the same reason under the same rule or group, the newest first."""
    alike = Q(rule=appeal.rule) if appeal.rule else Q(pk__in=())
    alike |= Q(book_id=appeal.book_id) if appeal.book_id is not None else Q(pk__in=())
    rows = visible_appeals(actor).filter(alike, why=appeal.why, state__in=DECIDED)
    rows = rows.exclude(pk=appeal.pk).prefetch_related("rulings").order_by("-pk")
    return list(rows[:_PRECEDENTS])


@dataclass(frozen=True, slots=True)
class Precedents:
    """How appeals with one reason under one rule ended: figures alone, for everybody."""

    rule: str
    why: str
    upheld: int
    rejected: int

    @property
    def decided(self) -> int:
        """How many were decided."""
        return self.upheld + self.rejected


def public_precedents(actor: Actor) -> list[Precedents]:
    """How appeals of the groups that somebody is in ended: no names, no words of anybody.

    :raises NotAllowed: he may not object himself.
    """
    demand(actor, Right.APPEAL)
    groups = Book.objects.filter(members__contains=[actor.user_id or 0]).values("pk")
    own = Q(person_id=actor.user_id or 0)
    return _counted(Appeal.objects.filter(own | Q(book_id__in=groups)))


def upheld_shares(rows: QuerySet[Appeal]) -> list[Precedents]:
    """How many of these were upheld, by rule and reason, the most often decided first."""
    return _counted(rows)


def _counted(rows: QuerySet[Appeal]) -> list[Precedents]:
    found = (
        rows.filter(state__in=DECIDED)
        .order_by()
        .values("rule", "why")
        .annotate(
            upheld=Count("pk", filter=Q(state=AppealState.UPHELD)),
            rejected=Count("pk", filter=Q(state=AppealState.REJECTED)),
        )
    )
    counted = [Precedents(**one) for one in found]
    return sorted(counted, key=lambda one: (-one.decided, one.rule, one.why))
