"""`evenhand route` on long files: another way through the rows, with the same results."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.cli.route.deliver import COLUMNS
from tests.cli.world import (
    Desk,
    Results,
    a_mixed_desk,
    made_leads,
    people,
    policy,
    pool,
    share,
)


def compact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any file is a long one from here on."""
    monkeypatch.setattr("evenhand.cli.route.command.MOST_FULL_ROWS", 0)


def winners(results: Results) -> list[tuple[Any, ...]]:
    return [
        (line["i"], line.get("outcome"), line.get("rule"), line.get("rep"), line.get("s"))
        for line in results.lines("decision")
    ]


def test_a_long_file_is_decided_just_like_a_short_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_mixed_desk(desk)
    full = desk.route(out="full")
    compact(monkeypatch)
    ran = desk.try_route(out="compact")
    short = desk.results("compact")

    assert winners(short) == winners(full)
    assert short.books.keys() == full.books.keys()
    assert short.state == full.state
    assert "no XLSX and no report" in ran.said
    assert full.names - short.names == {"assignments.xlsx", "report.html"}
    assert short.receipts.stat().st_size < full.receipts.stat().st_size


def test_a_long_file_lists_the_same_rows(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    a_mixed_desk(desk)
    full = desk.route(out="full")
    compact(monkeypatch)
    short = desk.route(out="compact")

    assert short.repeated == full.repeated
    assert short.rejected == full.rejected
    assert full.repeated
    assert full.rejected
    left_out = {"why"}  # balances are not worked out for it
    assert [
        {name: cell for name, cell in row.items() if name not in left_out}
        for row in short.assignments
    ] == [
        {name: cell for name, cell in row.items() if name not in left_out}
        for row in full.assignments
    ]


def test_compact_receipts_replay_and_explain_like_full_ones(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_mixed_desk(desk)
    desk.route(out="full")
    compact(monkeypatch)
    desk.route(out="compact")

    assert desk.replay("compact").code == 0
    for lead in ("L4", "L41", "L121", "L187"):
        for rep in (None, "R1", "林二", "R3"):
            short, full = (desk.explain(lead, rep, out=out) for out in ("compact", "full"))
            assert short == full
            assert short.code == 0


@pytest.mark.parametrize("processes", [1, 2])
def test_the_last_leads_of_a_long_file_are_vouched_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    compact(monkeypatch)
    desk.csv("leads.csv", made_leads(300))
    results = desk.route("--processes", processes)
    text = results.receipts.read_text("utf-8")
    # Two leads of one grade: only their ids tell who got which.
    results.receipts.write_text(
        text.replace('"L299"', '"x"').replace('"L295"', '"L299"').replace('"x"', '"L295"'), "utf-8"
    )

    assert desk.replay().code == 1


# -- under every kind of policy ----------------------------------------------------------------

LADDER = [
    {"level": "新人", "takes": "lead.grade = 'D'", "stretch": {"percent": 30}},
    {"level": "骨干"},
]
ROTATION = {
    "rule": "turns",
    "to": {"strategy": "rotation", "group": "all"},
    "if_nobody": {"do": "wait"},
}
FIT = {"mode": "declared", "weights": {"region": 1}}
POLICIES: dict[str, dict[str, Any] | None] = {
    "none": None,
    "one rule": policy(),
    "a pool": policy(share(when="lead.grade in ('A', 'B')"), pool()),
    "matching": policy(share(match=["region"])),
    "turns": policy(ROTATION),
    "levels": policy(levels=LADDER),
    "fit": policy(fit=FIT),
    "one ledger": policy(fairness={"grade_books": False}),
    "equal totals": policy(fairness={"basis": "equal_totals"}),
    "calibration": policy(exploration={"rate_millionths": 200_000}),
    "personal": policy(share(when="lead.phone is not empty"), pool()),
    "limits": policy(capacity={"open_items": 9}),
    "windows": policy(capacity={"windows": [{"cap": "daily", "per": "day", "items": 8}]}),
    "catching up": policy(fairness={"catch_up": {"mode": "bounded", "percent": 20}}),
}


def a_busy_desk(desk: Desk) -> None:
    """Sixty leads of ten companies, some of them repeated or bad, and five different people."""
    provinces = ("浙江", "北京", "广东", "")
    rows = [
        f"L{n % 55},1381234{n:04d},公司{n % 10 or ''},{provinces[n % 4]},"
        f"{'ABCDX'[n % 5]},{n % 7 or ''}"
        for n in range(60)
    ]
    desk.csv("leads.csv", ["线索编号,手机,公司,省份,等级,评分", *rows[:40], "B1,,,,A,viel"])
    desk.csv("more.csv", ["线索编号,手机,公司,省份,等级,评分", *rows[30:]])
    header = "工号,姓名,区域,权重,职级,导师,休假"
    desk.csv(
        "team.csv",
        people(
            "R1,陈一,浙江、北京,100%,骨干,,",
            "R2,林二,,50%,新人,R1,",
            "R3,周三,广东,80%,骨干,,",
            "R4,吴四,,100%,,,2026-03-01至2026-03-09",
            "R5,郑五,,0%,,,",
            header=header,
        ),
    )


@pytest.mark.parametrize("name", POLICIES)
def test_two_weeks_of_long_files_end_like_two_weeks_of_short_ones(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    a_busy_desk(desk)
    document = POLICIES[name]
    arguments = () if document is None else ("--policy", desk.policy(document))
    found = []
    for out in ("full", "compact"):
        if out == "compact":
            compact(monkeypatch)
        desk.route(*arguments, out=out)
        found.append(desk.route(*arguments, leads="more.csv", at="2026-03-10T10:00", out=out))
    full, short = found

    assert winners(short) == winners(full)
    assert short.state == full.state
    assert short.repeated == full.repeated
    assert desk.replay("compact").code == 0
    assert desk.replay("full").code == 0


_cells = st.tuples(
    st.sampled_from(["", "L1", "L2", "L3", "L4", "L5"]),
    st.sampled_from(["", "13812345678", "13812345679", "138****5678", "x"]),
    st.sampled_from(["", "甲公司", "乙公司", " 甲 公司"]),
    st.sampled_from(["浙江", "北京", ""]),
    st.sampled_from(["A", "B", "D", "?"]),
    st.sampled_from(["", "1", "viel"]),
)


_sheets = st.lists(_cells, max_size=25)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weeks=st.tuples(_sheets, _sheets), name=st.sampled_from(sorted(POLICIES)))
def test_any_rows_at_all_end_alike_in_long_and_short_files(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    weeks: tuple[list[tuple[str, ...]], ...],
    name: str,
) -> None:
    desk = Desk(tmp_path_factory.mktemp("rows"))
    a_busy_desk(desk)
    header = ["线索编号", "手机", "公司", "省份", "等级", "评分"]
    document = POLICIES[name]
    arguments = () if document is None else ("--policy", desk.policy(document))

    for week, rows in enumerate(weeks):
        desk.csv("leads.csv", [header, *rows, [f"K{week}", *[""] * 5]])
        full = desk.route(*arguments, out="full")
        with monkeypatch.context() as patch:
            compact(patch)
            short = desk.route(*arguments, out="compact")

        assert winners(short) == winners(full)
        assert short.state == full.state
        assert (short.repeated, short.rejected) == (full.repeated, full.rejected)
        assert short.owners == full.owners
    assert desk.replay("compact").code == 0


# -- files of many batches ---------------------------------------------------------------------

AWKWARD = {
    2_500: 'Q1,13900000001,b1@example.com,"Acme, Inc.",=1+1',
    2_501: "Q2,13900000002,b2@example.com, 王 府 ,'=2",
    2_502: 'Q3,13900000003,b3@example.com,"two\nlines",x',
    4_100: "L7,13900000004,b4@example.com,甲,the id of another",
    4_101: "Q4,13800000009,b5@example.com,乙,the phone of another",
    4_102: "Q5,,A8@Example.com,丙,the mail of another",
    5_200: ",13900000006,,丁,no id",
    5_201: ",13900000006,,丁,no id again",
    5_202: "Q6,13900000006,,戊,the same phone",
}


def test_many_batches_with_something_awkward_in_some_end_like_a_short_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        AWKWARD.get(n, f"L{n},138{n:08d},a{n}@example.com,甲{n % 900},note {n}")
        for n in range(6_000)
    ]
    write_rows(desk, rows)
    full = desk.route(out="full")
    compact(monkeypatch)
    short = desk.route(out="compact")

    assert len(full.repeated) == 5
    are_alike(short, full)
    assert desk.replay("compact").code == 0


def write_rows(desk: Desk, rows: list[str]) -> None:
    """Leads with quotation marks and line ends as they are."""
    header = "线索编号,手机,邮箱,公司,备注"
    desk.path("leads.csv").write_text("\n".join([header, *rows, ""]), "utf-8")


def are_alike(short: Results, full: Results) -> None:
    """A long file and a short one came to the same, but for what a long one leaves out."""
    assert short.repeated == full.repeated
    assert winners(short) == winners(full)
    assert short.state == full.state
    why = COLUMNS.index("why")
    for one, other in zip(
        short.table("assignments.csv"), full.table("assignments.csv"), strict=True
    ):
        assert one[:why] + one[why + 1 :] == other[:why] + other[why + 1 :]


def test_many_batches_of_a_second_week_end_like_a_short_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known by id, phone or mail, in a batch of its own or among new ones, or handed back since."""
    first = [f"L{n},138{n:08d},a{n}@example.com,甲{n % 900},note" for n in range(3_000)]
    second = [f"M{n},137{n:08d},b{n}@example.com,甲{n % 1_200},note" for n in range(5_000)]
    second[2_100:2_100] = first[100:103]
    second[2_500] = "N1,13800000007,,乙,the phone of last week"
    second[2_501] = "N2,,A8@Example.com,乙,the mail of last week"
    second[4_300] = ",13800000009,,丙,no id and the phone of last week"
    second[4_301] = ",13911110000,,丙,no id"
    second[4_302] = "N3,13911110000,,丙,its phone"
    found = []
    for out in ("full", "compact"):
        if out == "compact":
            compact(monkeypatch)
        write_rows(desk, first)
        desk.route(out=out)
        desk.book("L101,return,,,,,", out=out)
        write_rows(desk, second)
        found.append(desk.route(out=out, at="2026-03-10T10:00"))

    are_alike(found[1], found[0])
    assert len(found[0].repeated) == 6
    assert "L101" in found[0].owners
    assert desk.replay("compact").code == 0


def test_owners_of_companies_hold_in_a_long_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"L{n},公司{n % 30},{'ABCD'[n % 4]}" for n in range(300)]
    desk.csv("leads.csv", ["线索编号,公司,等级", *rows])
    compact(monkeypatch)

    results = desk.route()

    by_company: dict[str, set[str]] = {}
    for row in results.assignments:
        by_company.setdefault(row["公司"], set()).add(row["owner-id"])
    assert len(by_company) == 30
    assert all(len(owners) == 1 for owners in by_company.values())
    assert desk.replay().code == 0


def test_checkpoints_let_a_long_file_be_explained_in_the_middle(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.csv("leads.csv", made_leads(600))
    full = desk.route(out="full")
    compact(monkeypatch)
    short = desk.route(out="compact")

    assert len(full.lines("checkpoint")) == 2
    assert [line["after"] for line in short.lines("checkpoint")] == [256, 512, 600]
    for lead in ("L1", "L256", "L257", "L600"):
        loser = next(rep for rep in ("R1", "R2", "R3") if rep != full.owners[lead])
        assert desk.explain(lead, loser, "compact") == desk.explain(lead, loser, "full")
