"""Tests of plans: capacity, band, what is left over, receipts, replay, why and edits."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from evenhand.engine.facts import Item, Load, Rep
from evenhand.engine.ledger.book import Book
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.reasons import reason
from evenhand.engine.routing.batch import flow, gap
from evenhand.engine.routing.batch.plan import Solver
from evenhand.engine.routing.decide import CannotPlace
from evenhand.engine.routing.decision import Cause, Outcome
from evenhand.engine.routing.edits import Edit, EditAct, edit_lines
from evenhand.engine.routing.in_turn import InTurn, deal_in_turn
from evenhand.engine.routing.look_up import find_dealt
from evenhand.engine.routing.planned import BacklogPlan, deal, plan_backlog
from evenhand.engine.routing.recall import recall
from evenhand.engine.routing.situation import Prepared
from evenhand.engine.routing.team import Team
from evenhand.engine.routing.why_not import why
from tests.engine.routing.strategies import World, worlds
from tests.engine.routing.world import (
    NEXT,
    Run,
    crowd,
    document,
    fair,
    lead,
    leads,
    owner,
    points,
    replayed,
    reps,
    rule,
    start,
    team,
)

FIT = {"mode": "declared", "weights": {"region": 1}}
BY_SOURCE = {
    "base": {"A": 8, "B": 5, "C": 1},
    "adjustments": [{"id": "fair", "when": 'lead.source = "fair"', "add": 2}],
}


def prepared(run: Run, item: Item) -> Prepared:
    reading = run.router.policy.read(item, now=run.router.now, clock=run.router.clock)
    return run.router.prepare(reading, run.router.draw(item.id))


def plan(run: Run, items: Iterable[Item]) -> list[BacklogPlan]:
    """Deal what a plan may hold as plans, the rest before it, and write receipts."""
    backlog = []
    for item in items:
        one = prepared(run, item)
        is_owned = bool(run.router.policy.owner_of(item))
        if is_owned or item.round or run.router.planned_rule(one) is None:
            run.deal(item)
        else:
            backlog.append((item.id, one))
    plans = []
    for made in plan_backlog(run.router, backlog):
        plans.append(made)
        run.lines += run.writer.plan(made)
        for _, ready, decision in deal(run.router, made):
            run.decisions.append(decision)
            run.lines += run.writer.decision(decision, ready)
    return plans


def planned_run(
    rules: Mapping[str, Any], people: Team, items: Iterable[Item], **more: Any
) -> tuple[Run, list[BacklogPlan]]:
    run = start(rules, people, **more)
    return run, plan(run, items)


def regional(count: int, **same: Any) -> list[Rep]:
    return [
        Rep(f"r{n:02}", fields={"region": ("北京市" if n % 2 else "上海市",)}, **same)
        for n in range(count)
    ]


def regional_leads(count: int, grades: str = "B", **fields: Any) -> list[Item]:
    places = ("北京市", "北京市", "上海市")
    return [
        lead(f"L{n}", grades[n % len(grades)], region=places[n % 3], **fields) for n in range(count)
    ]


def with_change(lines: list[str], kind: str, number: int, **changes: Any) -> list[str]:
    """The receipts with the n-th line of a kind changed."""
    at = [k for k, line in enumerate(lines) if json.loads(line)["t"] == kind][number]
    text = json.dumps(json.loads(lines[at]) | changes, ensure_ascii=False, separators=(",", ":"))
    return [*lines[:at], text, *lines[at + 1 :]]


# -- who gets what ---------------------------------------------------------------------------


def test_every_grade_is_shared_evenly_where_nobody_suits_better() -> None:
    run, plans = planned_run(document(fair()), team(crowd(3)), leads(36, "AABC"))

    by_grade = Counter((one.rep_id, "AABC"[int(one.item_id[1:]) % 4]) for one in run.decisions)
    assert set(by_grade.values()) == {6, 3}
    assert [(one.grade, one.kind, one.is_optimal) for one in plans] == [
        ("A", "flow", True),
        ("B", "flow", True),
        ("C", "flow", True),
    ]
    assert {one.cause for one in run.decisions} == {Cause.PLANNED}
    assert run.is_sound()


def test_what_one_grade_leaves_uneven_the_next_makes_good() -> None:
    run, _ = planned_run(
        document(fair()), team(crowd(3)), [*leads(1, "A"), *leads(23, "C", first=1)]
    )

    worth = Counter[str | None]()
    for one in run.decisions:
        worth[one.rep_id] += 8 if one.item_id == "L0" else 1
    assert max(worth.values()) - min(worth.values()) <= 1


def test_a_plan_counts_as_one_act_for_what_is_proved() -> None:
    """Each item by itself would add its points to the bound."""
    run, plans = planned_run(document(fair()), team(crowd(4)), leads(200, "B"))

    assert len(plans) == 1
    assert run.book.shift == 0
    assert run.is_sound()


def test_a_plan_finds_more_fit_than_dealing_in_turn() -> None:
    rules = document(fair(), fit=FIT)
    items = regional_leads(60)

    run, plans = planned_run(rules, team(regional(4)), items)
    one_by_one = start(rules, team(regional(4)))
    one_by_one.deal(items)

    def suits(dealt: Run) -> int:
        homes = {rep.id: rep.fields["region"] for rep in dealt.router.team.reps}
        where = {item.id: item.fields["region"] for item in items}
        return sum((where[one.item_id],) == homes[one.rep_id or ""] for one in dealt.decisions)

    assert suits(run) >= suits(one_by_one)
    assert sum(one.objective for one in plans) == points(5) * suits(run)
    band = run.router.policy.band
    assert all(abs(run.owed(f"r{n:02}")) <= band for n in range(4))


def test_what_a_plan_is_measured_by_is_what_dealing_in_turn_comes_to() -> None:
    rules = document(fair(), fit=FIT, capacity={"open_items": 12})
    items = regional_leads(60)
    run = start(rules, team(regional(4)))
    entries = [(item.id, prepared(run, item)) for item in items]
    plan(run, leads(5, "B", first=100))
    before = run.router.books["all|value"].as_json()

    found = deal_in_turn(run.router, entries)

    one_by_one = start(rules, team(regional(4)))
    plan(one_by_one, leads(5, "B", first=100))
    one_by_one.decisions.clear()
    one_by_one.deal(items)
    homes = {rep.id: rep.fields["region"] for rep in one_by_one.router.team.reps}
    where = {item.id: item.fields["region"] for item in items}
    owned = [one for one in one_by_one.decisions if one.rep_id]
    suits = sum((where[one.item_id],) == homes[one.rep_id or ""] for one in owned)
    assert found == InTurn(placed=len(owned), objective=points(5) * suits)
    assert 0 < len(owned) < len(items)
    assert run.router.books["all|value"].as_json() == before


def owed_book() -> Book:
    """Two people two leads of grade A behind, two as far ahead."""
    book = Book("ABC", ["r00", "r01", "r02", "r03"])
    book.balance[0] = [points(-8), points(-8), points(8), points(8)]
    book.owed = book.balance.sum(axis=0)
    book.largest_points = points(8)
    return book


def test_what_was_owed_before_the_plan_comes_first() -> None:
    late = start(document(fair()), team(crowd(4)), books={"all|value": owed_book()})

    plan(late, leads(4, "A"))

    assert late.received == {"r02": 2, "r03": 2}


@pytest.mark.parametrize(
    ("capacity", "loads"),
    [
        ({"open_items": 5}, {"r00": Load(open_count=3)}),
        ({"open_points": 31}, {"r00": Load(open_points=points(20))}),
        ({"open_items": 6, "open_points": 30}, {"r01": Load(5, points(9))}),
        ({"windows": [{"cap": "daily", "per": "day", "items": 4}]}, {}),
        ({"windows": [{"cap": "daily", "per": "day", "points": 29}]}, {}),
    ],
)
@pytest.mark.parametrize("worth", [{"base": {"A": 8, "B": 5, "C": 1}}, BY_SOURCE])
def test_nobody_is_ever_dealt_beyond_a_limit(
    capacity: dict[str, Any], loads: dict[str, Load], worth: dict[str, Any]
) -> None:
    rules = document(fair(), capacity=capacity, points=worth, fit=FIT)
    items = [
        lead(f"L{n}", "ABC"[n % 3], region="北京市", source=("fair", "web")[n % 2])
        for n in range(40)
    ]

    run, _ = planned_run(rules, team(regional(3)), items, loads=loads)

    router = run.router
    for position, limits in enumerate(router.loads.limits):
        if limits.open_items is not None:
            assert router.loads.open_count[position] <= limits.open_items
        if limits.open_points is not None:
            assert router.loads.open_points[position] <= limits.open_points
        for cap in limits.windows:
            mine = router.loads.received[position]
            assert cap.items is None or len(mine) <= cap.items
            assert cap.points is None or sum(size for _, size in mine) <= cap.points
    assert run.outcomes[Outcome.WAITING] > 0
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_what_the_full_cannot_take_falls_to_whoever_has_room() -> None:
    people = team(Rep("ana", capacity=1), Rep("ben", capacity=1), Rep("cai"))

    run, plans = planned_run(document(fair()), people, leads(30))

    assert run.received == {"ana": 1, "ben": 1, "cai": 28}
    assert plans[0].upper is None


def test_what_finds_no_place_goes_where_the_rule_says() -> None:
    rules = document(fair(if_nobody={"do": "pool", "pool": "open"}), pools=[{"pool": "open"}])

    run, _ = planned_run(rules, team(reps("ana", "ben", capacity=2)), leads(6))

    left = [one for one in run.decisions if one.rep_id is None]
    assert [(one.outcome, one.where) for one in left] == [(Outcome.POOLED, "open")] * 2
    assert {one.tried[-1].why for one in left} == {reason("rule.everybody_full", full=2)}
    assert replayed(run.lines).is_identical


def test_what_finds_no_place_goes_on_to_the_next_rule() -> None:
    rules = document(
        fair("first", "new", if_nobody=NEXT),
        fair("second", "old"),
        groups=[{"group": "new", "members": ["ana"]}, {"group": "old", "members": ["ben"]}],
    )

    run, _ = planned_run(rules, team(Rep("ana", capacity=2), Rep("ben")), leads(5))

    assert run.received == {"ana": 2, "ben": 3}
    assert Counter(one.cause for one in run.decisions) == {Cause.PLANNED: 2, Cause.FAIR_SHARE: 3}
    assert replayed(run.lines).is_identical


def test_what_nobody_may_take_is_left_with_that_reason() -> None:
    run, _ = planned_run(document(fair(who=False)), team(crowd(2)), leads(3))

    assert run.outcomes == {Outcome.WAITING: 3}
    assert {one.tried[-1].why.code for one in run.decisions} == {"rule.nobody_eligible"}
    assert replayed(run.lines).is_identical


def test_owners_and_pools_are_no_part_of_a_plan() -> None:
    rules = document(
        rule("pool", {"strategy": "pool", "pool": "open"}, when='lead.source = "junk"'),
        owner(),
        fair(),
        pools=[{"pool": "open"}],
    )
    items = [lead("J", source="junk"), lead("O", owned_by="ana"), lead("F")]

    run, plans = planned_run(rules, team(reps("ana", "ben")), items)

    assert [name for one in plans for name, _ in one.items] == ["F"]
    fair_one = run.decisions[-1]
    assert (fair_one.cause, fair_one.rep_id) == (Cause.PLANNED, "ben")
    assert [one.rule for one in fair_one.tried] == ["owner"]
    assert replayed(run.lines).is_identical


# -- sizes in points ---------------------------------------------------------------------------


def mixed(count: int = 30) -> list[Item]:
    return [
        lead(f"L{n}", "B", region="北京市" if n % 3 else "上海市", source=("fair", "web")[n % 2])
        for n in range(count)
    ]


def test_items_of_different_points_are_a_gap_within_the_band() -> None:
    rules = document(fair(), points=BY_SOURCE, fit=FIT, capacity={"open_points": 90})

    run, (made,) = planned_run(rules, team(regional(4)), mixed())

    assert made.kind == "gap"
    assert not any(made.shortfall)
    assert run.received.total() == 30
    band = run.router.policy.band
    assert all(abs(run.owed(f"r{n:02}")) <= band for n in range(4))
    assert replayed(run.lines).is_identical


def test_without_any_solver_installed_small_backlogs_are_planned_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The libraries are optional; an import of them must not even be tried."""
    monkeypatch.setattr(flow, "is_installed", lambda solver: solver is Solver.PLAIN)
    monkeypatch.setattr(gap, "is_installed", lambda solver: solver is Solver.PLAIN)
    rules = document(fair(), points=BY_SOURCE, fit=FIT)
    items = [*mixed(12), *leads(6, "C", first=12, source="web")]

    run, plans = planned_run(rules, team(regional(3)), items)

    assert [(one.kind, one.solver) for one in plans] == [("gap", "plain"), ("flow", "plain")]
    assert run.received.total() == 18
    assert replayed(run.lines).is_identical


def test_a_backlog_too_large_for_the_solvers_at_hand_is_decided_in_sequence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow, "is_installed", lambda solver: solver is Solver.PLAIN)
    monkeypatch.setattr(flow, "PLAIN_ARCS", 1)

    run, (made,) = planned_run(document(fair()), team(crowd(3)), leads(9))

    assert made.kind == "sequence"
    assert {one.cause for one in run.decisions} == {Cause.FAIR_SHARE}
    assert replayed(run.lines).is_identical


# -- receipts -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rich() -> Run:
    rules = document(fair(), points=BY_SOURCE, fit=FIT, capacity={"open_items": 130})
    items = [*leads(3, "A"), *regional_leads(300, "ABC")]
    items = [
        lead(f"I{n}", item.fields["grade"], region=item.fields.get("region"))  # type: ignore[arg-type]
        for n, item in enumerate(items)
    ]
    return planned_run(rules, team(regional(2)), items)[0]


def test_a_plan_replays_byte_for_byte_past_checkpoints(rich: Run) -> None:
    report = replayed(rich.lines)

    assert report.is_identical
    assert report.decisions == 303
    assert rich.outcomes[Outcome.WAITING] == 43


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("plan", {"objective": 1}),
        ("plan", {"digest": "0" * 64}),
        ("plan", {"short": [5_000_000, 0]}),
        ("plan", {"upper": 123}),
        ("plan", {"book": "all|work"}),
        ("decision", {"rep": "r01"}),
        ("decision", {"rep": "r00"}),
        ("decision", {"cause": "owner"}),
    ],
)
def test_a_changed_line_is_reported(rich: Run, kind: str, changes: dict[str, Any]) -> None:
    lines = with_change(rich.lines, kind, 0, **changes)
    if lines == rich.lines:
        lines = with_change(rich.lines, kind, 0, rep="nobody")

    assert not replayed(lines).is_identical


def test_a_plan_that_gives_everything_to_one_is_reported_though_all_lines_agree() -> None:
    run = start(document(fair()), team(crowd(2)))
    (made,) = plan_backlog(run.router, [(one.id, prepared(run, one)) for one in leads(8)])
    unfair = replace(made, to=(0,) * 8)
    run.lines += run.writer.plan(unfair)
    for _, ready, decision in deal(run.router, unfair):
        run.lines += run.writer.decision(decision, ready)

    (found,) = replayed(run.lines).differences

    assert "plan.over_capacity" in found.recomputed


def test_somebody_who_may_not_take_it_cannot_be_planned_in() -> None:
    run = start(document(fair(who='rep.id != "ben"')), team(reps("ana", "ben")))
    one = prepared(run, lead("L0"))

    with pytest.raises(CannotPlace, match="no candidate"):
        run.router.place("L0", one, "ben")
    with pytest.raises(CannotPlace, match="no candidate"):
        run.router.place("L0", one, "nobody")


def test_somebody_who_is_full_cannot_be_planned_in() -> None:
    run = start(document(fair()), team(Rep("ana", capacity=0), Rep("ben")))

    with pytest.raises(CannotPlace, match="full"):
        run.router.place("L0", prepared(run, lead("L0")), "ana")


@given(worlds())
def test_books_sum_to_zero_replay_agrees_and_all_can_be_voided(world: World) -> None:
    run = start(world.rules, team(world.reps), loads=world.loads, seed=world.seed)
    plan(run, world.items)

    assert {one.item_id for one in run.decisions} == {item.id for item in world.items}
    assert run.is_sound()
    assert replayed(run.lines).is_identical
    found = find_dealt(run.lines, {item.id for item in world.items}, policy_from_json)
    for decision in reversed(run.decisions):
        dealt = found[decision.item_id]
        void = Edit(
            EditAct.VOID,
            dealt.item_id,
            dealt.book,
            dealt.row,
            dealt.points,
            from_rep=dealt.rep_id,
            originals=tuple(dealt.postings),
            weights=tuple(sorted(dealt.weights.items())),
        )
        run.lines += edit_lines(run.router, void)
    assert not any(book.balance.any() for book in run.router.books.values())
    assert replayed(run.lines).is_identical


# -- why ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 150, 270])
def test_a_planned_decision_is_recalled_and_explained(rich: Run, number: int) -> None:
    stored = [one for one in rich.decisions if one.rep_id][number if number < 260 else -1]

    found = recall(rich.lines, stored.item_id, policy_from_json)

    assert replace(found.decision, step=stored.step) == stored
    winner = stored.rep_id or ""
    other = "r01" if winner == "r00" else "r00"
    assert why(found.router, found.prepared, found.decision, winner).reasons == (
        reason("receipt.won_in_plan"),
    )
    lost = why(found.router, found.prepared, found.decision, other)
    assert lost.reasons[0].code in ("receipt.lost_in_plan", "capacity.open_items")
    assert lost.changes == ()


def test_what_was_left_over_is_recalled_and_explained(rich: Run) -> None:
    stored = [one for one in rich.decisions if not one.rep_id][-1]

    found = recall(rich.lines, stored.item_id, policy_from_json)

    assert replace(found.decision, step=stored.step) == stored
    lost = why(found.router, found.prepared, found.decision, "r00")
    assert lost.reasons[0].code == "capacity.open_items"
