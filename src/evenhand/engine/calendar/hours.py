"""Hours of a week: shifts per weekday, read from and written as text such as "09:00-18:00"."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import pairwise

from evenhand.engine.reasons import Reason, reason

MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)

_TEXT_LENGTH_MAX = 300
_CLOCK = r"(\d{1,2})[:：](\d{2})"
_SHIFT = re.compile(rf"{_CLOCK}(?:-|–|—|−|~|～|至|到){_CLOCK}", re.ASCII)
_AROUND_DASH = re.compile(r"\s*(-|–|—|−|~|～|至|到)\s*")
_SEPARATOR = re.compile(r"[\s,，、;；/]+")


class UnreadableHours(Exception):
    """The text or the shifts do not describe working hours; `reason` says why."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """A stretch of working time on one day, by the wall clock of the calendar's zone.

    An end that is not later than the start lies on the next day: 22:00-06:00 is a night shift,
    and an end of 00:00 is midnight. 00:00-00:00 is the whole day. A night shift belongs to the
    day on which it begins, also when the next day is a holiday.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        """:raises UnreadableHours: the shift has no length."""
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise TypeError("a shift is given by the wall clock, its times without a zone")
        if self.start == self.end and self.end != MIDNIGHT:
            raise UnreadableHours(
                reason("calendar.shift_empty", shift=self.text),
                f"{self.text} ends when it begins; give another end, "
                "or 00:00-24:00 for the whole day",
            )

    @property
    def text(self) -> str:
        """The shift as people write it: "09:00-18:00", "22:00-06:00", "00:00-24:00"."""
        return f"{_clock(self.start)}-{'24:00' if self.end == MIDNIGHT else _clock(self.end)}"

    @property
    def from_midnight(self) -> tuple[timedelta, timedelta]:
        """Begin and end, counted by the wall clock from the midnight that opens the day."""
        start, end = _since_midnight(self.start), _since_midnight(self.end)
        return start, end if end > start else end + ONE_DAY


ALL_DAY = Shift(MIDNIGHT, MIDNIGHT)


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The shifts of each weekday, Monday first; a weekday without shifts is a day off."""

    days: tuple[tuple[Shift, ...], ...]

    def __post_init__(self) -> None:
        """:raises UnreadableHours: two shifts of one weekday overlap."""
        if len(self.days) != 7:
            raise ValueError(f"a week has seven days, not {len(self.days)}")
        object.__setattr__(self, "days", tuple(settled_shifts(day) for day in self.days))

    @classmethod
    def of(cls, hours: Mapping[int, str | Iterable[Shift]]) -> "WeekHours":
        """A week from its working weekdays, 1 = Monday … 7 = Sunday.

        :raises UnreadableHours: a text is not hours, or shifts of one weekday overlap.
        """
        wrong = [weekday for weekday in hours if weekday not in range(1, 8)]
        if wrong:
            raise ValueError(f"weekdays are 1 (Monday) to 7 (Sunday), not {wrong[0]!r}")
        return cls(tuple(_shifts(hours.get(weekday, ())) for weekday in range(1, 8)))

    @classmethod
    def weekdays(cls, hours: str | Iterable[Shift]) -> "WeekHours":
        """The same hours from Monday to Friday, the weekend off.

        :raises UnreadableHours: as `of`.
        """
        shifts = _shifts(hours)
        return cls.of(dict.fromkeys(range(1, 6), shifts))

    def on(self, weekday: int) -> tuple[Shift, ...]:
        """The shifts of a weekday, 1 = Monday … 7 = Sunday."""
        return self.days[weekday - 1]

    @property
    def ordinary(self) -> tuple[Shift, ...]:
        """What an ordinary working day looks like: the first weekday that has hours."""
        return next((shifts for shifts in self.days if shifts), ())


def parse_hours(text: str) -> tuple[Shift, ...]:
    """Read shifts from text: "09:00-12:00, 13:30-18:00"; Chinese punctuation is understood.

    :raises UnreadableHours: a part is not two times of day, or shifts overlap.
    """
    if len(text) > _TEXT_LENGTH_MAX:
        raise _unreadable(text[:_TEXT_LENGTH_MAX], text[:40])
    parts = [part for part in _SEPARATOR.split(_AROUND_DASH.sub(r"\1", text)) if part]
    if not parts:
        raise _unreadable(text, "")
    return settled_shifts(_parse_shift(part, text) for part in parts)


def hours_text(shifts: Iterable[Shift]) -> str:
    """The inverse of `parse_hours`: "09:00-12:00, 13:30-18:00"; "" for none."""
    return ", ".join(shift.text for shift in shifts)


def settled_shifts(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """The shifts of one day in order.

    :raises UnreadableHours: two of them overlap. Shifts that merely touch are fine.
    """
    ordered = tuple(sorted(shifts))
    for earlier, later in pairwise(ordered):
        if later.from_midnight[0] < earlier.from_midnight[1]:
            raise UnreadableHours(
                reason("calendar.shifts_overlap", first=earlier.text, second=later.text),
                f"{earlier.text} and {later.text} overlap; join them or move one of them",
            )
    return ordered


def _shifts(hours: str | Iterable[Shift]) -> tuple[Shift, ...]:
    return parse_hours(hours) if isinstance(hours, str) else tuple(hours)


def _parse_shift(part: str, text: str) -> Shift:
    found = _SHIFT.fullmatch(part)
    if found is None:
        raise _unreadable(text, part)
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    # 24:00 is how people write midnight at the end of a day; there is no such datetime.time.
    if (end_hour, end_minute) == (24, 0):
        end_hour = 0
    if max(start_hour, end_hour) > 23 or max(start_minute, end_minute) > 59:
        raise _unreadable(text, part)
    return Shift(time(start_hour, start_minute), time(end_hour, end_minute))


def _unreadable(text: str, part: str) -> UnreadableHours:
    return UnreadableHours(
        reason("calendar.hours_unreadable", text=text, part=part),
        f"{part!r} in {text!r} is not working hours; write them as 09:00-12:00, 13:30-18:00",
    )


def _clock(at: time) -> str:
    return at.isoformat("auto" if at.second or at.microsecond else "minutes")


def _since_midnight(at: time) -> timedelta:
    return timedelta(
        hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond
    )
