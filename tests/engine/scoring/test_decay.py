"""Decay is exact integer arithmetic: checked against 40 digits of decimal arithmetic."""

from datetime import timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.scoring.decay import WHOLE, decay_factor

DAY = timedelta(days=1)
YEARS = 20 * 365
half_lives = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=3650))
ages = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=YEARS))


def true_factor(age: timedelta, half_life: timedelta) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        micro = timedelta(microseconds=1)
        return 1_000_000 * Decimal(2) ** (-Decimal(age // micro) / (half_life // micro))


def test_nothing_is_lost_at_the_moment_itself() -> None:
    assert decay_factor(timedelta(0), DAY) == WHOLE


@pytest.mark.parametrize(("halvings", "factor"), [(1, 500_000), (2, 250_000), (3, 125_000)])
def test_each_half_life_halves(halvings: int, factor: int) -> None:
    assert decay_factor(14 * DAY * halvings, 14 * DAY) == factor


def test_half_a_half_life_leaves_the_root_of_a_half() -> None:
    assert decay_factor(7 * DAY, 14 * DAY) == 707_107


def test_what_is_very_old_counts_nothing() -> None:
    assert decay_factor(1000 * DAY, DAY) == 0


@given(age=ages, half_life=half_lives)
def test_a_factor_is_the_true_one_rounded(age: timedelta, half_life: timedelta) -> None:
    error = abs(decay_factor(age, half_life) - true_factor(age, half_life))

    # Half a millionth for the rounding; the steps of 2⁻³² of a half-life add under 0.001.
    assert error <= Decimal("0.501")


@given(age=ages, later=ages, half_life=half_lives)
def test_a_factor_never_rises_with_age(
    age: timedelta, later: timedelta, half_life: timedelta
) -> None:
    assert decay_factor(age + later, half_life) <= decay_factor(age, half_life)


@given(age=ages, half_life=half_lives)
def test_one_more_half_life_halves_to_the_last_digit(age: timedelta, half_life: timedelta) -> None:
    assert abs(2 * decay_factor(age + half_life, half_life) - decay_factor(age, half_life)) <= 1


def test_the_future_has_no_factor() -> None:
    with pytest.raises(AssertionError, match="future"):
        decay_factor(-DAY, DAY)
