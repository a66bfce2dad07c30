"""Items with sizes: always feasible, exact where small, close where not."""

import json
import sys

import pytest
from hypothesis import given, settings

from evenhand.engine.facts import POINT
from evenhand.engine.routing.batch import (
    Effort,
    GapItem,
    GapPlan,
    GapProblem,
    GapRep,
    Solver,
    SolverMissing,
    gap_plan_from_json,
    is_installed,
    solve_gap,
    verify,
)
from tests.engine.routing.batch.problems import best_gap_score, gap, gap_problems, score_of

SOLVERS = [
    pytest.param(
        solver,
        marks=pytest.mark.skipif(not is_installed(solver), reason=f"{solver} is not installed"),
    )
    for solver in (Solver.HIGHS, Solver.PLAIN)
]
SMALL = Effort(nodes=50, rounds=8, moves=200_000)


def tight(items: int, reps: int, *, fill_percent: int = 98) -> GapProblem:
    """Sizes and values that differ per rep without any pattern, and little room to spare."""
    sizes = [[5 + (i * 7 + r * 13 + i * r * 5) % 21 for r in range(reps)] for i in range(items)]
    values = [
        [-(10 + (i * 11 + r * 17 + i * r * 3) % 41) for r in range(reps)] for i in range(items)
    ]
    room = sum(sum(row) for row in sizes) * 75 // (reps * reps * fill_percent)
    return GapProblem(
        tuple(GapItem(tuple(v), tuple(s)) for v, s in zip(values, sizes, strict=True)),
        (GapRep(room),) * reps,
    )


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_plan_has_most_value_within_the_room(solver: Solver) -> None:
    problem = gap([[9, 1], [8, 7], [5, 4]], [5, 5, 5], [5, 10])

    plan = solve_gap(problem, solver=solver)

    assert plan.assignment == (0, 1, 1)
    assert plan.objective == 9 + 7 + 4
    assert plan.is_optimal
    assert plan.bound == plan.objective


@pytest.mark.parametrize("solver", SOLVERS)
def test_what_fits_nobody_is_overflow_and_named(solver: Solver) -> None:
    plan = solve_gap(gap([[9], [8], [7]], [3, 11, 4], [10]), solver=solver)

    assert plan.assignment == (0, None, 0)
    assert plan.overflow == (1,)


@pytest.mark.parametrize("solver", SOLVERS)
def test_two_small_items_are_dealt_rather_than_one_large_of_more_value(solver: Solver) -> None:
    plan = solve_gap(gap([[100], [1], [1]], [10, 5, 5], [10]), solver=solver)

    assert plan.overflow == (0,)


@pytest.mark.parametrize("solver", SOLVERS)
def test_costs_are_minimised_as_negative_values(solver: Solver) -> None:
    plan = solve_gap(gap([[-5, -3], [-9, -4]], [2, 2], [9, 2]), solver=solver)

    assert plan.assignment == (0, 1)
    assert plan.objective == -9


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_band_of_the_ledger_bounds_a_plan_from_above_and_below(solver: Solver) -> None:
    items = tuple(GapItem((9, 1), POINT) for _ in range(6))
    reps = (GapRep(9 * POINT, 0, 4 * POINT), GapRep(9 * POINT, 1 * POINT, 9 * POINT))

    plan = solve_gap(GapProblem(items, reps), solver=solver)

    assert plan.assignment.count(0) == 4
    assert plan.assignment.count(1) == 2
    assert plan.shortfall == (0, 0)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_lower_bound_is_filled_even_at_a_loss(solver: Solver) -> None:
    plan = solve_gap(gap([[9, -9]] * 4, [1] * 4, [4, 4], lowers=[0, 3]), solver=solver)

    assert plan.objective == 9 - 3 * 9
    assert plan.shortfall == (0, 0)


@pytest.mark.parametrize("solver", SOLVERS)
def test_points_that_are_missing_to_a_band_are_named(solver: Solver) -> None:
    plan = solve_gap(gap([[1, None]] * 2, [3, 3], [9, 9], lowers=[0, 5]), solver=solver)

    assert plan.shortfall == (0, 6)  # a load is a multiple of 3: the least inside is 6


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(
    "problem", [GapProblem((), ()), gap([], [], [5]), gap([[]], [3], []), gap([[None]], [3], [5])]
)
def test_nothing_to_deal_or_nobody_to_deal_to_is_a_plan_too(
    problem: GapProblem, solver: Solver
) -> None:
    plan = solve_gap(problem, solver=solver)

    assert plan.assignment == (None,) * len(problem.items)
    assert verify(problem, plan) == []


@pytest.mark.skipif(not is_installed(Solver.HIGHS), reason="scipy is not installed")
@settings(max_examples=60)
@given(gap_problems())
def test_with_highs_no_plan_at_all_is_better(problem: GapProblem) -> None:
    plan = solve_gap(problem, solver=Solver.HIGHS)

    assert score_of(plan) == best_gap_score(problem)


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=60)
@given(problem=gap_problems())
def test_a_plan_is_feasible_and_says_the_truth_about_itself(
    solver: Solver, problem: GapProblem
) -> None:
    plan = solve_gap(problem, SMALL, solver=solver)

    best = best_gap_score(problem)
    assert verify(problem, plan) == []
    assert not plan.is_optimal or score_of(plan) == best
    # The bound speaks of plans that leave out and lack no more than this one.
    assert plan.bound is not None
    assert score_of(plan)[:2] > best[:2] or plan.bound >= -best[2]


@settings(max_examples=60)
@given(gap_problems(most_items=8, most_reps=4))
def test_nobody_ever_gets_more_than_capacity_or_band_without_solvers(problem: GapProblem) -> None:
    plan = solve_gap(problem, SMALL, solver=Solver.PLAIN)

    for number, rep in enumerate(problem.reps):
        held = [problem.items[i].sizes for i, who in enumerate(plan.assignment) if who == number]
        load = sum(size if isinstance(size, int) else size[number] for size in held)
        assert load <= rep.limit


@pytest.mark.parametrize("solver", SOLVERS)
def test_every_item_is_in_exactly_one_place(solver: Solver) -> None:
    problem = tight(40, 5)

    plan = solve_gap(problem, SMALL, solver=solver)

    dealt = [item for item, rep in enumerate(plan.assignment) if rep is not None]
    assert sorted([*dealt, *plan.overflow]) == list(range(40))


@pytest.mark.skipif(not is_installed(Solver.HIGHS), reason="scipy is not installed")
@pytest.mark.parametrize("size", [(24, 4), (40, 5), (60, 6)])
def test_the_plain_fallback_comes_close_to_the_exact_plan(size: tuple[int, int]) -> None:
    problem = tight(*size)

    exact = solve_gap(problem, solver=Solver.HIGHS)
    plain = solve_gap(problem, solver=Solver.PLAIN)

    assert exact.is_optimal
    assert plain.overflow == exact.overflow == ()
    assert exact.objective >= plain.objective >= exact.objective * 102 // 100
    assert plain.bound is not None
    assert plain.bound >= exact.objective


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_same_problem_and_effort_have_the_same_plan(solver: Solver) -> None:
    problem = tight(30, 4)

    assert solve_gap(problem, SMALL, solver=solver) == solve_gap(problem, SMALL, solver=solver)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_large_backlog_of_few_kinds_is_a_small_problem(solver: Solver) -> None:
    kinds = [GapItem((5, 3, None), POINT), GapItem((2, 9, 9), 3 * POINT), GapItem((1, 1, 2), 0)]
    items = tuple(kinds[place % 3] for place in range(30_000))
    # Room for all; rep 0 takes the first kind, reps 1 and 2 share the second.
    reps = (GapRep(10_000 * POINT), GapRep(15_000 * POINT), GapRep(15_000 * POINT))

    plan = solve_gap(GapProblem(items, reps), SMALL, solver=solver)

    assert plan.is_optimal
    assert plan.objective == 10_000 * (5 + 9 + 2)
    assert plan.overflow == ()


def test_equal_items_are_spread_evenly_over_their_reps() -> None:
    plan = solve_gap(gap([[1, 1]] * 8, [1] * 8, [4, 4]), solver=Solver.PLAIN)

    assert plan.assignment == (0, 1) * 4


def test_no_effort_at_all_still_gives_a_feasible_plan() -> None:
    problem = tight(40, 5)

    plan = solve_gap(problem, Effort(nodes=0, rounds=0, moves=0, variables=0))

    assert verify(problem, plan) == []


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("allowed", [0, 1, 3, 10, 40])
def test_stop_ends_the_search_with_a_feasible_plan(solver: Solver, allowed: int) -> None:
    problem = tight(40, 5)
    answers = iter([False] * allowed)

    plan = solve_gap(problem, stop=lambda: next(answers, True), solver=solver)

    assert verify(problem, plan) == []
    assert not plan.is_optimal


@pytest.mark.parametrize("solver", SOLVERS)
def test_values_at_the_edge_of_64_bits_are_still_dealt_exactly(solver: Solver) -> None:
    largest = 2**50
    values = [[largest - place, largest - 2 * place] for place in range(8)]
    problem = gap(values, [3] * 8, [12, 12])

    plan = solve_gap(problem, solver=solver)

    # Whoever loses most by going to rep 1 goes to rep 0.
    assert plan.objective == 8 * largest - sum(range(8)) - sum(range(4))
    assert verify(problem, plan) == []


def test_more_effort_is_never_worse() -> None:
    problem = tight(40, 5)
    efforts = [Effort(rounds=rounds, nodes=0) for rounds in (0, 8, 40)]

    scores = [score_of(solve_gap(problem, effort, solver=Solver.PLAIN)) for effort in efforts]

    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("name", ["nodes", "rounds", "moves", "variables"])
def test_negative_effort_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"effort: {name} is -1"):
        Effort(**{name: -1})


def test_a_plan_survives_being_a_receipt() -> None:
    plan = solve_gap(gap([[9], [8], [7]], [3, 11, 4], [10], lowers=[9]), solver=Solver.PLAIN)

    written = json.dumps(plan.as_json())

    assert gap_plan_from_json(json.loads(written)) == plan


def test_a_receipt_names_inputs_objective_solver_and_version() -> None:
    receipt = solve_gap(gap([[9]], [3], [10]), solver=Solver.PLAIN).as_json()

    assert receipt["solver"] == "plain"
    assert receipt["version"] == "price adjustment 1"
    assert receipt["objective"] == 9
    assert len(receipt["digest"]) == 64


def test_without_the_extra_the_plain_fallback_deals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)

    plan = solve_gap(tight(20, 3))

    assert plan.solver is Solver.PLAIN
    assert plan.overflow == ()


@pytest.mark.parametrize("solver", [Solver.ORTOOLS, Solver.HIGHS])
def test_a_solver_that_is_missing_or_knows_no_sizes_is_named(
    solver: Solver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)

    with pytest.raises(SolverMissing, match=f"{solver} does not deal items with sizes here"):
        solve_gap(gap([[1]], [1], [1]), solver=solver)


def test_a_plan_names_its_overflow_from_its_assignment() -> None:
    plan = GapPlan(
        assignment=(None, 0, None),
        shortfall=(0,),
        objective=0,
        bound=None,
        is_optimal=False,
        solver=Solver.PLAIN,
        version="",
        digest="",
    )

    assert plan.overflow == (0, 2)
