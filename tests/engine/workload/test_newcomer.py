"""A newcomer's first months, day by day: the ramp grows, leave is made up for, graduation waits."""

import random
from dataclasses import dataclass

from evenhand.engine.workload.graduation import MILLION, LevelPrior, Need, Record, readiness
from evenhand.engine.workload.ramp import RampTerms, ramp_weight

LEVEL = LevelPrior(mean=1.0, strength=12.0)
TERMS = RampTerms(start_percent=40, days=90, results=12)
AWAY = range(30, 40)
CHANCES = (50_000, 100_000, 200_000, 400_000)


@dataclass
class Day:
    weight: int
    proposed: bool
    missing: tuple[Need, ...]


def first_days(rate: float, *, days: int, seed: int = 7) -> list[Day]:
    """A full weight brings 2.5 leads a day; each is won at its chance × the newcomer's rate."""
    draws = random.Random(seed)
    outcomes = expected = 0
    found = []
    for day in range(days):
        away = len([gone for gone in AWAY if gone < day])
        ramp = ramp_weight(TERMS, days_since_joining=day, days_away=away, results=outcomes)
        leads = 0 if day in AWAY else round(2.5 * ramp.percent / 100 + draws.random() - 0.5)
        for chance in draws.choices(CHANCES, k=leads):
            expected += chance
            outcomes += draws.random() * MILLION < chance * rate
        state = readiness(Record(outcomes, expected), LEVEL, days_at_level=day)
        missing = tuple(check.need for check in state.missing)
        found.append(Day(ramp.percent, state.is_proposed, missing))
    return found


def test_a_newcomer_s_weight_never_falls_and_is_full_when_the_worked_days_are_over() -> None:
    slow = first_days(0.0, days=101)

    weights = [day.weight for day in slow]
    assert weights[0] == 40
    assert weights == sorted(weights)
    assert weights[30] == weights[AWAY.stop], "ten days away, and where it stood before"
    assert weights[99] < 100 <= weights[100]


def test_results_bring_full_weight_sooner() -> None:
    able = first_days(1.3, days=101)

    assert next(number for number, day in enumerate(able) if day.weight == 100) < 60


def test_an_able_newcomer_is_proposed_after_the_time_and_with_the_evidence() -> None:
    able = first_days(1.3, days=181)

    assert not any(day.proposed for day in able[:90])
    assert all(Need.DAYS in day.missing for day in able[:90])
    assert able[-1].proposed


def test_one_who_is_not_there_yet_keeps_his_level_and_his_weight() -> None:
    slow = first_days(0.5, days=181)

    assert not any(day.proposed for day in slow)
    assert slow[-1].missing == (Need.PROBABILITY,)
    assert slow[-1].weight == 100
