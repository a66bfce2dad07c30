"""`evenhand book`: what a manager changes afterwards is booked, on record, and goes on."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.engine.facts import POINT
from evenhand.engine.ledger.book import Book
from tests.cli.test_state import full_disk
from tests.cli.world import Desk, Ran, Results, made_leads, people, policy, pool, share

NEXT_MONDAY = "2026-03-09T09:00"
HALF_POOLED = policy(share(when="lead.grade in ('A', 'B')"), pool())


def balances(results: Results) -> dict[str, Any]:
    """Everything of the books that says who is owed what and who waited how long."""
    return {
        key: (book.members, book.grades, book.balance.tolist())
        for key, book in results.books.items()
    }


def is_sound(results: Results) -> bool:
    return all(book.is_sound() for book in results.books.values())


def only_book(results: Results) -> Book:
    (book,) = results.books.values()
    return book


def of_grade(results: Results, grade: str) -> str:
    """The first lead of a grade that somebody got."""
    return next(
        row["item"] for row in results.assignments if row["grade"] == grade and row["owner-id"]
    )


# -- void --------------------------------------------------------------------------------------


def test_a_voided_lead_leaves_the_books_as_if_it_had_never_come(desk: Desk) -> None:
    rows = made_leads(9)
    desk.csv("leads.csv", rows)
    without = desk.route(out="without")
    desk.csv("leads.csv", [*rows, "X1,A"])
    results = desk.route()
    assert balances(results) != balances(without)

    ran = desk.book("X1,void,,,,号码是空号,王经理")

    assert ran.code == 0
    assert "Booked 1 change" in ran.said
    assert balances(results) == balances(without)
    assert only_book(results).last.tolist() == only_book(without).last.tolist()
    assert results.state["loads"] == without.state["loads"]
    assert is_sound(results)


def test_whoever_lost_a_lead_by_void_is_next_for_the_same(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(12))
    results = desk.route()
    item = results.assignments[-1]["item"]
    owner = results.owners[item]
    desk.csv("leads.csv", ["线索编号,等级", f"X1,{results.assignments[-1]['grade']}"])

    desk.book(f"{item},void,,,,,")

    assert desk.route(at=NEXT_MONDAY).owners == {"X1": owner}


def test_voiding_every_lead_brings_everybody_to_zero(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(17))
    results = desk.route()

    ran = desk.book(*(f"L{number},void,,,,," for number in (*range(9, 18), *range(1, 9))))

    assert ran.code == 0
    assert not only_book(results).balance.any()
    assert {load[0] for load in results.state["loads"].values()} <= {0}


def test_a_voided_lead_is_not_dealt_again(desk: Desk) -> None:
    desk.route()
    desk.book("L1,void,,,,,")

    assert desk.route(at=NEXT_MONDAY).assignments == []


# -- the state of another run -------------------------------------------------------------------

OTHERS = policy(share(group="others"), groups=[{"group": "others", "who": True}])


@pytest.mark.parametrize("seed", ["seed", "another"])
def test_the_state_of_another_run_is_refused_and_nothing_is_booked(desk: Desk, seed: str) -> None:
    results = desk.route("--policy", desk.policy(policy()))
    document = desk.policy(OTHERS if seed == "seed" else policy(), "others.json")
    desk.route("--seed", seed, "--policy", document, out="other")
    foreign = desk.path("other") / "state.json"
    before, theirs = results.contents(), foreign.read_bytes()
    desk.csv("edits.csv", ["lead,act,to", "L1,void,"])

    ran = desk.run("book", desk.path("edits.csv"), "--out", results.folder, "--state", foreign)

    assert ran.code == 2
    assert ran.complaints == [
        "state.json belongs to another run than these receipts; "
        "give the state of this run with --state"
    ]
    assert (results.contents(), foreign.read_bytes()) == (before, theirs)


# -- rows that cannot be read -----------------------------------------------------------------


def test_a_row_with_too_many_cells_is_said_and_the_others_are_booked(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(3))
    desk.route()
    desk.path("edits.csv").write_text(
        "lead,act,reason\nL1,void,wrong number, says the rep\nL2,void,twice\n", "utf-8"
    )

    ran = desk.run("book", desk.path("edits.csv"), "--out", desk.path("out"))

    assert ran.code == 1
    assert [line["i"] for line in desk.results().lines("edit")] == ["L2"]
    assert ran.complaints == [
        "Row 2 was not booked: The row has 4 cells for 3 columns; "
        "put text that contains the delimiter in quotation marks"
    ]


# -- transfer ----------------------------------------------------------------------------------


@pytest.fixture
def dealt(desk: Desk) -> Results:
    """Twelve leads, three a grade, dealt to three people."""
    desk.csv("leads.csv", made_leads(12))
    return desk.route()


def test_a_transfer_moves_the_lead_and_its_points(desk: Desk, dealt: Results) -> None:
    item = of_grade(dealt, "A")
    owner = dealt.owners[item]
    other = next(rep for rep in ("R1", "R2", "R3") if rep != owner)
    before, loads = dealt.owed, dealt.state["loads"]

    ran = desk.book(f"{item},transfer,{other},,,客户要求,王经理")

    after = dealt.owed
    assert ran.code == 0
    assert after[owner] > before[owner]
    assert after[other] < before[other]
    assert sum(after.values()) == 0
    assert dealt.state["loads"][owner][0] == loads[owner][0] - 1
    assert dealt.state["loads"][other][0] == loads[other][0] + 1
    assert is_sound(dealt)


def test_the_new_owner_pays_in_full_and_the_former_gets_back_what_was_agreed(
    desk: Desk, dealt: Results
) -> None:
    item = of_grade(dealt, "A")
    owner = dealt.owners[item]
    other = next(rep for rep in ("R1", "R2", "R3") if rep != owner)

    moves: dict[int, dict[str, int]] = {}
    for rate in (0, 50, 100):
        copy = shutil.copytree(dealt.folder, desk.path(f"copy{rate}"))
        desk.book(f"{item},transfer,{other},,{rate},,", out=copy.name)
        after = Results(copy).owed
        moves[rate] = {rep: after[rep] - owed for rep, owed in dealt.owed.items()}

    # Refunds are taken from the three who were credited: two thirds of it leave the owner's share.
    assert moves[100][owner] - moves[0][owner] == 2 * (moves[50][owner] - moves[0][owner])
    assert moves[100][owner] - moves[0][owner] == pytest.approx(8 * POINT * 2 / 3, abs=2)
    assert moves[0][other] < moves[50][other] + 8 * POINT
    assert all(sum(parts.values()) == 0 for parts in moves.values())


@pytest.mark.parametrize("rate", ["50", "50%", "0.5", "５０％"])
def test_half_a_refund_may_be_written_in_many_ways(desk: Desk, dealt: Results, rate: str) -> None:
    desk.book(f"L1,return,,,{rate},,")

    assert [line["rate"] for line in dealt.lines("edit")] == [50]


@pytest.mark.parametrize("rate", ["", "100", "100%", "1"])
def test_a_refund_is_whole_unless_said_otherwise(desk: Desk, dealt: Results, rate: str) -> None:
    desk.book(f"L1,return,,,{rate},,")

    assert [line["rate"] for line in dealt.lines("edit")] == [100]


def test_a_transferred_lead_can_be_voided_and_nothing_remains(desk: Desk) -> None:
    rows = made_leads(9)
    desk.csv("leads.csv", rows)
    without = desk.route(out="without")
    desk.csv("leads.csv", [*rows, "X1,A"])
    results = desk.route()
    other = next(rep for rep in ("R1", "R2", "R3") if rep != results.owners["X1"])

    ran = desk.book(f"X1,transfer,{other},,,,", "X1,void,,,,,")

    assert ran.code == 0
    assert balances(results) == balances(without)
    assert results.state["loads"] == without.state["loads"]


def test_a_lead_may_go_to_somebody_outside_the_group(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,a", "R2,林二,a", "R9,外人,b", header="工号,姓名,团队"))
    rules = policy(share(group="a"), groups=[{"group": "a", "who": "rep.team = 'a'"}])
    results = desk.route("--policy", desk.policy(rules))
    item = next(iter(results.owners))

    ran = desk.book(f"{item},transfer,外人,,,,")

    assert ran.code == 0
    assert only_book(results).guests == {"R9"}
    assert is_sound(results)
    assert desk.replay().code == 0


# -- return ------------------------------------------------------------------------------------


def test_a_returned_lead_is_dealt_again_next_time(desk: Desk) -> None:
    before = desk.route()
    owner = before.owners["L1"]
    loads = before.state["loads"]

    ran = desk.book("L1,return,,,,,")
    state = desk.results().state
    after = desk.route(at=NEXT_MONDAY)

    assert ran.code == 0
    assert state["loads"].get(owner, [0])[0] == loads[owner][0] - 1
    assert after.owners.keys() == {"L1"}
    assert after.owners["L1"]
    assert desk.route(at=NEXT_MONDAY).assignments == []
    assert desk.replay().code == 0


def test_a_returned_lead_without_an_id_is_dealt_again_too(desk: Desk) -> None:
    desk.csv("leads.csv", ["姓名,手机", "张三,13812345678", "李四,13812345679"])
    item = desk.route().assignments[0]["item"]

    desk.book(f"{item},return,,,,,")

    assert desk.route(at=NEXT_MONDAY).owners.keys() == {item}


def test_a_return_without_refund_leaves_the_points_paid(desk: Desk, dealt: Results) -> None:
    item = of_grade(dealt, "A")
    before = dealt.owed

    desk.book(f"{item},return,,,0,,")

    assert dealt.owed == before
    assert is_sound(dealt)


# -- claim, assign, credit ---------------------------------------------------------------------


def test_a_claim_from_the_pool_is_paid_for(desk: Desk) -> None:
    rules = policy(
        share(when="lead.grade = 'A'"),
        share("overflow", when="lead.grade = 'B'", who="rep.id = 'nobody'")
        | {"if_nobody": {"do": "pool", "pool": "open"}},
    )
    desk.csv("leads.csv", ["线索编号,等级", "L1,A", "L2,B", "L3,B"])
    results = desk.route("--policy", desk.policy(rules))
    assert [row["outcome"] for row in results.assignments[1:]] == ["in the public pool"] * 2
    owed = results.owed
    first = max(owed, key=lambda rep: owed[rep])

    ran = desk.book(f"L2,claim,{first},,,,")

    assert ran.code == 0
    assert results.state["loads"][first][0] == 1
    assert is_sound(results)
    assert desk.replay().code == 0


def test_whoever_is_too_far_ahead_may_not_claim(desk: Desk) -> None:
    rule = share() | {"if_nobody": {"do": "pool", "pool": "open"}}
    desk.csv("leads.csv", made_leads(14, "线索编号,等级", lambda number: f"L{number},A"))
    desk.csv("team.csv", people("R1,陈一,3", "R2,林二,3", header="工号,姓名,容量上限"))
    results = desk.route("--policy", desk.policy(policy(rule)))
    pooled = [item for item, owner in results.owners.items() if not owner]
    assert len(pooled) == 8

    ran = desk.book(*(f"{item},claim,R1,,,," for item in pooled))

    # Each claim costs eight points and credits him with four; below -8 he may not claim.
    assert ran.code == 1
    assert results.owed == {"R1": -12 * POINT, "R2": 12 * POINT}
    assert ran.complaints[-1] == (
        "Row 9 was not booked: 陈一 is ahead by 12 points; the limit for claiming: "
        "ahead by 8 points"
    )
    assert desk.book(f"{pooled[-1]},claim,R2,,,,").code == 0
    assert is_sound(results)


def test_what_nobody_could_take_is_assigned_by_hand_and_not_dealt_again(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,离职", "R2,林二,", header="工号,姓名,在职状态"))
    rules = policy(share(who="rep.id = 'R1'"))
    results = desk.route("--policy", desk.policy(rules))
    assert not any(results.owners.values())

    ran = desk.book("L1,assign,林二,,,急,王经理")
    again = desk.route("--policy", desk.policy(rules), at=NEXT_MONDAY)

    assert ran.code == 0
    assert again.owners.keys() == {"L2", "L3", "L4"}
    assert again.state["loads"]["R2"][0] == 1
    assert desk.replay().code == 0


def test_a_credit_makes_somebody_owed_more(desk: Desk, dealt: Results) -> None:
    before = dealt.owed

    ran = desk.book("L1,credit,R2,2.5,,申诉成立,王经理", ",credit,林二,1,,,")

    after = dealt.owed
    assert ran.code == 0
    assert after["R2"] - before["R2"] == pytest.approx(3.5 * POINT * 2 / 3, abs=4)
    assert sum(after.values()) == 0
    assert is_sound(dealt)
    assert desk.replay().code == 0


# -- refusals ----------------------------------------------------------------------------------

REFUSED = {
    "no act": ("L1,,,,,,", "No act"),
    "an unknown act": ("L1,delete,,,,,", "delete"),
    "no lead": (",void,,,,,", "No lead is named"),
    "an unknown lead": ("L99,void,,,,,", "L99"),
    "nobody named": ("L1,transfer,,,,,", "No person is named"),
    "an unknown person": ("L1,transfer,Nobody,,,,", "Nobody"),
    "somebody who left": ("L1,transfer,R9,,,,", "has left or is deactivated"),
    "a credit without points": ("L1,credit,R1,,,,", "points"),
    "a credit for somebody who left": (",credit,R9,3,,,", "R9"),
    "a credit for somebody in no book": (",credit,R8,3,,,", "郑五 is not in the ledger"),
    "more than everything back": ("L1,return,,,120,,", "120"),
    "less than nothing back": ("L1,return,,,-5,,", "-5"),
    "a refund that is no number": ("L1,return,,,alles,,", "alles"),
    "points that are no number": ("L1,credit,R1,viel,,,", "viel"),
    "points below zero": ("P1,assign,R1,-3,,,", "-3"),
    "a transfer of what nobody has": ("P1,transfer,R1,,,,", "P1"),
    "a return of what nobody has": ("P1,return,,,,,", "P1"),
    "a claim of what somebody has": ("L1,claim,R1,,,,", "L1"),
    "a transfer to whoever has it": ("L1,transfer,L1-owner,,,,", "is owned by"),
    "an assignment of what somebody has": ("L1,assign,R1,,,,", "L1"),
}


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk where L1 to L4 have owners, P1 lies in a pool and R9 left."""
    desk = Desk(tmp_path_factory.mktemp("refusing"))
    header = "工号,姓名,在职状态,团队"
    members = ("R1,陈一,,a", "R2,林二,,a", "R8,郑五,,b", "R9,周三,离职,a")
    desk.csv("team.csv", people(*members, header=header))
    desk.csv("leads.csv", [*made_leads(4), "P1,Z"])
    rules = policy(
        share(when="lead.id != 'P1'"), pool(), groups=[{"group": "all", "who": "rep.team = 'a'"}]
    )
    desk.route("--policy", desk.policy(rules))
    return desk


@pytest.mark.parametrize("what", REFUSED)
def test_a_change_that_cannot_be_booked_is_refused(refusing: Desk, what: str) -> None:
    row, told = REFUSED[what]
    row = row.replace("L1-owner", refusing.results().owners["L1"])
    before = refusing.results().contents()

    ran = refusing.book(row)

    assert ran.code == 1
    assert "Booked 0 changes; 1 refused" in ran.said
    (complaint,) = ran.complaints
    assert complaint.startswith("Row 2 was not booked: ")
    assert told in complaint
    assert refusing.results().contents() == before


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("what", REFUSED)
def test_refusals_are_said_in_three_languages(refusing: Desk, what: str, lang: str) -> None:
    row = REFUSED[what][0].replace("L1-owner", refusing.results().owners["L1"])

    ran = refusing.book(row, lang=lang)

    assert len(ran.complaints) == 1
    assert not any(rest in ran.complained for rest in ("None", "{", "no-value", "_"))


def test_what_is_void_cannot_be_voided_again(desk: Desk, dealt: Results) -> None:
    ran = desk.book("L1,void,,,,,", "L1,void,,,,,")

    assert ran.code == 1
    assert "Booked 1 change; 1 refused" in ran.said
    assert "is void already" in ran.complained
    assert desk.book("L1,void,,,,,").code == 1
    assert desk.book("L1,transfer,R1,,,,").code == 1


def test_the_good_rows_are_booked_and_the_bad_ones_named(desk: Desk, dealt: Results) -> None:
    ran = desk.book("L1,void,,,,,", "L99,void,,,,,", "L2,nonsense,,,,,", "L3,void,,,,,")

    assert ran.code == 1
    assert "Booked 2 changes; 2 refused" in ran.said
    assert [line.split(" was")[0] for line in ran.complaints] == ["Row 3", "Row 4"]
    assert [line["i"] for line in dealt.lines("edit")] == ["L1", "L3"]


# -- the sheet ---------------------------------------------------------------------------------


def test_edits_may_be_written_in_chinese(desk: Desk, dealt: Results) -> None:
    path = desk.csv(
        "更改.csv",
        [
            "线索编号,操作,转给,分值,退还比例,原因,操作人",
            "L1,作废,,,,空号,王经理",
            "L2,补分,林二,2,,,",
        ],
        "gbk",
    )

    ran = desk.run("book", path, "--out", dealt.folder, lang="zh-Hans")

    assert ran.code == 0
    assert ran.said.strip() == "已登记 2 项更改，0 项未登记。"
    assert [(line["act"], line["by"], line["note"]) for line in dealt.lines("edit")] == [
        ("void", "王经理", "空号"),
        ("credit", "", ""),
    ]


def test_edits_may_be_a_workbook_with_numbers(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,等级", "1001,A", "1002,B"])
    results = desk.route()
    path = desk.xlsx("edits.xlsx", [["lead", "act", "to", "points"], [1001, "credit", "R1", 2.5]])

    ran = desk.run("book", path, "--out", results.folder)

    assert ran.code == 0
    assert results.lines("edit")[0]["points"] == 2_500_000


def test_a_sheet_with_no_edits_changes_nothing(desk: Desk, dealt: Results) -> None:
    before = dealt.contents()

    ran = desk.book()

    assert ran.code == 0
    assert dealt.contents() == before


# -- going on ----------------------------------------------------------------------------------


def test_after_booking_every_decision_and_change_replays(desk: Desk, dealt: Results) -> None:
    items = list(dealt.owners)
    other = next(rep for rep in ("R1", "R2") if rep != dealt.owners[items[1]])
    desk.book(
        f"{items[0]},void,,,,,", f"{items[1]},transfer,{other},,50,,", f"{items[2]},return,,,,,"
    )

    ran = desk.replay()

    assert ran.code == 0
    assert "12 decisions, 3 later changes" in ran.said


def test_the_next_run_goes_on_from_the_books_as_changed(desk: Desk, dealt: Results) -> None:
    desk.book("L1,void,,,,,", "L2,credit,R3,5,,,")
    books = dealt.state["books"]
    desk.csv("leads.csv", made_leads(5, first=20))

    results = desk.route(at=NEXT_MONDAY)

    assert results.lines("start")[-1]["books"] == books
    assert desk.replay().code == 0


def test_what_an_earlier_run_dealt_can_still_be_changed(desk: Desk, dealt: Results) -> None:
    desk.csv("leads.csv", made_leads(5, first=20))
    results = desk.route(at=NEXT_MONDAY)

    ran = desk.book("L1,void,,,,,", "L21,void,,,,,")

    assert ran.code == 0
    assert is_sound(results)
    assert desk.replay().code == 0


def test_what_somebody_who_left_had_can_be_changed(desk: Desk, dealt: Results) -> None:
    gone = dealt.owners["L1"]
    desk.csv("team.csv", people(*(f"{rep},某{rep}" for rep in ("R1", "R2", "R3") if rep != gone)))
    desk.csv("leads.csv", made_leads(5, first=20))
    results = desk.route(at=NEXT_MONDAY)
    other = next(iter(results.owed))
    mine = [item for item, owner in dealt.owners.items() if owner == gone]

    ran = desk.book("L1,void,,,,,", f"{mine[1]},transfer,{other},,,,")

    assert ran.code == 0
    assert gone not in results.owed
    assert is_sound(results)
    assert desk.replay().code == 0


def test_changes_are_told_when_a_lead_is_explained(desk: Desk, dealt: Results) -> None:
    other = next(rep for rep in ("R1", "R2", "R3") if rep != dealt.owners["L1"])
    desk.book(f"L1,transfer,{other},,,客户要求,王经理", "L2,void,,,,,")

    names = {"R1": "陈一", "R2": "林二", "R3": "周三"}
    told = f"Transferred to {names[other]} later (by 王经理; reason: 客户要求)"
    assert told in desk.explain("L1").said
    assert "Voided later" in desk.explain("L2").said
    assert "later" not in desk.explain("L3").said.lower()


def test_books_kept_elsewhere_are_changed_there(desk: Desk) -> None:
    state = desk.path("mine.json")
    results = desk.route("--state", state)
    before = state.read_text("utf-8")
    path = desk.csv("edits.csv", ["lead,act", "L1,void"])

    ran = desk.run("book", path, "--out", results.folder, "--state", state)

    assert ran.code == 0
    assert state.read_text("utf-8") != before
    assert "state.json" not in results.names


def test_a_full_disk_leaves_receipts_and_state_as_they_were(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(200))
    results = desk.route()
    before = results.contents()

    with full_disk(results.receipts.stat().st_size + 100):
        ran = desk.book("L1,void,,,,,", "L2,void,,,,,")

    assert ran.code == 2
    assert len(ran.complaints) == 1
    assert results.contents() == before


# -- any changes at all ------------------------------------------------------------------------

_items = st.sampled_from([f"L{number}" for number in range(1, 13)] + ["", "L99"])
_reps = st.sampled_from(["R1", "R2", "林二", "周三", "", "R9"])
_numbers = st.sampled_from(["", "0", "1", "2.5", "50", "100"])
_acts = st.sampled_from(["void", "transfer", "return", "claim", "assign", "credit"])
_edits = st.lists(
    st.tuples(_items, _acts, _reps, _numbers, _numbers).map(
        lambda cells: ",".join([*cells, "", ""])
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def pooled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Twelve leads, half of them dealt to three people with little room, half in a pool."""
    desk = Desk(tmp_path_factory.mktemp("pooled"))
    desk.csv("leads.csv", made_leads(12))
    header = "工号,姓名,容量上限"
    desk.csv("team.csv", people("R1,陈一,2", "R2,林二,", "R3,周三,3", header=header))
    desk.route("--policy", desk.policy(HALF_POOLED))
    return desk


@settings(max_examples=25)
@given(edits=_edits, more=_edits)
def test_whatever_is_booked_the_books_add_up_and_replay(
    pooled: Desk, tmp_path_factory: pytest.TempPathFactory, edits: list[str], more: list[str]
) -> None:
    folder: Path = tmp_path_factory.mktemp("edits")
    shutil.copytree(pooled.path("out"), folder / "out")
    desk = Desk(folder)

    first: Ran = desk.book(*edits)
    second: Ran = desk.book(*more)

    results = desk.results()
    assert {first.code, second.code} <= {0, 1}
    assert is_sound(results)
    replayed = desk.replay()
    assert replayed.code == 0
    booked = len(results.lines("edit"))
    assert f"{booked} later change" in replayed.said
    assert json.loads(json.dumps(results.state["books"])) == results.state["books"]
