"""What is measured on a finished deal: conversions, shares, imbalance, errors per grade.

A deal is an array with the rep of each lead, or NOBODY. Everything is computed from the deal
and the scenario alone, never from the books of the policy that made it.
"""

from dataclasses import dataclass

import numpy as np

from bench.scenarios import GRADE_POINTS, Floats, Ints, Scenario
from evenhand.engine.facts import POINT

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Fairness:
    """How far a deal is from exact shares."""

    jain: float
    behind_points: float  # largest over reps and over time
    ahead_points: float
    end_behind_points: float  # largest over reps after the last lead
    end_ahead_points: float
    grade_errors: tuple[float, ...]  # per grade, leads, after the last lead


def expected_conversions(scenario: Scenario, deal: Ints) -> float:
    """Σ of the true probability that the chosen rep converts the lead."""
    dealt = np.flatnonzero(deal != NOBODY)
    return float(scenario.conversion[dealt, deal[dealt]].astype(np.float64).sum())


def received_points(scenario: Scenario, deal: Ints) -> Ints:
    """Micro-points dealt to each rep, by grade: [grade, rep]."""
    received = np.zeros((len(GRADE_POINTS), scenario.rep_count), dtype=np.int64)
    dealt = deal != NOBODY
    np.add.at(received, (scenario.grades[dealt], deal[dealt]), scenario.points[dealt])
    return received


def entitled_points(scenario: Scenario) -> Ints:
    """Micro-points that each rep is entitled to, by grade: [grade, rep]."""
    entitled = np.zeros((len(GRADE_POINTS), scenario.rep_count), dtype=np.int64)
    for first, end in scenario.chunks():
        np.add.at(entitled, scenario.grades[first:end], scenario.entitlements(first, end))
    return entitled


def jain(received: Ints, entitled: Ints) -> float:
    """Jain's index (Σx)² / (n·Σx²) of x = received ÷ entitled; 1 = all got the same share.

    Who is entitled to nothing does not count; nobody entitled to anything is even, hence 1.
    """
    counted = entitled > 0
    shares: Floats = received[counted] / entitled[counted]
    squares = float((shares**2).sum())
    return float(shares.sum()) ** 2 / (len(shares) * squares) if squares else 1.0


def largest_behind_ahead(scenario: Scenario, deal: Ints) -> tuple[float, float]:
    """Most points that anybody was ever owed, and had ever too many, after any lead."""
    owed = np.zeros(scenario.rep_count, dtype=np.int64)
    behind = ahead = 0
    for first, end in scenario.chunks():
        moves = scenario.entitlements(first, end)
        dealt = np.flatnonzero(deal[first:end] != NOBODY)
        moves[dealt, deal[first:end][dealt]] -= scenario.points[first:end][dealt]
        path = owed + np.cumsum(moves, axis=0)
        behind, ahead = max(behind, int(path.max())), max(ahead, int(-path.min()))
        owed = path[-1]
    return behind / POINT, ahead / POINT


def grade_errors(received: Ints, entitled: Ints) -> tuple[float, ...]:
    """Per grade, the largest |received − entitled| over reps, in leads of that grade."""
    largest = np.abs(received - entitled).max(axis=1)
    sizes = np.array(GRADE_POINTS) * POINT
    return tuple(float(error) for error in largest / sizes)


def fairness(scenario: Scenario, deal: Ints) -> Fairness:
    """All measures of fairness of one deal."""
    received, entitled = received_points(scenario, deal), entitled_points(scenario)
    end_owed = (entitled - received).sum(axis=0)
    behind, ahead = largest_behind_ahead(scenario, deal)
    return Fairness(
        jain=jain(received.sum(axis=0), entitled.sum(axis=0)),
        behind_points=behind,
        ahead_points=ahead,
        end_behind_points=int(end_owed.max()) / POINT,
        end_ahead_points=int(-end_owed.min()) / POINT,
        grade_errors=grade_errors(received, entitled),
    )
