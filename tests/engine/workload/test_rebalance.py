"""Rebalance: cheapest moves, eligibility kept, nobody pushed over the cap, locked items stay."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.teams import SIZES, linear_bound, made_up
from evenhand.engine.facts import POINT
from evenhand.engine.routing.batch import Solver, is_installed
from evenhand.engine.workload.checking import check_moves
from evenhand.engine.workload.moves import (
    Carrier,
    Move,
    MoveCost,
    MoveFault,
    OpenItem,
    Proposal,
    UnusableTeam,
)
from evenhand.engine.workload.rebalance import propose_moves

REN, RUI, CARL = Carrier("ren", 6 * POINT), Carrier("rui", 9 * POINT), Carrier("carl", 9 * POINT)
TEAM = (REN, RUI, CARL)
BOTH = frozenset({"rui", "carl"})
FREE, LIVE = MoveCost.UNTOUCHED, MoveCost.LIVE


def item(
    name: str,
    points: int,
    cost: int | None = FREE,
    owner: str = "ren",
    receivers: frozenset[str] = BOTH,
) -> OpenItem:
    return OpenItem(name, owner, points * POINT, cost, receivers)


def moved(proposal: Proposal) -> dict[str, str]:
    return {move.item: move.to_rep for move in proposal.moves}


def test_the_fewest_cheapest_moves_bring_everybody_to_the_cap() -> None:
    items = [item("a", 5), item("b", 3), item("c", 2), item("d", 4, LIVE)]

    found = propose_moves(TEAM, items)

    # 14 points against a cap of 6: the untouched 5 and 3 are enough, and the talk goes on.
    assert set(moved(found)) == {"a", "b"}
    assert (found.cost, found.bound, found.left_over) == (2, 2, 0)
    ren = found.loads[0]
    assert (ren.rep, ren.before, ren.after) == ("ren", 14 * POINT, 6 * POINT)
    assert sum(load.before for load in found.loads) == sum(load.after for load in found.loads)


def test_live_conversations_go_last_and_locked_items_never() -> None:
    items = [item("a", 8, None), item("b", 3, LIVE), item("c", 1)]

    found = propose_moves(TEAM, items)

    assert set(moved(found)) == {"b", "c"}
    assert found.cost == LIVE + FREE
    assert found.loads[0].left_over == 2 * POINT


def test_nobody_gets_what_he_may_not_take() -> None:
    items = [item("a", 5, receivers=frozenset({"carl"})), item("b", 5, receivers=frozenset())]

    found = propose_moves(TEAM, items)

    assert moved(found) == {"a": "carl"}


def test_fixed_load_counts_and_a_receiver_is_never_filled_over_the_cap() -> None:
    carriers = (Carrier("ren", 0), Carrier("rui", 9 * POINT, 6 * POINT), Carrier("carl", 4 * POINT))
    items = [item("a", 4), item("b", 3), item("c", 1)]

    found = propose_moves(carriers, items)

    assert moved(found) == {"a": "carl", "b": "rui"}
    assert [load.after - load.cap for load in found.loads] == [POINT, 0, 0]
    assert found.left_over == POINT


def test_whoever_may_have_no_more_items_still_takes_to_dos() -> None:
    carriers = (Carrier("ren", 0), Carrier("rui", 99 * POINT, item_room=1, task_room=2))
    to_do = OpenItem("t", "ren", POINT, FREE, BOTH, items=0, tasks=1)
    items = [item("a", 2), item("b", 3), to_do]

    found = propose_moves(carriers, items)

    assert moved(found) == {"b": "rui", "t": "rui"}  # the larger of the two items
    assert found.left_over == 2 * POINT

    # A lead counts as an item and as the to-dos that go with it.
    with_to_dos = OpenItem("l", "ren", 4 * POINT, FREE, BOTH, items=1, tasks=2)
    found = propose_moves(carriers, [with_to_dos, to_do])
    assert moved(found) == {"l": "rui"}
    wrong = [Move("l", "ren", "rui", 4 * POINT, FREE), Move("t", "ren", "rui", POINT, FREE)]
    assert [fault for _, fault in check_moves(carriers, [with_to_dos, to_do], wrong)] == [
        MoveFault.OVER_COUNT
    ] * 2
    assert check_moves(carriers, [with_to_dos, to_do], wrong[:1]) == []


def test_one_item_makes_room_for_another() -> None:
    # Both prefer rui, who has most room; b can only go there, a can go elsewhere.
    carriers = (Carrier("ren", 0), Carrier("rui", 6 * POINT), Carrier("carl", 5 * POINT))
    items = [item("a", 5), item("b", 4, receivers=frozenset({"rui"}))]

    found = propose_moves(carriers, items, whole_team_pairs=0)

    assert moved(found) == {"a": "carl", "b": "rui"}


def test_what_has_no_place_is_replaced_by_the_next_cheapest() -> None:
    carriers = (Carrier("ren", 4 * POINT), Carrier("rui", 3 * POINT))
    items = [item("a", 4), item("b", 2), item("c", 1, LIVE)]

    found = propose_moves(carriers, items)

    assert set(moved(found)) == {"b", "c"}
    assert found.left_over == 0


def test_a_team_within_its_caps_is_left_alone() -> None:
    found = propose_moves(TEAM, [item("a", 5), item("b", 9, owner="rui")])

    assert found.moves == ()
    assert (found.cost, found.bound) == (0, 0)
    assert propose_moves((), ()).moves == ()


def test_what_need_not_go_after_all_stays() -> None:
    # b finds y taken by f, e goes instead, and then a may stay.
    carriers = (
        Carrier("ren", 5 * POINT),
        Carrier("rui", 0),
        Carrier("x", 2 * POINT),
        Carrier("y", 4 * POINT),
        Carrier("z", 5 * POINT),
    )
    items = [
        item("a", 2, receivers=frozenset({"x"})),
        item("b", 3, receivers=frozenset({"y"})),
        item("e", 5, LIVE, receivers=frozenset({"z"})),
        item("f", 4, owner="rui", receivers=frozenset({"y"})),
    ]

    found = propose_moves(carriers, items, whole_team_pairs=0)

    assert moved(found) == {"e": "z", "f": "y"}
    assert found.left_over == 0


def test_rooms_are_kept_for_the_items_that_can_go_nowhere_else() -> None:
    # Rep by rep, the room of this team goes to items that had a choice, and 0.3 points stay over.
    team = made_up(6, 60, fill=0.93, breadth=(2, 2), seed=1)

    found = propose_moves(team.carriers, team.items, whole_team_pairs=0)

    assert found.left_over == 0
    assert check_moves(team.carriers, team.items, found.moves) == []


def test_a_small_tight_team_is_planned_as_a_whole() -> None:
    team = made_up(6, 60, fill=0.93, breadth=(2, 3), seed=15)

    in_parts = propose_moves(team.carriers, team.items, whole_team_pairs=0)
    whole = propose_moves(team.carriers, team.items)

    assert in_parts.left_over > 0
    assert (whole.left_over, whole.cost) == (0, whole.bound)
    assert whole.bound > in_parts.bound
    assert check_moves(team.carriers, team.items, whole.moves) == []


def tiny_team(seed: int) -> tuple[list[Carrier], list[OpenItem]]:
    draws = random.Random(seed)
    carriers = [Carrier(name, draws.randint(0, 12)) for name in "abcd"]
    items = [
        OpenItem(
            f"i{number}",
            draws.choice("ab"),
            draws.randint(1, 6),
            draws.choice([1, 1, 4]),
            frozenset(draws.sample("abcd", draws.randint(1, 3))),
        )
        for number in range(6)
    ]
    return carriers, items


def best_score(carriers: list[Carrier], items: list[OpenItem]) -> tuple[int, int]:
    """Load left over and cost of the best of all assignments."""
    caps = {carrier.rep: carrier.cap for carrier in carriers}
    before = dict.fromkeys(caps, 0)
    for each in items:
        before[each.owner] += each.load
    over = {rep for rep in caps if before[rep] > caps[rep]}
    options = [
        [each.owner, *(each.receivers - over - {each.owner} if each.owner in over else ())]
        for each in items
    ]
    scores = []
    for reps in product(*options):
        loads, cost = dict.fromkeys(caps, 0), 0
        for each, rep in zip(items, reps, strict=True):
            loads[rep] += each.load
            cost += 0 if rep == each.owner else each.cost or 0
        left = {rep: max(0, loads[rep] - caps[rep]) for rep in caps}
        if not any(left[rep] for rep in left if rep not in over):
            scores.append((sum(left.values()), cost))
    return min(scores)


def test_where_nobody_must_stay_over_the_cap_a_tiny_team_gets_the_best_plan_there_is() -> None:
    helped = 0
    for seed in range(60):
        carriers, items = tiny_team(seed)
        left_over, cost = best_score(carriers, items)

        found = propose_moves(carriers, items)

        assert found.left_over >= left_over
        if not left_over:
            helped += bool(cost)
            assert (found.left_over, found.cost) == (0, cost)
            assert found.bound <= cost
    assert helped >= 10


LOADS = st.integers(1, 8)


@st.composite
def teams(draw: st.DrawFn) -> tuple[list[Carrier], list[OpenItem]]:
    names = [f"r{n}" for n in range(draw(st.integers(2, 5)))]
    rooms = st.none() | st.integers(-1, 3)
    carriers = [
        Carrier(n, draw(st.integers(0, 16)), draw(st.integers(0, 4)), draw(rooms), draw(rooms))
        for n in names
    ]
    items = [
        OpenItem(
            f"i{n}",
            draw(st.sampled_from(names)),
            draw(LOADS),
            draw(st.sampled_from([1, 1, 4, None])),
            draw(st.frozensets(st.sampled_from([*names, "gone"]))),
            draw(st.integers(0, 1)),
            draw(st.integers(0, 2)),
        )
        for n in range(draw(st.integers(0, 14)))
    ]
    return carriers, items


@settings(max_examples=60)
@given(team=teams(), as_a_whole=st.booleans())
def test_any_team_gets_sound_moves_and_never_more_over_the_cap(
    team: tuple[list[Carrier], list[OpenItem]], as_a_whole: bool
) -> None:
    carriers, items = team

    found = propose_moves(carriers, items, whole_team_pairs=10_000 if as_a_whole else 0)

    assert check_moves(carriers, items, found.moves) == []
    counts = {item.item: (item.items, item.tasks) for item in items}
    for carrier in carriers:
        taken = [counts[move.item] for move in found.moves if move.to_rep == carrier.rep]
        for room, counted in zip((carrier.item_room, carrier.task_room), (0, 1), strict=True):
            more = sum(one[counted] for one in taken)
            assert room is None or more <= max(0, room)
    for load in found.loads:
        assert load.after <= max(load.cap, load.before)
    if not found.left_over:
        assert found.cost >= found.bound


@pytest.mark.parametrize(
    "size",
    [SIZES[0], SIZES[1], pytest.param(SIZES[2], marks=pytest.mark.slow)],
    ids=lambda size: f"{size[0]} reps",
)
def test_a_made_up_team_is_put_right_at_the_least_cost_there_is(size: tuple[int, int]) -> None:
    team = made_up(*size)

    found = propose_moves(team.carriers, team.items)

    assert check_moves(team.carriers, team.items, found.moves) == []
    assert found.left_over == 0
    # `bound` is the linear program with the cover of each overloaded rep: 3 % was promised.
    assert found.bound <= found.cost <= 1.03 * found.bound


@pytest.mark.skipif(not is_installed(Solver.HIGHS), reason="scipy is not installed")
def test_the_bound_lies_above_that_of_the_plain_linear_program() -> None:
    team = made_up(20, 600, breadth=(2, 2))

    linear = linear_bound(team.carriers, team.items)
    found = propose_moves(team.carriers, team.items, whole_team_pairs=0)

    assert (found.left_over, linear.left_over) == (0, 0)
    assert linear.cost <= found.bound <= found.cost


def test_an_edited_plan_is_checked_move_by_move() -> None:
    items = [
        item("a", 5),
        item("b", 3, receivers=frozenset({"carl"})),
        item("c", 2, None),
        item("d", 8, owner="rui"),
        item("e", 7, owner="carl"),
    ]
    moves = {
        Move("a", "ren", "rui", 5 * POINT, FREE): MoveFault.OVER_CAP,
        Move("a", "ren", "carl", 5 * POINT, FREE): MoveFault.TWICE,
        Move("b", "ren", "rui", 3 * POINT, FREE): MoveFault.NOT_ELIGIBLE,
        Move("c", "ren", "rui", 2 * POINT, FREE): MoveFault.LOCKED,
        Move("d", "ren", "carl", 8 * POINT, FREE): MoveFault.OWNER_CHANGED,
        Move("e", "carl", "rui", 6 * POINT, FREE): MoveFault.CHANGED,
        Move("x", "ren", "rui", POINT, FREE): MoveFault.UNKNOWN,
    }

    assert dict(check_moves(TEAM, items, list(moves))) == moves
    assert check_moves(TEAM, items, [Move("b", "ren", "carl", 3 * POINT, FREE)]) == [
        (Move("b", "ren", "carl", 3 * POINT, FREE), MoveFault.OVER_CAP)
    ]


def test_a_team_that_cannot_be_is_refused() -> None:
    for carriers, items in (
        ((REN, REN), ()),
        (TEAM, (item("a", 1), item("a", 1))),
        (TEAM, (item("a", 1, owner="olga"),)),
        (TEAM, (item("a", -1),)),
        (TEAM, (item("a", 1, 0),)),
        (TEAM, (OpenItem("a", "ren", POINT, FREE, BOTH, tasks=-1),)),
        ((Carrier("ren", -1),), ()),
    ):
        with pytest.raises(UnusableTeam):
            propose_moves(carriers, items)
