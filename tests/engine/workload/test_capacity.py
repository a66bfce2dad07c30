"""Capacity: its terms add up, and a small queue agrees with what is derived from them."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from evenhand.engine.calendar.hours import WeekHours, parse_hours
from evenhand.engine.calendar.worktime import Calendar, Day, DayKind
from evenhand.engine.facts import POINT, Leave
from evenhand.engine.workload.capacity import (
    Busy,
    Capacity,
    Override,
    UnusableTerms,
    expected_open,
    selling_time,
    utilization_percent,
    waiting_factor,
)
from tests.engine.workload.queue import run_queue

TODAY = date(2026, 3, 2)
OFFICE = parse_hours("09:00-12:00, 13:00-18:00")
HOURS = WeekHours((OFFICE,) * 5 + ((), ()))
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = timedelta(days=7)


def office(**days: Day) -> Calendar:
    return Calendar(
        zone="UTC", hours=HOURS, days={date.fromisoformat(k): d for k, d in days.items()}
    )


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_selling_time_is_working_time_less_leave_and_meetings() -> None:
    found = selling_time(
        office(),
        MONDAY,
        MONDAY + WEEK,
        leaves=[Leave(at(4, 0), at(5, 0))],
        meetings=[Busy(at(2, 9), at(2, 10, 30)), Busy(at(3, 11), at(3, 14))],
    )

    assert (found.working, found.leave, found.meetings) == (5 * 480, 480, 90 + 120)
    assert found.minutes == found.per_week == 2400 - 480 - 210


def test_what_overlaps_is_taken_off_once_and_what_lies_outside_working_time_not_at_all() -> None:
    found = selling_time(
        office(),
        MONDAY,
        MONDAY + WEEK,
        leaves=[Leave(at(4, 0), at(5, 0)), Leave(at(4, 8), at(4, 12)), Leave(at(1, 0), at(2, 9))],
        meetings=[
            Busy(at(4, 9), at(4, 11)),
            Busy(at(2, 9), at(2, 11)),
            Busy(at(2, 10), at(2, 12)),
            Busy(at(7, 9), at(7, 12)),
            Busy(at(8, 23), at(9, 12)),
        ],
    )

    assert (found.leave, found.meetings) == (480, 180)


def test_a_holiday_and_a_make_up_day_count_as_they_are_worked() -> None:
    days = {
        date(2026, 3, 4): Day(DayKind.HOLIDAY, "x"),
        date(2026, 3, 7): Day(DayKind.WORKDAY, stands_for=3),
    }
    calendar = Calendar(zone="UTC", hours=HOURS, days=days)

    week = selling_time(calendar, MONDAY, MONDAY + WEEK)
    until_friday = selling_time(calendar, MONDAY, at(7, 0))

    assert (week.working, until_friday.working) == (5 * 480, 4 * 480)


def test_a_span_of_several_weeks_gives_its_mean_week() -> None:
    found = selling_time(office(), MONDAY, MONDAY + 4 * WEEK, leaves=[Leave(at(9, 0), at(16, 0))])

    assert (found.minutes, found.per_week) == (3 * 2400, 1800)
    with pytest.raises(UnusableTerms):
        selling_time(office(), MONDAY, MONDAY)


def test_intake_and_cap_follow_from_their_terms() -> None:
    capacity = Capacity(1500, minutes_per_item=Fraction(60), days_open=Fraction(21))

    assert capacity.usable_minutes == 1200
    assert capacity.usable_points == 120 * POINT
    assert capacity.intake_per_week == 20
    assert capacity.open_items(TODAY) == expected_open(capacity.intake_per_week, Fraction(21)) == 60
    assert (capacity.room(55, TODAY), capacity.room(63, TODAY)) == (5, -3)
    assert capacity.open_points(TODAY) == 60 * 6 * POINT


def test_caps_are_rounded_down_but_nobody_with_time_is_shut_out() -> None:
    assert Capacity(1500, Fraction(61), Fraction(21)).derived_open_items == 59
    assert Capacity(100, Fraction(600), Fraction(1)).derived_open_items == 1
    assert Capacity(0, Fraction(60), Fraction(21)).derived_open_items == 0


def test_the_derived_cap_in_points_does_not_hang_on_what_somebody_has() -> None:
    caps = {Capacity(1500, Fraction(m), Fraction(21)).open_points(TODAY) for m in (7, 61, 120)}

    assert caps == {1200 * 3 * POINT // 10}
    assert Capacity(100, Fraction(600), Fraction(1)).open_points(TODAY) == 60 * POINT
    assert Capacity(0, Fraction(60), Fraction(21)).open_points(TODAY) == 0


def test_a_manager_s_cap_holds_to_the_end_of_its_last_day() -> None:
    override = Override(12, "covers for Rui", TODAY)
    capacity = Capacity(1500, Fraction(60), Fraction(21), override=override)

    assert capacity.open_items(TODAY) == 12
    assert capacity.open_items(TODAY + timedelta(days=1)) == 60


def test_terms_that_mean_nothing_are_refused() -> None:
    for terms in (
        {"selling_minutes": -1},
        {"minutes_per_item": Fraction(0)},
        {"days_open": Fraction(-1)},
        {"utilization_percent": 0},
        {"utilization_percent": 86},
    ):
        with pytest.raises(UnusableTerms):
            Capacity(
                **(
                    {
                        "selling_minutes": 1,
                        "minutes_per_item": Fraction(1),
                        "days_open": Fraction(1),
                    }
                    | terms
                )
            )  # type: ignore[arg-type]
    with pytest.raises(UnusableTerms):
        Override(3, "  ", TODAY)
    with pytest.raises(UnusableTerms):
        Override(-1, "why", TODAY)


def test_waiting_grows_as_the_reference_says() -> None:
    factors = [float(waiting_factor(percent)) for percent in (70, 80, 85, 90, 95)]

    assert [round(factor, 1) for factor in factors] == [2.9, 5.0, 7.1, 11.2, 23.8]
    with pytest.raises(UnusableTerms):
        waiting_factor(100)


def test_utilization_is_exact_and_unknown_without_time() -> None:
    assert utilization_percent(1000, 1500) == Fraction(200, 3)
    assert utilization_percent(10, 0) is None


def test_a_queue_at_the_sustainable_intake_is_busy_and_full_as_derived() -> None:
    terms = {"week_minutes": 1500, "touches": 3, "minutes_per_touch": 20.0, "weeks_between": 1.0}
    planned = Capacity(1500, minutes_per_item=Fraction(60), days_open=Fraction(0))

    seen = run_queue(arrivals_per_week=float(planned.intake_per_week), weeks=2000, **terms)  # type: ignore[arg-type]

    days_open = Fraction(seen.weeks_open * 7)
    assert seen.busy == pytest.approx(0.80, abs=0.01)
    open_items = float(expected_open(planned.intake_per_week, days_open))
    assert seen.open_items == pytest.approx(open_items, rel=0.02)
    # At a desk of exponential touches (both variations 1) each touch waits ρ/(1 − ρ) = 4 of them.
    waits = float(waiting_factor(80, Fraction(1), Fraction(1))) * 3 * 20 / 1500
    assert seen.weeks_open == pytest.approx(2 * 1.0 + 60 / 1500 + waits, rel=0.03)


def test_the_derived_cap_keeps_a_flooded_rep_near_the_planned_utilization() -> None:
    terms = {"week_minutes": 1500, "touches": 3, "minutes_per_touch": 20.0, "weeks_between": 1.0}
    capacity = Capacity(1500, minutes_per_item=Fraction(60), days_open=Fraction(1540, 100))

    seen = run_queue(
        arrivals_per_week=3 * float(capacity.intake_per_week),
        weeks=1000,
        most_open=capacity.open_items(TODAY),
        **terms,  # type: ignore[arg-type]
    )

    assert seen.open_items <= capacity.open_items(TODAY)
    assert 0.78 <= seen.busy <= 0.85
