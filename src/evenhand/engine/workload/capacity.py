"""How much a rep can carry: selling minutes, what comes of them, and every term on the way.

Sustainable intake λ* = selling minutes per week × utilization ÷ minutes per item; by Little's law
(open = intake × time open) the most items that can be open at once are λ*·W. All in integers and
fractions; only the cap is rounded, down. (reference: algorithms c)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import POINT, Leave

MINUTES_PER_POINT = 10
UTILIZATION_PERCENT = 80
# Above it waiting grows out of hand (see `waiting_factor`): nobody plans for more.
MOST_UTILIZATION_PERCENT = 85

_MINUTE = timedelta(minutes=1)
_WEEK = timedelta(days=7)
_DAYS_PER_WEEK = 7
_ARRIVALS_VARIATION, _SERVICE_VARIATION = Fraction(3, 2), Fraction(1)


class UnusableTerms(ValueError):
    """A capacity cannot be worked out from these terms; the message names the one and why."""


@dataclass(frozen=True, slots=True)
class Busy:
    """A meeting or the like in working time: from `from_at` until `until_at`, not included."""

    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class SellingTime:
    """Working minutes of a span and what leaves of them; a meeting during leave counts as leave."""

    working: int
    leave: int
    meetings: int
    span: timedelta

    @property
    def minutes(self) -> int:
        """What is left for selling."""
        return self.working - self.leave - self.meetings

    @property
    def per_week(self) -> int:
        """Selling minutes in a week of this span, rounded down."""
        return int(Fraction(self.minutes) * Fraction(_WEEK // _MINUTE, self.span // _MINUTE))


def selling_time(
    calendar: Calendar,
    from_at: datetime,
    until_at: datetime,
    *,
    leaves: Iterable[Leave] = (),
    meetings: Iterable[Busy] = (),
) -> SellingTime:
    """The minutes left for selling between two instants, by the rep's own calendar.

    Whatever overlaps is counted once. Parts of a minute are dropped.

    :raises UnusableTerms: the span is shorter than a minute.
    :raises BeyondHorizon: an instant lies outside the years 1900 to 2199.
    """
    if until_at - from_at < _MINUTE:
        raise UnusableTerms(f"from {from_at} until {until_at} there is not a minute")
    away = [(leave.from_at, leave.until_at) for leave in leaves]
    busy = [*away, *((meeting.from_at, meeting.until_at) for meeting in meetings)]
    working = calendar.elapsed(from_at, until_at)
    leave = _covered(calendar, away, from_at, until_at)
    taken = _covered(calendar, busy, from_at, until_at)
    return SellingTime(
        working=working // _MINUTE,
        leave=leave // _MINUTE,
        # Rounded as a difference, so that the three terms always add up to whole minutes.
        meetings=taken // _MINUTE - leave // _MINUTE,
        span=until_at - from_at,
    )


@dataclass(frozen=True, slots=True)
class Override:
    """A manager's own cap, with a reason, until the end of a day."""

    open_items: int
    reason: str
    until_date: date

    def __post_init__(self) -> None:
        if self.open_items < 0:
            raise UnusableTerms(f"a cap of {self.open_items} items; give 0 or more")
        if not self.reason.strip():
            raise UnusableTerms("a cap set by hand needs a reason")


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one rep can carry, by its terms.

    `minutes_per_item` is the work in one item from receipt to close, `days_open` the calendar
    days that it stays open (W).

    :raises UnusableTerms: a negative term, no minutes per item, or planned above 85 %.
    """

    selling_minutes: int
    minutes_per_item: Fraction
    days_open: Fraction
    utilization_percent: int = UTILIZATION_PERCENT
    override: Override | None = None

    def __post_init__(self) -> None:
        if self.selling_minutes < 0:
            raise UnusableTerms(f"{self.selling_minutes} selling minutes; give 0 or more")
        if self.minutes_per_item <= 0:
            raise UnusableTerms(f"{self.minutes_per_item} minutes per item; give more than 0")
        if self.days_open < 0:
            raise UnusableTerms(f"open for {self.days_open} days; give 0 or more")
        if not 0 < self.utilization_percent <= MOST_UTILIZATION_PERCENT:
            raise UnusableTerms(
                f"a utilization of {self.utilization_percent} %; give 1 to "
                f"{MOST_UTILIZATION_PERCENT}: above it, waiting grows out of hand"
            )

    @property
    def usable_minutes(self) -> Fraction:
        """Minutes per week that may be planned."""
        return Fraction(self.selling_minutes * self.utilization_percent, 100)

    @property
    def usable_points(self) -> int:
        """The same in workload micro-points, rounded down."""
        return int(self.usable_minutes * POINT / MINUTES_PER_POINT)

    @property
    def intake_per_week(self) -> Fraction:
        """λ*: the items per week that can be taken on for ever."""
        return self.usable_minutes / self.minutes_per_item

    @property
    def derived_open_items(self) -> int:
        """λ*·W, rounded down; at least 1 for whoever has selling time at all."""
        return int(self._derived_items)

    @property
    def _derived_items(self) -> Fraction:
        items = self.intake_per_week * self.days_open / _DAYS_PER_WEEK
        return max(items, Fraction(1)) if self.usable_minutes else Fraction(0)

    def open_items(self, today: date) -> int:
        """The cap that holds today: the manager's until its last day, else the derived one."""
        return int(self._items(today))

    def _items(self, today: date) -> Fraction:
        if self.override is not None and today <= self.override.until_date:
            return Fraction(self.override.open_items)
        return self._derived_items

    def open_points(self, today: date) -> int:
        """The cap as workload micro-points of open items: what a rebalance keeps.

        A derived one is not rounded to whole items first: then it would fall or rise with what
        somebody happens to have, and a receiver be over it as soon as he has received.
        """
        return int(self._items(today) * self.minutes_per_item * POINT / MINUTES_PER_POINT)

    def room(self, open_items: int, today: date) -> int:
        """How many more items fit today; negative = over the cap."""
        return self.open_items(today) - open_items


def utilization_percent(handled_minutes: int, selling_minutes: int) -> Fraction | None:
    """Work done in percent of the time there was; None where there was none."""
    return Fraction(100 * handled_minutes, selling_minutes) if selling_minutes else None


def expected_open(intake_per_week: Fraction, days_open: Fraction) -> Fraction:
    """Little's law: how many items are open on average."""
    return intake_per_week * days_open / _DAYS_PER_WEEK


def waiting_factor(
    percent: int,
    arrivals_variation: Fraction = _ARRIVALS_VARIATION,
    service_variation: Fraction = _SERVICE_VARIATION,
) -> Fraction:
    """How often its own handling time an item waits for the rep (Kingman 1961): why 80 %.

    The variations are squared coefficients of variation; leads come in bursts, hence 1.5.

    :raises UnusableTerms: 100 % or more never catches up; less than 0 is none.
    """
    if not 0 <= percent < 100:
        raise UnusableTerms(f"a utilization of {percent} %; give 0 to 99")
    return Fraction(percent, 100 - percent) * (arrivals_variation + service_variation) / 2


def _covered(
    calendar: Calendar,
    spans: Sequence[tuple[datetime, datetime]],
    from_at: datetime,
    until_at: datetime,
) -> timedelta:
    """Working time inside any of the spans and the window."""
    total = timedelta(0)
    reached = from_at.astimezone(UTC)
    end = until_at.astimezone(UTC)
    for start, stop in sorted((a.astimezone(UTC), b.astimezone(UTC)) for a, b in spans):
        start, stop = max(start, reached), min(stop, end)
        if start < stop:
            total += calendar.elapsed(start, stop)
            reached = stop
    return total
