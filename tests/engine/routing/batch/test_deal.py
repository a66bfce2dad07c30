"""From counts to concrete items."""

from collections import Counter
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.routing.batch import (
    DealMismatch,
    FlowPlan,
    FlowProblem,
    Solver,
    deal_cells,
    solve_flow,
)
from evenhand.engine.routing.batch.deal import in_turn
from tests.engine.routing.batch.problems import flow, flow_problems


def plan_of(cells: dict[tuple[int, int], int], overflow: tuple[int, ...]) -> FlowPlan:
    return FlowPlan(
        cells=MappingProxyType(cells),
        overflow=overflow,
        shortfall=(),
        objective=0,
        is_optimal=False,
        solver=Solver.PLAIN,
        version="",
        digest="",
    )


def test_items_of_a_class_go_round_its_reps_in_turn() -> None:
    dealt = deal_cells(plan_of({(0, 3): 2, (0, 7): 2}, (0,)), [["a", "b", "c", "d"]])

    assert list(dealt.items()) == [("a", 3), ("b", 7), ("c", 3), ("d", 7)]


def test_whoever_gets_less_is_not_left_to_the_end() -> None:
    assert in_turn([(0, 6), (1, 2)]) == [0, 0, 1, 0, 0, 0, 1, 0]


def test_what_is_left_over_are_the_last_of_the_class() -> None:
    dealt = deal_cells(plan_of({(0, 0): 1}, (2,)), [["first", "second", "third"]])

    assert dealt == {"first": 0, "second": None, "third": None}


def test_too_few_items_are_refused_with_the_counts() -> None:
    with pytest.raises(DealMismatch, match="class 1 has 1 items, but 2 are dealt and 1 left over"):
        deal_cells(plan_of({(0, 0): 1, (1, 0): 2}, (0, 1)), [["a"], ["b"]])


def test_a_class_too_many_is_refused() -> None:
    with pytest.raises(DealMismatch, match="2 classes of items for 1 planned"):
        deal_cells(plan_of({}, (0,)), [[], []])


def test_an_item_that_stands_twice_is_refused() -> None:
    with pytest.raises(DealMismatch, match="stands in the classes twice"):
        deal_cells(plan_of({(0, 0): 1, (1, 0): 1}, (0, 0)), [["a"], ["a"]])


@given(flow_problems())
def test_every_item_is_in_exactly_one_place_and_the_counts_are_the_plan_s(
    problem: FlowProblem,
) -> None:
    plan = solve_flow(problem, solver=Solver.PLAIN)
    members = [
        [(number, place) for place in range(kind.count)]
        for number, kind in enumerate(problem.classes)
    ]

    dealt = deal_cells(plan, members)

    assert list(dealt) == [item for items in members for item in items]
    counts = Counter((number, rep) for (number, _), rep in dealt.items())
    assert {cell: n for cell, n in counts.items() if cell[1] is not None} == plan.cells
    assert [counts[number, None] for number in range(len(members))] == list(plan.overflow)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_turns_stay_near_an_even_spread_all_the_way(counts: list[int]) -> None:
    turns = in_turn(list(enumerate(counts)))

    total = sum(counts)
    assert Counter(turns) == Counter({rep: n for rep, n in enumerate(counts) if n})
    for rep, count in enumerate(counts):
        for place in range(total + 1):
            off = turns[:place].count(rep) * total - count * place
            assert 2 * abs(off) <= (len(counts) + 2) * total


def test_a_class_that_all_reps_share_is_dealt_without_gaps() -> None:
    problem = flow([9], [[1, 1, 1]], [3, 3, 3])

    dealt = deal_cells(solve_flow(problem), [list(range(9))])

    assert [dealt[item] for item in range(9)] == [0, 1, 2] * 3
