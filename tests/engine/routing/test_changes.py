"""What is said to have made a difference does: done to the facts, it brings the item to him."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from evenhand.engine.facts import POINT, Company, Item, Leave, Load, Rep
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Decision, Outcome
from evenhand.engine.routing.why_not import WhyNot, why
from tests.engine.routing.changed_facts import ChangedFacts
from tests.engine.routing.strategies import World, worlds
from tests.engine.routing.world import (
    NOW,
    Run,
    document,
    fair,
    lead,
    leads,
    owner,
    person,
    points,
    reps,
    rotation,
    rule,
    start,
    team,
)


def asked(run: Run, item: Item) -> tuple[Router, Decision, dict[str, WhyNot]]:
    """The router before an item, what becomes of it, and what everybody else is told."""
    before = run.router.copy()
    reading = before.policy.read(item, now=before.now, clock=before.clock)
    prepared = before.prepare(reading, before.draw(item.id, item.round))
    decision = run.router.route(item, with_places=True)
    return (
        before,
        decision,
        {rep.id: why(before, prepared, decision, rep.id) for rep in before.team.reps},
    )


def changes(rules: dict[str, Any], people: list[Rep], item: Item, rep_id: str, **more: Any) -> Any:
    """The codes of what would have brought an item to somebody, in a world without a past."""
    told = asked(start(rules, team(people), **more), item)[2][rep_id]
    return tuple(one.code for one in told.changes)


# -- any world ---------------------------------------------------------------------------------


@given(worlds(), st.data())
def test_with_the_changes_that_are_told_he_gets_the_item(world: World, data: st.DataObject) -> None:
    run = start(world.rules, team(world.reps), seed=world.seed, loads=world.loads)
    *past, item = world.items
    run.deal(past)
    before, decision, told = asked(run, item)
    rep_id = data.draw(st.sampled_from(sorted(told)))
    answer = told[rep_id]
    if answer.got_it:
        assert decision.rep_id == rep_id
        assert answer.changes == ()
        return
    facts = ChangedFacts(before, run.document, item, rep_id)

    can_be_done = [facts.change(one) for one in answer.changes if one.code != NOTHING.code]

    event("done" if can_be_done and all(can_be_done) else "not to be done")
    if can_be_done and all(can_be_done):
        assert facts.decide().rep_id == rep_id, answer.changes


NOTHING = reason("change.nothing_alone")


def test_nothing_is_named_where_the_next_owner_was_never_asked_for() -> None:
    """The decision does not record who looks after the company: a rule before it settled all."""
    rules = document(
        owner("area", of="territory"),
        owner("company", of="company"),
        fair("rest", "all"),
        territories=[{"territory": "all", "when": True, "owner": "cai"}],
    )
    item = replace(lead("L0"), company=Company("acme", owner_id="cai"))

    assert changes(rules, reps("ana", "cai"), item, "ana") == ("change.nothing_alone",)


@given(worlds())
def test_asking_changes_nothing(world: World) -> None:
    run = start(world.rules, team(world.reps), seed=world.seed, loads=world.loads)
    *past, item = world.items
    run.deal(past)
    before = run.router.copy()
    reading = before.policy.read(item, now=before.now, clock=before.clock)
    prepared = before.prepare(reading, before.draw(item.id, item.round))
    decision = run.router.route(item)
    books = {key: book.as_json() for key, book in before.books.items()}

    for rep in world.reps:
        why(before, prepared, decision, rep.id)

    # A book that nobody had opened yet may be open now, empty.
    after = {key: book.as_json() for key, book in before.books.items() if book.sequence}
    assert after == {key: book for key, book in books.items() if book["sequence"]}
    assert before.route(item).rep_id == decision.rep_id


# -- one thing at a time -------------------------------------------------------------------------

AWAY = Leave(NOW - timedelta(days=1), NOW + timedelta(days=2))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"is_active": False}, "change.active"),
        ({"is_accepting": False}, "change.switched_on"),
        ({"leaves": (AWAY,)}, "change.after"),
        ({"weight": 0}, "change.weight"),
        ({"capacity": 0}, "change.fewer_open_items"),
        ({"fields": {"region": ("江苏省",)}}, "change.field"),
        ({"level": "new"}, "change.level"),
        ({"team": "south"}, "condition.remedy"),
    ],
)
def test_each_thing_that_keeps_somebody_out_is_named_alone(
    changed: dict[str, Any], code: str
) -> None:
    rules = document(
        fair(match=["region"], who="rep.team = north"),
        levels=[{"level": "new", "takes": "lead.grade = C"}, {"level": "senior"}],
    )
    people = [replace(one, **changed) for one in reps("r", team="north", level="senior")]

    assert changes(rules, people, lead(region="浙江省"), "r") == (code,)


def test_several_things_are_named_together() -> None:
    people = reps("r", is_accepting=False, leaves=(AWAY,), weight=0)

    found = changes(document(), people, lead(), "r")

    assert sorted(found) == ["change.after", "change.switched_on", "change.weight"]


def test_whoever_is_let_in_and_still_not_first_is_told_what_more_he_had_to_be_owed() -> None:
    people = [*reps("a"), *reps("b", is_accepting=False)]
    run = start(document(), team(people))
    run.deal(leads(1))

    told = asked(run, lead("X"))[2]["b"].changes

    # a was alone and stands at zero; with b in it both get half a share, and the draw decides.
    assert told[0] == reason("change.switched_on")
    assert told[1:] in ((), (reason("change.more_owed", points=1),))


def test_how_much_more_is_owed_is_exact() -> None:
    run = start(document(), team(reps("a", "b")))
    run.deal(leads(3))
    before, decision, told = asked(run, lead("X"))
    loser = next(rep_id for rep_id in ("a", "b") if rep_id != decision.rep_id)
    (more,) = told[loser].changes
    assert more.code == "change.more_owed"
    wanted = more["points"]
    assert isinstance(wanted, int)

    for amount, gets_it in ((wanted, True), (wanted - 1, False)):
        facts = ChangedFacts(before, run.document, lead("X"), loser)
        facts.more_owed = amount
        assert (facts.decide().rep_id == loser) is gets_it


def test_turns_are_counted_in_whole_ones() -> None:
    run = start(document(rotation()), team(reps("a", "b")))
    _, decision, told = asked(run, lead("X"))
    loser = next(rep_id for rep_id in ("a", "b") if rep_id != decision.rep_id)

    assert told[loser].changes == (reason("change.more_turns_owed", turns=1),)


def test_a_rule_in_the_way_is_named_and_then_what_else_is_missing() -> None:
    rules = document(person("boss", "a"), fair(who="rep.team = north"))

    assert changes(rules, [*reps("a", team="north"), *reps("b")], lead(), "b")[:2] == (
        "change.without_rule",
        "condition.remedy",
    )


def test_an_owner_comes_first_and_without_that_rule_the_next_one_deals() -> None:
    rules = document(owner(), fair(who="rep.id = b"))

    told = changes(rules, reps("a", "b"), lead(owned_by="a"), "b")

    assert told == ("change.without_rule",)


def test_whoever_is_in_another_group_is_told_which() -> None:
    rules = document(
        fair(group="north"),
        groups=[{"group": "north", "who": "rep.team = north"}, {"group": "all", "who": True}],
    )
    people = [*reps("a", team="north"), *reps("b")]

    assert changes(rules, people, lead(), "b")[0] == "change.in_group"


def test_what_went_to_a_pool_for_want_of_people_names_what_each_lacks() -> None:
    rules = document(
        fair(if_nobody={"do": "pool", "pool": "open"}, match=["region"]), pools=[{"pool": "open"}]
    )
    people = reps("a", fields={"region": ("江苏省",)})
    run = start(rules, team(people))

    _, decision, told = asked(run, lead(region="浙江省"))

    assert decision.outcome is Outcome.POOLED
    assert told["a"].changes == (reason("change.field", field="rep.region", wanted="浙江省"),)


def test_a_better_fit_is_named_where_fit_alone_decides() -> None:
    rules = document(
        rule("best", {"strategy": "best_fit", "group": "all"}),
        fit={"mode": "declared", "weights": {"product": 1}},
    )
    people = [
        *reps("a", fields={"product": ("crane",)}),
        *reps("b", fields={"product": ("lift",)}),
    ]

    assert changes(rules, people, lead(product="crane"), "b")[0] == "change.higher_fit"


def test_whoever_is_full_is_no_measure_of_fit() -> None:
    """The best fit of all is full: what is told are the fits of those who could take it."""
    rules = document(
        rule("best", {"strategy": "best_fit", "group": "all"}),
        fit={"mode": "declared", "weights": {"product": 1, "industry": 1}},
    )
    people = [
        *reps("full", fields={"product": ("crane",), "industry": ("steel",)}, capacity=0),
        *reps("half", fields={"product": ("crane",), "industry": ("food",)}),
        *reps("none", fields={"product": ("lift",), "industry": ("food",)}),
    ]

    told = asked(start(rules, team(people)), lead(product="crane", industry="steel"))[2]

    assert told["half"].reasons == (reason("receipt.won_best_fit", fit=500_000, next_fit=0),)
    assert told["none"].reasons == (reason("receipt.lost_lower_fit", fit=0, best_fit=500_000),)
    assert told["none"].changes == (reason("change.higher_fit", fit=500_001),)


def test_among_equals_in_fit_he_lost_by_what_is_owed_then_by_waiting() -> None:
    rules = document(rule("best", {"strategy": "best_fit", "group": "all"}))
    run = start(rules, team(reps("a", "b")))

    _, first, told = asked(run, lead("X"))
    loser = next(rep_id for rep_id in ("a", "b") if rep_id != first.rep_id)
    assert told[loser].reasons == (reason("receipt.lost_by_draw"),)

    _, second, told = asked(run, lead("Y"))

    assert second.rep_id == loser
    (why_not,) = told[first.rep_id or ""].reasons
    assert why_not.code == "receipt.lost_less_owed"
    assert dict(why_not.params)["owed"] == -dict(why_not.params)["winner_owed"] < 0


def test_among_equals_in_fit_it_is_what_they_are_owed() -> None:
    rules = document(rule("best", {"strategy": "best_fit", "group": "all"}))
    run = start(rules, team(reps("a", "b")))

    _, decision, told = asked(run, lead("X"))
    loser = next(rep_id for rep_id in ("a", "b") if rep_id != decision.rep_id)

    assert told[loser].changes == (reason("change.more_owed", points=1),)


def test_windows_are_emptied_as_far_as_is_needed() -> None:
    caps = [
        {"cap": "daily", "per": "day", "items": 2},
        {"cap": "weekly", "per": "week", "kind": "rolling", "points": 12},
    ]
    rules = document(capacity={"windows": caps})
    received = ((NOW - timedelta(days=2), points(5)), (NOW, points(5)), (NOW, points(1)))
    loads = {"a": Load(received=received)}

    told = asked(start(rules, team(reps("a")), loads=loads), lead())[2]["a"].changes

    assert told == (
        reason("change.fewer_in_window", cap="daily", count=1),
        reason("change.fewer_points_in_window", cap="weekly", points=3 * POINT),
    )


def test_random_calibration_might_have_drawn_him_and_that_is_all_that_is_said() -> None:
    rules = document(exploration={"rate_millionths": 200_000})
    run = start(rules, team(reps("a", "b", "c")))
    told: list[tuple[Reason, ...]] = []
    for item in leads(200, "C"):
        _, decision, answers = asked(run, item)
        if decision.exploration is not None and decision.exploration.was_random:
            told += [one.changes for one in answers.values() if not one.got_it]

    assert told
    assert all(one[-1] == reason("change.other_draw") for one in told)


def test_where_no_rule_applies_nothing_would_have_helped() -> None:
    rules = document(fair(when="lead.grade = A"))

    assert changes(rules, reps("a"), lead(grade="C"), "a") == ("change.nothing_alone",)
