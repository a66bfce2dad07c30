"""The cherry-pick index of a pool."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from evenhand.engine.pool.picking import Lain, pick_indices

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _pool(pick: str, seed: int = 1) -> list[Lain]:
    """A pool of 50 in which person 1 claims the best, or any; each claimed one is replaced."""
    chance, lain = Random(seed), []
    shelf = [(chance.randrange(1, 100), START) for _ in range(50)]
    for hour in range(1, 200):
        at = START + timedelta(hours=hour)
        taken = max(shelf) if pick == "best" else chance.choice(shelf)
        shelf.remove(taken)
        lain.append(Lain(taken[0], taken[1], at, 1))
        shelf.append((chance.randrange(1, 100), at))
    return lain + [Lain(points, at, None) for points, at in shelf]


def test_taking_the_best_shows_and_taking_anything_does_not() -> None:
    best, anything = (pick_indices(_pool(pick), {}, START)[1] for pick in ("best", "any"))

    assert best.index.value > 0.9 and best.is_beyond_chance
    assert abs(anything.index.value - 0.5) < 0.08 and not anything.is_beyond_chance
    assert best.claims == 199


def test_the_rank_of_a_claim_is_its_middle_place_among_what_lay_there() -> None:
    hour = timedelta(hours=1)
    lain = [
        Lain(10, START, None), Lain(20, START, None), Lain(30, START + 3 * hour, None),
        Lain(20, START, START + 2 * hour, 7),
    ]  # fmt: skip

    # 10, 20, 20 lie there: a half of the two 20, above one of three.
    assert pick_indices(lain, {}, START)[7].index.value == pytest.approx(2 / 3)
    # … and two that always lay there, worth 20: (1 + 4/2) / 5.
    assert pick_indices(lain, {20: 2}, START)[7].index.value == pytest.approx(3 / 5)


def test_claims_before_the_period_or_from_equals_say_nothing() -> None:
    equal = [Lain(5, START, None), Lain(5, START, START + timedelta(hours=1), 7)]

    assert pick_indices(equal, {}, START) == {}
    other = [*equal, Lain(9, START, None)]
    assert 7 in pick_indices(other, {}, START)
    assert pick_indices(other, {}, START + timedelta(hours=2)) == {}
