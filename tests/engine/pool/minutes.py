"""When clocks run out, worked out the slow way: minute by minute, from what the rules say.

Shares nothing with `engine.pool.clocks`: a clock is a count of the minutes in which it runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from evenhand.engine.calendar.worktime import Calendar

MINUTE = timedelta(minutes=1)
Stops = tuple[tuple[datetime, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many minutes had been counted before each minute since `base`."""

    base: datetime
    counted: "np.ndarray[tuple[int], np.dtype[np.int64]]"

    def minute(self, at: datetime) -> int:
        """The number of a whole minute."""
        return int((at - self.base) / MINUTE)

    def between(self, from_at: datetime, to_at: datetime) -> int:
        """Minutes counted from one whole minute to another."""
        return int(self.counted[self.minute(to_at)] - self.counted[self.minute(from_at)])

    def after(self, start: datetime, minutes: int) -> datetime | None:
        """The first minute before which so many were counted since `start`; None = none here."""
        wanted = self.counted[self.minute(start)] + minutes
        found = int(np.searchsorted(self.counted, wanted))
        return None if found >= len(self.counted) else self.base + found * MINUTE


@lru_cache(maxsize=16)
def open_minutes(
    calendar: Calendar | None, base: datetime, days: int
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which minutes are working time by the wall clock; no calendar = all of them."""
    size = days * 24 * 60
    if calendar is None:
        return np.ones(size, bool)
    found = np.zeros(size, bool)
    zone = ZoneInfo(calendar.zone)
    for number in range(-1, days + 1):
        day = (base + timedelta(days=number)).date()
        midnight = datetime.combine(day, time(), zone)
        for shift in calendar.shifts_on(day):
            # Sums within a zone are those of the wall clock.
            first, last = (
                (midnight + passed).astimezone(UTC) - base for passed in shift.from_midnight
            )
            found[max(0, first // MINUTE) : max(0, last // MINUTE)] = True
    return found


@lru_cache(maxsize=512)
def timeline(calendar: Calendar | None, base: datetime, days: int, stops: Stops) -> Timeline:
    """The minutes of a calendar without those in which the clock stands still."""
    runs = open_minutes(calendar, base, days).copy()
    for from_at, until_at in stops:
        first = max(0, int((from_at - base) / MINUTE))
        last = len(runs) if until_at is None else max(0, int((until_at - base) / MINUTE))
        runs[first:last] = False
    return Timeline(base, np.concatenate([np.zeros(1, np.int64), np.cumsum(runs)]))


@dataclass(frozen=True, slots=True)
class Terms:
    """A clock that takes the item away, in minutes. `warn` are minutes left."""

    clock: str
    after: int
    extends: int | None = None
    at_most: int | None = None
    warn: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A contact: when, and how many percent of an extension it is worth (0 = it proves nothing)."""

    at: datetime
    percent: int


def due(
    terms: Terms,
    start: datetime,
    contacts: Iterable[Evidence],
    line: Timeline,
    extra: int = 0,
) -> datetime | None:
    """When a clock runs out by these contacts; None = never, as things stand.

    `extra` are minutes that were granted on top.
    """
    first = line.after(start, terms.after)
    last = None if terms.at_most is None else line.after(start, terms.at_most)
    found = _least(first, last)
    for one in contacts:
        limit = None if found is None else line.after(found, extra)
        if terms.clock == "first_contact":
            # Met, unless it came too late.
            return None if limit is None or one.at <= limit else limit
        if terms.extends is None or not one.percent:
            continue
        if limit is None or found is None or one.at > limit:
            break
        moved = _least(line.after(one.at, terms.extends * one.percent // 100), last)
        found = None if moved is None else max(found, moved)
    return None if found is None else line.after(found, extra)


def _least(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
