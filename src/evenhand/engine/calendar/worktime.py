"""Working time on the time line: is it open, how much has passed, when is a deadline due.

All answers come from prefix sums W of working intervals, one table per year, made when first
needed (reference/algorithms.md, l): elapsed = W(t1) - W(t0), deadline = W^-1(W(t0) + m).
Instants are integer microseconds since 1970 inside, so that nothing is ever rounded. Answers are
in UTC: within one zone Python adds and compares by the wall clock, wrongly where that is set back.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate
from types import MappingProxyType
from zoneinfo import ZoneInfo

from evenhand.engine.calendar.hours import ALL_DAY, ONE_DAY, Shift, WeekHours, hours_text
from evenhand.engine.reasons import Reason, reason

FIRST_YEAR = 1900
LAST_YEAR = 2199

# Next year's notice may still move the days just before New Year: China worked on Saturday
# 29 December 2018 by the notice of 2019. 29 December is the earliest day ever moved.
_NOTICE_REACH = timedelta(days=5)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_NONE: Mapping[date, "Day"] = MappingProxyType({})


class UnknownZone(Exception):
    """There is no time zone of this name; `reason` holds the name."""

    def __init__(self, zone: str) -> None:
        super().__init__(f"{zone!r} is not a time zone; use a name such as Asia/Shanghai")
        self.reason = reason("calendar.zone_unknown", zone=zone)


class BeyondHorizon(Exception):
    """The answer lies outside the years 1900 to 2199, or there is none: it never opens."""

    def __init__(self, at: datetime) -> None:
        super().__init__(
            f"no working time can be counted from {at.isoformat()} on: the calendar never opens, "
            f"or the answer lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        )
        self.reason = reason("calendar.beyond_horizon", at=at.isoformat(), last_year=LAST_YEAR)


class DayKind(StrEnum):
    """What makes a date differ from its weekday."""

    HOLIDAY = "holiday"  # nobody works
    WORKDAY = "workday"  # worked although the weekday is off: a make-up workday (调休上班)
    HOURS = "hours"  # other hours than usual


@dataclass(frozen=True, slots=True)
class Day:
    """A date that differs from its weekday.

    A workday has the hours of the weekday that it stands for (1 = Monday … 7 = Sunday; a Sunday
    worked in exchange for a Tuesday stands for 2). Where that is not known, or that weekday is
    off, it has the hours of its own weekday, and failing these those of an ordinary day.
    """

    kind: DayKind
    name: str = ""
    shifts: tuple[Shift, ...] = ()  # of special hours, only
    stands_for: int | None = None  # of a workday, only

    def __post_init__(self) -> None:
        if bool(self.shifts) != (self.kind is DayKind.HOURS):
            raise ValueError("special hours, and they alone, have shifts")
        if self.stands_for is not None and self.kind is not DayKind.WORKDAY:
            raise ValueError("only a make-up workday stands for a weekday")


@dataclass(frozen=True, slots=True)
class _Year:
    """The working intervals of one year and their prefix sums, in microseconds."""

    start: int  # the year's first instant
    end: int  # the next year's first instant
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    sums: tuple[int, ...]  # sums[i]: working time in the first i intervals

    @property
    def total(self) -> int:
        return self.sums[-1]

    def worked(self, at: int) -> int:
        """W(at) within this year."""
        index = bisect_right(self.opens, at) - 1
        if index < 0:
            return 0
        return self.sums[index] + min(at, self.closes[index]) - self.opens[index]

    def reached(self, worked: int) -> int:
        """The first instant at which W is `worked`, for 0 < worked <= total."""
        index = bisect_left(self.sums, worked) - 1
        return self.opens[index] + worked - self.sums[index]

    def next_open(self, at: int) -> int | None:
        """The first working instant of this year at or after `at`."""
        index = bisect_right(self.closes, at)
        return max(at, self.opens[index]) if index < len(self.opens) else None

    def close_of(self, at: int) -> int:
        """When the run that the working instant `at` lies in ends, or this year does."""
        return self.closes[bisect_right(self.opens, at) - 1]


@dataclass(frozen=True, slots=True)
class Calendar:
    """When work is done, in one time zone.

    Without `hours` every day is open around the clock, except for the holidays in `days`.
    `provisional_years` are years whose official days are not all published; `covered_years`
    are the years for which official days were asked for at all (None: none are used here).
    Spans are real time: a night shift in which the clock jumps ahead is an hour shorter.
    """

    zone: str = "UTC"
    hours: WeekHours | None = None
    days: Mapping[date, Day] = field(default_factory=lambda: _NONE)
    provisional_years: frozenset[int] = frozenset()
    covered_years: frozenset[int] | None = None
    # Tables by year, filled when first asked for. They follow from the fields above.
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)
    _clock: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """:raises UnknownZone: no such time zone."""
        object.__setattr__(self, "_clock", zone_named(self.zone))
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))

    def __hash__(self) -> int:
        return hash((self.zone, self.hours, len(self.days), self.provisional_years))

    def is_working(self, at: datetime) -> bool:
        """Whether `at` is working time; the closing instant of a shift is not.

        :raises BeyondHorizon: `at` lies outside the years 1900 to 2199.
        """
        tick = _ticks(at)
        return self._year_of(at, tick)[1].next_open(tick) == tick

    def elapsed(self, from_at: datetime, to_at: datetime) -> timedelta:
        """The working time from one instant to another, negative if `to_at` is the earlier.

        :raises BeyondHorizon: an instant lies outside the years 1900 to 2199.
        """
        from_tick, to_tick = _ticks(from_at), _ticks(to_at)
        if to_tick < from_tick:
            return -self.elapsed(to_at, from_at)
        first, first_year = self._year_of(from_at, from_tick)
        last, last_year = self._year_of(to_at, to_tick)
        found = last_year.worked(to_tick) - first_year.worked(from_tick)
        if first != last:
            found += sum(self._year(year).total for year in range(first, last))
        return found * _TICK

    def deadline(self, start_at: datetime, span: timedelta) -> datetime:
        """The first instant at which `span` of working time has passed, in UTC.

        An empty span is over at once, also outside working time.

        :raises BeyondHorizon: there is not that much working time before the year 2200.
        :raises ValueError: the span is negative.
        """
        if span < timedelta(0):
            raise ValueError(f"a deadline cannot lie {-span} before its start")
        start = _ticks(start_at)
        year, table = self._year_of(start_at, start)
        if not span:
            return start_at.astimezone(UTC)
        wanted = table.worked(start) + span // _TICK
        while wanted > table.total:
            wanted -= table.total
            year += 1
            if year > LAST_YEAR:
                raise BeyondHorizon(start_at)
            table = self._year(year)
        return _EPOCH + table.reached(wanted) * _TICK

    def next_open(self, at: datetime) -> datetime:
        """The first working instant at or after `at`, in UTC.

        :raises BeyondHorizon: there is none before the year 2200.
        """
        tick = _ticks(at)
        year, table = self._year_of(at, tick)
        while (found := table.next_open(tick)) is None:
            year += 1
            if year > LAST_YEAR:
                raise BeyondHorizon(at)
            table = self._year(year)
        return _EPOCH + found * _TICK

    def pause_after(self, at: datetime, *, within: timedelta) -> datetime | None:
        """When the working time that `at` lies in pauses, in UTC; None: not `within` so long.

        `within` is at most a year.

        :raises BeyondHorizon: `at` lies outside the years 1900 to 2199.
        :raises ValueError: `at` is not working time.
        """
        if not self.is_working(at):
            raise ValueError(f"{at.isoformat()} is not working time")
        tick = _ticks(at)
        latest = tick + within // _TICK
        year, table = self._year_of(at, tick)
        found = table.close_of(tick)
        if found == table.end < latest and year < LAST_YEAR:  # at work through New Year
            following = self._year(year + 1)
            found = following.close_of(found) if following.next_open(found) == found else found
        return _EPOCH + found * _TICK if found < latest else None

    def why_closed(self, at: datetime) -> Reason | None:
        """Why `at` is not working time and when it opens; None if it is working time.

        :raises BeyondHorizon: `at` lies outside the years 1900 to 2199.
        """
        if self.is_working(at):
            return None
        try:
            opens_at = self.next_open(at).astimezone(self._clock).isoformat()
        except BeyondHorizon:
            opens_at = None  # a calendar may be shut for good; that is no error here
        local = at.astimezone(self._clock)
        day, on = self.days.get(local.date()), local.date().isoformat()
        if day is not None and day.kind is DayKind.HOLIDAY:
            return reason("calendar.holiday", date=on, name=day.name, opens_at=opens_at)
        shifts = self.shifts_on(local.date())
        if not shifts:
            return reason(
                "calendar.day_off", date=on, weekday=local.isoweekday(), opens_at=opens_at
            )
        return reason(
            "calendar.outside_hours",
            date=on,
            time=local.time().isoformat("minutes"),
            hours=hours_text(shifts),
            opens_at=opens_at,
        )

    def shifts_on(self, day: date) -> tuple[Shift, ...]:
        """The shifts that begin on a date."""
        special = self.days.get(day)
        if special is not None and special.kind is DayKind.HOLIDAY:
            return ()
        if special is not None and special.kind is DayKind.HOURS:
            return special.shifts
        if self.hours is None:
            return (ALL_DAY,)
        own = self.hours.on(day.isoweekday())
        if special is None:
            return own
        meant = self.hours.on(special.stands_for) if special.stands_for else ()
        return meant or own or self.hours.ordinary

    def is_provisional(self, day: date) -> bool:
        """Whether the official days around this date may still change, or are not known."""
        return self.why_provisional(day) is not None

    def why_provisional(self, day: date) -> Reason | None:
        """The year whose official days are not published or not loaded; None if all is settled.

        The last days of December also depend on the next year's notice.
        """
        for year in dict.fromkeys((day.year, (day + _NOTICE_REACH).year)):
            if year in self.provisional_years:
                return reason("calendar.provisional", year=year)
        if self.covered_years is not None and day.year not in self.covered_years:
            return reason("calendar.not_covered", year=day.year)
        return None

    def _year_of(self, at: datetime, tick: int) -> tuple[int, _Year]:
        # The year in the zone of `at` is off by at most one from that in the calendar's zone.
        year = min(max(at.year, FIRST_YEAR), LAST_YEAR)
        table = self._year(year)
        if tick < table.start:
            year -= 1
        elif tick >= table.end:
            year += 1
        else:
            return year, table
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BeyondHorizon(at)
        return year, self._year(year)

    def _year(self, year: int) -> _Year:
        table = self._years.get(year)
        if table is None:
            table = self._years[year] = _year_table(self, self._clock, year)
        return table


def instant(wall: datetime, clock: ZoneInfo) -> datetime:
    """The first instant, in UTC, at which a zone's wall clock shows `wall` or later.

    So an hour that the clock skips is no time at all, and an hour that it repeats counts from
    its first showing. Later walls never give earlier instants, which other rules for skipped
    times do not guarantee; the order of shifts rests on it.
    """
    wall = wall.replace(tzinfo=clock, fold=0)
    before, after = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    assert before is not None and after is not None
    if before >= after:
        return wall.astimezone(UTC)
    # Skipped (PEP 495: fold=0 gives the offset before the jump): look for the jump itself.
    bare = wall.replace(tzinfo=UTC)
    low, high = (bare - after - _EPOCH) // _TICK, (bare - before - _EPOCH) // _TICK
    while high - low > 1:
        middle = (low + high) // 2
        shown = (_EPOCH + middle * _TICK).astimezone(clock)
        if shown.replace(tzinfo=None) < wall.replace(tzinfo=None):
            low = middle
        else:
            high = middle
    return _EPOCH + high * _TICK


def zone_named(zone: str) -> ZoneInfo:
    """The time zone of an IANA name.

    :raises UnknownZone: no such time zone.
    """
    try:
        return ZoneInfo(zone)
    # What an unknown name raises depends on its form: "", "../x" and "Asia" all differ.
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZone(zone) from error


def _year_table(calendar: Calendar, clock: ZoneInfo, year: int) -> _Year:
    start = _ticks(instant(datetime(year, 1, 1), clock))
    end = _ticks(instant(datetime(year + 1, 1, 1), clock))
    opens: list[int] = []
    closes: list[int] = []
    for opened, closed in sorted(_intervals(calendar, clock, year)):
        opened, closed = max(opened, start), min(closed, end)
        if opened >= closed:
            continue
        # Whole days touch at midnight, and a night shift may run into the next morning's.
        if closes and opened <= closes[-1]:
            closes[-1] = max(closes[-1], closed)
        else:
            opens.append(opened)
            closes.append(closed)
    lengths = (closed - opened for opened, closed in zip(opens, closes, strict=True))
    return _Year(start, end, tuple(opens), tuple(closes), tuple(accumulate(lengths, initial=0)))


def _intervals(calendar: Calendar, clock: ZoneInfo, year: int) -> Iterator[tuple[int, int]]:
    # The eve's night shift reaches into the year; no shift is longer than a day.
    for day in _dates(date(year, 1, 1) - ONE_DAY, date(year, 12, 31)):
        midnight = datetime.combine(day, time(0))
        for shift in calendar.shifts_on(day):
            opened, closed = shift.from_midnight
            yield (
                _ticks(instant(midnight + opened, clock)),
                _ticks(instant(midnight + closed, clock)),
            )


def _dates(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _ticks(at: datetime) -> int:
    if at.tzinfo is None:
        raise TypeError(f"{at.isoformat()} has no time zone; the engine takes aware datetimes only")
    return (at - _EPOCH) // _TICK
