"""On which days something comes again: every n days, weeks or months."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month"]
MOST_EVERY = 366
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def days_of(
    *,
    every: int,
    unit: Unit,
    weekdays: Collection[int] = (),
    from_on: date,
    first: date,
    last: date,
) -> list[date]:
    """The days from `first` to `last`, both included, on which something comes.

    It begins on `from_on`. By weeks it comes on `weekdays` (1 = Monday) of every n-th week, counted
    from the week of `from_on`; without weekdays on that of `from_on`. By months it comes on the day
    of `from_on`, on the last day of a shorter month.
    """
    assert 1 <= every <= MOST_EVERY, "an interval is checked where it is typed"
    begin = max(first, from_on)
    if begin > last:
        return []
    match unit:
        case "day":
            skipped = -(-(begin - from_on).days // every)
            start = from_on + skipped * every * _DAY
            return list(_steps(start, last, every * _DAY))
        case "week":
            return _by_weeks(every, weekdays or (from_on.isoweekday(),), from_on, begin, last)
    return _by_months(every, from_on, begin, last)


def _steps(start: date, last: date, step: timedelta) -> Iterator[date]:
    while start <= last:
        yield start
        start += step


def _by_weeks(
    every: int, weekdays: Collection[int], from_on: date, begin: date, last: date
) -> list[date]:
    monday = from_on - (from_on.isoweekday() - 1) * _DAY
    skipped = (begin - monday).days // (7 * every)
    found = []
    for start in _steps(monday + skipped * every * _WEEK, last, every * _WEEK):
        days = (start + (weekday - 1) * _DAY for weekday in sorted(set(weekdays)))
        found += [day for day in days if begin <= day <= last]
    return found


def _by_months(every: int, from_on: date, begin: date, last: date) -> list[date]:
    months = (begin.year - from_on.year) * 12 + begin.month - from_on.month
    number = months - months % every
    found = []
    while (day := _month_on(from_on, number)) <= last:
        if day >= begin:
            found.append(day)
        number += every
    return found


def _month_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
