"""Intervals, tests of many, and measures of unevenness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.checkup.estimates import (
    Share,
    false_discovery,
    gini,
    jain,
    percentile,
    poisson_interval,
)

amounts = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=40)


def test_wilsons_interval_has_its_known_values() -> None:
    share = Share(10, 100).estimate

    assert share.value == 0.1
    assert share.low == pytest.approx(0.05523, abs=1e-5)
    assert share.high == pytest.approx(0.17437, abs=1e-5)


def test_a_share_of_nothing_may_be_anything() -> None:
    share = Share(0, 0).estimate

    assert (share.low, share.high) == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share_and_stays_between_0_and_1(count: int, more: int) -> None:
    share = Share(count, count + more).estimate

    assert 0 <= share.low <= share.value <= share.high <= 1


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6888794541139), (1, 0.0253178, 5.5716434), (10, 4.7953885, 18.3903560)],
)
def test_the_interval_of_a_count_has_its_known_values(count: int, low: float, high: float) -> None:
    found = poisson_interval(count)

    assert found.low == pytest.approx(low, abs=1e-6)
    assert found.high == pytest.approx(high, abs=1e-6)


def test_false_discovery_follows_the_published_example() -> None:
    # Benjamini & Hochberg (1995), table of 15 p-values: four are below 0.05 after correction.
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip

    found = false_discovery(p_values)

    assert sum(q <= 0.05 for q in found) == 4
    assert found[0] == pytest.approx(0.0015)


@given(st.lists(st.floats(0, 1), max_size=30))
def test_correction_never_makes_anything_surer_and_keeps_the_order(p_values: list[float]) -> None:
    found = false_discovery(p_values)

    assert all(q >= p - 1e-12 for p, q in zip(p_values, found, strict=True))
    by_p = [q for _, q in sorted(zip(p_values, found, strict=True))]
    assert by_p == sorted(by_p)


def test_equal_amounts_are_perfectly_even() -> None:
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert jain([3, 3, 3]) == pytest.approx(1)


def test_one_who_has_everything_is_perfectly_uneven() -> None:
    assert gini([0, 0, 0, 12]) == pytest.approx(0.75)
    assert jain([0, 0, 0, 12]) == pytest.approx(0.25)


def test_nothing_at_all_is_even() -> None:
    assert gini([0, 0]) == 0
    assert jain([0, 0]) == 1
    assert gini([5]) == 0


@given(amounts, st.floats(0.1, 100))
def test_unevenness_does_not_depend_on_the_unit(values: list[float], factor: float) -> None:
    scaled = [value * factor for value in values]

    assert gini(scaled) == pytest.approx(gini(values), abs=1e-9)
    assert jain(scaled) == pytest.approx(jain(values), abs=1e-9)


@given(amounts)
def test_unevenness_stays_in_its_range(values: list[float]) -> None:
    assert -1e-9 <= gini(values) < 1
    assert 1 / len(values) - 1e-9 <= jain(values) <= 1 + 1e-9


def test_a_percentile_lies_between_its_neighbors() -> None:
    assert percentile([1, 2, 4], 0.5) == 2
    assert percentile([1, 2, 4], 0.75) == 3
    assert percentile([1, 2, 4], 1) == 4


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
