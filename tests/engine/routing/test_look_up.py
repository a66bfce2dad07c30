"""Finding items again: who has them, and what was booked for them, to the micro-point."""

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.ledger.bookings import Act
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.routing.decision import Outcome
from evenhand.engine.routing.edits import Edit, EditAct, edit_lines
from evenhand.engine.routing.look_up import Dealt, find_dealt
from tests.engine.routing.hashed import rich_run
from tests.engine.routing.strategies import World, worlds
from tests.engine.routing.world import (
    WITH_S,
    Run,
    crowd,
    deal,
    document,
    fair,
    lead,
    leads,
    owner,
    points,
    replayed,
    reps,
    rotation,
    rule,
    start,
    team,
)

Balances = dict[str, dict[tuple[str, int], int]]


def balances_of(run: Run) -> Balances:
    """What everybody is owed, by book, person and row; zeros left out."""
    return {
        key: {
            (member, row): int(book.balance[row, position])
            for position, member in enumerate(book.members)
            for row in range(len(book.grades))
            if book.balance[row, position]
        }
        for key, book in run.router.books.items()
    }


def moved(before: Balances, after: Balances) -> Balances:
    """What changed from one moment to another."""
    found: Balances = {}
    for key in after:
        then, now = before.get(key, {}), after[key]
        changes = {at: now.get(at, 0) - then.get(at, 0) for at in {*then, *now}}
        found[key] = {at: amount for at, amount in changes.items() if amount}
    return {key: changes for key, changes in found.items() if changes}


def booked(dealt: Dealt) -> Balances:
    """What the look-up says was booked."""
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for posting in dealt.postings:
        for who, amount in posting.moves:
            sums[who, posting.row] += amount
    changes = {at: amount for at, amount in sums.items() if amount}
    return {dealt.book: changes} if changes else {}


def found_in(lines: list[str], *item_ids: str) -> dict[str, Dealt]:
    return find_dealt(lines, set(item_ids), policy_from_json)


@given(worlds(), st.booleans())
def test_what_is_found_is_what_was_booked_to_the_micro_point(
    world: World, is_compact: bool
) -> None:
    run = start(
        world.rules,
        team(world.reps),
        loads=world.loads,
        seed=world.seed,
        is_compact=is_compact,
    )
    happened = {}
    for item in world.items:
        before = balances_of(run)
        run.deal(item)
        happened[item.id] = moved(before, balances_of(run))

    found = found_in(run.lines, *happened)

    assert {item_id: booked(dealt) for item_id, dealt in found.items()} == happened
    for decision in run.decisions:
        dealt = found[decision.item_id]
        assert (dealt.outcome, dealt.rep_id) == (decision.outcome.value, decision.rep_id or "")
        for posting in dealt.postings:
            assert (posting.sequence, posting.last_before) == (
                decision.sequence,
                decision.last_before,
            )


@given(worlds())
def test_voiding_everything_backwards_through_it_restores_every_book(world: World) -> None:
    run = start(world.rules, team(world.reps), loads=world.loads, seed=world.seed)
    run.deal(world.items)
    found = found_in(run.lines, *(item.id for item in world.items))

    for item in reversed(world.items):
        dealt = found[item.id]
        run.lines += edit_lines(run.router, void_of(dealt))

    for book in run.router.books.values():
        assert not book.balance.any()
        assert not book.last.any()
        assert book.is_sound()
    assert replayed(run.lines).is_identical


def void_of(dealt: Dealt) -> Edit:
    return Edit(
        EditAct.VOID,
        dealt.item_id,
        dealt.book,
        dealt.row,
        dealt.points,
        from_rep=dealt.rep_id,
        originals=tuple(dealt.postings),
        weights=tuple(sorted(dealt.weights.items())),
    )


def test_items_of_a_rich_run_are_found_too() -> None:
    run = rich_run(is_compact=True)

    found = found_in(run.lines, *(one.item_id for one in run.decisions))

    total: dict[str, dict[tuple[str, int], int]] = defaultdict(lambda: defaultdict(int))
    for dealt in found.values():
        for key, changes in booked(dealt).items():
            for at, amount in changes.items():
                total[key][at] += amount
    assert {key: {a: v for a, v in rows.items() if v} for key, rows in total.items()} == {
        key: rows for key, rows in balances_of(run).items() if rows
    }


def test_what_was_handed_over_is_a_charge_and_what_was_dealt_is_not() -> None:
    run = deal(
        document(owner(), fair()), team(reps("ana", "ben")), lead("L0", owned_by="ana"), lead("L1")
    )

    found = found_in(run.lines, "L0", "L1")

    assert [found[one].postings[0].act for one in ("L0", "L1")] == [Act.CHARGED, Act.DEALT]


def test_overflow_from_a_group_with_nobody_is_found_in_the_book_that_shared_it() -> None:
    rules = document(
        fair("first", who=False, if_nobody={"do": "overflow", "rep": "ben"}),
        fair("second", group="other"),
        groups=[{"group": "all", "who": True}, {"group": "other", "members": ["ana", "ben"]}],
    )

    run = deal(rules, team(reps("ana", "ben")), lead("L0", "A"))

    found = found_in(run.lines, "L0")["L0"]
    assert (found.book, found.weights) == ("other|value", {"ana": 100, "ben": 100})
    assert booked(found) == {"other|value": balances_of(run)["other|value"]}


def test_what_an_owner_got_where_everybody_is_credited_is_found_too() -> None:
    rules = document(
        owner(), fair(match=["region"]), fairness={"basis": "equal_totals", "grade_books": False}
    )
    people = team(reps("ana", "ben"), reps("cai", fields={"region": ("北京",)}))

    run = deal(rules, people, lead("L0", "A", owned_by="ana", region="上海"))

    found = found_in(run.lines, "L0")["L0"]
    assert dict(found.postings[0].credited).keys() == {"ana", "ben", "cai"}
    assert booked(found) == balances_of(run)


def test_turns_are_found_in_the_book_that_counts() -> None:
    run = deal(document(rotation()), team(reps("ana", "ben")), leads(3, "A"))

    found = found_in(run.lines, "L2")["L2"]

    assert (found.book, found.row, found.points) == ("all|count", 0, points(8))
    assert found.postings[0].points == points(1)


def test_an_item_that_nobody_got_has_no_posting_but_those_who_would_share_it() -> None:
    rules = document(fair(), capacity={"open_items": 0})

    run = deal(rules, team(reps("ana", "ben")), lead("L0", "A"))

    found = found_in(run.lines, "L0")["L0"]
    assert (found.outcome, found.rep_id, found.postings) == ("waiting", "", [])
    assert (found.book, found.weights) == ("all|value", {"ana": 100, "ben": 100})


@pytest.mark.parametrize(
    "only",
    [fair(when=False), rule("pool", {"strategy": "pool", "pool": "公海"})],
)
def test_an_item_that_no_group_shares_has_no_book(only: dict[str, Any]) -> None:
    run = deal(document(only, pools=[{"pool": "公海"}]), team(reps("ana")), lead("L0"))

    found = found_in(run.lines, "L0")["L0"]
    assert (found.book, found.weights, found.postings) == ("", {}, [])


def test_only_what_was_asked_for_is_found() -> None:
    run = deal(document(fair()), team(crowd(2)), leads(5))

    assert found_in(run.lines, "L1", "L3", "nothing").keys() == {"L1", "L3"}
    assert found_in(run.lines) == {}


def test_the_last_run_has_the_last_word() -> None:
    monday = deal(document(fair(who=False)), team(crowd(2)), lead("L0"))
    tuesday = deal(document(fair()), team(crowd(2)), lead("L0"), books=monday.router.books)

    found = found_in([*monday.lines, *tuesday.lines], "L0")["L0"]

    assert monday.outcomes == {Outcome.WAITING: 1}
    assert (found.outcome, found.rep_id) == ("assigned", tuesday.decisions[0].rep_id)


def test_rows_follow_the_book_where_the_policy_has_other_grades_now() -> None:
    """A new grade gets a new row behind the old ones; older postings keep theirs."""
    monday = deal(document(fair()), team(crowd(3)), leads(4, "ABC"))
    tuesday = deal(
        document(fair(), **WITH_S),
        team(crowd(3)),
        leads(4, "SABC", first=4),
        books=monday.router.books,
    )
    lines = [*monday.lines, *tuesday.lines]

    found = found_in(lines, *(f"L{number}" for number in range(8)))

    assert [found[f"L{number}"].row for number in range(8)] == [0, 1, 2, 0, 3, 0, 1, 2]
    for number in reversed(range(8)):
        edit_lines(tuesday.router, void_of(found[f"L{number}"]))
    assert not tuesday.book.balance.any()


def test_edits_bring_what_was_found_up_to_date() -> None:
    run = deal(document(fair()), team(reps("ana", "ben")), lead("L0"))
    dealt = found_in(run.lines, "L0")["L0"]
    other = "ben" if dealt.rep_id == "ana" else "ana"
    common: dict[str, Any] = {
        "item_id": "L0",
        "book": dealt.book,
        "row": dealt.row,
        "points": dealt.points,
        "weights": tuple(sorted(dealt.weights.items())),
    }

    transfer = Edit(
        EditAct.TRANSFER,
        **common,
        from_rep=dealt.rep_id,
        to_rep=other,
        originals=tuple(dealt.postings),
    )
    run.lines += edit_lines(run.router, transfer)
    after = found_in(run.lines, "L0")["L0"]
    assert (after.outcome, after.rep_id) == ("assigned", other)
    assert [one.act for one in after.postings] == [Act.DEALT, Act.REFUNDED, Act.CHARGED]

    back = Edit(EditAct.RETURN, **common, from_rep=other, originals=tuple(after.postings))
    run.lines += edit_lines(run.router, back)
    returned = found_in(run.lines, "L0")["L0"]
    assert (returned.outcome, returned.rep_id) == ("returned", "")

    void = Edit(EditAct.VOID, **common, originals=tuple(returned.postings))
    run.lines += edit_lines(run.router, void)
    gone = found_in(run.lines, "L0")["L0"]
    assert (gone.outcome, gone.rep_id, gone.postings) == ("void", "", [])
    assert not run.book.balance.any()


def test_an_edit_of_something_never_dealt_finds_nothing() -> None:
    run = deal(document(fair()), team(reps("ana", "ben")), lead("L0"))
    weights = (("ana", 100), ("ben", 100))

    run.lines += edit_lines(
        run.router,
        Edit(EditAct.CLAIM, "P1", "all|value", 0, points(1), to_rep="ana", weights=weights),
    )

    assert found_in(run.lines, "P1") == {}


def test_what_does_not_begin_with_a_run_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with a run line"):
        found_in(['{"t":"decision","i":"L1","c":0}'], "L1")
