"""The example that the editor of rules draws."""

from datetime import timedelta

from evenhand.engine.pool.example import work_through
from evenhand.engine.pool.section import Clock

DAY = timedelta(days=1)
PROTECTION = Clock.model_validate(
    {
        "clock": "untouched", "after": "10d", "extends": "3d", "at_most": "20d",
        "warn": [{"left": "3d"}, {"left": "1d"}],
    }
)  # fmt: skip


def _days(*numbers: float) -> list[timedelta]:
    return [number * DAY for number in numbers]


def test_the_worked_example_moves_on_day_8_and_ends_on_day_20_whatever_happens() -> None:
    worked = work_through(PROTECTION, _days(3, 8, 10, 12, 15.5), DAY)
    assert [(step.effect, step.due / DAY) for step in worked.steps] == [
        ("kept", 10), ("moved", 11), ("moved", 13), ("moved", 15), ("late", 15),
    ]  # fmt: skip

    on_time = work_through(PROTECTION, _days(8, 10, 12, 14, 16, 18, 19, 21), timedelta(hours=24))
    assert [(step.effect, step.due / DAY) for step in on_time.steps][4:] == [
        ("moved", 19), ("capped", 20), ("capped", 20), ("late", 20),
    ]  # fmt: skip
    assert on_time.due == 20 * DAY and on_time.reminders == (17 * DAY, 19 * DAY)


def test_working_days_are_short_and_a_clock_that_nothing_extends_ends_when_it_ends() -> None:
    contact = Clock.model_validate({"clock": "first_contact", "after": "1d 4h"})

    worked = work_through(contact, _days(0.1, 2), timedelta(hours=8))

    assert worked.due == timedelta(hours=12) and worked.latest is None
    assert worked.steps == ()


def test_a_clock_that_only_tells_runs_again_from_late_follow_up() -> None:
    telling = Clock.model_validate({"clock": "next_step", "after": "2d", "missed": ["tell_owner"]})

    worked = work_through(telling, _days(3), DAY)

    assert [(step.effect, step.due / DAY) for step in worked.steps] == [("moved", 5)]
