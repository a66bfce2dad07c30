"""What a manager changes afterwards: booked, kept in the loads, and replayed like any line."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.ledger.bookings import Act, CannotBook, Posting
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.routing.edits import Edit, EditAct, apply_edit, edit_from_json, edit_lines
from evenhand.engine.routing.look_up import find_dealt
from tests.engine.routing.world import (
    Run,
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
    start,
    team,
)

TRIO = team(reps("ana", "ben", "cai"))
EQUAL = (("ana", 100), ("ben", 100), ("cai", 100))
# To whom, and how much of it the former owner gets back.
transfers = st.tuples(st.sampled_from(("ana", "ben", "cai", "oda")), st.integers(0, 100))
UNLIMITED = {"claim_least_owed": 1_000}


def monday(*rules: dict[str, Any], items: int = 9, **sections: Any) -> Run:
    return deal(document(*rules, **sections), TRIO, leads(items, "ABC"))


def edit_of(run: Run, act: EditAct, item_id: str = "L4", **changes: Any) -> Edit:
    """An act on an item, with what the receipts know of it."""
    dealt = find_dealt(run.lines, {item_id}, policy_from_json)[item_id]
    known = Edit(
        act=act,
        item_id=item_id,
        book=dealt.book,
        row=dealt.row,
        points=dealt.points,
        from_rep=dealt.rep_id,
        originals=tuple(dealt.postings),
        weights=tuple(sorted(dealt.weights.items())),
        actor="boss",
    )
    return replace(known, **changes)


def apply(run: Run, edit: Edit) -> list[Posting]:
    """Book an edit and write its line, as the command does."""
    lines = edit_lines(run.router, edit)
    run.lines += lines
    return [Posting.from_json(one) for one in json.loads(lines[0])["postings"]]


def balances(run: Run) -> dict[str, Any]:
    return {
        key: (book.members[:], book.balance.tolist(), book.last.tolist())
        for key, book in run.router.books.items()
    }


def owner_of(run: Run, item_id: str = "L4") -> str:
    (decision,) = (one for one in run.decisions if one.item_id == item_id)
    assert decision.rep_id is not None
    return decision.rep_id


# -- void ------------------------------------------------------------------------------------------


def test_a_void_leaves_balances_and_loads_as_if_the_item_had_never_come() -> None:
    without = monday(items=4)
    run = monday(items=5)

    postings = apply(run, edit_of(run, EditAct.VOID))

    assert balances(run) == balances(without)
    assert run.loads == without.loads
    assert [posting.act for posting in postings] == [Act.VOIDED]
    assert run.is_sound()
    assert replayed(run.lines).is_identical


@pytest.mark.parametrize("ways", [fair(), rotation()])
def test_voiding_everything_backwards_leaves_the_books_as_they_began(ways: dict[str, Any]) -> None:
    run = monday(ways, items=12)

    for number in reversed(range(12)):
        apply(run, edit_of(run, EditAct.VOID, f"L{number}"))

    assert not run.book.balance.any()
    assert not run.book.last.any()
    assert {load.open_count for load in run.loads.values()} == {0}
    assert replayed(run.lines).is_identical


def test_a_void_of_something_older_keeps_the_waiting_order_of_who_took_more_since() -> None:
    run = monday()
    last = run.book.last.tolist()
    taken_since = [one for one in run.decisions if one.rep_id == owner_of(run, "L0")][-1]
    assert taken_since.item_id != "L0"

    apply(run, edit_of(run, EditAct.VOID, "L0"))

    assert run.book.last.tolist() == last


def test_a_void_of_what_an_owner_got_takes_back_what_he_paid() -> None:
    rules = document(owner(), fair())
    run = deal(rules, team(reps("ana", "ben", "oda")), lead("L4", "A", owned_by="oda"))

    apply(run, edit_of(run, EditAct.VOID))

    assert not run.book.balance.any()
    assert run.loads["oda"].open_count == 0
    assert replayed(run.lines).is_identical


def test_a_void_of_something_nobody_owned_moves_nothing() -> None:
    run = deal(document(fair(who=False)), TRIO, lead("L4"))

    postings = apply(run, edit_of(run, EditAct.VOID))

    assert postings == []
    assert not run.book.balance.any()
    assert replayed(run.lines).is_identical


def test_a_void_after_its_taker_left_is_spread_over_those_who_are_there() -> None:
    run = monday()
    gone = owner_of(run)
    stay = [rep for rep in TRIO.reps if rep.id != gone]
    later = start(document(fair()), team(stay), books=run.router.books, loads=run.loads)

    apply(later, edit_of(run, EditAct.VOID))

    assert later.is_sound()
    assert replayed(later.lines).is_identical


# -- transfer and return ---------------------------------------------------------------------------


def test_a_transfer_refunds_the_one_and_charges_the_other() -> None:
    run = monday()
    giver = owner_of(run)
    taker = next(name for name in ("ana", "ben", "cai") if name != giver)
    third = next(name for name in ("ana", "ben", "cai") if name not in (giver, taker))
    before = {name: run.owed(name) for name in ("ana", "ben", "cai")}

    postings = apply(run, edit_of(run, EditAct.TRANSFER, to_rep=taker))

    # B: five points. The giver has his five back less what he was credited; the other two share.
    third_of_five = points(5) // 3
    assert [posting.act for posting in postings] == [Act.REFUNDED, Act.CHARGED]
    assert run.owed(giver) - before[giver] == pytest.approx(points(5) - third_of_five, abs=1)
    half, share = points(5) // 2, third_of_five
    assert run.owed(taker) - before[taker] == pytest.approx(half - share - points(5), abs=1)
    assert run.owed(third) - before[third] == pytest.approx(half - share, abs=1)
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_a_transfer_moves_the_open_item_from_one_load_to_the_other() -> None:
    run = monday()
    giver = owner_of(run)
    taker = next(name for name in ("ana", "ben", "cai") if name != giver)
    before = run.loads

    apply(run, edit_of(run, EditAct.TRANSFER, to_rep=taker))

    assert run.loads[giver].open_count == before[giver].open_count - 1
    assert run.loads[taker].open_count == before[taker].open_count + 1
    assert run.loads[taker].open_points == before[taker].open_points + points(5)


def test_a_transfer_without_refund_charges_the_new_owner_all_the_same() -> None:
    run = monday()
    giver = owner_of(run)
    taker = next(name for name in ("ana", "ben", "cai") if name != giver)

    postings = apply(run, edit_of(run, EditAct.TRANSFER, to_rep=taker, rate_percent=0))

    refund, charge = postings
    assert refund.moves == ()
    assert dict(charge.moves)[taker] == points(5) // 2 - points(5)
    assert run.is_sound()


@given(st.lists(transfers, max_size=5))
def test_a_void_after_any_transfers_restores_the_balances_exactly(
    moves: list[tuple[str, int]],
) -> None:
    rules = document(
        fair(group="trio"), groups=[{"group": "trio", "members": ["ana", "ben", "cai"]}]
    )
    people = team(reps("ana", "ben", "cai", "oda"))
    run = deal(rules, people, leads(5, "ABC"))
    before = deal(rules, people, leads(4, "ABC"))

    for to_rep, rate in moves:
        apply(run, edit_of(run, EditAct.TRANSFER, to_rep=to_rep, rate_percent=rate))
    apply(run, edit_of(run, EditAct.VOID))

    for name in ("ana", "ben", "cai"):
        at, then = run.book.position(name), before.book.position(name)
        assert run.book.balance[:, at].tolist() == before.book.balance[:, then].tolist()
    assert not run.book.has("oda") or run.owed("oda") == 0
    assert replayed(run.lines).is_identical


def test_a_transfer_to_and_fro_refunds_what_was_paid_last() -> None:
    run, voided_at_once = monday(), monday()
    first = owner_of(run)
    second = next(name for name in ("ana", "ben", "cai") if name != first)

    for to_rep in (second, first, second):
        apply(run, edit_of(run, EditAct.TRANSFER, to_rep=to_rep))
        assert run.is_sound()
    apply(run, edit_of(run, EditAct.VOID))
    apply(voided_at_once, edit_of(voided_at_once, EditAct.VOID))

    assert run.book.balance.tolist() == voided_at_once.book.balance.tolist()
    assert replayed(run.lines).is_identical


def test_a_return_gives_everything_back_and_the_item_is_dealt_again() -> None:
    run = monday()
    giver = owner_of(run)
    before = run.loads[giver].open_count

    apply(run, edit_of(run, EditAct.RETURN))
    (again,) = run.deal(lead("L4", "B", round_=1))

    assert run.loads[giver].open_count == before - (again.rep_id != giver)
    assert again.round == 1
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_what_was_given_back_once_is_not_refunded_again() -> None:
    """He has it for nothing the second time: claimed for free, or put on him by a merge."""
    run = monday()
    returned = apply(run, edit_of(run, EditAct.RETURN))
    before = balances(run)

    again = edit_of(run, EditAct.RETURN)
    postings = apply(run, replace(again, originals=(*again.originals, *returned)))

    assert [posting.act for posting in returned] == [Act.REFUNDED]
    assert postings == [] and balances(run) == before


@pytest.mark.parametrize("rate", [0, 40, 100])
def test_a_void_after_a_return_and_another_deal_takes_back_every_round(rate: int) -> None:
    run = monday(items=4)
    before = run.book.balance.tolist()
    run.deal(lead("L4", "B"))

    apply(run, edit_of(run, EditAct.RETURN, rate_percent=rate))
    run.deal(lead("L4", "B", round_=1))
    apply(run, edit_of(run, EditAct.VOID))

    assert run.book.balance.tolist() == before
    assert replayed(run.lines).is_identical


# -- turns -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("grade", "worth"), [("A", 8), ("C", 1)])
def test_a_transfer_of_what_was_dealt_in_turns_costs_one_turn(grade: str, worth: int) -> None:
    run = deal(document(rotation()), TRIO, lead("L4", grade))
    former = owner_of(run)
    other, third = sorted({"ana", "ben", "cai"} - {former})

    refunded, charged = apply(run, edit_of(run, EditAct.TRANSFER, to_rep=other))

    assert refunded.moves == tuple(
        sorted({former: 666_666, other: -333_333, third: -333_333}.items())
    )
    assert (charged.taker, charged.points) == (other, points(1))
    assert charged.moves == tuple(sorted({other: -500_000, third: 500_000}.items()))
    position = run.router.roster.position[other]
    assert run.router.loads.open_points[position] == points(worth)
    assert replayed(run.lines).is_identical


# -- claim, assign, credit -------------------------------------------------------------------------


def test_a_claim_from_a_pool_is_paid_by_the_claimer_and_credited_to_the_group() -> None:
    pooled = fair(who=False, if_nobody={"do": "pool", "pool": "公海"})
    run = deal(document(pooled, pools=[{"pool": "公海"}]), TRIO, lead("L4", "A"))

    edit = edit_of(run, EditAct.CLAIM, to_rep="ana", weights=EQUAL, book="all|value")
    (posting,) = apply(run, edit)

    assert posting.act is Act.CLAIMED
    assert run.owed("ana") == pytest.approx(-points(8) * 2 // 3, abs=2)
    assert run.loads["ana"].open_count == 1
    assert replayed(run.lines).is_identical


def test_a_claim_is_refused_to_whoever_is_too_far_ahead() -> None:
    run = monday(items=0)
    run.deal(lead("first", "A"))
    ana_is_ahead = run.owed("ana") < 0
    claim = Edit(EditAct.CLAIM, "P", "all|value", 0, points(8), to_rep="ana", weights=EQUAL)

    for number in range(1 if ana_is_ahead else 2):
        apply(run, replace(claim, item_id=f"P{number}"))
    owed, loads = run.book.owed.tolist(), run.loads
    with pytest.raises(CannotBook) as refused:
        apply_edit(run.router, claim)

    # −P by default: whoever is more than one largest item ahead waits until he is not.
    assert refused.value.code == "book.too_far_ahead"
    assert refused.value.params["least"] == -points(8)
    assert (run.book.owed.tolist(), run.loads) == (owed, loads)


def test_how_far_ahead_a_claimer_may_be_is_the_policy_s_to_say() -> None:
    run = monday(items=1, fairness={"claim_least_owed": 0})
    claimer = owner_of(run, "L0")
    claim = Edit(EditAct.CLAIM, "P1", "all|value", 0, points(1), to_rep=claimer, weights=EQUAL)

    with pytest.raises(CannotBook):
        apply_edit(run.router, claim)


def test_what_claims_leave_others_owed_is_capped_at_five_of_the_largest() -> None:
    run = monday(items=1, fairness=UNLIMITED)
    weights = (("ben", 100),)
    claim = Edit(EditAct.CLAIM, "P", "all|value", 0, points(8), to_rep="ana", weights=weights)

    for number in range(8):
        apply(run, replace(claim, item_id=f"P{number}"))

    assert run.owed("ben") <= points(40)
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_what_waited_is_assigned_by_hand_and_paid() -> None:
    run = deal(document(fair(), capacity={"open_items": 0}), TRIO, lead("L4", "A"))
    assert run.decisions[0].rep_id is None

    (posting,) = apply(run, edit_of(run, EditAct.ASSIGN, to_rep="ben"))

    # Everybody was full; a manager who hands it out credits those who would have shared it.
    assert posting.act is Act.CHARGED
    assert dict(posting.credited).keys() == {"ana", "ben", "cai"}
    assert run.loads["ben"].open_count == 1
    assert run.is_sound()
    assert replayed(run.lines).is_identical


@pytest.mark.parametrize("act", [EditAct.ASSIGN, EditAct.CLAIM, EditAct.TRANSFER])
def test_where_nobody_could_have_taken_it_nobody_is_credited_and_nothing_is_paid(
    act: EditAct,
) -> None:
    run = monday(items=5)
    before = run.book.owed.tolist()

    edit = edit_of(run, act, to_rep="ben", weights=(), from_rep="", originals=())
    postings = apply(run, edit)

    assert [posting.moves for posting in postings] == [()]
    assert run.book.owed.tolist() == before
    assert replayed(run.lines).is_identical


def test_an_act_on_what_no_book_knows_changes_only_loads() -> None:
    run = deal(document(owner(), rotation()), TRIO, lead("L4", "A", owned_by="ana"))

    edit = edit_of(run, EditAct.TRANSFER, to_rep="ben")
    postings = apply(run, edit)

    assert (edit.book, postings) == ("", [])
    assert (run.loads["ana"].open_count, run.loads["ben"].open_count) == (0, 1)
    assert replayed(run.lines).is_identical


def test_an_upheld_appeal_is_credited() -> None:
    run = monday(items=0)
    run.deal(lead("first", "A"))
    before = run.owed("cai")

    apply(run, Edit(EditAct.CREDIT, "", "all|value", 0, points(3), to_rep="cai", weights=EQUAL))

    assert run.owed("cai") == before + points(2)
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_a_credit_for_somebody_outside_is_refused() -> None:
    run = monday(items=1)

    with pytest.raises(CannotBook, match=r"book\.not_a_member"):
        apply_edit(
            run.router,
            Edit(EditAct.CREDIT, "", "all|value", 0, points(3), to_rep="zoe", weights=EQUAL),
        )


def test_people_who_are_not_here_have_no_load_to_change() -> None:
    run = monday()

    apply(run, edit_of(run, EditAct.TRANSFER, to_rep="somebody else"))

    assert "somebody else" not in run.loads
    assert run.book.guests == {"somebody else"}
    assert run.is_sound()


def test_dealing_goes_on_after_edits_and_replays() -> None:
    run = monday(items=30)

    apply(run, edit_of(run, EditAct.VOID, "L7"))
    apply(run, edit_of(run, EditAct.TRANSFER, "L8", to_rep="ana"))
    run.deal(leads(300, "ABC", first=30))

    report = replayed(run.lines)
    assert report.is_identical
    assert (report.decisions, report.edits) == (330, 2)


# -- storing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", list(EditAct))
def test_an_edit_survives_storing(act: EditAct) -> None:
    run = monday()

    edit = edit_of(run, act, to_rep="ben", note="客户要求", rate_percent=40)

    assert edit_from_json(json.loads(json.dumps(edit.as_json()))) == edit


def test_an_edit_says_who_did_it_and_why() -> None:
    run = monday()

    apply(run, edit_of(run, EditAct.VOID, note="重复"))

    data = json.loads(run.lines[-1])
    assert (data["t"], data["act"], data["i"], data["by"], data["note"]) == (
        "edit",
        "void",
        "L4",
        "boss",
        "重复",
    )


def test_a_changed_edit_line_is_reported() -> None:
    run = monday()
    apply(run, edit_of(run, EditAct.VOID))

    run.lines[-1] = run.lines[-1].replace('"act":"void"', '"act":"return"')

    assert replayed(run.lines).different == 1
