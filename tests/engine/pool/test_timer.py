"""The proposed limit for the first contact, against truths that are known."""

import math
from random import Random

from evenhand.engine.pool.timer import CANDIDATE_HOURS, ENOUGH, HOUR, Wait, propose


def _waits(count: int, *, seed: int, fast_decay: bool = True) -> list[Wait]:
    """30 % never call, others after a lognormal time (median 2 h); a deal fades with the delay."""
    chance, found = Random(seed), []
    for _ in range(count):
        cut = chance.uniform(1, 80) * HOUR
        never = chance.random() < 0.3
        seconds = math.inf if never else 2 * HOUR * math.exp(chance.gauss(0, 1.2))
        if seconds > cut:
            found.append(Wait(cut, False))
            continue
        share = _win(seconds) if fast_decay else 0.2
        found.append(Wait(seconds, True, chance.random() < share))
    return found


def _win(seconds: float) -> float:
    return 0.2 * math.exp(-seconds / (30 * HOUR)) + 0.1 * math.exp(-seconds / (400 * HOUR))


def _true_value(hours: float) -> float:
    """V(τ) of that truth, by adding up small steps."""
    limit, steps, total, still, missed = hours * HOUR, 400, 0.0, 1.0, 1.0
    cells = []
    for k in range(steps):
        early, late = limit * k / steps, limit * (k + 1) / steps
        mass = 0.7 * (_contacted(late) - _contacted(early))
        cells.append(((early + late) / 2, mass))
        missed -= mass
    for hand_off in range(3):
        total += still * sum(mass * _win(hand_off * limit + middle) for middle, mass in cells)
        still *= missed
    return total


def _contacted(seconds: float) -> float:
    if seconds <= 0:
        return 0.0
    return 0.5 * (1 + math.erf(math.log(seconds / (2 * HOUR)) / 1.2 / math.sqrt(2)))


def test_the_proposal_from_two_thousand_censored_waits_is_worth_98_percent_of_the_best() -> None:
    best = max(map(_true_value, CANDIDATE_HOURS))
    for seed in range(3):
        proposal = propose(_waits(2_000, seed=seed))

        assert proposal is not None and proposal.is_enough
        assert _true_value(proposal.best.hours) >= 0.98 * best
        assert proposal.low_hours <= proposal.best.hours <= proposal.high_hours
        assert proposal.best.value > proposal.without


def test_few_waits_propose_nothing_and_none_at_all_say_nothing() -> None:
    few = propose(_waits(ENOUGH - 1, seed=1))

    assert few is not None and not few.is_enough
    assert propose([]) is None
    assert propose([Wait(HOUR, False)] * 900) is None
    never_won = propose([Wait(HOUR, True, False)] * 900)
    assert never_won is not None and not never_won.is_enough


def test_the_interval_is_wider_where_there_is_less() -> None:
    much, little = propose(_waits(3_000, seed=5)), propose(_waits(150, seed=5))

    assert much is not None and little is not None
    widths = [math.log(one.high_hours / one.low_hours) for one in (much, little)]
    assert widths[0] <= widths[1]
