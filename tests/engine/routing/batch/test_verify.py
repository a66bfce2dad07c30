"""Replay checks a plan without solving it again, and names each fault."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from evenhand.engine.routing.batch import (
    Fault,
    FlowPlan,
    GapItem,
    GapPlan,
    GapProblem,
    GapRep,
    Solver,
    solve_flow,
    solve_gap,
    verify,
)
from tests.engine.routing.batch.problems import flow, gap

FLOW = flow([2, 1], [[10, 9], [8, None]], [2, 2], lowers=[0, 1])
GAP = GapProblem(
    (GapItem((5, 9), 4), GapItem((7, None), 3), GapItem((1, 2), 6)),
    (GapRep(10, 2, 8), GapRep(9, 3, 9)),
)


@pytest.fixture
def flow_plan() -> FlowPlan:
    return solve_flow(FLOW, solver=Solver.PLAIN)


@pytest.fixture
def gap_plan() -> GapPlan:
    return solve_gap(GAP, solver=Solver.PLAIN)


def faults(problem: Any, plan: Any) -> list[Fault]:
    return [violation.fault for violation in verify(problem, plan)]


def with_cells(plan: FlowPlan, cells: dict[tuple[int, int], int], **changes: Any) -> FlowPlan:
    return replace(plan, cells=MappingProxyType(cells), **changes)


def test_a_plan_as_it_was_solved_has_no_fault(flow_plan: FlowPlan, gap_plan: GapPlan) -> None:
    assert flow_plan.cells == {(0, 0): 1, (0, 1): 1, (1, 0): 1}
    assert gap_plan.assignment == (0, 0, 1)
    assert verify(FLOW, flow_plan) == []
    assert verify(GAP, gap_plan) == []


def test_a_plan_of_other_inputs_is_told_by_its_digest(flow_plan: FlowPlan) -> None:
    other = flow([2, 1], [[10, 9], [8, None]], [2, 3], lowers=[0, 1])

    assert faults(other, flow_plan) == [Fault.OTHER_INPUTS]


def test_a_count_above_the_capacity_is_found(flow_plan: FlowPlan) -> None:
    cells = {(0, 0): 2, (1, 0): 1}

    found = verify(FLOW, with_cells(flow_plan, cells, objective=28))

    assert [(v.fault, v.place, v.found, v.right) for v in found] == [
        (Fault.OVER_CAPACITY, 0, 3, 2),
        (Fault.WRONG_SHORTFALL, 1, 0, 1),
    ]


def test_an_item_with_somebody_who_is_not_eligible_is_found(flow_plan: FlowPlan) -> None:
    cells = {(0, 0): 2, (1, 1): 1}

    found = verify(FLOW, with_cells(flow_plan, cells, objective=20))

    assert [str(v) for v in found] == ["plan.not_eligible at 1: rep 1 instead of an eligible rep"]


def test_an_item_that_vanished_is_found(flow_plan: FlowPlan) -> None:
    cells = {(0, 0): 1, (0, 1): 1}

    assert faults(FLOW, with_cells(flow_plan, cells, objective=19)) == [Fault.WRONG_OVERFLOW]


def test_an_item_that_was_dealt_twice_is_found(flow_plan: FlowPlan) -> None:
    cells = {(0, 0): 1, (0, 1): 2, (1, 0): 1}
    plan = with_cells(flow_plan, cells, objective=36, overflow=(-1, 0))

    assert faults(FLOW, plan) == [Fault.WRONG_OVERFLOW]


def test_a_wrong_objective_is_found(flow_plan: FlowPlan, gap_plan: GapPlan) -> None:
    assert faults(FLOW, replace(flow_plan, objective=28)) == [Fault.WRONG_OBJECTIVE]
    assert faults(GAP, replace(gap_plan, objective=15)) == [Fault.WRONG_OBJECTIVE]


def test_a_flow_plan_that_is_valid_but_not_best_is_found(flow_plan: FlowPlan) -> None:
    cells = {(0, 1): 2, (1, 0): 1}
    worse = with_cells(flow_plan, cells, objective=26)

    assert faults(FLOW, worse) == [Fault.NOT_OPTIMAL]
    assert faults(FLOW, replace(worse, is_optimal=False)) == []


@pytest.mark.parametrize(
    "cells", [{(2, 0): 1}, {(0, 2): 1}, {(-1, 0): 1}, {(0, 0): 0}, {(0, 0): -1}]
)
def test_a_cell_that_cannot_be_is_found(
    cells: dict[tuple[int, int], int], flow_plan: FlowPlan
) -> None:
    assert faults(FLOW, with_cells(flow_plan, cells)) == [Fault.WRONG_SHAPE]


def test_a_plan_for_more_classes_is_found(flow_plan: FlowPlan) -> None:
    assert faults(FLOW, replace(flow_plan, overflow=(0, 0, 0))) == [Fault.WRONG_SHAPE]


def test_a_load_above_capacity_or_band_is_found(gap_plan: GapPlan) -> None:
    crowded = replace(gap_plan, assignment=(0, 0, 0), shortfall=(0, 3), objective=13, bound=99)

    found = verify(GAP, replace(crowded, is_optimal=False))

    assert [(v.fault, v.place, v.found, v.right) for v in found] == [
        (Fault.OVER_CAPACITY, 0, 13, 10),
        (Fault.ABOVE_BAND, 0, 13, 8),
    ]


def test_a_shortfall_that_is_not_named_is_found(gap_plan: GapPlan) -> None:
    empty = replace(gap_plan, assignment=(None, 0, None), objective=7, is_optimal=False)

    found = verify(GAP, empty)

    assert [(v.fault, v.place, v.found, v.right) for v in found] == [
        (Fault.WRONG_SHORTFALL, 1, 0, 3)
    ]


def test_a_rep_who_is_not_eligible_or_not_there_is_found(gap_plan: GapPlan) -> None:
    wrong = replace(gap_plan, assignment=(0, 1, None), objective=5, is_optimal=False)

    assert faults(GAP, wrong) == [Fault.NOT_ELIGIBLE]
    assert faults(GAP, replace(wrong, assignment=(0, 2, None))) == [Fault.WRONG_SHAPE]


def test_an_item_that_is_missing_altogether_is_found(gap_plan: GapPlan) -> None:
    assert faults(GAP, replace(gap_plan, assignment=(1, 0))) == [Fault.WRONG_SHAPE]


def test_a_bound_below_the_objective_is_found(gap_plan: GapPlan) -> None:
    assert faults(GAP, replace(gap_plan, bound=13, is_optimal=False)) == [Fault.WRONG_BOUND]


def test_a_proof_that_is_none_is_found(gap_plan: GapPlan) -> None:
    assert faults(GAP, replace(gap_plan, bound=17, is_optimal=True)) == [Fault.WRONG_BOUND]


def test_a_plan_of_the_other_kind_is_refused(flow_plan: FlowPlan) -> None:
    with pytest.raises(TypeError, match="a FlowPlan is no plan for a GapProblem"):
        verify(gap([[1]], [1], [1]), flow_plan)
