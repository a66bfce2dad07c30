"""Time as a clock counts it: of a calendar's working time or of the wall clock, without stops.

A stop is a time in which the clock stands still: leave, a pause, a lock. One without an end freezes
the clock: until somebody ends it there is no deadline. (reference: algorithms, l)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import BeyondHorizon, Calendar, instant, zone_named
from evenhand.engine.pool.spans import Span

Mode = Literal["working", "real"]
_WHOLE_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which clocks stand still; `until_at` None = until somebody ends it."""

    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counting:
    """A calendar, its stops in order without overlaps, and what a day is. All instants aware."""

    calendar: Calendar
    stops: tuple[Stop, ...] = ()
    mode: Mode = "working"

    @classmethod
    def of(cls, calendar: Calendar, stops: Iterable[Stop], mode: Mode) -> "Counting":
        """Stops in any order, overlapping or not."""
        return cls(calendar, merged(stops), mode)

    @property
    def day_minutes(self) -> int:
        """How many minutes a day is, as far as that is one number."""
        day = ordinary_day(self.calendar.hours) if self.mode == "working" else _WHOLE_DAY
        return int(day.total_seconds()) // 60

    def after(self, start: datetime, span: Span) -> datetime | None:
        """The first instant at which `span` has been counted from `start`; None = never, as yet."""
        if self.mode == "working":
            return self._worked_after(start, span.lasting(ordinary_day(self.calendar.hours)))
        due = _days_on(start, span.days, zone_named(self.calendar.zone))
        due += timedelta(minutes=span.minutes)
        for stop in self.stops:
            if stop.until_at is None and stop.from_at < due:
                return None
            if stop.until_at is not None and stop.from_at < due:
                due += max(stop.until_at - max(stop.from_at, start), _NOTHING)
        return due

    def before(self, due: datetime, span: Span, *, start: datetime) -> datetime | None:
        """The instant from which `span` is counted until `due`; None = it lies before `start`."""
        if self.mode == "working":
            left = span.lasting(ordinary_day(self.calendar.hours))
            whole = self.counted(start, due)
            return None if whole < left else self._worked_after(start, whole - left)
        at = _days_on(due, -span.days, zone_named(self.calendar.zone))
        at -= timedelta(minutes=span.minutes)
        for stop in reversed(self.stops):
            if stop.until_at is not None and at < stop.until_at <= due:
                at -= stop.until_at - stop.from_at
        return at if at >= start else None

    def counted(self, from_at: datetime, to_at: datetime) -> timedelta:
        """How much time was counted between two instants."""
        whole = self._plain(from_at, to_at)
        for stop in self.stops:
            start, end = max(stop.from_at, from_at), to_at
            if stop.until_at is not None:
                end = min(stop.until_at, to_at)
            if start < end:
                whole -= self._plain(start, end)
        return whole

    def _plain(self, from_at: datetime, to_at: datetime) -> timedelta:
        if self.mode == "working":
            return self.calendar.elapsed(from_at, to_at)
        return to_at - from_at

    def _worked_after(self, start: datetime, wanted: timedelta) -> datetime | None:
        try:
            due = self.calendar.deadline(start, wanted)
            for stop in self.stops:
                if stop.until_at is None and stop.from_at < due:
                    return None
                if stop.until_at is None or stop.from_at >= due or stop.until_at <= start:
                    continue
                wanted += self.calendar.elapsed(max(stop.from_at, start), stop.until_at)
                due = self.calendar.deadline(start, wanted)
        except BeyondHorizon:
            return None  # a calendar that never opens counts nothing
        return due


def merged(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    """The same times in order, none touching another; empty ones left out."""
    found: list[Stop] = []
    for one in sorted(stops, key=lambda one: one.from_at):
        if one.until_at is not None and one.until_at <= one.from_at:
            continue
        last = found[-1] if found else None
        if last is None or (last.until_at is not None and last.until_at < one.from_at):
            found.append(one)
        elif last.until_at is not None and (one.until_at is None or one.until_at > last.until_at):
            found[-1] = Stop(last.from_at, one.until_at)
    return tuple(found)


@lru_cache(maxsize=256)
def ordinary_day(hours: WeekHours | None) -> timedelta:
    """How long an ordinary working day is."""
    if hours is None:
        return _WHOLE_DAY
    pairs = (shift.from_midnight for shift in hours.ordinary)
    return sum((closes - opens for opens, closes in pairs), _NOTHING)


def _days_on(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """So many days later or earlier at the same time of the wall clock, in UTC."""
    if not days:
        return at.astimezone(UTC)
    wall = at.astimezone(zone).replace(tzinfo=None, fold=0) + timedelta(days=days)
    return instant(wall, zone)
