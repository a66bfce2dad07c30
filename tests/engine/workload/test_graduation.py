"""Graduation: proposed from evidence, never a demotion, and rarely by luck."""

import random

import pytest

from evenhand.engine.workload.graduation import (
    MILLION,
    GraduationTerms,
    LevelPrior,
    Need,
    Record,
    level_prior,
    readiness,
)

ALIKE = LevelPrior(mean=1.0, strength=16.0)


def record(outcomes: int, expected: int) -> Record:
    return Record(outcomes, expected * MILLION)


def test_who_does_as_the_level_does_on_enough_leads_is_proposed() -> None:
    found = readiness(record(48, 40), ALIKE, days_at_level=120)

    assert found.is_proposed
    assert found.missing == ()
    assert found.rate == round(MILLION * 64 / 56)
    assert [check.need for check in found.checks] == [Need.DAYS, Need.EXPECTED, Need.PROBABILITY]


def test_what_is_missing_is_named() -> None:
    early = readiness(record(48, 40), ALIKE, days_at_level=30)
    few = readiness(record(14, 10), ALIKE, days_at_level=120)
    below = readiness(record(30, 40), ALIKE, days_at_level=120)

    assert [check.need for check in early.missing] == [Need.DAYS]
    assert [(check.need, check.found) for check in few.missing] == [(Need.EXPECTED, 10 * MILLION)]
    assert [check.need for check in below.missing] == [Need.PROBABILITY]


def test_there_is_nothing_below_not_yet() -> None:
    found = readiness(record(0, 100), ALIKE, days_at_level=500)

    assert not found.is_proposed
    assert [check.need for check in found.missing] == [Need.PROBABILITY]
    assert not [name for name in dir(found) if "demot" in name]


def test_terms_are_the_level_s_own() -> None:
    easy = GraduationTerms(expected=5 * MILLION, days_at_level=0, probability_percent=50)

    assert readiness(record(6, 6), ALIKE, days_at_level=0, terms=easy).is_proposed


def test_a_level_of_equals_shrinks_more_than_one_of_unequals() -> None:
    equals = level_prior([record(20 + k % 3, 21) for k in range(12)])
    unequals = level_prior([record(5 if k % 2 else 40, 21) for k in range(12)])

    assert equals.strength > 100 * unequals.strength
    assert equals.mean == pytest.approx(1.0, abs=0.02)
    assert level_prior([]) == level_prior([record(0, 5)]) == ALIKE


def test_reps_well_below_the_level_are_rarely_proposed_and_good_ones_mostly() -> None:
    draws = random.Random(7)

    def proposed(rate: float) -> float:
        outcomes = [sum(draws.random() < 0.1 * rate for _ in range(400)) for _ in range(200)]
        found = [readiness(record(o, 40), ALIKE, days_at_level=120) for o in outcomes]
        return sum(each.is_proposed for each in found) / len(found)

    assert proposed(0.7) <= 0.05
    assert proposed(1.2) >= 0.85


def test_a_record_counts_upwards() -> None:
    with pytest.raises(ValueError, match="upwards"):
        Record(-1, 0)
