"""Claiming (领取) from a pool: what it costs, who may now, and otherwise why not and when.

(reference: algorithms a, "claim"; behaviours 8)
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo

from evenhand.engine.pool.section import ClaimTerms, HoldingSection, PriceTerms
from evenhand.engine.pool.spans import Span
from evenhand.engine.reasons import Param, Reason, reason

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """What somebody claimed: on the company's day so far, and of it what he still holds.

    Won customers are kept apart, because they count only where the terms say so.
    """

    today: int = 0
    items: int = 0
    points: int = 0  # micro-points
    won_items: int = 0
    won_points: int = 0

    def held(self, *, counts_won: bool) -> tuple[int, int]:
        """Items and micro-points that a holding limit counts."""
        if counts_won:
            return self.items + self.won_items, self.points + self.won_points
        return self.items, self.points

    def with_one_more(self, points: int) -> "Tally":
        """The tally after one more claim."""
        return replace(
            self, today=self.today + 1, items=self.items + 1, points=self.points + points
        )


@dataclass(frozen=True, slots=True)
class Claimer:
    """Somebody who claims: his tallies in the pool and in all pools of the line, his balance."""

    in_pool: Tally = Tally()
    in_all: Tally = Tally()
    owed: int = 0  # micro-points
    least_owed: int | None = None  # the floor; None = claims use no ledger

    @property
    def can_pay(self) -> bool:
        """Whether his balance lets him claim what costs something."""
        return self.least_owed is None or self.owed >= self.least_owed


@dataclass(frozen=True, slots=True)
class Claimable:
    """An item in a pool as claiming sees it."""

    entered_at: datetime
    points: int  # what it is worth, in micro-points
    former_owners: int = 0
    given_up_at: datetime | None = None  # when the claimer himself last ceased to hold it
    misfit: Reason | None = None  # why it is nothing for him: level, skill, the customer's peace


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms, and at which moment: `zone` is the company's, whose days count."""

    now: datetime
    zone: tzinfo
    claim: ClaimTerms = field(default_factory=ClaimTerms)
    price: PriceTerms = field(default_factory=lambda: PriceTerms(start_percent=0))
    holding: HoldingSection = field(default_factory=HoldingSection)
    is_exempt: bool = False  # administrators: from the freshness lock

    @property
    def next_day(self) -> datetime:
        """When the company's next day begins, and with it another day's claims."""
        return after(midnight(self.now, self.zone), Span(days=1), self.zone)


def midnight(at: datetime, zone: tzinfo) -> datetime:
    """When the day of a moment began, in UTC."""
    local = at.astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


def after(start: datetime, span: Span, zone: tzinfo) -> datetime:
    """The end of a span that begins at `start`: days by the wall clock, hours as they pass."""
    if not span:
        return start
    local = start.astimezone(zone).replace(tzinfo=None) + span.days * _DAY
    return local.replace(tzinfo=zone).astimezone(UTC) + timedelta(minutes=span.minutes)


def percent_of(days: int, former_owners: int, terms: PriceTerms) -> int:
    """Which percentage of its points an item costs after so many days and owners."""
    fallen = days * terms.less_per_day_percent + former_owners * terms.less_per_owner_percent
    # A price that starts below the least never rises to it.
    return max(min(terms.least_percent, terms.start_percent), terms.start_percent - fallen)


def price(points: int, days: int, former_owners: int, terms: PriceTerms) -> int:
    """What an item costs whoever claims it, in micro-points: less the older, down to nothing."""
    return points * percent_of(days, former_owners, terms) // 100


def free_from(terms: PriceTerms) -> tuple[tuple[int, int], ...]:
    """From when an item costs nothing: pairs of former owners, at least so many, and whole days in
    the pool. Empty = it always costs its share."""
    start, a_day, an_owner = (
        terms.start_percent, terms.less_per_day_percent, terms.less_per_owner_percent
    )  # fmt: skip
    if min(terms.least_percent, start):
        return ()
    most = -(-start // an_owner) if an_owner else 0
    left = [(owners, max(0, start - owners * an_owner)) for owners in range(most + 1)]
    return tuple(
        (owners, -(-rest // a_day) if rest else 0) for owners, rest in left if a_day or not rest
    )


def days_in(entered_at: datetime, now: datetime) -> int:
    """Whole days since an item came into its pool."""
    return max(0, (now - entered_at) // _DAY)


def price_of(item: Claimable, terms: Terms) -> int:
    """What the item costs now."""
    days = days_in(item.entered_at, terms.now)
    return price(item.points, days, item.former_owners, terms.price)


def may_claim(who: Claimer, item: Claimable, terms: Terms) -> Reason | None:
    """Why somebody may not claim an item now; None = he may.

    Of several reasons the one that holds longest is told: first what no waiting mends, then that
    with the latest moment (`from_at`, ISO) from which it no longer does.
    """
    against = [
        why
        for why in (
            item.misfit,
            *_limits(who, item.points, terms),
            _balance(who, price_of(item, terms)),
            *_waits(item, terms),
            *_days(who, terms),
        )
        if why is not None
    ]
    return max(against, key=_how_long, default=None)


def why_nothing(who: Claimer, terms: Terms) -> Reason | None:
    """Why somebody may claim nothing at all now, whatever the item; None = nothing keeps him.

    The balance is not asked: what costs nothing may be claimed below the floor.
    """
    against = [why for why in (*_limits(who, 0, terms), *_days(who, terms)) if why is not None]
    return max(against, key=_how_long, default=None)


def possible_from(why: Reason) -> datetime | None:
    """From which moment a reason no longer holds; None = waiting alone does not mend it."""
    name = _MENDED.get(why.code)
    at = None if name is None else dict(why.params).get(name)
    return None if at is None else datetime.fromisoformat(str(at))


# Reasons that time mends, and the parameter that says when.
_MENDED = {
    "availability.on_leave": "back_at",
    "claim.cool_down": "from_at",
    "claim.day_limit": "from_at",
    "claim.day_limit_all": "from_at",
    "claim.fresh": "from_at",
    "peace.owners": "opens_at",
    "peace.quiet": "opens_at",
}


def _how_long(why: Reason) -> tuple[bool, datetime]:
    at = possible_from(why)
    return (at is None, datetime.min.replace(tzinfo=UTC) if at is None else at)


def _until(code: str, at: datetime, terms: Terms, **params: Param) -> Reason | None:
    if at <= terms.now:
        return None
    return reason(code, from_at=_full_minute(at.astimezone(terms.zone)).isoformat(), **params)


def _full_minute(at: datetime) -> datetime:
    """The first full minute at which something is over: whoever comes then is not early."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)


def _waits(item: Claimable, terms: Terms) -> tuple[Reason | None, ...]:
    fresh = after(item.entered_at, terms.claim.fresh_for, terms.zone)
    cool = item.given_up_at and after(item.given_up_at, terms.claim.cool_down, terms.zone)
    return (
        None if terms.is_exempt else _until("claim.fresh", fresh, terms),
        None if cool is None else _until("claim.cool_down", cool, terms),
    )


def _days(who: Claimer, terms: Terms) -> tuple[Reason | None, ...]:
    claim, holding = terms.claim, terms.holding
    found = []
    for code, done, limit in (
        ("claim.day_limit", who.in_pool.today, claim.per_day),
        ("claim.day_limit_all", who.in_all.today, holding.per_day),
    ):
        if limit is not None and done >= limit:
            found.append(_until(code, terms.next_day, terms, limit=limit))
    return tuple(found)


def _limits(who: Claimer, points: int, terms: Terms) -> tuple[Reason | None, ...]:
    claim, holding = terms.claim, terms.holding
    items, held = who.in_pool.held(counts_won=claim.counts_won)
    all_items, all_held = who.in_all.held(counts_won=claim.counts_won)
    return (
        _too_many("claim.holding_items", items, claim.holding_items),
        _too_many("claim.holding_items_all", all_items, holding.items),
        _too_much("claim.holding_points", held, points, claim.holding_points),
        _too_much("claim.holding_points_all", all_held, points, holding.points),
    )


def _too_many(code: str, held: int, limit: int | None) -> Reason | None:
    return None if limit is None or held < limit else reason(code, held=held, limit=limit)


def _too_much(code: str, held: int, points: int, limit: int | None) -> Reason | None:
    if limit is None or held + points <= limit:
        return None
    return reason(code, held=held, points=points, limit=limit)


def _balance(who: Claimer, cost: int) -> Reason | None:
    """The floor of the balance. What costs nothing moves no balance and is not kept from anybody:
    reviving what others left always pays."""
    if not cost or who.can_pay or who.least_owed is None:
        return None
    return reason("claim.too_far_ahead", owed=who.owed, least=who.least_owed)
