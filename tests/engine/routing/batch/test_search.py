"""Parts of the search for a plan: options, rounding, improving, making room, trees."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.engine.routing.batch import GapItem, GapProblem, GapRep, Solver, is_installed
from evenhand.engine.routing.batch.construct import construct_units
from evenhand.engine.routing.batch.draft import Draft
from evenhand.engine.routing.batch.exact import search_tree
from evenhand.engine.routing.batch.improve import improve_units
from evenhand.engine.routing.batch.insert import insert_left_out
from evenhand.engine.routing.batch.moves import near_options
from evenhand.engine.routing.batch.options import IntArray, Options, read_options
from evenhand.engine.routing.batch.prices import free_prices, reduced_values
from evenhand.engine.routing.batch.relaxation import Aim, relax
from evenhand.engine.routing.batch.rounding import round_units, without_overload
from tests.engine.routing.batch.problems import best_gap_score, gap, gap_problems

WITH_HIGHS = pytest.mark.skipif(not is_installed(Solver.HIGHS), reason="scipy is not installed")


def units_of(options: Options, places: list[int | None]) -> IntArray:
    """Units per option for single items; None = left out."""
    units = np.zeros(len(options.reps), np.int64)
    for kind, place in enumerate(places):
        rep = options.rep_count if place is None else place
        units[np.flatnonzero((options.classes == kind) & (options.reps == rep))] += 1
    return units


def places_of(options: Options, units: IntArray) -> list[int | None]:
    """The inverse of `units_of`."""
    reps = options.reps[np.flatnonzero(units)].tolist()
    return [None if rep == options.rep_count else rep for rep in reps]


def never() -> bool:
    return False


def assert_plan(options: Options, units: IntArray) -> None:
    assert (units >= 0).all()
    assert (np.bincount(options.classes, weights=units) == options.counts).all()
    assert (options.loads(units) <= options.uppers).all()


# --- options


def test_equal_items_are_one_class_and_what_fits_nobody_is_no_option() -> None:
    options = read_options(gap([[4, 6], [4, 6], [None, 8]], [10, 10, 30], [20, 20]))

    assert options.members == ((0, 1), (2,))
    assert options.counts.tolist() == [2, 1]
    assert options.reps.tolist() == [0, 1, 2, 2]  # 2 is the overflow


def test_common_factors_are_divided_out() -> None:
    options = read_options(gap([[4, 6]], [10], [25, 19], lowers=[11, 0]))

    assert (options.value_step, options.size_step) == (2, 10)
    assert options.values.tolist() == [2, 3, 0]
    assert options.uppers.tolist()[:2] == [2, 1]
    assert options.lowers.tolist() == [2, 0, 0]


# --- a first plan, rounding


@given(gap_problems())
def test_a_plan_from_prices_respects_every_bound(problem: GapProblem) -> None:
    assume(problem.items)
    options = read_options(problem)

    units = construct_units(options, free_prices(options))

    assert_plan(options, units)


def test_whoever_has_only_one_place_goes_first() -> None:
    options = read_options(gap([[9, 8], [1, None]], [5, 5], [5, 5]))

    units = construct_units(options, free_prices(options))

    assert places_of(options, units) == [1, 0]


@WITH_HIGHS
@settings(max_examples=40)
@given(gap_problems(most_items=8))
def test_rounding_gives_whole_items_and_overloads_nobody(problem: GapProblem) -> None:
    assume(problem.items)
    options = read_options(problem)
    relaxed = relax(options, np.arange(len(options.reps)))
    assert relaxed is not None

    units = round_units(options, relaxed)

    assert_plan(options, units)


@WITH_HIGHS
def test_a_relaxation_over_few_options_finds_the_others_that_matter() -> None:
    draws = np.random.default_rng(5)
    values = draws.integers(0, 1000, (60, 8)).tolist()
    options = read_options(gap(values, draws.integers(1, 9, 60).tolist(), [40] * 8))
    few = near_options(options, reduced_values(options, free_prices(options), 0), 60)

    narrow, wide = relax(options, few), relax(options, np.arange(len(options.reps)))

    assert narrow is not None
    assert wide is not None
    worth = [round(float(options.values @ relaxed.units), 3) for relaxed in (narrow, wide)]
    assert worth[0] == worth[1]


def test_an_overload_is_taken_back_at_the_least_loss() -> None:
    options = read_options(gap([[9], [5], [7]], [4, 4, 4], [8]))

    units = without_overload(options, free_prices(options), units_of(options, [0, 0, 0]))

    assert places_of(options, units) == [0, None, 0]


# --- improving


def test_a_shift_takes_an_item_where_it_is_worth_more() -> None:
    options = read_options(gap([[1, 9]], [5], [5, 5]))

    units, _ = improve_units(options, free_prices(options), units_of(options, [0]), never)

    assert places_of(options, units) == [1]


def test_an_exchange_helps_where_no_shift_has_room() -> None:
    options = read_options(gap([[1, 9], [9, 1]], [5, 5], [5, 5]))

    units, _ = improve_units(options, free_prices(options), units_of(options, [0, 1]), never)

    assert places_of(options, units) == [1, 0]


def test_a_chain_helps_where_no_exchange_is_allowed() -> None:
    # Item 0 wants rep 1, whose item may go to rep 2 only.
    options = read_options(gap([[1, 9, None], [None, 5, 4]], [5, 5], [5, 5, 5]))

    units, _ = improve_units(options, free_prices(options), units_of(options, [0, 1]), never)

    assert places_of(options, units) == [1, 2]


def test_an_item_left_out_takes_the_place_of_one_of_less_value() -> None:
    options = read_options(gap([[1], [9]], [5, 5], [5]))

    units, _ = improve_units(options, free_prices(options), units_of(options, [0, None]), never)

    assert places_of(options, units) == [None, 0]


def test_a_lower_bound_is_filled_although_value_falls() -> None:
    options = read_options(gap([[9, 1], [8, 1]], [5, 5], [10, 10], lowers=[0, 5]))

    units, _ = improve_units(options, free_prices(options), units_of(options, [0, 0]), never)

    assert places_of(options, units) == [0, 1]


def test_a_filled_lower_bound_is_not_emptied_for_value() -> None:
    options = read_options(gap([[9, 1]], [5], [5, 5], lowers=[0, 5]))

    units, _ = improve_units(options, free_prices(options), units_of(options, [1]), never)

    assert places_of(options, units) == [1]


@given(gap_problems(most_items=8, most_reps=4), st.data())
def test_improving_never_makes_a_plan_worse_or_impossible(
    problem: GapProblem, data: st.DataObject
) -> None:
    options = read_options(problem)
    assume(len(options.counts))
    units = np.zeros(len(options.reps), np.int64)
    for kind, count in enumerate(options.counts.tolist()):
        span = st.integers(int(options.starts[kind]), int(options.starts[kind + 1]) - 1)
        for _ in range(count):
            units[data.draw(span)] += 1
    start = without_overload(options, free_prices(options), units)

    improved, _ = improve_units(options, free_prices(options), start, never)

    assert_plan(options, improved)
    assert options.score(improved) <= options.score(start)


def test_many_equal_items_move_together() -> None:
    items = (GapItem((1, 9), 2),) * 1_000
    options = read_options(GapProblem(items, (GapRep(2_000), GapRep(1_400))))

    units, weighed = improve_units(options, free_prices(options), np.array([1_000, 0, 0]), never)

    assert units.tolist() == [300, 700, 0]
    assert weighed < 100


# --- making room


def test_room_is_made_by_a_chain_over_several_reps() -> None:
    # Item 0 fits rep 0 only, once item 1 has gone to rep 1, item 2 to rep 2, item 3 to rep 3.
    values: list[list[int | None]] = [
        [5, None, None, None],
        [5, 5, None, None],
        [None, 5, 5, None],
        [None, None, 5, 5],
    ]
    options = read_options(gap(values, [5] * 4, [5] * 4))
    draft = Draft(options, units_of(options, [None, 0, 1, 2]))

    assert insert_left_out(draft, free_prices(options))

    assert places_of(options, draft.units) == [0, 1, 2, 3]


def test_two_small_items_make_room_for_a_large_one() -> None:
    options = read_options(gap([[5, None], [5, 1], [4, 1]], [6, 3, 3], [6, 6]))
    draft = Draft(options, units_of(options, [None, 0, 0]))

    assert insert_left_out(draft, free_prices(options))

    assert places_of(options, draft.units) == [0, 1, 1]


def test_where_there_is_no_room_at_all_nothing_changes() -> None:
    options = read_options(gap([[5, 5]] * 2 + [[5, 6]], [5] * 3, [5, 5]))
    start = np.array([1, 0, 1, 0, 1, 0])
    assert options.counts.tolist() == [2, 1]
    draft = Draft(options, start)

    assert not insert_left_out(draft, free_prices(options))

    assert (draft.units == start).all()
    assert (draft.loads == options.loads(start)).all()


# --- trees


@WITH_HIGHS
@settings(max_examples=30)
@given(gap_problems(most_items=5))
def test_a_complete_tree_finds_the_fewest_items_out(problem: GapProblem) -> None:
    assume(problem.items)
    options = read_options(problem)
    everything = np.arange(len(options.reps))
    most_short = int(options.lowers.sum())

    found = search_tree(
        options,
        everything,
        left_out=len(problem.items),
        short=most_short,
        aim=Aim.LEFT_OUT,
        nodes=1_000,
    )

    assert found.is_complete
    assert found.units is not None
    assert options.score(found.units)[0] == best_gap_score(problem)[0]


@WITH_HIGHS
def test_a_tree_without_any_plan_says_so() -> None:
    options = read_options(gap([[5]] * 2 + [[6]], [5] * 3, [10]))

    found = search_tree(
        options, np.arange(len(options.reps)), left_out=0, short=0, aim=Aim.VALUE, nodes=100
    )

    assert found.units is None
    assert found.is_complete
