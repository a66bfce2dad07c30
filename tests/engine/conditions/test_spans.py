"""Durations: what lies within, before and after, by the wall clock and in working time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.conditions import Bindings, WorkingClock, evaluate, parse

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 5, 11, 10, 0, tzinfo=ZONE)  # a Monday
CLOCK: WorkingClock = Calendar(zone="Asia/Shanghai", hours=WeekHours.weekdays("09:00-18:00"))


def _holds(text: str, at: object, clock: WorkingClock | None = CLOCK) -> bool:
    bound = Bindings(lead={"x": at}, now=NOW, clock=clock, working_day=timedelta(hours=9))
    return evaluate(parse(f"lead.x {text}"), bound)


@pytest.mark.parametrize(
    ("ago", "last", "older", "next_"),
    [
        (timedelta(0), True, False, True),
        (timedelta(hours=1), True, False, False),
        (timedelta(hours=4), True, False, False),
        (timedelta(hours=4, microseconds=1), False, True, False),
        (timedelta(hours=-1), False, False, True),
        (timedelta(hours=-4), False, False, True),
        (timedelta(hours=-4, microseconds=-1), False, False, False),
    ],
)
def test_the_boundary_belongs_to_the_span(
    ago: timedelta, last: bool, older: bool, next_: bool
) -> None:
    at = NOW - ago

    answers = [
        _holds(f"{operator} 4h", at) for operator in ("within last", "older than", "within next")
    ]

    assert answers == [last, older, next_]


def test_days_of_an_instant_are_24_hours_also_when_the_clock_is_moved() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 29, 12, 0, tzinfo=berlin)  # one hour was skipped this night
    bound = Bindings(lead={"x": datetime(2026, 3, 28, 12, 0, tzinfo=berlin)}, now=now)

    assert evaluate(parse("lead.x within last 23h"), bound)
    assert not evaluate(parse("lead.x older than 23h"), bound)


@pytest.mark.parametrize(
    ("text", "day", "answer"),
    [
        ("within last 0d", date(2026, 5, 11), True),
        ("within last 0d", date(2026, 5, 10), False),
        ("within last 1w", date(2026, 5, 4), True),
        ("within last 1w", date(2026, 5, 3), False),
        ("within next 1d", date(2026, 5, 12), True),
        ("within next 1d", date(2026, 5, 13), False),
        ("within next 1d", date(2026, 5, 10), False),
        ("older than 1d", date(2026, 5, 9), True),
        ("older than 1d", date(2026, 5, 10), False),
        ("older than 1d", date(2026, 5, 20), False),
        # no hour is known, so nothing that needs one can be said
        ("within last 500h", date(2026, 5, 11), False),
        ("older than 1wd", date(2020, 5, 11), False),
    ],
)
def test_a_mere_date_counts_calendar_days(text: str, day: date, answer: bool) -> None:
    assert _holds(text, day) is answer


@pytest.mark.parametrize(
    ("text", "at", "answer"),
    [
        # Friday 16:00 to Monday 10:00: two hours on Friday, one on Monday
        ("within last 3wh", datetime(2026, 5, 8, 16, 0, tzinfo=ZONE), True),
        ("older than 3wh", datetime(2026, 5, 8, 16, 0, tzinfo=ZONE), False),
        ("older than 3wh", datetime(2026, 5, 8, 15, 59, tzinfo=ZONE), True),
        ("within last 179wm", datetime(2026, 5, 8, 16, 0, tzinfo=ZONE), False),
        # one working day of nine hours: Friday 10:00
        ("within last 1wd", datetime(2026, 5, 8, 10, 0, tzinfo=ZONE), True),
        ("within last 1wd", datetime(2026, 5, 8, 9, 59, tzinfo=ZONE), False),
        ("within next 8wh", datetime(2026, 5, 11, 18, 0, tzinfo=ZONE), True),
        ("within next 8wh", datetime(2026, 5, 12, 9, 0, tzinfo=ZONE), True),
        ("within next 8wh", datetime(2026, 5, 12, 9, 1, tzinfo=ZONE), False),
        # no working time away, yet on the wrong side of now
        ("within next 0wh", NOW - timedelta(hours=1, minutes=30), False),
        ("within last 3wh", NOW + timedelta(minutes=1), False),
        # far beyond the years a calendar knows
        ("older than 10000wh", datetime(1, 1, 2, tzinfo=UTC), True),
        ("within next 10000wh", datetime(9999, 1, 1, tzinfo=UTC), False),
    ],
)
def test_working_spans_count_working_time_only(text: str, at: datetime, answer: bool) -> None:
    assert _holds(text, at) is answer


def test_without_a_calendar_nothing_is_said_about_working_time() -> None:
    at = NOW - timedelta(minutes=5)

    assert not _holds("within last 4wh", at, clock=None)
    assert not _holds("older than 0wm", at, clock=None)
    assert _holds("within last 4h", at, clock=None)


def test_working_time_is_asked_of_the_calendar() -> None:
    condition = parse("now.is_working_time")
    monday = Bindings(lead={}, now=NOW, clock=CLOCK)
    night = Bindings(lead={}, now=NOW.replace(hour=23), clock=CLOCK)

    assert evaluate(condition, monday)
    assert not evaluate(condition, night)
    assert evaluate(parse("now.is_working_time = false"), night)
