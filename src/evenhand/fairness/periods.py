"""The period of a figure: whole days by the company's clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MOST_DAYS = 400
SPANS = ("month", "30", "90", "own")


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` … `last`, both included."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Every day, in order."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


def period_of(
    span: str, today: date, *, first: date | None = None, last: date | None = None
) -> Period:
    """This month, the last 30 or 90 days, or days of one's own: never of the future, never more
    than MOST_DAYS, the later ones kept.
    """
    if span == "own" and (first or last):
        end = min(last or today, today)
        start = min(first or end, end)
        return Period(max(start, end - timedelta(days=MOST_DAYS - 1)), end)
    if span == "90":
        return Period(today - timedelta(days=89), today)
    if span == "month":
        return Period(today.replace(day=1), today)
    return Period(today - timedelta(days=29), today)


def month_of(day: date) -> Period:
    """The whole month that a day is in."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Period(day.replace(day=1), following - timedelta(days=1))
