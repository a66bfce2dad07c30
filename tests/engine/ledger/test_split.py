"""Dividing whole micro-points: nothing lost, nothing invented, order of ids decides the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.ledger.split import NothingToShareBy, split

amounts = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any)


@given(amounts, weights)
def test_the_parts_add_up_exactly(amount: int, by_weight: list[int]) -> None:
    assert sum(split(amount, by_weight)) == amount


@given(amounts, weights)
def test_every_part_is_within_one_of_the_exact_share(amount: int, by_weight: list[int]) -> None:
    total = sum(by_weight)

    parts = split(amount, by_weight)

    assert all(
        abs(part * total - amount * weight) <= total
        for part, weight in zip(parts, by_weight, strict=True)
    )


@given(amounts, weights)
def test_a_weight_of_zero_gets_nothing(amount: int, by_weight: list[int]) -> None:
    parts = split(amount, by_weight)

    assert all(part == 0 for part, weight in zip(parts, by_weight, strict=True) if weight == 0)


def test_the_rest_goes_one_each_from_the_front() -> None:
    assert split(11, [100, 100, 100]) == [4, 4, 3]
    assert split(-11, [100, 100, 100]) == [-3, -4, -4]


def test_weights_all_zero_are_a_typed_refusal() -> None:
    with pytest.raises(NothingToShareBy):
        split(5, [0, 0])
