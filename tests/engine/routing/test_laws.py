"""Laws that hold in every world: what may not matter does not, and what is proved stays so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.engine.facts import Leave, Rep
from evenhand.engine.ledger.bookings import CannotBook
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.routing.decide import Router, decide
from evenhand.engine.routing.decision import Cause, Outcome
from evenhand.engine.routing.edits import Edit, EditAct, apply_edit
from tests.engine.routing.stock import PEOPLE, PLAIN_PEOPLE
from tests.engine.routing.strategies import World, item_lists, teams, worlds
from tests.engine.routing.world import (
    NOW,
    Run,
    crowd,
    deal,
    document,
    fair,
    field_of,
    leads,
    points,
    replayed,
    start,
    team,
)

# Worlds are large: half of what the profile in use asks for, and a quarter where four ask.
HALF = settings(max_examples=settings().max_examples // 2)
FEWER = settings(max_examples=settings().max_examples // 4)


def run_of(world: World, reps: list[Rep] | None = None, **changes: Any) -> Run:
    """The world's run, or one that differs in what is given."""
    rules = changes.pop("rules", world.rules)
    people = team(world.reps if reps is None else reps)
    return deal(rules, people, world.items, loads=world.loads, seed=world.seed, **changes)


def told(run: Run, *, without: str = "") -> list[Any]:
    """What became of every item, and how everybody stands, one person aside."""
    balances = {
        key: {
            member: book.balance[:, position].tolist()
            for position, member in enumerate(book.members)
            if member != without
        }
        for key, book in run.router.books.items()
    }
    outcomes = [
        (one.item_id, one.outcome, one.rule, one.cause, one.rep_id, one.where, one.sequence)
        for one in run.decisions
    ]
    return [outcomes, balances]


# -- what is proved --------------------------------------------------------------------------------


@HALF
@given(worlds(), st.booleans())
def test_every_run_is_sound_and_replays_byte_for_byte(world: World, is_compact: bool) -> None:
    run = run_of(world, is_compact=is_compact)

    report = replayed(run.lines)

    assert run.is_sound()
    assert report.differences == []
    assert report.decisions == len(world.items)


@HALF
@given(worlds())
def test_every_item_ends_in_exactly_one_place_and_loads_add_up(world: World) -> None:
    run = run_of(world)

    before = sum(load.open_count for rep, load in world.loads.items() if rep in run.loads)
    after = sum(load.open_count for load in run.loads.values())
    assert [one.item_id for one in run.decisions] == [item.id for item in world.items]
    assert after - before == run.outcomes[Outcome.ASSIGNED]
    for one in run.decisions:
        assert (
            (one.rep_id is not None) == (one.outcome is Outcome.ASSIGNED) == (one.cause is not None)
        )
        assert (one.where != "") == (one.outcome in (Outcome.POOLED, Outcome.ESCALATED))


@HALF
@given(worlds())
def test_nobody_who_is_away_or_full_receives_anything_from_a_group(world: World) -> None:
    run = start(world.rules, team(world.reps), loads=world.loads, seed=world.seed)
    router = run.router

    for item in world.items:
        before = router.copy()
        (decision,) = run.deal(item)
        if decision.cause in (Cause.FAIR_SHARE, Cause.ROTATION, Cause.BEST_FIT):
            position = router.roster.position[decision.rep_id or ""]
            reading = router.policy.read(item, now=router.now, clock=router.clock)
            worth = router.prepare(reading, router.draw(item.id)).plan.points
            assert router.roster.away[position] is None
            assert before.loads.why_full(position, worth) is None


@HALF
@given(worlds())
def test_who_may_and_who_may_not_together_are_the_group(world: World) -> None:
    """Who may is worked out quickly, why not only for those asked about: the two must agree."""
    policy = policy_from_json(world.rules)
    people = team(world.reps)
    stretched = frozenset({"new", "middle"})

    for number, ready in enumerate(policy.rules):
        if ready.group is None:
            continue
        for item in world.items[:4]:
            field = field_of(policy, people, item, rule_number=number, stretched=stretched)
            may = [one.rep_id for one in field.candidates]
            may_not = [one.rep_id for one in field.excluded]
            assert sorted(may + may_not) == sorted(set(may) | set(may_not))
            assert field.excluded_count == len(may_not)
            for one in field.candidates:
                with pytest.raises(AssertionError):
                    field.why_not(one.position)


# -- what may not matter ---------------------------------------------------------------------------


@HALF
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_listed_changes_not_one_byte(
    world: World, shuffler: Any
) -> None:
    other = list(world.reps)
    shuffler.shuffle(other)

    assert run_of(world, other).lines == run_of(world).lines


INELIGIBLE: dict[str, Callable[[Rep], Rep]] = {
    "deactivated": lambda rep: replace(rep, is_active=False),
    "switched off": lambda rep: replace(rep, is_accepting=False),
    "on leave": lambda rep: replace(
        rep, leaves=(Leave(NOW - timedelta(days=1), NOW + timedelta(days=1)),)
    ),
    "of no known level": lambda rep: replace(rep, level="unheard of", weight=100),
}


@pytest.mark.parametrize("why", INELIGIBLE)
@FEWER
@given(world=worlds(), rep_id=st.sampled_from(("aaa", "bella", "zoe")))
def test_an_ineligible_rep_changes_nothing(world: World, rep_id: str, why: str) -> None:
    stranger = INELIGIBLE[why](Rep(rep_id, team="north", fields={"region": ("浙江省",)}))
    rules = world.rules
    if why == "of no known level":
        rules = {**rules, "levels": rules["levels"] or [{"level": "only"}]}
        world = replace(world, reps=[replace(rep, level="") for rep in world.reps])
    if {"basis", "catch_up"} & set(rules["fairness"]):
        # There, who is away is credited like everybody, or may catch up: that is the point of it.
        rules = {**rules, "fairness": {}}

    without = run_of(world, rules=rules)
    beside = run_of(world, [*world.reps, stranger], rules=rules)

    assert told(beside, without=rep_id) == told(without)


@HALF
@given(worlds(stock=PLAIN_PEOPLE), st.integers(2, 5))
def test_equal_scaling_of_all_weights_changes_nothing(world: World, factor: int) -> None:
    """Weights are shares. (Without ramp and merit, whose product is rounded to hundredths.)"""
    scaled = [
        replace(
            rep,
            weight=rep.weight * factor,
            weights={key: weight * factor for key, weight in rep.weights.items()},
        )
        for rep in world.reps
    ]
    groups = [
        {
            **group,
            "weights": [
                {**one, "percent": one["percent"] * factor} for one in group.get("weights", [])
            ],
        }
        for group in world.rules["groups"]
    ]

    once = run_of(world)
    # The version of a policy is part of every draw: keep it out of this.
    again = start({**world.rules, "groups": groups}, team(scaled), loads=world.loads)
    again.router.policy.label = once.router.policy.label
    again.router.seed = world.seed
    again.deal(world.items)

    assert told(again) == told(once)


@HALF
@given(worlds())
def test_what_is_kept_between_items_changes_nothing(world: World) -> None:
    """Steps and contests are shared by items alike: a router that never saw another agrees."""
    run = start(world.rules, team(world.reps), loads=world.loads, seed=world.seed)
    policy = run.router.policy

    for item in world.items:
        before = run.router.copy()
        fresh = Router(
            policy,
            before.team,
            now=before.now,
            seed=before.seed,
            books=before.books,
            loads=before.loads.as_loads([rep.id for rep in before.team.reps]),
        )
        alone = fresh.route(item, with_places=True)
        (decision,) = run.deal(item)
        assert replace(decision, step=-1) == replace(alone, step=-1)


@HALF
@given(worlds())
def test_places_say_nothing_that_changes_the_decision(world: World) -> None:
    policy = policy_from_json(world.rules)
    people = team(world.reps)
    silent = Router(policy, people, now=NOW, seed=world.seed, loads=world.loads)
    silent.settle_members()

    decided, router = decide(
        world.items, policy, people, now=NOW, seed=world.seed, loads=world.loads
    )
    quiet = [silent.route(item) for item in world.items]

    assert [one.rep_id for one in quiet] == [one.rep_id for one in decided]
    assert [book.as_json() for book in silent.books.values()] == [
        book.as_json() for book in router.books.values()
    ]


# -- through days, departures and edits ------------------------------------------------------------


@st.composite
def edits(draw: st.DrawFn) -> tuple[EditAct, int, str, int]:
    """(act, which of the items dealt so far, to whom, how much of it back)."""
    return (
        draw(st.sampled_from(EditAct)),
        draw(st.integers(0, 30)),
        draw(st.sampled_from(PEOPLE)),
        draw(st.sampled_from((0, 50, 100))),
    )


@HALF
@given(
    worlds(),
    st.lists(st.tuples(teams(), item_lists(6), st.lists(edits(), max_size=4)), max_size=3),
)
def test_books_stay_sound_through_days_departures_and_edits(
    world: World, days: list[tuple[list[Rep], list[Any], list[tuple[EditAct, int, str, int]]]]
) -> None:
    run = run_of(world)
    assert run.is_sound()

    for reps, arrived, acts in days:
        run = start(
            world.rules, team(reps), books=run.router.books, loads=run.loads, seed=world.seed
        )
        assert run.is_sound()
        run.deal(arrived)
        for act, which, to_rep, rate in acts:
            _edit(run, act, which, to_rep, rate)
            assert run.is_sound(), act


def _edit(run: Run, act: EditAct, which: int, to_rep: str, rate: int) -> None:
    booked = [one for one in run.decisions if one.book and one.posting is not None] or [
        one for one in run.decisions if one.book
    ]
    if not booked:
        return
    chosen = booked[which % len(booked)]
    book = run.router.books[chosen.book]
    edit = Edit(
        act=act,
        item_id=chosen.item_id,
        book=chosen.book,
        points=points(5),
        from_rep=chosen.rep_id or "",
        to_rep=to_rep,
        rate_percent=rate,
        originals=() if chosen.posting is None else (chosen.posting,),
        weights=tuple((member, 100) for member in book.members),
    )
    try:
        apply_edit(run.router, edit)
    except CannotBook as refused:
        assert refused.code in ("book.too_far_ahead", "book.not_a_member")


def test_a_long_life_keeps_every_book_inside_its_bound() -> None:
    run = start(document(fair(), fairness={"tau": 40}), team(crowd(6)))

    for day in range(30):
        here = [rep for number, rep in enumerate(crowd(8)) if (number + day) % 5]
        run = start(document(fair(), fairness={"tau": 40}), team(here), books=run.router.books)
        run.deal(leads(40, "ABCC", first=40 * day))
        assert run.is_sound()

    assert len(run.book.ever) == 8
