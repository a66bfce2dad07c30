"""The cherry-pick index of a pool."""

from collections import defaultdict
from random import Random

import pytest

from evenhand.engine.pool.picking import Shelf, pick_indices


def _pool(pick: str, seed: int = 1) -> list[Shelf]:
    """A pool of 50 in which person 1 claims the best, or any; each claimed one is replaced."""
    chance = Random(seed)
    shelf = [chance.randrange(1, 100) for _ in range(50)]
    before = list(shelf)
    came: dict[int, list[int]] = defaultdict(list)
    left: dict[int, list[int]] = defaultdict(list)
    for hour in range(1, 200):
        taken = max(shelf) if pick == "best" else chance.choice(shelf)
        shelf.remove(taken)
        left[taken].append(2 * hour)
        shelf.append(chance.randrange(1, 100))
        came[shelf[-1]].append(2 * hour + 1)
    return [
        Shelf(one, before.count(one), came[one], left[one], [(at, 1) for at in left[one]])
        for one in range(1, 100)
    ]


def test_taking_the_best_shows_and_taking_anything_does_not() -> None:
    best, anything = (pick_indices(_pool(pick))[1] for pick in ("best", "any"))

    assert best.index.value > 0.9 and best.is_beyond_chance
    assert abs(anything.index.value - 0.5) < 0.08 and not anything.is_beyond_chance
    assert best.claims == 199


def test_the_rank_of_a_claim_is_its_middle_place_among_what_lay_there() -> None:
    ten, late = Shelf(10, 1), Shelf(30, 0, came=[3])

    # 10, 20, 20 lie there: a half of the two 20, above one of three.
    two = Shelf(20, 2, left=[2], claims=[(2, 7)])
    assert pick_indices([ten, two, late])[7].index.value == pytest.approx(2 / 3)
    # … and two more worth 20: (1 + 4/2) / 5.
    four = Shelf(20, 4, left=[2], claims=[(2, 7)])
    assert pick_indices([ten, four, late])[7].index.value == pytest.approx(3 / 5)
    # What came or left at the very moment lay there, too: 10, 20, 20, 30 and 30.
    at_once = Shelf(30, 1, came=[2], left=[2])
    assert pick_indices([late, at_once, two, ten])[7].index.value == pytest.approx(2 / 5)
    # What left before does not.
    gone = Shelf(10, 1, left=[1])
    assert pick_indices([gone, two, at_once])[7].index.value == pytest.approx(1 / 4)


def test_claims_from_equals_say_nothing() -> None:
    equal = Shelf(5, 2, left=[1], claims=[(1, 7)])

    assert pick_indices([equal]) == {}
    assert 7 in pick_indices([equal, Shelf(9, 1)])
    assert pick_indices([]) == {}
