"""Numbers are exact or a problem; nothing is rounded, nothing guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.sheets.values.numbers import parse_number
from evenhand.sheets.values.problem import Problem


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12),
        ("0", 0),
        ("007", 7),
        ("-3.5", Decimal("-3.5")),
        ("+4", 4),
        (".5", Decimal("0.5")),
        ("12.", Decimal(12)),
        ("$22,700.00", 22700),
        ("$1,117.10K", 1117100),
        ("$342.09K", 342090),
        ("¥1,234.5", Decimal("1234.5")),
        ("￥ 1,234", 1234),
        ("1.2亿", 120000000),
        ("3万", 30000),
        ("3 萬元", 30000),
        ("2w", 20000),
        ("1.5k", 1500),
        ("3 million", 3000000),
        ("2bn", 2000000000),
        ("５０人", 50),
        ("１，２３４", 1234),
        ("1000元", 1000),
        ("RMB 1,000", 1000),
        ("USD 12.50", Decimal("12.50")),
        ("35%", Decimal("0.35")),
        ("１００％", 1),
        ("(1,200)", -1200),
        ("-$5", -5),
        ("$-5", -5),
        ("1.234.567", 1234567),
        ("1.234,56", Decimal("1234.56")),
        ("1,234.56", Decimal("1234.56")),
        ("12,5", Decimal("12.5")),
        ("1,234", 1234),
        ("1.234", Decimal("1.234")),
        ("1'234'567.5", Decimal("1234567.5")),
        ("1 234 567", 1234567),
        ("1.5E+3", 1500),
        (Decimal("0.1"), Decimal("0.1")),
        (Decimal("3.0"), 3),
        (42, 42),
        ('="12"', 12),
    ],
)
def test_numbers_as_people_write_them(written: object, number: object) -> None:
    found = parse_number(written)  # type: ignore[arg-type]

    assert found == number
    assert type(found) is (int if found == int(found) else Decimal)  # type: ignore[arg-type, call-overload]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("5-10万", "sheet.number_range"),
        ("100～499人", "sheet.number_range"),
        ("10万以上", "sheet.number_range"),
        ("约10万", "sheet.number_range"),
        (">500", "sheet.number_range"),
        ("50+", "sheet.number_range"),
        ("面议", "sheet.number_unreadable"),
        ("12a", "sheet.number_unreadable"),
        ("1,2,3", "sheet.number_unreadable"),
        ("1,23.4", "sheet.number_unreadable"),
        ("+86 139,,,,,", "sheet.number_unreadable"),
        ("1 234.5 6", "sheet.number_unreadable"),
        ("(5", "sheet.number_unreadable"),
        ("1E+99", "sheet.number_unreadable"),
        ("2026-03-01", "sheet.number_range"),
        ("#DIV/0!", "sheet.cell_error"),
    ],
)
def test_what_is_not_one_number_is_a_problem(written: str, code: str) -> None:
    found = parse_number(written)

    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize("blank", ["", "-", "N/A", "nan", " "])
def test_a_blank_number_is_nothing(blank: str) -> None:
    assert parse_number(blank) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [("12", 120000), ("1.5", 15000), ("3万", 30000), ("$2K", 2000), (7, 70000)],
)
def test_a_unit_in_the_cell_takes_the_place_of_the_columns(written: object, number: int) -> None:
    assert parse_number(written, factor=10_000) == number  # type: ignore[arg-type]


def test_a_percent_is_never_multiplied_by_the_columns_unit() -> None:
    assert parse_number("35%", factor=10_000) == Decimal("0.35")


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12
    )
)
def test_written_plainly_a_decimal_comes_back_exactly(number: Decimal) -> None:
    assert parse_number(format(number, "f")) == number


@given(st.integers(-(10**15), 10**15))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@given(st.text(max_size=60))
def test_any_text_gives_a_number_a_problem_or_nothing(text: str) -> None:
    assert isinstance(parse_number(text), int | Decimal | Problem | None)


def test_a_very_long_number_is_refused_at_once() -> None:
    assert isinstance(parse_number("9" * 100_000), Problem)


@given(st.text("0123456789,.' +-()¥万%e", max_size=16))
def test_whatever_stands_there_is_a_number_or_a_problem(text: str) -> None:
    assert isinstance(parse_number(text), int | Decimal | Problem | None)
