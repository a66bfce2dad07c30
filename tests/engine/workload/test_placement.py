"""Placement: the same moves to better receivers, nobody over the cap; given instances beside it."""

from itertools import product
from pathlib import Path

import pytest

from bench.optimiser import read_gap_instances
from bench.teams import made_up
from evenhand.engine.facts import POINT
from evenhand.engine.routing.batch import Solver, is_installed, solve_gap, verify
from evenhand.engine.workload.checking import check_moves
from evenhand.engine.workload.moves import Carrier, MoveCost, OpenItem
from evenhand.engine.workload.placement import PLACEMENT_EFFORT, place_by_fit
from evenhand.engine.workload.rebalance import propose_moves

TEAM = (Carrier("ren", 0), Carrier("rui", 9 * POINT), Carrier("carl", 8 * POINT))
BOTH = frozenset({"rui", "carl"})
ITEMS = tuple(
    OpenItem(name, "ren", load * POINT, MoveCost.UNTOUCHED, BOTH)
    for name, load in (("a", 5), ("b", 4), ("c", 3), ("d", 2))
)


def likes_carl(item: str, rep: str) -> int:
    return {"a": 9, "b": 7, "c": 2, "d": 2}[item] * (rep == "rui")


def test_items_go_where_they_fit_best_within_the_caps() -> None:
    proposed = propose_moves(TEAM, ITEMS)

    found = place_by_fit(proposed, TEAM, ITEMS, likes_carl)

    best = min(
        sum(likes_carl(item.item, rep) for item, rep in zip(ITEMS, reps, strict=True))
        for reps in product(("rui", "carl"), repeat=4)
        if all(
            sum(item.load for item, to_rep in zip(ITEMS, reps, strict=True) if to_rep == c.rep)
            <= c.cap
            for c in TEAM[1:]
        )
    )
    assert sum(likes_carl(move.item, move.to_rep) for move in found.moves) == best
    assert check_moves(TEAM, ITEMS, found.moves) == []
    assert (found.cost, found.bound, found.left_over) == (4, 4, 0)


def test_the_loads_follow_the_moves() -> None:
    team = made_up(8, 120, seed=3)
    proposed = propose_moves(team.carriers, team.items)

    found = place_by_fit(proposed, team.carriers, team.items, misfit)

    assert check_moves(team.carriers, team.items, found.moves) == []
    assert [move.item for move in found.moves] == [move.item for move in proposed.moves]
    assert all(load.after <= load.cap for load in found.loads)
    assert sum(load.after for load in found.loads) == sum(load.before for load in found.loads)
    assert misfits(found.moves) < misfits(proposed.moves)


def test_a_proposal_that_cannot_be_bettered_stays_as_it_is() -> None:
    proposed = propose_moves(TEAM, ITEMS)

    assert place_by_fit(proposed, TEAM, ITEMS, lambda item, rep: 0) is proposed
    nothing = propose_moves(TEAM, ())
    assert place_by_fit(nothing, TEAM, (), likes_carl) is nothing


@pytest.mark.skipif(not is_installed(Solver.HIGHS), reason="scipy is not installed")
def test_given_instances_are_placed_within_one_percent_of_the_best_known(shared_data: Path) -> None:
    # Quick ones; `bin/bench work --only placement` does all.
    wanted = ("a05100", "gap3-0")
    given = [row for row in read_gap_instances(shared_data / "gap") if row[1] in wanted]

    plans = {name: solve_gap(problem, PLACEMENT_EFFORT) for _, name, problem, _ in given}

    assert sorted(plans) == sorted(wanted)
    for _, name, problem, best in given:
        assert verify(problem, plans[name]) == []
        assert not plans[name].overflow
        assert -plans[name].objective <= 1.01 * best


def misfit(item: str, rep: str) -> int:
    """Anything without a pattern."""
    return (int(item[1:]) * 7 + int(rep[1:]) * 13) % 11


def misfits(moves: tuple) -> int:  # type: ignore[type-arg]
    return sum(misfit(move.item, move.to_rep) for move in moves)
