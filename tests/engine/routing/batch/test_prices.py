"""Ceilings are proofs, whatever the prices are."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.engine.routing.batch import GapProblem
from evenhand.engine.routing.batch.knapsack import ItemPrices, can_price_items
from evenhand.engine.routing.batch.options import ENDLESS, IntArray, Options, read_options
from evenhand.engine.routing.batch.prices import (
    Ceiling,
    Prices,
    adjusted,
    free_prices,
    prove_ceiling,
    whole_prices,
)
from tests.engine.routing.batch.problems import (
    best_gap_score,
    gap,
    gap_problems,
    roomy_problems,
)


def any_prices(data: st.DataObject, options: Options) -> Prices:
    """Good or bad: a ceiling must hold for all."""
    price = st.integers(0, 2**40)
    reps = options.rep_count
    upper = data.draw(st.lists(price, min_size=reps, max_size=reps))
    lower = data.draw(st.lists(st.just(0) | price, min_size=reps, max_size=reps))
    start = free_prices(options)
    return Prices(
        np.array([*upper, 0], np.int64),
        np.array([*lower, 0], np.int64),
        data.draw(st.integers(0, 2**50)),
        start.scale,
    )


def plans_of(options: Options) -> list[IntArray]:
    """Every plan of single items, as units per option, within the upper bounds."""
    spans = [
        range(first, end)
        for first, end in zip(options.starts.tolist(), options.starts.tolist()[1:], strict=False)
    ]
    found = []
    for choice in product(*spans):
        units = np.zeros(len(options.reps), np.int64)
        units[list(choice)] = 1
        if (options.loads(units) <= options.uppers).all():
            found.append(units)
    return found


@given(gap_problems(), st.data())
def test_no_plan_as_complete_as_the_best_exceeds_the_ceiling(
    problem: GapProblem, data: st.DataObject
) -> None:
    assume(problem.items)
    options = read_options(problem)
    left_out, short, value = best_gap_score(problem)

    ceiling = prove_ceiling(
        options,
        any_prices(data, options),
        left_out=left_out,
        short=short // options.size_step,
    )

    assert ceiling.value * options.value_step >= -value


def assert_only_useless_options_are_ruled_out(
    options: Options, ceiling: Ceiling, goal: int, *, left_out: int, short: int
) -> None:
    useful = ceiling.can_reach(goal)
    for units in plans_of(options):
        out, lacking, value = options.score(units)
        if out <= left_out and lacking <= short and -value >= goal:
            assert useful[units > 0].all()


@settings(max_examples=50)
@given(roomy_problems() | gap_problems(most_items=4), st.data())
def test_an_option_that_is_ruled_out_is_in_no_plan_that_reaches_the_goal(
    problem: GapProblem, data: st.DataObject
) -> None:
    options = read_options(problem)
    assume((options.counts == 1).all())
    left_out, short, value = best_gap_score(problem)
    short //= options.size_step
    goal = -value // options.value_step - data.draw(st.integers(0, 5))

    ceiling = prove_ceiling(options, any_prices(data, options), left_out=left_out, short=short)

    assert_only_useless_options_are_ruled_out(
        options, ceiling, goal, left_out=left_out, short=short
    )


@settings(max_examples=50)
@given(roomy_problems(), st.integers(0, 12), st.integers(0, 5))
def test_prices_of_items_prove_a_ceiling_and_rule_out_only_the_useless(
    problem: GapProblem, steps: int, below: int
) -> None:
    options = read_options(problem)
    left_out, short, value = best_gap_score(problem)
    assume((left_out, short) == (0, 0))
    best = -value // options.value_step

    items = ItemPrices(options, free_prices(options))
    items.adjust(best, steps)
    ceiling = items.ceiling()

    assert ceiling.value >= best
    assert ceiling.total <= items.lowest
    assert_only_useless_options_are_ruled_out(options, ceiling, best - below, left_out=0, short=0)


def test_prices_of_items_prove_less_than_prices_of_room_where_items_do_not_divide() -> None:
    # Rep 0 has room for one and two thirds of the large items, which only a knapsack rules out.
    problem = gap([[9, 1], [8, 1], [7, 1], [1, 1]], [6, 6, 6, 1], [10, 20])
    options = read_options(problem)
    assert best_gap_score(problem) == (0, 0, -12)
    prices = free_prices(options)
    room = []
    for _ in range(50):
        ceiling = prove_ceiling(options, prices, left_out=0, short=0)
        room.append(ceiling.value)
        prices = adjusted(options, prices, ceiling, 12, 100)

    items = ItemPrices(options, prices)
    items.adjust(12, 50)

    assert items.value == 12
    assert min(room) > 12


def test_adjusting_makes_full_reps_dearer_and_leaves_empty_ones_free() -> None:
    options = read_options(gap([[9, 1], [9, 1], [9, 1]], [5, 5, 5], [5, 20]))
    prices = free_prices(options)

    changed = adjusted(
        options, prices, prove_ceiling(options, prices, left_out=0, short=0), 11, 100
    )

    assert changed.upper[0] > 0
    assert changed.upper[1] == 0


def test_adjusting_makes_room_below_a_lower_bound_earn() -> None:
    options = read_options(gap([[9, 1], [9, 1]], [5, 5], [20, 20], lowers=[0, 5]))
    prices = free_prices(options)

    changed = adjusted(
        options, prices, prove_ceiling(options, prices, left_out=0, short=0), 10, 100
    )

    assert changed.lower[1] > 0
    assert changed.net[1] < 0


def test_a_solver_s_prices_become_integers_that_are_not_negative() -> None:
    options = read_options(gap([[9, 1]], [5], [5, 5]))

    prices = whole_prices(
        options, upper=np.array([0.5, -1e-9]), lower=np.array([0.0, 1e30]), left_out=None
    )

    assert prices.upper.tolist() == [prices.scale // 2, 0, 0]
    assert prices.lower[1] * options.sizes.max() <= ENDLESS
    assert prices.left_out == free_prices(options).left_out


def test_values_are_scaled_before_prices_are_rounded() -> None:
    small = read_options(gap([[9, 1]], [5], [5, 5]))
    large = read_options(gap([[2**49 + 1, 1]], [5], [5, 5]))

    assert free_prices(small).scale == 2**32
    assert free_prices(large).scale == 1


@pytest.mark.parametrize("count", [2, 50])
def test_classes_of_several_items_are_left_to_prices_of_room(count: int) -> None:
    assert not can_price_items(read_options(gap([[1, 2]] * count, [3] * count, [9, 9])))
    assert can_price_items(read_options(gap([[1, 2]], [3], [9, 9])))


def test_items_without_any_place_are_left_to_prices_of_room() -> None:
    assert not can_price_items(read_options(gap([[1, 2], [None, None]], [3, 3], [9, 9])))
