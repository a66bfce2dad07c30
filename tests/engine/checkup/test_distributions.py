"""The distributions against known values and against exact counting."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.checkup.distributions import (
    Z_95,
    Moments,
    gamma_cdf,
    gamma_quantile,
    normal_cdf,
    normal_quantile,
)


@pytest.mark.parametrize(
    ("u", "z"),
    [(0.5, 0.0), (0.975, Z_95), (0.025, -Z_95), (1e-6, -4.753424308822899)],
)
def test_the_normal_quantile_has_its_known_values(u: float, z: float) -> None:
    assert normal_quantile(u) == pytest.approx(z, abs=1e-9)


@given(st.floats(1e-9, 1 - 1e-9))
def test_the_normal_quantile_is_the_inverse_of_the_distribution(u: float) -> None:
    assert normal_cdf(normal_quantile(u)) == pytest.approx(u, rel=1e-6)


# Values of an independent implementation (scipy 1.17, gamma.cdf and gamma.ppf).
@pytest.mark.parametrize(
    ("shape", "x", "below"),
    [(240, 250, 0.7447915809630657), (0.2, 3, 0.9962968281587093), (1, 0, 0.0), (3, -1, 0.0)],
)
def test_the_gamma_distribution_has_its_known_values(shape: float, x: float, below: float) -> None:
    assert gamma_cdf(shape, x) == pytest.approx(below, abs=1e-10)


@pytest.mark.parametrize(
    ("shape", "u", "x"),
    [
        (3, 0.025, 0.6186721228956014),
        (0.5, 0.975, 2.511943093657444),
        (2500, 0.3, 2473.5402724288706),
    ],
)
def test_the_gamma_quantile_has_its_known_values(shape: float, u: float, x: float) -> None:
    assert gamma_quantile(shape, u) == pytest.approx(x, rel=1e-7)


@given(st.floats(0.5, 5e4), st.floats(0.001, 0.999))
def test_the_gamma_quantile_is_the_inverse_of_the_distribution(shape: float, u: float) -> None:
    assert gamma_cdf(shape, gamma_quantile(shape, u)) == pytest.approx(u, abs=2e-5)


@pytest.mark.parametrize("u", [0.0, 1.0, -0.1, 1.5])
def test_a_probability_outside_its_range_is_refused(u: float) -> None:
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        normal_quantile(u)
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        gamma_quantile(1, u)


def _binomial_mid_p(n: int, p: float, x: int) -> float:
    chances = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    return sum(chances[:x]) + chances[x] / 2


@pytest.mark.parametrize(
    ("n", "p", "x"),
    [(200, 0.05, 4), (200, 0.05, 16), (60, 0.1, 2), (60, 0.9, 58), (1000, 0.5, 470), (40, 0.3, 18)],
)
def test_the_chance_law_is_close_to_exact_counting(n: int, p: float, x: int) -> None:
    law = Moments().plus(1, p, n)

    assert law.cdf(x) == pytest.approx(_binomial_mid_p(n, p, x), abs=0.006)


def test_moments_of_mixed_amounts_add_up() -> None:
    law = Moments().plus(8, 0.25, 10).plus(3, 0.5, 4)

    assert law.mean == 8 * 0.25 * 10 + 3 * 0.5 * 4
    assert law.variance == 64 * 0.25 * 0.75 * 10 + 9 * 0.25 * 4
    assert law.third == 512 * 0.25 * 0.75 * 10 * 0.5


@given(st.floats(0.01, 0.99), st.integers(5, 2000), st.floats(0.01, 0.99))
def test_the_quantile_of_the_chance_law_is_its_inverse(p: float, n: int, u: float) -> None:
    law = Moments().plus(5, p, n)

    assert law.cdf(law.quantile(u)) == pytest.approx(u, abs=1e-4)


def test_what_is_certain_has_no_range_and_no_surprise() -> None:
    law = Moments().plus(8, 1.0, 3)

    assert law.range_95() == (24, 24)
    assert law.two_sided(24) == 1
    assert law.two_sided(23) == 0
    assert law.two_sided(25) == 0


def test_a_range_of_amounts_never_starts_below_zero() -> None:
    law = Moments().plus(8, 0.01, 5)

    low, high = law.range_95()

    assert low == 0
    assert high > law.mean
