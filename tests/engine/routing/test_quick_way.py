"""The quick way of a large file decides, books and writes what the careful way does."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings

from evenhand.engine.facts import Company, Item, Rep
from evenhand.engine.routing.quick import QuickWay
from evenhand.engine.routing.receipt import ReceiptWriter
from tests.engine.routing.strategies import World, worlds
from tests.engine.routing.world import (
    Run,
    crowd,
    deal,
    document,
    fair,
    lead,
    leads,
    owner,
    replayed,
    reps,
    rotation,
    start,
    team,
)

# An item's way: by whose turn it is, handed to the owner, or all the steps of a decision.
Ways = Counter[str]


def quickly(run: Run, items: Iterable[Item]) -> Ways:
    """Deal as a large file is dealt: the first item of a class opens a quick lane for others."""
    router, writer = run.router, run.writer
    way = QuickWay(router)
    lanes: dict[int, Any] = {}
    ways: Ways = Counter()
    for item in items:
        reading = router.policy.read(item, now=router.now, clock=router.clock)
        prepared = router.prepare(reading, router.draw(item.id))
        owned_by = router.policy.owner_of(item)
        by_turn, by_owner = lanes.get(prepared.number, (None, None))
        if by_owner is not None and owned_by and way.give(by_owner[1], owned_by):
            ready, step = by_owner
            name = ready.rule.rule
            run.lines += writer.quick_decision(item.id, prepared, step, owned_by, name)
            ways["owner"] += 1
        elif by_turn is not None and not owned_by:
            rep_id = way.take(item.id, by_turn)
            run.lines += writer.quick_decision(item.id, prepared, by_turn, rep_id)
            ways["turn"] += 1
        else:
            run.deal(item)
            ways["careful"] += 1
        is_owned = prepared.plan.bindings.company.get("owner") is not None
        lanes[prepared.number] = (
            None if is_owned else way.step_of(prepared),
            way.owner_rule_of(prepared) if is_owned else None,
        )
    return ways


def both(rules: dict[str, Any], people: list[Rep], items: list[Item]) -> Ways:
    """Deal the quick way and the careful way; all that they leave behind must be equal."""
    careful = deal(rules, team(people), items, is_compact=True)
    quick = start(rules, team(people), is_compact=True)

    ways = quickly(quick, items)

    assert quick.lines == careful.lines
    assert {key: book.as_json() for key, book in quick.router.books.items()} == {
        key: book.as_json() for key, book in careful.router.books.items()
    }
    assert quick.loads == careful.loads
    assert replayed(quick.lines).is_identical
    return ways


@settings(max_examples=settings().max_examples // 2)
@given(worlds(is_capped=False, max_items=30))
def test_in_any_world_both_ways_leave_the_same_behind(world: World) -> None:
    both(world.rules, world.reps, world.items)


def owned(number: int, grade: str, owner_id: str | None) -> Item:
    return Item(f"线索 {number}", {"grade": grade}, company=Company("c", {}, owner_id))


def test_most_of_a_large_file_takes_a_quick_way() -> None:
    owners = ("r00", None, "r01", None, "r02", None, None)
    items = [owned(n, "ABC"[n % 3], owners[n % 7]) for n in range(600)]

    rules = document(owner(when="company.owner is not empty"), fair())
    ways = both(rules, crowd(4), items)

    # One careful decision opens each lane: three grades, with an owner and without.
    assert ways["careful"] <= 9
    assert ways["owner"] > 200
    assert ways["turn"] + ways["owner"] + ways["careful"] == 600


@pytest.mark.parametrize(
    "gone",
    [
        [],
        [Rep("oda", is_active=False)],
        [Rep("oda", is_accepting=False)],
        [Rep("oda", name="r00")],
    ],
)
def test_an_owner_who_is_not_simply_there_takes_the_careful_way(gone: list[Rep]) -> None:
    items = [owned(n, "B", ("oda", None, "r00")[n % 3]) for n in range(60)]

    ways = both(document(owner(departed="wait"), fair()), [*crowd(3), *gone], items)

    assert ways["careful"] >= 20


def test_an_owner_from_outside_the_group_is_a_guest_before_he_goes_quickly() -> None:
    rules = document(
        owner(), fair(group="inner"), groups=[{"group": "inner", "members": ["r00", "r01"]}]
    )
    items = [owned(n, "B", ("oda", None)[n % 2]) for n in range(40)]

    ways = both(rules, [*crowd(2), Rep("oda")], items)

    assert ways["owner"] == 19


def test_a_waiting_owner_s_item_opens_no_lane_that_a_replay_would_not_know() -> None:
    """Working out a step sooner than the careful way would number all later ones differently."""
    rules = document(owner(departed="wait"), fair("A", when="lead.grade = A"), fair("rest"))
    items = [owned(n, "AB"[n % 2], ("gone", None, "r00")[n % 3]) for n in range(30)]

    both(rules, crowd(3), items)


@pytest.mark.parametrize(
    "rules",
    [
        document(fair(), capacity={"open_items": 500}),
        document(fair(), exploration={"rate_millionths": 1000}),
        document(fair(), fairness={"basis": "equal_totals"}),
        document(fair(), levels=[{"level": "x", "stretch": {"percent": 5}}]),
        document(rotation()),
        document(fair(who=False)),
        document(fair(when=False)),
    ],
)
def test_whatever_needs_more_than_whose_turn_it_is_takes_the_careful_way(
    rules: dict[str, Any],
) -> None:
    assert both(rules, crowd(3), leads(30, "ABC")) == {"careful": 30}


@pytest.mark.parametrize(
    "changes",
    [
        {"capacity": {"open_items": 500}},
        {"fairness": {"basis": "equal_totals"}},
        {"levels": [{"level": "x", "stretch": {"percent": 5}}]},
    ],
)
def test_so_does_handing_over(changes: dict[str, Any]) -> None:
    items = [owned(n, "B", "r00") for n in range(30)]

    assert both(document(owner(), fair(), **changes), crowd(3), items) == {"careful": 30}


def test_checkpoints_are_written_on_the_quick_way_too() -> None:
    quick = start(document(fair()), team(crowd(3)), is_compact=True)

    quickly(quick, leads(600, "ABC"))

    assert sum(line.startswith('{"t":"checkpoint"') for line in quick.lines) == 2


@pytest.mark.parametrize("item_id", ["L1", 'a "quoted" id', "线索1", "a\\b", "tab\t", "é", ""])
def test_any_id_is_written_as_the_careful_way_writes_it(item_id: str) -> None:
    both(document(fair('规则 "1"')), reps('r"0', "李"), [lead("first"), lead(item_id)])


def test_a_full_receipt_is_never_written_the_quick_way() -> None:
    run = start(document(fair()), team(crowd(2)))
    run.deal(lead("L0"))
    (prepared,) = run.router.prepared.values()
    step = QuickWay(run.router).step_of(prepared)
    assert step is not None
    assert not ReceiptWriter(run.router).is_compact

    with pytest.raises(AssertionError):
        run.writer.quick_decision("L1", prepared, step, "r00")
