"""Absences in one cell."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sheets.values.dates import DateOrder
from evenhand.sheets.values.periods import Period, parse_periods
from evenhand.sheets.values.problem import Problem

MAY = Period(datetime(2026, 5, 1), datetime(2026, 5, 6))


@pytest.mark.parametrize(
    "written",
    [
        "2026-05-01~2026-05-05",
        "2026-05-01 ～ 2026-05-05",
        "2026/5/1至2026/5/5",
        "2026-05-01 到 2026-05-05",
        "2026-05-01 to 2026-05-05",
        "2026-05-01 — 2026-05-05",
        "2026-05-01 - 2026-05-05",
        "2026年5月1日-2026年5月5日",
        "20260501-20260505",
        "从 2026-05-01 到 2026-05-05",
    ],
)
def test_the_last_day_is_part_of_the_absence(written: str) -> None:
    assert parse_periods(written) == (MAY,)


def test_several_periods_with_reasons_are_told_apart() -> None:
    found = parse_periods("2026-05-01~2026-05-05 年假; 2026-10-01~2026-10-07（国庆）")

    assert found == (
        Period(datetime(2026, 5, 1), datetime(2026, 5, 6), "年假"),
        Period(datetime(2026, 10, 1), datetime(2026, 10, 8), "国庆"),
    )


def test_one_day_alone_is_that_whole_day() -> None:
    expected = (Period(datetime(2026, 5, 1), datetime(2026, 5, 2)),)

    assert parse_periods("2026-05-01") == expected
    assert parse_periods(date(2026, 5, 1)) == expected


def test_hours_are_kept() -> None:
    assert parse_periods("2026-05-01 09:00~2026-05-01 12:00") == (
        Period(datetime(2026, 5, 1, 9), datetime(2026, 5, 1, 12)),
    )
    assert parse_periods("2026-05-01 09:00~12:00") == (
        Period(datetime(2026, 5, 1, 9), datetime(2026, 5, 1, 12)),
    )


def test_the_order_of_the_column_counts_here_too() -> None:
    ambiguous = parse_periods("3/4/2026~5/4/2026")

    assert isinstance(ambiguous, Problem)
    assert ambiguous.code == "sheet.date_ambiguous"
    assert parse_periods("3/4/2026~5/4/2026", DateOrder.DAY) == (
        Period(datetime(2026, 4, 3), datetime(2026, 4, 6)),
    )


@pytest.mark.parametrize(
    "written", ["下周", "2026-05-05~2026-05-01", "5月1日到5月5日", "2026-05-01 09:00", "休假中"]
)
def test_what_is_no_period_is_a_problem(written: str) -> None:
    found = parse_periods(written)

    assert isinstance(found, Problem)
    assert found.code == "sheet.period_unreadable"


@pytest.mark.parametrize("blank", ["", "-", ";", "  "])
def test_a_blank_cell_is_no_absence(blank: str) -> None:
    assert parse_periods(blank) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_every_span_of_days_comes_back(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)

    found = parse_periods(f"{first}~{last}")

    assert isinstance(found, tuple)
    assert found[0].from_at.date() == first
    assert (found[0].until_at - found[0].from_at).days == days + 1
