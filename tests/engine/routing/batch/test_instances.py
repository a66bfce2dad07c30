"""Published instances with known optima; all of them stand in `bin/bench engine`."""

from pathlib import Path

import pytest

from bench.optimiser import (
    generated_flow,
    generated_gap,
    read_assignment,
    read_gap,
    read_gap_instances,
)
from evenhand.engine.routing.batch import (
    Effort,
    Solver,
    is_installed,
    solve_flow,
    solve_gap,
    verify,
)

WITH_HIGHS = pytest.mark.skipif(not is_installed(Solver.HIGHS), reason="scipy is not installed")


def test_an_instance_is_read_with_costs_as_negative_values_and_sizes_in_points() -> None:
    problem = read_gap("2 3\n 1 2 3\n 4 5 6\n 7 8 9\n 10 11 12\n 20 21\n")

    assert [item.values for item in problem.items] == [(-1, -4), (-2, -5), (-3, -6)]
    assert problem.items[0].sizes == (7_000_000, 10_000_000)
    assert [rep.capacity for rep in problem.reps] == [20_000_000, 21_000_000]


@WITH_HIGHS
def test_the_small_instances_are_solved_to_their_known_optimum(shared_data: Path) -> None:
    instances = [
        instance for instance in read_gap_instances(shared_data / "gap") if instance[0] == "gap1-6"
    ]

    plans = [(best, solve_gap(problem)) for _, _, problem, best in instances[::3]]

    assert len(plans) == 10
    assert [-plan.objective for _, plan in plans] == [best for best, _ in plans]
    assert all(plan.is_optimal for _, plan in plans)


@pytest.mark.parametrize("name", ["a05100", "a10100", "a20200", "b10100", "b20100"])
def test_without_solvers_instances_are_feasible_and_near_the_best_known(
    name: str, shared_data: Path
) -> None:
    problem, best = next(
        (problem, best)
        for _, found, problem, best in read_gap_instances(shared_data / "gap")
        if found == name
    )

    plan = solve_gap(problem, solver=Solver.PLAIN)

    assert verify(problem, plan) == []
    assert plan.overflow == ()
    assert best <= -plan.objective <= best * 1.002


@pytest.mark.parametrize("solver", [Solver.ORTOOLS, Solver.HIGHS, Solver.PLAIN])
def test_a_linear_assignment_has_its_known_optimum(solver: Solver, shared_data: Path) -> None:
    if not is_installed(solver):
        pytest.skip(f"{solver} is not installed")
    problem = read_assignment((shared_data / "assignment" / "assign100.txt.gz").read_bytes())

    plan = solve_flow(problem, solver=solver)

    assert plan.objective == -305
    assert verify(problem, plan) == []


@pytest.mark.parametrize("solver", [Solver.HIGHS, Solver.PLAIN])
def test_beyond_the_exact_solver_s_reach_a_plan_is_near_its_bound(solver: Solver) -> None:
    if not is_installed(solver):
        pytest.skip(f"{solver} is not installed")
    problem = generated_gap(2_000, 40, 0.1)

    plan = solve_gap(problem, Effort(nodes=20, rounds=3), solver=solver)

    assert verify(problem, plan) == []
    assert plan.overflow == ()
    assert plan.bound is not None
    assert plan.objective >= plan.bound * 0.998


@WITH_HIGHS
def test_more_options_than_one_linear_program_takes_are_relaxed_in_parts() -> None:
    problem = generated_gap(1_200, 90, 1.0)

    plan = solve_gap(problem, Effort(nodes=0, rounds=0))

    assert verify(problem, plan) == []
    assert plan.overflow == ()
    assert plan.bound is not None
    assert plan.objective >= plan.bound * 0.999


@pytest.mark.parametrize("name", ["highs", "plain"])
def test_a_backlog_beyond_all_room_leaves_out_little_more_than_it_must(name: str) -> None:
    solver = Solver(name)
    if not is_installed(solver):
        pytest.skip(f"{solver} is not installed")
    problem = generated_gap(400, 20, 0.3, fill=1.1)

    plan = solve_gap(problem, Effort(nodes=20, rounds=4), solver=solver)

    # Even if only the largest items were left out, these would be needed to make room.
    excess = sum(int(str(item.sizes)) for item in problem.items) - sum(
        rep.capacity for rep in problem.reps
    )
    fewest = -(-excess // 8_000_000)
    assert verify(problem, plan) == []
    assert fewest <= len(plan.overflow) <= fewest + 4


@pytest.mark.skipif(not is_installed(Solver.ORTOOLS), reason="ortools is not installed")
def test_a_million_items_in_classes_are_dealt_and_proved_best() -> None:
    problem = generated_flow(300, 40, 0.3, 1_000_000)

    plan = solve_flow(problem)

    assert sum(plan.cells.values()) + sum(plan.overflow) == 1_000_000
    assert verify(problem, plan) == []
