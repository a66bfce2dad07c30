"""Dates in every usual order; what may be two dates is a problem."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sheets.values.dates import (
    DateOrder,
    OrderShown,
    order_shown,
    parse_clock,
    parse_date,
    parse_datetime,
    parse_moment,
)
from evenhand.sheets.values.problem import Problem

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01",
        " 2026-03-01\t",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        "2026 年 3 月 1 日",
        "２０２６－０３－０１",
        "20260301",
        "1 Mar 2026",
        "01-Mar-2026",
        "1st March, 2026",
        "March 1, 2026",
        "Mar. 1st 2026",
        "Sunday, March 1, 2026",
        "2026-03-01 星期日",
        "2026/3/1（周日）",
        "46082",
        46082,
        Decimal(46082),
        date(2026, 3, 1),
        "'2026-03-01",
    ],
)
def test_every_way_to_write_a_day_gives_that_day(written: object) -> None:
    assert parse_moment(written) == date(2026, 3, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-03-01 08:05:00", datetime(2026, 3, 1, 8, 5)),
        ("2026-03-01T08:05", datetime(2026, 3, 1, 8, 5)),
        ("2026/3/1 8:05", datetime(2026, 3, 1, 8, 5)),
        ("2026年3月1日 8时5分", datetime(2026, 3, 1, 8, 5)),
        ("2026年3月1日 下午2:30", datetime(2026, 3, 1, 14, 30)),
        ("2026/3/1 上午 12:10", datetime(2026, 3, 1, 0, 10)),
        ("15 Apr, 2021 00:03:00", datetime(2021, 4, 15, 0, 3)),
        ("Apr 15, 2021 2:03 PM", datetime(2021, 4, 15, 14, 3)),
        ("4/15/2021, 12:03 AM", datetime(2021, 4, 15, 0, 3)),
        ("20260301 080500", datetime(2026, 3, 1, 8, 5)),
        ("20260301080500", datetime(2026, 3, 1, 8, 5)),
        ("2026-03-01 08:05:00.250", datetime(2026, 3, 1, 8, 5, 0, 250_000)),
        ("2026-03-01T08:05:00Z", datetime(2026, 3, 1, 8, 5, tzinfo=UTC)),
        ("2026-03-01T08:05:00+08:00", datetime(2026, 3, 1, 8, 5, tzinfo=CHINA)),
        ("2026/3/1 8:05 +0800", datetime(2026, 3, 1, 8, 5, tzinfo=CHINA)),
        ("46082.3368055556", datetime(2026, 3, 1, 8, 5)),
        (Decimal("46082.5"), datetime(2026, 3, 1, 12, 0)),
        ("1772352300", datetime(2026, 3, 1, 8, 5, tzinfo=UTC)),
        (1772352300000, datetime(2026, 3, 1, 8, 5, tzinfo=UTC)),
        (datetime(2026, 3, 1, 8, 5), datetime(2026, 3, 1, 8, 5)),
    ],
)
def test_every_way_to_write_an_instant_gives_that_instant(written: object, at: datetime) -> None:
    assert parse_moment(written) == at  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("13/2/2026", date(2026, 2, 13)),
        ("2/13/2026", date(2026, 2, 13)),
        ("13.02.26", date(2026, 2, 13)),
        ("3/3/2026", date(2026, 3, 3)),
        ("13/2/99", date(1999, 2, 13)),
    ],
)
def test_a_day_above_twelve_settles_the_order_of_its_own_date(written: str, day: date) -> None:
    assert parse_moment(written) == day


def test_a_date_that_may_be_two_is_a_problem_that_names_both() -> None:
    found = parse_moment("3/4/2026 8:05")

    assert isinstance(found, Problem)
    assert found.code == "sheet.date_ambiguous"
    assert found.reason["day_first"] == "2026-04-03"
    assert found.reason["month_first"] == "2026-03-04"


def test_the_order_of_the_column_settles_it() -> None:
    assert parse_moment("3/4/2026", DateOrder.DAY) == date(2026, 4, 3)
    assert parse_moment("3/4/2026", DateOrder.MONTH) == date(2026, 3, 4)
    assert parse_moment("3/4/2026 8:05", DateOrder.MONTH) == datetime(2026, 3, 4, 8, 5)


def test_the_order_of_the_column_never_bends_a_date_that_shows_its_own() -> None:
    assert parse_moment("13/2/2026", DateOrder.MONTH) == date(2026, 2, 13)


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30",
        "2026-13-01",
        "31/2/2026",
        "13/13/2026",
        "yesterday",
        "3月1日",
        "2026",
        "12:30",
        "2026-03-01 25:00",
        "2026-03-01 and more",
        "0001-01-01",
        "99/99/9999",
        "5",
        True,
        Decimal("NaN"),
        Decimal("1E+400"),
    ],
)
def test_what_is_no_date_is_a_problem(written: object) -> None:
    found = parse_moment(written)  # type: ignore[arg-type]

    assert isinstance(found, Problem)
    assert found.code == "sheet.date_unreadable"


@pytest.mark.parametrize("blank", ["", "-", "N/A", "\u3000"])
def test_a_blank_date_is_nothing(blank: str) -> None:
    assert parse_moment(blank) is None


def test_a_day_drops_the_time_and_an_instant_starts_at_midnight() -> None:
    assert parse_date("2026-03-01 08:05") == date(2026, 3, 1)
    assert parse_datetime("2026-03-01") == datetime(2026, 3, 1)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("9:30", time(9, 30)),
        ("09:30:15", time(9, 30, 15)),
        ("下午2点30分", time(14, 30)),
        ("2:30 pm", time(14, 30)),
        ("12:00 AM", time(0, 0)),
        (time(7, 5), time(7, 5)),
    ],
)
def test_times_of_day_are_read(written: object, at: time) -> None:
    assert parse_clock(written) == at  # type: ignore[arg-type]


def test_a_time_that_no_clock_shows_is_a_problem() -> None:
    found = parse_clock("25:61")

    assert isinstance(found, Problem)
    assert found.code == "sheet.wallclock_unreadable"


def test_one_day_above_twelve_shows_the_order_of_a_column() -> None:
    shown = order_shown(["1/2/2026", "13/2/2026", "", "2/3/2026"])

    assert shown == OrderShown(day_first="13/2/2026", ambiguous="1/2/2026")
    assert shown.order is DateOrder.DAY


def test_contradicting_values_show_no_order() -> None:
    shown = order_shown(["13/2/2026", "2/13/2026"])

    assert shown.order is None
    assert shown.day_first and shown.month_first


def test_dates_that_start_with_the_year_show_nothing() -> None:
    assert order_shown(["2026-03-01", "2026/3/1", "20260301", 46082]) == OrderShown()


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2199, 12, 31)).map(
        lambda at: at.replace(microsecond=0)
    )
)
def test_iso_comes_back_exactly(at: datetime) -> None:
    assert parse_moment(at.isoformat(" ")) == at


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)), st.sampled_from(list(DateOrder)))
def test_every_date_comes_back_in_the_order_it_was_written(day: date, order: DateOrder) -> None:
    written = (
        f"{day.day}/{day.month}/{day.year}"
        if order is DateOrder.DAY
        else f"{day.month}/{day.day}/{day.year}"
    )

    assert parse_moment(written, order) == day


@given(st.text(max_size=40))
def test_any_text_gives_a_moment_a_problem_or_nothing(text: str) -> None:
    assert isinstance(parse_moment(text), date | Problem | None)


def test_a_year_of_two_digits_may_stand_first_between_dashes_and_is_not_guessed() -> None:
    found = parse_moment("26-03-04")
    assert isinstance(found, Problem)
    assert found.reason.code == "sheet.date_ambiguous"
    # What the column shows settles it; a year that is no day of a month stands last.
    assert parse_moment("26-03-04", DateOrder.DAY) == date(2004, 3, 26)
    assert parse_moment("26-03-99") == date(1999, 3, 26)
    assert order_shown(["26-03-04", "27-03-05"]) == OrderShown(ambiguous="26-03-04")
