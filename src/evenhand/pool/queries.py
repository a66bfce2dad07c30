"""What a pool offers to somebody: items with price and verdict, and what he has left himself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.expressions import OrderBy

from evenhand.engine.pool.claiming import (
    Claimer,
    Terms,
    days_in,
    may_claim,
    percent_of,
    possible_from,
    price_of,
    why_nothing,
)
from evenhand.engine.reasons import Reason
from evenhand.leads.masking import masked_text
from evenhand.leads.models import PoolStay
from evenhand.leads.peace import lives_of
from evenhand.leads.queries.paging import count_of
from evenhand.ledger.store import read_books
from evenhand.people.actor import Actor
from evenhand.pool.access import SeenPool, pooled_for
from evenhand.pool.drawing import drawn, ready_for
from evenhand.pool.judge import Judge
from evenhand.pool.masking import hidden_fields, mask_pooled
from evenhand.pool.tallies import NEW, Before, Tallies, held_before, tallies

PAGE = 30
# Every order ends with the id. What is hidden is no order.
ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "-pooled": ("-pooled_at", "-pk"),
    "pooled": ("pooled_at", "pk"),
    "-score": (F("score").desc(nulls_last=True), "-pk"),
}
_FILTERS = ("grade", "region", "source", "industry", "product")


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """Which items of a pool somebody asks for; "" = all."""

    kind: str = ""  # "" = the first kind that the pool holds
    grade: str = ""
    region: str = ""
    source: str = ""
    industry: str = ""
    product: str = ""
    only_ready: bool = False  # neither fresh nor in his cool-down
    order: str = "-pooled"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many of something somebody may have, and what he has used of it; None = no limit."""

    limit: int | None
    used: int

    @property
    def left(self) -> int | None:
        """What is left of it."""
        return None if self.limit is None else max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class Limits:
    """Where somebody stands who claims from a pool; points and balance in micro-points."""

    day: Allowance
    day_all: Allowance
    items: Allowance
    items_all: Allowance
    points: Allowance
    points_all: Allowance
    owed: int
    least_owed: int | None  # None = claims use no ledger
    why_nothing: Reason | None  # why he may claim nothing at all now

    @property
    def again_at(self) -> datetime | None:
        """When he may again, where that is only a question of time."""
        return None if self.why_nothing is None else possible_from(self.why_nothing)


@dataclass(frozen=True, slots=True)
class Offered:
    """An item on offer. `item` is masked: never save it."""

    kind: str
    item: Any
    points: int  # what it is worth
    percent: int  # of that it costs now
    price: int
    days: int  # in the pool
    former_owners: int
    was_mine: bool  # whoever looks held it before
    stay: PoolStay | None  # how, why and from whom it came
    why_not: Reason | None  # why he may not claim it now

    @property
    def from_at(self) -> datetime | None:
        """From when he may, where that is only a question of time."""
        return None if self.why_not is None else possible_from(self.why_not)


@dataclass(frozen=True, slots=True)
class Offer:
    """A page of what a pool offers to somebody."""

    pool: SeenPool
    kind: str
    items: Sequence[Offered]
    total: int
    number: int  # of this page, from 1
    size: int
    limits: Limits | None  # None = he is no member: he looks, or assigns
    is_blind: bool
    choose_of: int  # 0 = the whole list
    hidden: frozenset[str] = field(default_factory=frozenset)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.size))


def offer(
    actor: Actor,
    seen: SeenPool,
    *,
    filters: OfferFilter | None = None,
    page: int = 1,
    size: int = PAGE,
) -> Offer:
    """What a pool offers to somebody, as of the moment at which he sees it.

    A filter on what the pool hides from him is not applied: it would tell what is hidden.
    """
    wanted = filters or OfferFilter()
    kind = wanted.kind if wanted.kind in seen.kinds else seen.kinds[0]
    judge = Judge(seen.world, seen.ready)
    choose_of = 0 if seen.is_administrator else seen.ready.claim.choose_of
    limits, claimer = _limits(actor, seen, judge, kind)
    rows = pooled_for(actor, seen, kind)
    if choose_of:
        who = Claimer() if claimer is None else claimer
        today, can_pay = who.in_pool.today, who.can_pay
        rows = rows.filter(pk__in=drawn(actor, seen, kind, claimed=today, can_pay=can_pay))
    else:
        rows = _narrow(rows, seen, kind, wanted)
        if wanted.only_ready and actor.user_id is not None:
            rows = ready_for(rows, judge, kind, actor.user_id)
    total = count_of(rows).number
    last = max(1, -(-total // size))
    number = min(max(1, page), last)
    order = ORDERS.get(wanted.order, ORDERS["-pooled"])
    if kind != "account":
        rows = rows.select_related("company")
    shown = list(rows.order_by(*order)[(number - 1) * size : number * size])
    return Offer(
        pool=seen,
        kind=kind,
        items=_offered(actor, seen, judge, kind, shown, claimer),
        total=total,
        number=number,
        size=size,
        limits=limits,
        is_blind=seen.ready.claim.blind and not seen.is_administrator,
        choose_of=choose_of,
        hidden=hidden_fields(seen),
    )


def offered(actor: Actor, seen: SeenPool, kind: str, item: Any) -> Offered:
    """One item as it is offered, for its own page; it is masked here."""
    judge = Judge(seen.world, seen.ready)
    _, claimer = _limits(actor, seen, judge, kind)
    return _offered(actor, seen, judge, kind, [item], claimer)[0]


def _narrow(rows: Any, seen: SeenPool, kind: str, wanted: OfferFilter) -> Any:
    hidden = hidden_fields(seen)
    columns = {one.name for one in rows.model._meta.concrete_fields}
    for name in _FILTERS:
        value = getattr(wanted, name)
        if value and name in columns and name not in hidden:
            rows = rows.filter(**{name: value})
    return rows


def limits_of(actor: Actor, seen: SeenPool, kind: str = "") -> Limits | None:
    """Where somebody stands in a pool; None = he is no member."""
    return _limits(actor, seen, Judge(seen.world, seen.ready), kind or seen.kinds[0])[0]


def _limits(
    actor: Actor, seen: SeenPool, judge: Judge, kind: str
) -> tuple[Limits | None, Claimer | None]:
    if not seen.is_member or actor.user_id is None:
        return None, None
    rep = actor.user_id
    counted = tallies(seen.line_id, [rep], since=judge.since)
    key = judge.book_key(kind)
    book = read_books(seen.line_id, [key]).get(key) if key else None
    claimer = judge.claimer(rep, counted, book)
    why = judge.kept_away(rep) or why_nothing(claimer, _terms(seen, judge))
    return _as_limits(judge, counted, claimer, why, rep), claimer


def _as_limits(
    judge: Judge, counted: Tallies, claimer: Claimer, why: Reason | None, rep: int
) -> Limits:
    claim, holding = judge.ready.claim, judge.world.live.pools.holding
    items, points = claimer.in_pool.held(counts_won=claim.counts_won)
    all_items, all_points = claimer.in_all.held(counts_won=claim.counts_won)
    return Limits(
        day=Allowance(claim.per_day, claimer.in_pool.today),
        day_all=Allowance(holding.per_day, claimer.in_all.today),
        items=Allowance(claim.holding_items, items),
        items_all=Allowance(holding.items, all_items),
        points=Allowance(claim.holding_points, points),
        points_all=Allowance(holding.points, all_points),
        owed=claimer.owed,
        least_owed=judge.least_owed if judge.ready.terms.group is not None else None,
        why_nothing=why,
    )


def _terms(seen: SeenPool, judge: Judge) -> Terms:
    return judge.terms_of_administrators if seen.is_administrator else judge.terms


def _offered(
    actor: Actor,
    seen: SeenPool,
    judge: Judge,
    kind: str,
    items: Sequence[Any],
    claimer: Claimer | None,
) -> list[Offered]:
    ids = [item.pk for item in items]
    before = held_before(kind, ids)
    rows = PoolStay.objects.filter(item_kind=kind, item_id__in=ids, left_at=None)
    stays = {one.item_id: one for one in rows.select_related("from_rep__user")}
    for stay in stays.values() if not seen.is_administrator else ():
        stay.note = "" if "note" in hidden_fields(seen) else masked_text(stay.note)
    terms = _terms(seen, judge)
    rep = actor.user_id if claimer is not None else None
    lives = lives_of([(kind, item) for item in items])
    found = []
    for item in items:
        had: Before = before.get(item.pk, NEW)
        weighed = judge.weigh(kind, item)
        life = lives.get((kind, item.pk))
        seen_as = judge.claimable(item, weighed, had, rep, life)
        days = days_in(seen_as.entered_at, terms.now)
        found.append(
            Offered(
                kind=kind,
                item=item,
                points=seen_as.points,
                percent=percent_of(days, had.owners, terms.price),
                price=price_of(seen_as, terms),
                days=days,
                former_owners=had.owners,
                was_mine=actor.user_id in had.until,
                stay=stays.get(item.pk),
                why_not=None if claimer is None else may_claim(claimer, seen_as, terms),
            )
        )
    mask_pooled(seen, kind, items)
    return found
