"""A calendar's row as working time, and its own days as a days file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from evenhand.engine.calendar.hours import WeekHours, hours_text, parse_hours
from evenhand.engine.calendar.worktime import Calendar as WorkCalendar
from evenhand.engine.calendar.worktime import Day, DayKind
from evenhand.people.dayfile import COMPLETE, DayFile
from evenhand.people.models import Calendar
from evenhand.people.workdays import OfficialDays, public_days, with_own_days

YEARS_AHEAD = 1


def working_time(row: Calendar, year: int) -> WorkCalendar:
    """The calendar as the engine takes it, with the official days around a year."""
    official = _official(row.country, year) if row.country else None
    calendar = WorkCalendar(
        zone=row.zone,
        hours=week_hours(row.hours),
        days=official.days if official is not None else {},
        provisional_years=official.provisional_years if official is not None else frozenset(),
        covered_years=official.covered_years if official is not None else None,
    )
    return with_own_days(calendar, own_days(row))


def week_hours(hours: Iterable[str]) -> WeekHours:
    """Seven texts, Monday first, as hours.

    :raises UnreadableHours: one of them cannot be read.
    """
    return WeekHours(tuple(parse_hours(text) if text else () for text in hours))


def own_days(row: Calendar) -> DayFile:
    """The company's own days of a calendar; a year alone says that it is complete."""
    days, years = {}, set()
    for text, entry in row.own_days.items():
        if entry["kind"] == COMPLETE:
            years.add(int(text))
            continue
        shifts = parse_hours(entry["shifts"]) if entry.get("shifts") else ()
        days[date.fromisoformat(text)] = Day(DayKind(entry["kind"]), entry.get("name", ""), shifts)
    return DayFile(dict(sorted(days.items())), frozenset(years))


def stored_days(found: DayFile) -> dict[str, dict[str, str]]:
    """The inverse of `own_days`."""
    kept = {day.isoformat(): stored_day(one) for day, one in sorted(found.days.items())}
    return kept | {str(year): {"kind": COMPLETE} for year in sorted(found.complete_years)}


def stored_day(day: Day) -> dict[str, str]:
    """One of them."""
    entry = {"kind": day.kind.value, "name": day.name, "shifts": hours_text(day.shifts)}
    return {key: value for key, value in entry.items() if value}


@dataclass(frozen=True, slots=True)
class DayView:
    """A date of a calendar as people look at it; `kind` is "" for an ordinary day."""

    on: date
    kind: str
    name: str
    hours: str  # "" = nobody works
    is_own: bool
    is_provisional: bool


def days_ahead(row: Calendar, first: date, count: int) -> list[DayView]:
    """The next dates of a calendar: hours, holidays, make-up days, what is not settled."""
    calendar, own = working_time(row, first.year), own_days(row).days
    return [
        _view(calendar, own, day)
        for day in (first + timedelta(days=number) for number in range(count))
    ]


def _view(calendar: WorkCalendar, own: Mapping[date, Day], on: date) -> DayView:
    special = calendar.days.get(on)
    return DayView(
        on=on,
        kind="" if special is None else special.kind.value,
        name="" if special is None else special.name,
        hours=hours_text(calendar.shifts_on(on)),
        is_own=on in own,
        is_provisional=calendar.is_provisional(on),
    )


@lru_cache(maxsize=32)
def _official(country: str, year: int) -> OfficialDays:
    return public_days(country, range(year - 1, year + YEARS_AHEAD + 1))


def provisional_years(row: Calendar, year: int) -> list[int]:
    """This year and the next, as far as their make-up days are not published."""
    found = working_time(row, year).provisional_years
    return sorted(one for one in found if year <= one <= year + YEARS_AHEAD)
