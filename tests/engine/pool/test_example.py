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


def test_the_worked_example_moves_on_days_8_and_11_and_ends_on_day_20() -> None:
    worked = work_through(PROTECTION, _days(3, 8, 11, 13, 15, 17, 19, 21), DAY)

    assert [(step.effect, step.due / DAY) for step in worked.steps] == [
        ("kept", 10), ("moved", 11), ("late", 11), ("late", 11), ("late", 11), ("late", 11),
        ("late", 11), ("late", 11),
    ]  # fmt: skip
    # The day-11 touch of the reference comes on the day itself, before the hour.
    on_time = work_through(PROTECTION, _days(3, 8, 10.9, 13, 15, 17.5, 19, 21), DAY)
    assert [(step.effect, round(step.due / DAY, 1)) for step in on_time.steps] == [
        ("kept", 10), ("moved", 11), ("moved", 13.9), ("moved", 16), ("moved", 18),
        ("capped", 20), ("capped", 20), ("late", 20),
    ]  # fmt: skip
    assert on_time.due == 20 * DAY
    assert on_time.reminders == (17 * DAY, 19 * DAY)


def test_a_clock_that_nothing_extends_ends_when_it_ends() -> None:
    contact = Clock.model_validate({"clock": "first_contact", "after": "4h"})

    worked = work_through(contact, _days(0.1, 2), timedelta(hours=8))

    assert worked.due == timedelta(hours=4) and worked.latest is None
    assert [step.effect for step in worked.steps] == ["late"]
