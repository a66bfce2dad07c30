"""Days on which a series comes, against a calendar gone through day by day."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.workload.recurrence import Unit, days_of

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def comes(day: date, every: int, unit: Unit, weekdays: frozenset[int], from_on: date) -> bool:
    """Whether it comes on a day, told from the day alone."""
    if day < from_on:
        return False
    if unit == "day":
        return (day - from_on).days % every == 0
    if unit == "week":
        monday = from_on - timedelta(days=from_on.weekday())
        wanted = weekdays or {from_on.isoweekday()}
        return (day - monday).days // 7 % every == 0 and day.isoweekday() in wanted
    months = (day.year - from_on.year) * 12 + day.month - from_on.month
    on = min(from_on.day, monthrange(day.year, day.month)[1])
    return months % every == 0 and day.day == on


@given(
    st.integers(1, 12),
    st.sampled_from(("day", "week", "month")),
    st.frozensets(st.integers(1, 7)),
    DAYS,
    DAYS,
    st.integers(0, 200),
)
def test_a_series_comes_on_the_days_that_a_calendar_says(
    every: int, unit: Unit, weekdays: frozenset[int], from_on: date, first: date, length: int
) -> None:
    last = first + timedelta(days=length)

    found = days_of(
        every=every, unit=unit, weekdays=weekdays, from_on=from_on, first=first, last=last
    )

    span = (first + timedelta(days=n) for n in range(length + 1))
    assert found == [day for day in span if comes(day, every, unit, weekdays, from_on)]


def test_the_last_of_january_is_the_last_of_february_too() -> None:
    found = days_of(
        every=1,
        unit="month",
        from_on=date(2026, 1, 31),
        first=date(2026, 1, 1),
        last=date(2026, 4, 30),
    )
    assert [day.day for day in found] == [31, 28, 31, 30]
