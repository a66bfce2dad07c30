"""Numbers come in exactly or are refused; rounding is symmetric and does not ask the thread."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from evenhand.engine.scoring.exact import rounded, scaled
from evenhand.engine.scoring.hundredths import Hundredths, from_hundredths, to_hundredths

HUNDREDTHS = TypeAdapter[int](Hundredths)


@given(st.integers(-1_000_000, 1_000_000))
def test_hundredths_round_trip_as_people_write_them(amount: int) -> None:
    assert to_hundredths(from_hundredths(amount)) == amount


@pytest.mark.parametrize(
    ("written", "amount"),
    [(12, 1200), (Decimal("0.5"), 50), ("-0.25", -25), (Decimal("1.500"), 150), (0, 0)],
)
def test_a_number_is_read_as_written(written: object, amount: int) -> None:
    assert to_hundredths(written) == amount


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (0.5, "score.not_a_number"),
        (True, "score.not_a_number"),
        (None, "score.not_a_number"),
        ("twelve", "score.not_a_number"),
        (Decimal("NaN"), "score.not_a_number"),
        (Decimal("0.125"), "score.too_fine"),
        (Decimal("1E-900000"), "score.too_fine"),
        (10_001, "score.out_of_range"),
        (Decimal("-1E+900000"), "score.out_of_range"),
    ],
)
def test_what_is_no_exact_score_is_refused_with_its_code(written: object, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        HUNDREDTHS.validate_python(written)

    assert [error["type"] for error in refusal.value.errors()] == [code]


def test_a_long_tail_of_digits_is_not_rounded_away() -> None:
    with pytest.raises(ValidationError, match="at most two decimals"):
        HUNDREDTHS.validate_python(Decimal("1." + "0" * 40 + "1"))


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (3, 3_000_000),
        (Decimal("0.0000005"), 1),
        (Decimal("-0.0000005"), -1),
        (Decimal("1E-999999"), 0),
        (None, None),
        (True, None),
        ("3", None),
        (Decimal("Infinity"), None),
        (10**16, None),
    ],
)
def test_a_value_is_scaled_or_left_out(value: object, amount: int | None) -> None:
    assert scaled(value, 6) == amount  # type: ignore[arg-type]


def test_scaling_does_not_depend_on_the_context_of_the_thread() -> None:
    with localcontext() as context:
        context.prec = 3

        assert scaled(Decimal("123456.789012"), 6) == 123_456_789_012


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_rounding_is_symmetric_and_nearest(numerator: int, denominator: int) -> None:
    quotient = rounded(numerator, denominator)

    assert rounded(-numerator, denominator) == -quotient
    assert abs(quotient * denominator - numerator) * 2 <= denominator


def test_a_half_rounds_away_from_zero() -> None:
    assert (rounded(5, 10), rounded(-5, 10)) == (1, -1)
