"""K9: deadlines where calendars are uneven: clocks change in three zones, months end, leap days."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.pool.clocks import MISSED, Clocks, HeldFacts, run
from evenhand.engine.pool.section import ClockRule
from tests.engine.pool.minutes import MINUTE, Terms, due, timeline

HOURS = WeekHours.weekdays("09:00-12:00 13:00-18:00")
INSTANT = timedelta(microseconds=1)
# Forward and back: an hour in America and Europe, half an hour on Lord Howe Island.
CHANGES = {
    "America/New_York": ("2026-03-08T02:00", "2026-11-01T02:00"),
    "Europe/Berlin": ("2026-03-29T02:00", "2026-10-25T03:00"),
    "Australia/Lord_Howe": ("2026-10-04T02:00", "2026-04-05T02:00"),
}
EDGES = [
    *((zone, at) for zone, both in CHANGES.items() for at in both),
    *(("Asia/Shanghai", at) for at in ("2026-01-31T12:00", "2026-04-30T12:00", "2026-12-31T23:59")),
    *(("America/New_York", at) for at in ("2027-02-28T12:00", "2028-02-29T12:00")),
    ("Europe/Berlin", "2028-02-28T12:00"),
]
BEFORE = (0, 1, 26, 30 * 60, 61 * 60)  # minutes in which something is received before the edge


def instant(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def clocks_of(mode: str, zone: str, start: datetime, after: str) -> Clocks:
    clock = {"clock": "untouched", "after": after, "missed": ["pool"]}
    rule = ClockRule.model_validate({"rule": "r", "time": mode, "clocks": [clock]})
    return run(rule, HeldFacts(start=start, calendar=Calendar(zone=zone, hours=HOURS)))


def fires_exactly_at(clocks: Clocks, at: datetime) -> bool:
    """Not a microsecond earlier, and then."""
    assert clocks.due_at == at
    assert not [one for one in clocks.due_now(at - INSTANT, frozenset()) if one.step == MISSED]
    return [one.step for one in clocks.due_now(at, frozenset())] == [MISSED]


@pytest.mark.parametrize(("zone", "edge"), EDGES)
def test_hours_and_working_days_are_those_of_counting_minutes(zone: str, edge: str) -> None:
    calendar = Calendar(zone=zone, hours=HOURS)
    for before in BEFORE:
        start = instant(zone, edge) - before * MINUTE
        base = start.replace(hour=0, minute=0) - timedelta(days=2)
        every, worked = timeline(None, base, 20, ()), timeline(calendar, base, 20, ())
        for after, minutes, mode, line in (
            ("45m", 45, "real", every),
            ("50h", 50 * 60, "real", every),
            ("3h", 3 * 60, "working", worked),
            ("2d", 2 * 8 * 60, "working", worked),
        ):
            wanted = due(Terms("untouched", minutes), start, (), line)
            assert wanted is not None
            clocks = clocks_of(mode, zone, start, after)
            assert fires_exactly_at(clocks, wanted), (start, after, mode)


@pytest.mark.parametrize(("zone", "edge"), EDGES)
@pytest.mark.parametrize("days", [1, 3])
def test_days_of_the_wall_clock_end_at_the_same_hour_and_never_before(
    zone: str, edge: str, days: int
) -> None:
    for before in BEFORE:
        start = instant(zone, edge) - before * MINUTE
        local = start.astimezone(ZoneInfo(zone))
        same_hour = (local + timedelta(days=days)).astimezone(UTC)

        clocks = clocks_of("real", zone, start, f"{days}d")

        assert clocks.due_at is not None and fires_exactly_at(clocks, clocks.due_at)
        # An hour that the day does not have is the one that comes instead.
        assert same_hour <= clocks.due_at <= same_hour + timedelta(hours=1)
        if _has_hour(zone, local, days):
            assert clocks.due_at == same_hour


def _has_hour(zone: str, local: datetime, days: int) -> bool:
    there = local + timedelta(days=days)
    return there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == there.replace(
        tzinfo=None
    )


@pytest.mark.parametrize("zone", sorted(CHANGES))
def test_a_calendar_that_knew_no_change_of_clocks_would_be_noticed(zone: str) -> None:
    start = instant(zone, CHANGES[zone][0]) - 61 * 60 * MINUTE
    offset = start.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None

    real = clocks_of("real", zone, start, "3d").due_at
    fixed = (start + offset + timedelta(days=3)) - offset

    assert real != fixed
