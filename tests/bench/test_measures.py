"""The measures: cases small enough to do by hand, and agreement between each other."""

import numpy as np
import pytest

from bench.baselines import LedgerRule, ledger, naive_round_robin
from bench.measures import (
    NOBODY,
    entitled_points,
    expected_conversions,
    fairness,
    grade_errors,
    jain,
    largest_behind_ahead,
    received_points,
)
from bench.scenarios import GRADE_POINTS, Scenario, make_scenario
from evenhand.engine.facts import POINT


def two_equal_reps(points: list[int]) -> Scenario:
    """Two reps of equal weight who may take everything."""
    return Scenario(
        name="A",
        seed=7,
        points=np.array(points) * POINT,
        grades=np.searchsorted(GRADE_POINTS, points),
        weights=np.array([100, 100]),
        classes=np.zeros(len(points), dtype=np.int64),
        class_eligibility=np.ones((1, 2), dtype=bool),
        absences=np.zeros((2, 0, 2), dtype=np.int64),
        conversion=np.array([[0.25, 0.5]] * len(points), dtype=np.float32),
        fit=np.zeros((len(points), 2), dtype=np.int32),
        value_per_point=1.0,
    )


def test_equal_shares_have_index_one() -> None:
    assert jain(np.array([2, 4, 6]), np.array([1, 2, 3])) == pytest.approx(1.0)


def test_one_taking_all_has_index_one_over_n() -> None:
    assert jain(np.array([9, 0, 0]), np.array([3, 3, 3])) == pytest.approx(1 / 3)


def test_who_is_entitled_to_nothing_does_not_count() -> None:
    assert jain(np.array([5, 5, 0]), np.array([5, 5, 0])) == pytest.approx(1.0)
    assert jain(np.array([0, 0]), np.array([0, 0])) == 1.0


def test_conversions_are_the_chances_of_the_chosen() -> None:
    scenario = two_equal_reps([1, 1, 1])

    assert expected_conversions(scenario, np.array([0, 1, NOBODY])) == pytest.approx(0.75)


def test_received_points_stand_by_grade_and_rep() -> None:
    scenario = two_equal_reps([1, 8, 1])

    received = received_points(scenario, np.array([0, 1, 1])) // POINT

    assert received.tolist() == [[1, 1], [0, 0], [0, 0], [0, 0], [0, 8]]


def test_entitlement_is_half_each_in_every_grade() -> None:
    entitled = entitled_points(two_equal_reps([1, 8, 1]))

    assert entitled.tolist() == [[POINT, POINT], [0, 0], [0, 0], [0, 0], [4 * POINT, 4 * POINT]]


def test_imbalance_is_the_largest_at_any_moment_and_not_only_at_the_end() -> None:
    scenario = two_equal_reps([8, 8])
    deal = np.array([0, 1])

    assert largest_behind_ahead(scenario, deal) == (4.0, 4.0)
    measured = fairness(scenario, deal)
    assert (measured.end_behind_points, measured.end_ahead_points) == (0.0, 0.0)


def test_errors_are_counted_in_leads_of_the_grade() -> None:
    scenario = two_equal_reps([8, 8, 1, 1])

    errors = grade_errors(
        received_points(scenario, np.array([0, 0, 1, 1])), entitled_points(scenario)
    )

    assert errors == (1.0, 0.0, 0.0, 0.0, 1.0)


def test_imbalance_over_several_chunks_agrees_with_a_single_pass() -> None:
    scenario = make_scenario("C", leads=10_000, reps=8)
    deal = naive_round_robin(scenario)
    moves = scenario.entitlements(0, 10_000)
    dealt = np.flatnonzero(deal != NOBODY)
    moves[dealt, deal[dealt]] -= scenario.points[dealt]
    path = np.cumsum(moves, axis=0)

    assert largest_behind_ahead(scenario, deal) == (path.max() / POINT, -path.min() / POINT)


def test_received_and_entitled_points_are_the_same_in_total() -> None:
    scenario = make_scenario("C", leads=2_000, reps=10)

    received = received_points(scenario, ledger(scenario, LedgerRule()))

    assert (received.sum(axis=1) == entitled_points(scenario).sum(axis=1)).all()
