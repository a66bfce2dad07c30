"""`evenhand route` week after week: what one run leaves to the next, and what never is lost."""

import json
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread, get_ident
from typing import Any

import pytest

from evenhand.cli.route.publish import sole_use
from tests.cli.world import LEADS, Desk, Results, made_leads, people, policy, pool, share
from tests.processes import until

MONDAY, NEXT_MONDAY = "2026-03-02T09:00", "2026-03-09T09:00"


def two_weeks(desk: Desk, first: list[str], second: list[str], *args: object) -> Results:
    """Deal one sheet on Monday and another a week later."""
    desk.csv("week1.csv", first)
    desk.csv("week2.csv", second)
    desk.route(*args, leads="week1.csv", at=MONDAY)
    return desk.route(*args, leads="week2.csv", at=NEXT_MONDAY)


# -- going on ----------------------------------------------------------------------------------


def test_next_monday_s_run_goes_on_where_the_last_one_stopped(desk: Desk) -> None:
    results = two_weeks(desk, made_leads(7), made_leads(8, first=8))

    first, second = results.lines("start")
    assert first["books"] == {}
    (before,) = second["books"].values()
    assert before["sequence"] == 7
    (book,) = results.books.values()
    assert book.sequence == 15
    assert book.is_sound()
    assert results.state["runs"] == 2


def test_two_weeks_are_as_even_as_one_long_sheet(desk: Desk) -> None:
    header = "线索编号"
    results = two_weeks(
        desk,
        made_leads(4, header, lambda number: f"L{number}"),
        made_leads(5, header, lambda number: f"M{number}"),
    )

    loads = {rep: load[0] for rep, load in results.state["loads"].items()}
    assert loads == {"R1": 3, "R2": 3, "R3": 3}


def test_receipts_of_all_runs_stand_in_one_file_that_replays_and_explains(desk: Desk) -> None:
    two_weeks(desk, made_leads(7), made_leads(8, first=8))

    ran = desk.replay()

    assert ran.code == 0
    assert "2 runs" in ran.said
    assert "15 decisions" in ran.said
    for lead in ("L2", "L12"):
        explained = desk.explain(lead)
        assert explained.code == 0
        assert lead in explained.said


def test_a_full_person_is_still_full_next_week(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,5", "R2,林二,", header="工号,姓名,容量上限"))

    results = two_weeks(desk, made_leads(8), made_leads(8, first=9))

    assert results.state["loads"]["R1"][0] == 5
    assert results.state["loads"]["R2"][0] == 11


def test_what_the_team_sheet_says_of_open_leads_counts_more_than_last_week(desk: Desk) -> None:
    header = "工号,姓名,容量上限,当前在手"
    desk.csv("team.csv", people("R1,陈一,4,0", "R2,林二,9,0", header=header))
    desk.csv("week1.csv", made_leads(8))
    desk.csv("week2.csv", made_leads(6, first=9))
    desk.route(leads="week1.csv", at=MONDAY)
    # R1 closed everything meanwhile; of R2 nothing is said.
    desk.csv("team.csv", people("R1,陈一,4,0", "R2,林二,9,", header=header))

    results = desk.route(leads="week2.csv", at=NEXT_MONDAY)

    assert results.received["R1"] > 0
    assert results.state["loads"]["R2"][0] == 4 + results.received["R2"]


def test_a_rolling_window_remembers_the_days_before(desk: Desk) -> None:
    cap = {"cap": "weekly", "per": "week", "kind": "rolling", "items": 3}
    file = desk.policy(policy(capacity={"windows": [cap]}))
    desk.csv("week1.csv", made_leads(6))
    desk.csv("week2.csv", made_leads(9, first=7))
    desk.route("--policy", file, leads="week1.csv", at="2026-03-02T09:00")

    soon = desk.route("--policy", file, leads="week2.csv", at="2026-03-04T09:00").received
    later = desk.route("--policy", file, leads="week2.csv", at="2026-03-20T09:00").received

    assert soon.total() == 3
    assert later.total() == 6


def test_whoever_has_a_company_keeps_it_next_week(desk: Desk) -> None:
    desk.csv("week1.csv", ["线索编号,公司", *(f"L{n},公司{n}" for n in range(6))])
    desk.csv("week2.csv", ["线索编号,公司", *(f"M{n},公司{n}" for n in range(6))])
    first = desk.route(leads="week1.csv", at=MONDAY).owners

    second = desk.route(leads="week2.csv", at=NEXT_MONDAY).owners

    assert {f"M{item[1:]}": rep for item, rep in first.items()} == second


def test_a_company_of_somebody_who_left_gets_a_new_owner_who_keeps_it(desk: Desk) -> None:
    header = "工号,姓名,在职状态"
    desk.csv("week1.csv", ["线索编号,公司", "L1,甲公司"])
    desk.csv("week2.csv", ["线索编号,公司", *(f"M{n},甲公司" for n in range(5))])
    gone = desk.route(leads="week1.csv", at=MONDAY).owners["L1"]
    states = [f"{rep},某{rep},{'离职' if rep == gone else '在职'}" for rep in ("R1", "R2", "R3")]
    desk.csv("team.csv", people(*states, header=header))

    results = desk.route(leads="week2.csv", at=NEXT_MONDAY)

    assert len(set(results.owners.values())) == 1
    assert gone not in results.owners.values()


def test_the_seed_stays_that_of_the_first_run(desk: Desk) -> None:
    desk.csv("week2.csv", made_leads(3, first=9))
    desk.route("--seed", "mine")
    results = desk.route("--seed", "other", leads="week2.csv")

    assert results.state["seed"] == "mine"
    assert [line["seed"] for line in results.lines("run")] == ["mine", "mine"]


# -- what was dealt ----------------------------------------------------------------------------


def test_what_was_routed_is_passed_over_by_id_phone_or_mail(desk: Desk) -> None:
    header = "线索编号,手机,邮箱"
    results = two_weeks(
        desk,
        [header, "L1,13812345678,a@example.com"],
        [
            header,
            "L1,13900000001,new@example.com",
            "M2,138 1234 5678,other@example.com",
            "M3,13900000003,A@EXAMPLE.COM",
            "M4,13900000004,m4@example.com",
        ],
    )

    assert list(results.owners) == ["M4"]
    assert [(row[0], row[2]) for row in results.repeated] == [
        ("2", "L1 was routed before and is passed over"),
        ("3", "M2 was routed before and is passed over"),
        ("4", "M3 was routed before and is passed over"),
    ]


def test_a_row_without_id_is_known_again(desk: Desk) -> None:
    sheet = ["姓名,手机,省份", "张三,13812345678,浙江", "李四,,北京", "李四,,北京"]

    results = two_weeks(desk, sheet, [*sheet, "李四,,北京", "王五,,江苏"])

    assert [row["row"] for row in results.assignments] == ["5", "6"]
    assert len(results.repeated) == 3


def test_nothing_new_is_dealt_to_nobody_and_said(desk: Desk) -> None:
    desk.route()
    ran = desk.try_route(at=NEXT_MONDAY)

    assert ran.code == 0
    assert "0 assigned" in ran.said
    assert "4 repeated" in ran.said
    assert desk.results().assignments == []
    assert desk.replay().code == 0


def test_what_stayed_unassigned_is_dealt_again(desk: Desk) -> None:
    header = "工号,姓名,休假"
    desk.csv("leads.csv", ["线索编号,手机", "L1,13812345678", "L2,13812345679"])
    desk.csv("team.csv", people("R1,陈一,2026-03-01至2026-03-06", header=header))
    first = desk.route(at=MONDAY)
    assert set(first.owners.values()) == {""}

    second = desk.route(at=NEXT_MONDAY)

    assert second.owners == {"L1": "R1", "L2": "R1"}


def test_what_went_to_a_pool_is_not_dealt_again(desk: Desk) -> None:
    file = desk.policy(policy(pool()))
    desk.route("--policy", file, at=MONDAY)

    assert desk.route("--policy", file, at=NEXT_MONDAY).assignments == []


def test_a_rejected_row_is_dealt_once_it_is_mended(desk: Desk) -> None:
    header = "线索编号,手机,分值"
    good = [f"G{n},1390000000{n},1" for n in range(3)]
    results = two_weeks(
        desk,
        [header, "L1,13812345678,viel", *good],
        [header, "L1,13812345678,4", *good],
    )

    assert [(row["item"], row["points"]) for row in results.assignments] == [("L1", "4")]


# -- people and policies change -----------------------------------------------------------------


def test_whoever_left_is_spread_over_the_others_and_that_is_on_record(desk: Desk) -> None:
    desk.csv("week1.csv", made_leads(7))
    desk.csv("week2.csv", made_leads(9, first=8))
    before = desk.route(leads="week1.csv", at=MONDAY).owed
    gone = next(rep for rep, owed in before.items() if owed)
    desk.csv("team.csv", people(*(f"{rep},某{rep}" for rep in before if rep != gone)))

    results = desk.route(leads="week2.csv", at=NEXT_MONDAY)

    (departed,) = results.lines("departed")
    moves: dict[str, int] = {}
    for posting in departed["postings"]:
        for rep, amount in posting["moves"]:
            moves[rep] = moves.get(rep, 0) + amount
    assert moves[gone] == -before[gone]
    assert sum(moves.values()) == 0
    assert gone not in results.received
    assert gone not in results.owed
    assert all(book.is_sound() for book in results.books.values())
    assert desk.replay().code == 0


def test_a_newcomer_starts_at_zero_and_is_not_flooded(desk: Desk) -> None:
    desk.csv("week1.csv", made_leads(60))
    desk.csv("week2.csv", made_leads(12, first=61))
    desk.route(leads="week1.csv", at=MONDAY)
    desk.csv("team.csv", people("R1,陈一", "R2,林二", "R3,周三", "R4,新人"))

    results = desk.route(leads="week2.csv", at=NEXT_MONDAY)

    assert 2 <= results.received["R4"] <= 4
    assert max(results.received.values()) <= 5


def test_a_policy_with_other_grades_keeps_what_everybody_is_owed(desk: Desk) -> None:
    desk.csv("week1.csv", made_leads(7))
    desk.csv("week2.csv", ["线索编号,等级", "M1,S", "M2,A", "M3,D", "M4,S"])
    before = desk.route("--policy", desk.policy(policy()), leads="week1.csv").owed
    other = policy(
        grades={
            "source": "field_only",
            "thresholds": [{"grade": "S"}, {"grade": "A"}],
            "ungraded": "A",
        },
        points={"base": {"S": 20, "A": 4}},
    )

    results = desk.route("--policy", desk.policy(other, "other.json"), leads="week2.csv")

    (start,) = (line for line in results.lines("start") if line["books"])
    (book,) = start["books"].values()
    assert (
        dict(zip(book["members"], map(sum, zip(*book["balance"], strict=True)), strict=True))
        == before
    )
    (after,) = results.books.values()
    assert set(after.grades) >= {"A", "B", "C", "D", "S"}
    assert after.is_sound()
    assert desk.replay().code == 0


def test_grade_books_may_be_switched_off_and_on(desk: Desk) -> None:
    for week, is_on in enumerate((True, False, True), start=1):
        desk.csv("week.csv", made_leads(9, first=week * 10))
        document = policy(fairness={"grade_books": is_on})
        results = desk.route("--policy", desk.policy(document), leads="week.csv")
        assert all(book.is_sound() for book in results.books.values())

    assert len(results.lines("decision")) == 27
    assert desk.replay().code == 0


def test_a_group_that_is_renamed_takes_nobody_s_balance_along(desk: Desk) -> None:
    desk.csv("week2.csv", made_leads(5, first=8))
    desk.route("--policy", desk.policy(policy()))
    other = policy(share(group="others"), groups=[{"group": "others", "who": True}])

    results = desk.route("--policy", desk.policy(other, "other.json"), leads="week2.csv")

    assert set(results.books) == {"all|value", "others|value"}
    assert all(book.is_sound() for book in results.books.values())
    assert desk.replay().code == 0


# -- files -------------------------------------------------------------------------------------


def test_former_results_move_into_a_folder_of_their_own(desk: Desk) -> None:
    desk.csv("leads.csv", [*LEADS, LEADS[1]])
    first = desk.route().contents()
    desk.csv("leads.csv", made_leads(3, first=9))

    results = desk.route(at=NEXT_MONDAY)

    former = Results(results.folder / "run-001").contents()
    kept = {"receipts.jsonl", "state.json"}
    assert former == {name: text for name, text in first.items() if name not in kept}
    assert "duplicates.csv" not in results.names
    assert results.receipts.read_bytes().startswith(first["receipts.jsonl"])


def test_what_was_set_aside_is_never_overwritten(desk: Desk) -> None:
    desk.route()
    (desk.path("out") / "state.json").unlink()
    desk.route()
    (desk.path("out") / "state.json").unlink()

    results = desk.route()

    assert {name for name in results.names if name.startswith("run-")} == {"run-000", "run-000-2"}


def test_another_state_file_is_read_and_written(desk: Desk) -> None:
    state = desk.path("states/mine.json")
    desk.csv("week2.csv", made_leads(5, first=9))
    desk.route("--state", state, out="week1")

    results = desk.route("--state", state, leads="week2.csv", out="week2")

    saved = json.loads(state.read_text("utf-8"))
    assert saved["runs"] == 2
    assert "state.json" not in results.names
    assert results.lines("start")[0]["books"]
    assert set(saved["routed"]) == {"L1", "L2", "L3", "L4", "L9", "L10", "L11", "L12", "L13"}
    assert desk.replay("week2").code == 0


def test_each_folder_is_a_company_of_its_own(desk: Desk) -> None:
    one, two = desk.route(out="one"), desk.route(out="two")

    assert one.owners == two.owners
    assert two.state["runs"] == 1


# -- what it tells of people ---------------------------------------------------------------------

PEOPLE = [
    "线索编号,姓名,手机,公司",
    "L1,张三,13812345678,甲公司",
    ",李四,13812345679,乙公司",
    ",王五,,丙公司",
    ",王五,,丙公司",
]
# What the version before digests left of these rows: companies in clear, ids that are plain hashes.
FORMER_NAMES = {
    "owners": {"甲公司": "R2", "乙公司": "R1", "丙公司": "R2"},
    "routed": ["L1", "x557ce1e2d3ee", "xe9039a4a899b", "xe9039a4a899b-2"],
}


def test_neither_companies_nor_phones_can_be_read_from_what_a_run_leaves(desk: Desk) -> None:
    desk.csv("leads.csv", PEOPLE)

    results = desk.route()

    text = (results.folder / "state.json").read_text("utf-8")
    for told in ("甲公司", "乙公司", "13812345678", "557ce1e2d3ee", "e9039a4a899b"):
        assert told not in text
    assert results.state["salt"] not in results.receipts.read_text("utf-8")
    assert "557ce1e2d3ee" not in results.receipts.read_text("utf-8")


def test_each_company_that_starts_without_a_seed_has_ids_of_its_own(desk: Desk) -> None:
    desk.csv("leads.csv", PEOPLE)
    arguments = ("route", desk.path("leads.csv"), "--team", desk.path("team.csv"), "--out")
    made = []
    for out in ("one", "two"):
        desk.run(*arguments, desk.path(out))
        made.append({item for item in desk.results(out).owners if item.startswith("x")})

    assert len(made[0]) == len(made[1]) == 3
    assert made[0].isdisjoint(made[1])


@pytest.fixture
def formerly(desk: Desk) -> Results:
    """A folder whose state is of the version before digests."""
    desk.csv("leads.csv", PEOPLE)
    results = desk.route(at=MONDAY)
    state = {**results.state, **FORMER_NAMES, "evenhand_state": 1}
    del state["salt"]
    (results.folder / "state.json").write_text(json.dumps(state), "utf-8")
    return results


def test_a_former_state_is_gone_on_from_and_brought_up_to_date(
    desk: Desk, formerly: Results
) -> None:
    desk.csv("leads.csv", [*PEOPLE, "M1,钱六,,甲公司", "M2,孙七,,乙公司"])

    results = desk.route(at=NEXT_MONDAY)

    assert results.owners == {"M1": "R2", "M2": "R1"}
    assert len(results.repeated) == 4
    assert results.state["evenhand_state"] == 2
    text = (results.folder / "state.json").read_text("utf-8")
    for told in ("甲公司", "乙公司", "557ce1e2d3ee", "e9039a4a899b"):
        assert told not in text
    assert desk.replay().code == 0


def test_a_lead_handed_back_by_its_former_id_is_dealt_again(desk: Desk, formerly: Results) -> None:
    receipts = formerly.receipts.read_text("utf-8")
    now = next(item for item in formerly.owners if item.startswith("x"))
    formerly.receipts.write_text(receipts.replace(now, "x557ce1e2d3ee"), "utf-8")

    assert desk.book("x557ce1e2d3ee,return,,,,,").code == 0

    assert [row["姓名"] for row in desk.route(at=NEXT_MONDAY).assignments] == ["李四"]


def test_a_former_id_that_comes_back_as_an_id_of_the_sheet_is_known(
    desk: Desk, formerly: Results
) -> None:
    desk.csv("leads.csv", ["线索编号,姓名", "x557ce1e2d3ee,李四", "xe9039a4a899b-2,王五", "N1,新"])

    assert desk.route(at=NEXT_MONDAY).owners.keys() == {"N1"}
    assert desk.route(at=NEXT_MONDAY).assignments == []


DAMAGED = [
    "",
    "not json",
    "[]",
    "null",
    "{}",
    '{"evenhand_state": "one"}',
    '{"evenhand_state": 1}',
    '{"evenhand_state": 1, "seed": "s", "runs": 1, "books": [], "loads": {}, "owners": {}}',
]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_state_is_refused_and_nothing_is_changed(desk: Desk, text: str) -> None:
    results = desk.route()
    (results.folder / "state.json").write_text(text, "utf-8")
    before = results.contents()

    ran = desk.try_route(at=NEXT_MONDAY)

    assert ran.code == 2
    assert ran.complaints == [
        "state.json is not a state file of evenhand route; "
        "take it from a backup, or start anew without it"
    ]
    assert results.contents() == before


def damage(data: dict[str, Any], where: tuple[str, ...], value: Any) -> str:
    """The state with one value replaced."""
    inner = data
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    return json.dumps(data)


BOOK = ("books", "everybody|value")


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ((*BOOK, "balance"), [[1, 2], [3, 4]]),
        ((*BOOK, "balance"), "none"),
        ((*BOOK, "members"), ["R2", "R1"]),
        ((*BOOK, "sequence"), None),
        ((*BOOK, "last"), [10**30, 0, 0]),
        (("loads",), {"R1": [1]}),
        (("loads",), {"R1": ["x", 0, []]}),
        (("owners",), ["甲公司"]),
        (("runs",), "twice"),
        (("salt",), None),
        (("salt",), ""),
        (("routed",), 7),
    ],
)
def test_a_state_that_is_wrong_inside_is_refused(
    desk: Desk, where: tuple[str, ...], value: Any
) -> None:
    results = desk.route()
    (results.folder / "state.json").write_text(damage(results.state, where, value), "utf-8")
    before = results.contents()

    ran = desk.try_route(at=NEXT_MONDAY)

    assert ran.code == 2
    assert len(ran.complaints) == 1
    assert results.contents() == before


def test_books_that_do_not_add_up_are_refused(desk: Desk) -> None:
    results = desk.route()
    state = results.state
    state["books"]["everybody|value"]["balance"][0][0] += 1
    (results.folder / "state.json").write_text(json.dumps(state), "utf-8")

    assert desk.try_route(at=NEXT_MONDAY).code == 2


def test_a_state_of_a_newer_version_is_refused(desk: Desk) -> None:
    results = desk.route()
    (results.folder / "state.json").write_text('{"evenhand_state": 99}', "utf-8")
    before = results.contents()

    ran = desk.try_route(at=NEXT_MONDAY)

    assert ran.code == 2
    assert "newer" in ran.complained
    assert results.contents() == before


# -- at once -----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["route", "book"])
def test_a_folder_that_another_run_works_in_is_left_alone(desk: Desk, command: str) -> None:
    results = desk.route()
    before = results.contents()

    with sole_use(results.folder):
        ran = desk.try_route(at=NEXT_MONDAY) if command == "route" else desk.book("L1,void,,,,,")

    assert ran.code == 2
    assert "Another run is working in" in ran.complained
    assert results.contents() == before
    assert desk.try_route(at=NEXT_MONDAY).code == 0


@pytest.mark.parametrize("command", ["route", "book"])
def test_a_state_that_another_run_goes_on_from_is_left_alone(desk: Desk, command: str) -> None:
    """Two folders may share a state; two runs at once would each lose what the other dealt."""
    state = desk.path("mine.json")
    results = desk.route("--state", state)
    before, known = results.contents(), state.read_bytes()
    edits = desk.csv("edits.csv", ["lead,act", "L1,void"])

    with sole_use(desk.path("elsewhere"), state):
        ran = (
            desk.try_route("--state", state, out="third", at=NEXT_MONDAY)
            if command == "route"
            else desk.run("book", edits, "--out", results.folder, "--state", state)
        )

    assert ran.code == 2
    assert "Another run is working with mine.json" in ran.complained
    assert (results.contents(), state.read_bytes()) == (before, known)
    assert not desk.path("third").exists()
    assert desk.try_route("--state", state, out="third", at=NEXT_MONDAY).code == 0


# -- interrupted -------------------------------------------------------------------------------


@contextmanager
def full_disk(most_bytes: int) -> Iterator[None]:
    """No file can grow beyond this size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("most_bytes", [1_000, 30_000])
def test_a_run_that_cannot_write_leaves_everything_as_it_was(desk: Desk, most_bytes: int) -> None:
    desk.csv("long.csv", made_leads(200, first=100))
    results = desk.route()
    before = results.contents()

    with full_disk(most_bytes):
        ran = desk.try_route(leads="long.csv", at=NEXT_MONDAY)

    assert ran.code == 2
    assert len(ran.complaints) == 1
    assert "Traceback" not in ran.complained
    assert results.contents() == before
    assert "run-001" not in results.names


def test_a_first_run_that_cannot_write_leaves_no_folder(desk: Desk) -> None:
    with full_disk(1_000):
        ran = desk.try_route()

    assert ran.code == 2
    assert not desk.path("out").exists()


def test_after_an_interrupted_run_the_next_one_goes_on(desk: Desk) -> None:
    desk.csv("long.csv", made_leads(200, first=100))
    desk.route()
    with full_disk(30_000):
        desk.try_route(leads="long.csv", at=NEXT_MONDAY)

    results = desk.route(leads="long.csv", at=NEXT_MONDAY)

    assert len(results.assignments) == 200
    assert results.state["runs"] == 2
    assert desk.replay().code == 0


def test_a_sheet_that_breaks_off_in_the_middle_changes_nothing(desk: Desk) -> None:
    results = desk.route()
    before = results.contents()
    rows = "\n".join(made_leads(30_000, first=100))
    desk.path("broken.csv").write_text(rows + '\n"L9,A\nL10,B\n', "utf-8")

    ran = desk.try_route(leads="broken.csv", at=NEXT_MONDAY)

    assert ran.code == 2
    assert "quotation mark" in ran.complained
    assert results.contents() == before


def test_what_a_killed_run_left_behind_is_cleared_away(desk: Desk) -> None:
    left = desk.path("out/.partial")
    left.mkdir(parents=True)
    (left / "assignments.csv").write_text("half", "utf-8")
    (left / "rejected.csv").write_text("half", "utf-8")
    (left / "folder").mkdir()

    results = desk.route()

    assert ".partial" not in results.names
    assert "rejected.csv" not in results.names


@contextmanager
def pressing_ctrl_c(once: Callable[[], bool]) -> Iterator[Event]:
    """Somebody watches, and presses Ctrl-C as soon as something is so; whether he did."""
    pressed, over = Event(), Event()

    def hear(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    def watch(whom: int) -> None:
        until(lambda: over.is_set() or once())
        if not over.is_set():
            pressed.set()
            signal.pthread_kill(whom, signal.SIGALRM)

    former = signal.signal(signal.SIGALRM, hear)
    watcher = Thread(target=watch, args=(get_ident(),))
    watcher.start()
    try:
        yield pressed
    finally:
        over.set()
        watcher.join()
        signal.signal(signal.SIGALRM, former)


def test_a_run_that_is_stopped_while_it_writes_changes_nothing(desk: Desk) -> None:
    results = desk.route()
    before = results.contents()
    desk.csv("long.csv", made_leads(30_000, first=100))
    half = results.folder / ".partial" / "assignments.csv"

    with pressing_ctrl_c(lambda: half.exists() and half.stat().st_size > 0) as pressed:
        ran = desk.try_route(leads="long.csv", at=NEXT_MONDAY)

    assert pressed.is_set()
    assert ran.code == 2
    assert ran.complained.strip() == "Interrupted; nothing was changed."
    assert results.contents() == before


def test_books_beyond_what_is_proved_are_said(desk: Desk) -> None:
    results = desk.route()
    state = results.state
    book = state["books"]["everybody|value"]
    book["balance"][0][0] += 900_000_000
    book["balance"][0][1] -= 900_000_000
    (results.folder / "state.json").write_text(json.dumps(state), "utf-8")

    ran = desk.try_route(at=NEXT_MONDAY)

    assert "The books do not add up" in ran.complained
