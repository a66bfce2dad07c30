"""Items of one place each: exact whatever the solver."""

import json
import sys

import pytest
from hypothesis import assume, given, settings

from evenhand.engine.routing.batch import (
    FlowClass,
    FlowProblem,
    FlowRep,
    PlanTooLarge,
    Solver,
    SolverMissing,
    UnusableProblem,
    flow_classes,
    flow_plan_from_json,
    is_installed,
    solve_flow,
    verify,
)
from tests.engine.routing.batch.problems import best_flow_score, flow, flow_problems, score_of

SOLVERS = [
    pytest.param(
        solver,
        marks=pytest.mark.skipif(not is_installed(solver), reason=f"{solver} is not installed"),
    )
    for solver in Solver
]


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_plan_has_most_value_within_the_capacities(solver: Solver) -> None:
    problem = flow([2, 1], [[10, 9], [8, 1]], [2, 2])

    plan = solve_flow(problem, solver=solver)

    assert plan.cells == {(0, 0): 1, (0, 1): 1, (1, 0): 1}
    assert plan.objective == 10 + 9 + 8
    assert plan.overflow == (0, 0)


@pytest.mark.parametrize("solver", SOLVERS)
def test_what_finds_no_place_is_named_by_class(solver: Solver) -> None:
    plan = solve_flow(flow([3, 2], [[1], [5]], [4]), solver=solver)

    assert plan.overflow == (1, 0)
    assert plan.cells == {(0, 0): 2, (1, 0): 2}


@pytest.mark.parametrize("solver", SOLVERS)
def test_nobody_eligible_leaves_the_class_over(solver: Solver) -> None:
    plan = solve_flow(flow([3], [[None, None]], [4, 4]), solver=solver)

    assert plan.overflow == (3,)
    assert plan.cells == {}


@pytest.mark.parametrize("solver", SOLVERS)
def test_dealing_an_item_comes_before_any_value(solver: Solver) -> None:
    # The second class can only go to rep 0, at a loss larger than all gains.
    problem = flow([1, 1], [[10**9, -(10**9)], [-(10**12), None]], [1, 1])

    plan = solve_flow(problem, solver=solver)

    assert plan.cells == {(0, 1): 1, (1, 0): 1}


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_lower_bound_is_filled_before_value_counts(solver: Solver) -> None:
    plan = solve_flow(flow([4], [[9, 1]], [4, 4], lowers=[0, 3]), solver=solver)

    assert plan.cells == {(0, 0): 1, (0, 1): 3}
    assert plan.shortfall == (0, 0)


@pytest.mark.parametrize("solver", SOLVERS)
def test_lower_bounds_that_cannot_all_be_met_are_named_as_shortfall(solver: Solver) -> None:
    plan = solve_flow(flow([4], [[5, 5]], [4, 4], lowers=[3, 3]), solver=solver)

    assert sum(plan.shortfall) == 2
    assert plan.overflow == (0,)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_lower_bound_above_the_capacity_ends_there(solver: Solver) -> None:
    plan = solve_flow(flow([4], [[5, 6]], [1, 9], lowers=[3, 0]), solver=solver)

    assert plan.cells == {(0, 0): 1, (0, 1): 3}
    assert plan.shortfall == (0, 0)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(
    "problem", [FlowProblem((), ()), flow([], [], [3]), flow([0], [[1]], [3]), flow([2], [[]], [])]
)
def test_nothing_to_deal_or_nobody_to_deal_to_is_a_plan_too(
    problem: FlowProblem, solver: Solver
) -> None:
    plan = solve_flow(problem, solver=solver)

    assert plan.cells == {}
    assert sum(plan.overflow) == sum(kind.count for kind in problem.classes)
    assert verify(problem, plan) == []


@given(flow_problems(most_classes=3, most_reps=3, most_count=2))
def test_no_plan_at_all_is_better(problem: FlowProblem) -> None:
    plan = solve_flow(problem, solver=Solver.PLAIN)

    assert score_of(plan) == best_flow_score(problem)


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=60)
@given(problem=flow_problems())
def test_every_solver_has_the_plain_one_s_objective(solver: Solver, problem: FlowProblem) -> None:
    plan = solve_flow(problem, solver=solver)

    assert score_of(plan) == score_of(solve_flow(problem, solver=Solver.PLAIN))
    assert verify(problem, plan) == []


@settings(max_examples=60)
@given(flow_problems())
def test_classes_are_as_good_as_single_items(problem: FlowProblem) -> None:
    rows = [kind.values for kind in problem.classes for _ in range(kind.count)]
    singles = FlowProblem(tuple(FlowClass(1, row) for row in rows), problem.reps)
    classes, _ = flow_classes(rows)

    aggregated = solve_flow(FlowProblem(classes, problem.reps))

    assert score_of(aggregated) == score_of(solve_flow(singles))


@given(flow_problems())
def test_nobody_gets_more_than_the_capacity_and_every_item_is_in_one_place(
    problem: FlowProblem,
) -> None:
    plan = solve_flow(problem)

    for number, rep in enumerate(problem.reps):
        assert sum(n for (_, who), n in plan.cells.items() if who == number) <= rep.capacity
    for number, kind in enumerate(problem.classes):
        dealt = sum(n for (which, _), n in plan.cells.items() if which == number)
        assert dealt + plan.overflow[number] == kind.count
    assert all(problem.classes[kind].values[rep] is not None for kind, rep in plan.cells)


@given(flow_problems())
def test_the_same_problem_has_the_same_plan(problem: FlowProblem) -> None:
    assert solve_flow(problem) == solve_flow(problem)


@given(flow_problems())
def test_a_rep_with_no_room_changes_nothing(problem: FlowProblem) -> None:
    classes = tuple(FlowClass(kind.count, (*kind.values, 7)) for kind in problem.classes)
    larger = FlowProblem(classes, (*problem.reps, FlowRep(0)))

    assert score_of(solve_flow(larger)) == score_of(solve_flow(problem))


@given(flow_problems())
def test_the_order_of_the_reps_does_not_change_what_is_reached(problem: FlowProblem) -> None:
    assume(problem.reps)
    classes = tuple(FlowClass(kind.count, kind.values[::-1]) for kind in problem.classes)

    turned = FlowProblem(classes, problem.reps[::-1])

    assert score_of(solve_flow(turned)) == score_of(solve_flow(problem))


def test_values_too_far_apart_for_exact_sums_are_refused() -> None:
    many = [[2**50 - place, -(2**50)] * 20 for place in range(40)]

    with pytest.raises(UnusableProblem, match="coarser unit"):
        solve_flow(flow([1] * 40, many, [1] * 40), solver=Solver.PLAIN)


def test_a_plan_survives_being_a_receipt() -> None:
    plan = solve_flow(flow([4, 2], [[9, 1], [None, 3]], [3, 2], lowers=[0, 3]))

    written = json.dumps(plan.as_json())

    assert flow_plan_from_json(json.loads(written)) == plan


def test_a_receipt_names_inputs_objective_solver_and_version() -> None:
    receipt = solve_flow(flow([1], [[5]], [1]), solver=Solver.PLAIN).as_json()

    assert receipt["solver"] == "plain"
    assert receipt["version"] == "successive shortest paths 1"
    assert receipt["objective"] == 5
    assert len(receipt["digest"]) == 64


def test_without_the_extra_small_problems_are_dealt_plainly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "ortools", None)
    monkeypatch.setitem(sys.modules, "scipy", None)

    plan = solve_flow(flow([2], [[1, 2]], [1, 1]))

    assert plan.solver is Solver.PLAIN
    assert plan.objective == 3


def test_without_ortools_a_middling_problem_goes_to_highs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("scipy")
    monkeypatch.setitem(sys.modules, "ortools", None)
    problem = flow([1] * 50, [[(7 * i * r) % 41 for r in range(50)] for i in range(50)], [1] * 50)

    plan = solve_flow(problem)

    assert plan.solver is Solver.HIGHS
    assert verify(problem, plan) == []


def test_without_the_extra_a_large_problem_is_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "ortools", None)
    monkeypatch.setitem(sys.modules, "scipy", None)
    row = tuple(range(210))
    problem = FlowProblem((FlowClass(1, row),) * 100, (FlowRep(1),) * 210)

    with pytest.raises(PlanTooLarge, match=r"install evenhand\[optimise\], or deal in sequence"):
        solve_flow(problem)


@pytest.mark.parametrize("solver", [Solver.ORTOOLS, Solver.HIGHS])
def test_a_solver_that_is_asked_for_but_missing_is_named(
    solver: Solver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ortools", None)
    monkeypatch.setitem(sys.modules, "scipy", None)

    with pytest.raises(SolverMissing, match="is not installed"):
        solve_flow(flow([1], [[1]], [1]), solver=solver)
