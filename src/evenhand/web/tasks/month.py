"""A month as weeks of days, for a page: from Monday to Sunday, with the ends of its neighbors."""

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_MONDAY_FIRST = Calendar(firstweekday=0)
_SHOWN_A_DAY = 4


@dataclass(slots=True)
class Day:
    """One day of a month's page."""

    on: date
    is_of_month: bool
    is_today: bool
    rows: list[Any] = field(default_factory=list)

    @property
    def shown(self) -> Sequence[Any]:
        """What fits the cell."""
        return self.rows[:_SHOWN_A_DAY]

    @property
    def more(self) -> int:
        """How many do not."""
        return max(0, len(self.rows) - _SHOWN_A_DAY)


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month, and the first days of those beside it."""

    first: date
    weeks: Sequence[Sequence[Day]]

    @property
    def before(self) -> date:
        """The month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The month after."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def days(self) -> list[Day]:
        """The days of the month itself that have something, as a phone lists them."""
        return [day for week in self.weeks for day in week if day.is_of_month and day.rows]


def span_of(first: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From which moment to which the page of a month reaches, its neighbors' days included."""
    days = list(_MONDAY_FIRST.itermonthdates(first.year, first.month))
    return _midnight(days[0], zone), _midnight(days[-1] + timedelta(days=1), zone)


def month_of(first: date, rows: Iterable[Any], *, today: date, zone: ZoneInfo) -> Month:
    """Rows that have a `due_at`, each on its day by the reader's clock."""
    weeks = [
        [Day(on, on.month == first.month, on == today) for on in week]
        for week in _MONDAY_FIRST.monthdatescalendar(first.year, first.month)
    ]
    by_day = {day.on: day for week in weeks for day in week}
    for row in rows:
        if row.due_at is not None:
            day = by_day.get(row.due_at.astimezone(zone).date())
            if day is not None:
                day.rows.append(row)
    return Month(first, weeks)


def first_of(text: str, today: date) -> date:
    """The month that an address asks for (2026-03), else the one that it is."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=zone)
