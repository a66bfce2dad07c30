"""The fair bound: against an independent solver, and against what must hold for any bound."""

import numpy as np
import pytest

from bench.baselines import LedgerRule, ledger
from bench.bound import fair_bound, fair_bound_by_grade, solve_fair_bound
from bench.measures import expected_conversions
from bench.scenarios import LARGEST_POINTS, SCENARIO_NAMES, Scenario, ScenarioName, make_scenario
from evenhand.engine.facts import POINT


def fair_optimum(scenario: Scenario, grade: int | None = None) -> float:
    """The fair LP solved as it is written, by HiGHS."""
    optimize = pytest.importorskip("scipy.optimize", reason="the check needs scipy")
    count, reps = scenario.lead_count, scenario.rep_count
    may_take = scenario.eligible(0, count)
    chosen = may_take.any(axis=1)
    if grade is not None:
        chosen &= scenario.grades == grade
    may_take &= chosen[:, None]
    lead_ids, rep_ids = np.nonzero(may_take)
    points = scenario.points / POINT
    arcs = np.arange(len(lead_ids))
    once = np.zeros((count, len(arcs)))
    once[lead_ids, arcs] = 1
    shares = np.zeros((reps, len(arcs)))
    shares[rep_ids, arcs] = points[lead_ids]
    entitled = scenario.entitlements(0, count)[chosen].sum(axis=0) / POINT
    solved = optimize.linprog(
        -scenario.conversion[lead_ids, rep_ids].astype(float),
        A_eq=np.vstack([once[chosen], shares]),
        b_eq=np.concatenate([np.ones(int(chosen.sum())), entitled]),
        method="highs",
    )
    assert solved.status == 0, solved.message
    return float(-solved.fun)


@pytest.mark.parametrize("name", SCENARIO_NAMES)
def test_the_bound_is_the_optimum_of_the_fair_program(name: ScenarioName) -> None:
    scenario = make_scenario(name, leads=400, reps=12)

    optimum, bound = fair_optimum(scenario), fair_bound(scenario)

    assert bound >= optimum * (1 - 1e-7)
    assert bound == pytest.approx(optimum, rel=5e-4)


def test_the_bound_by_grade_is_the_sum_of_the_grades_own_optima() -> None:
    scenario = make_scenario("B", leads=400, reps=12)

    optimum = sum(fair_optimum(scenario, grade) for grade in range(5))

    assert fair_bound_by_grade(scenario) == pytest.approx(optimum, rel=5e-4)
    assert fair_bound_by_grade(scenario) >= optimum * (1 - 1e-7)


def test_exact_shares_in_every_grade_cost_something() -> None:
    scenario = make_scenario("A", leads=2_000, reps=20)

    assert fair_bound_by_grade(scenario) < fair_bound(scenario)


@pytest.mark.parametrize("name", SCENARIO_NAMES)
def test_the_plan_beside_the_bound_is_fair_and_shows_how_tight_it_is(name: ScenarioName) -> None:
    solved = solve_fair_bound(make_scenario(name, leads=3_000, reps=20))

    assert solved.misdelivery <= 1e-5
    assert 0 <= solved.gap <= 5e-4


def test_a_large_stream_solved_from_a_sample_has_the_same_tight_bound() -> None:
    solved = solve_fair_bound(make_scenario("B", leads=24_000, reps=12))

    assert solved.misdelivery <= 1e-5
    assert 0 <= solved.gap <= 5e-4


def test_any_multipliers_give_a_bound_not_below_the_one_found() -> None:
    scenario = make_scenario("C", leads=1_500, reps=15)
    solved = solve_fair_bound(scenario)
    rng = np.random.default_rng(1)
    may_take = scenario.eligible(0, 1_500)
    dealable = may_take.any(axis=1)
    entitled = scenario.entitlements(0, 1_500).sum(axis=0) / POINT
    points = scenario.points[:, None] / POINT

    for _ in range(20):
        moved = solved.multipliers + rng.normal(0, 0.01, 15)
        net = np.where(may_take, scenario.conversion - moved * points, -np.inf)
        dual = net[dealable].max(axis=1).sum() + moved @ entitled
        assert dual >= solved.conversions * (1 - 5e-4)


def test_a_nearly_exact_ledger_does_not_beat_the_bound() -> None:
    scenario = make_scenario("B", leads=5_000, reps=20)

    deal = ledger(scenario, LedgerRule(tau=LARGEST_POINTS))

    assert expected_conversions(scenario, deal) <= fair_bound(scenario)


def test_one_rep_alone_must_take_everything() -> None:
    scenario = make_scenario("A", leads=100, reps=1)

    assert fair_bound(scenario) == pytest.approx(float(scenario.conversion.sum()), rel=1e-6)


def test_a_grade_without_leads_is_worth_nothing() -> None:
    scenario = make_scenario("A", leads=1, reps=2)
    absent = (int(scenario.grades[0]) + 1) % 5

    assert solve_fair_bound(scenario, absent).conversions == 0
