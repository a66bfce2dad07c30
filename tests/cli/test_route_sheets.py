"""The files of `evenhand route`: how they may be written, and where every row of them ends."""

from collections import Counter

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.world import LEADS, TEAM, Desk, Results, people, policy, pool, share

# -- encodings and formats ---------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5"])
def test_csv_is_read_in_every_usual_encoding(desk: Desk, encoding: str) -> None:
    leads, team = list(LEADS), list(TEAM)
    if encoding == "big5":
        leads = ["線索編號,姓名,手機,公司,省份,等級", "L1,張三,13812345678,甲公司,浙江,A"]
        team = ["員工編號,姓名", "R1,陳一"]
    desk.csv("leads.csv", leads, encoding)
    desk.csv("team.csv", team, encoding)

    row = desk.route().assignments[0]

    assert row["姓名"] in ("张三", "張三")
    assert row["owner"] in ("陈一", "林二", "周三", "陳一")
    assert (row["item"], row["grade"]) == ("L1", "A")


def test_workbooks_give_what_csv_files_give(desk: Desk) -> None:
    desk.xlsx("leads.xlsx", LEADS)
    desk.xlsx("team.xlsx", TEAM)

    from_csv = desk.route(out="csv")
    from_xlsx = desk.route(leads="leads.xlsx", team="team.xlsx", out="xlsx")

    assert from_xlsx.assignments == from_csv.assignments
    assert from_xlsx.receipts.read_bytes() == from_csv.receipts.read_bytes()


def test_typed_cells_of_a_workbook_are_read_as_people_see_them(desk: Desk) -> None:
    path = desk.path("leads.xlsx")
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["线索编号", "手机", "分值", "省份"])
    sheet.write_row(1, 0, [1001, 13812345678, 2.5, "浙江"])
    sheet.write_row(2, 0, [1002, "13812345678", 1, "北京"])
    book.close()

    results = desk.route(leads="leads.xlsx")

    assert results.owners.keys() == {"1001"}
    assert results.assignments[0]["points"] == "2.5"
    assert [row[:2] for row in results.repeated] == [["3", "1002"]]


def test_titles_totals_and_blank_lines_are_no_leads(desk: Desk) -> None:
    desk.csv(
        "leads.csv",
        ["一月线索,,", ",,", "线索编号,姓名,等级", "L1,张三,A", ",,", "L2,李四,B", "合计,2,"],
    )

    ran = desk.try_route()

    assert ran.code == 0
    assert "2 rows:" in ran.said
    assert [row["row"] for row in desk.results().assignments] == ["4", "6"]


def test_a_semicolon_or_a_tab_may_part_the_cells(desk: Desk) -> None:
    desk.path("leads.csv").write_text("lead id;grade\nL1;A\nL2;B\n", "utf-8")
    desk.path("team.csv").write_text("id\tname\nR1\tChen\n", "utf-8")

    assert desk.route().owners == {"L1": "R1", "L2": "R1"}


# -- one lead, several rows --------------------------------------------------------------------


def test_the_same_id_phone_or_mail_is_one_lead(desk: Desk) -> None:
    desk.csv(
        "leads.csv",
        [
            "线索编号,手机,邮箱",
            "L1,13812345678,a@example.com",
            "L1,13900000001,b@example.com",
            "L2,+86 138-1234-5678,c@example.com",
            "L3,13900000002, A@Example.com ",
            "L4,13900000003,d@example.com",
            "L5,13900000003,a@example.com",
        ],
    )

    results = desk.route()

    assert list(results.owners) == ["L1", "L4"]
    assert [row[:3] for row in results.repeated] == [
        ["3", "L1", "Same id as row 2: one lead"],
        ["4", "L2", "Same phone as row 2: one lead"],
        ["5", "L3", "Same e-mail as row 2: one lead"],
        ["7", "L5", "Same phone as row 6: one lead"],
    ]
    assert results.repeated[0][3:] == ["L1", "13900000001", "b@example.com"]


def test_the_first_usable_row_of_a_lead_is_the_one_dealt(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,分值", "L1,viel", "L1,4", "L1,5"])

    results = desk.route()

    assert [(row["row"], row["points"]) for row in results.assignments] == [("3", "4")]
    assert [row[0] for row in results.rejected] == ["2"]
    assert [row[2] for row in results.repeated] == ["Same id as row 3: one lead"]


def test_rows_without_id_phone_or_mail_are_leads_of_their_own(desk: Desk) -> None:
    desk.csv("leads.csv", ["省份,等级", "浙江,A", "浙江,A", "浙江,A", "北京,B"])

    results = desk.route()

    assert len(results.assignments) == 4
    assert len(results.owners) == 4, "two leads share an id: receipts could not tell them apart"
    assert not results.repeated
    assert desk.replay().code == 0


def test_a_row_without_an_id_has_the_same_one_next_time(desk: Desk) -> None:
    desk.csv("leads.csv", ["姓名,手机,省份", "张三,13812345678,浙江", "李四,,北京", "李四,,北京"])

    first = desk.route(out="one")
    second = desk.route(out="two")

    assert first.owners.keys() == second.owners.keys()
    assert len(first.owners) == 3


def test_a_masked_phone_is_kept_and_identifies_nobody(desk: Desk) -> None:
    desk.csv(
        "leads.csv",
        ["线索编号,姓名,手机", "L1,张三,138****5678", "L2,李四,138****5678", "L3,王五,13812345678"],
    )

    results = desk.route()

    assert list(results.owners) == ["L1", "L2", "L3"]
    assert [row["手机"] for row in results.assignments][:2] == ["138****5678"] * 2
    assert not results.repeated
    assert len(results.state["keys"]) == 1


def test_a_masked_phone_is_kept_where_it_is_all_there_is(desk: Desk) -> None:
    desk.csv("leads.csv", ["姓名,手机", "张三,138****5678", "李四,138****5678"])

    results = desk.route()

    assert [row["姓名"] for row in results.assignments] == ["张三", "李四"]
    assert not results.rejected


# -- rows that cannot be used ------------------------------------------------------------------


def test_a_bad_row_is_listed_with_row_column_value_and_reason(desk: Desk) -> None:
    desk.csv(
        "leads.csv",
        ["线索编号,类型标识,分值,姓名", "L1,线索,3,张三", "L2,线索,三分,李四", "L3,猫,2,王五"],
    )

    results = desk.route()

    header, *rows = results.table("rejected.csv")
    assert header == ["Row", "Column", "Value", "Reason", "线索编号", "类型标识", "分值", "姓名"]
    assert [row[:3] for row in rows] == [["3", "分值", "三分"], ["4", "类型标识", "猫"]]
    assert "number" in rows[0][3]
    assert rows[0][4:] == ["L2", "线索", "三分", "李四"]
    assert list(results.owners) == ["L1"]


def test_every_bad_cell_of_a_row_is_named(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,分值,评分", "L1,viel,hoch", "L2,1,2"])

    results = desk.route()

    assert sorted(row[1] for row in results.rejected) == ["分值", "评分"]


def test_a_cell_that_the_policy_does_not_read_rejects_nothing(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,预算,等级", "L1,很多,A", *(f"M{n},{n},B" for n in range(9))])
    budget = share(when="lead.budget is empty or lead.budget > 5")

    assert "L1" in desk.route(out="unread").owners
    read = desk.route("--policy", desk.policy(policy(budget)), out="read")
    assert [row[1:3] for row in read.rejected] == [["预算", "很多"]]


def test_an_unreadable_phone_rejects_only_where_nothing_else_identifies(desk: Desk) -> None:
    more = [f"M{n},1390000000{n},m{n}@example.com" for n in range(9)]
    desk.csv(
        "leads.csv", ["线索编号,手机,邮箱", "L1,abc,", ",abc,a@example.com", ",abc,bad mail", *more]
    )

    results = desk.route()

    assert [row["row"] for row in results.assignments][:3] == ["2", "3", "5"]
    assert [row[:3] for row in results.rejected] == [
        ["4", "手机", "abc"],
        ["4", "邮箱", "bad mail"],
    ]


def test_an_unknown_grade_counts_as_ungraded_and_is_dealt(desk: Desk) -> None:
    desk.csv("leads.csv", ["线索编号,等级", "L1,钻石", "L2,"])

    results = desk.route()

    assert [row["grade"] for row in results.assignments] == ["C", "C"]
    assert "grade.unknown" in results.receipts.read_text("utf-8")


def test_a_row_with_more_cells_than_columns_is_rejected(desk: Desk) -> None:
    desk.path("leads.csv").write_text("lead id,grade\nL1,A\nL2,B,what,is,this\nL3,C\n", "utf-8")

    results = desk.route()

    assert list(results.owners) == ["L1", "L3"]
    assert [row[0] for row in results.rejected] == ["3"]


def test_a_bad_cell_in_the_team_sheet_leaves_the_person_in_and_is_said(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,viel", "R2,林二,50%", header="工号,姓名,权重"))

    ran = desk.try_route()

    assert set(desk.results().received) <= {"R1", "R2"}
    assert "viel" in ran.said
    assert "2" in ran.said


# -- formulas ----------------------------------------------------------------------------------

HOSTILE = (
    "=1+1",
    "+HYPERLINK(1)",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "=cmd|'/C calc'!A1",
)


def hostile_files(desk: Desk) -> None:
    """Names, companies, ids, headings and rules that a spreadsheet program would run."""
    rows = [[f"={n}", cell, f"138000000{n:02d}", cell, "A"] for n, cell in enumerate(HOSTILE)]
    bad = [["B1", HOSTILE[0], "13900000000", HOSTILE[1], "=x()"]]
    header = ["线索编号", "姓名", "手机", "=公司", "分值"]
    rows = [[*row[:4], "1"] for row in rows]
    desk.csv("leads.csv", [header, *rows, *bad, rows[0]])
    desk.csv("team.csv", [["工号", "姓名"], ["=R1", "@Chen"], ["+R2", "=Lin()"]])


def test_no_formula_in_any_sheet_that_is_written(desk: Desk) -> None:
    hostile_files(desk)

    results = desk.route()

    for name in ("assignments.csv", "rejected.csv", "duplicates.csv"):
        rows = results.table(name)
        assert len(rows) > 1, name
        for row in rows:
            assert not [cell for cell in row if cell.strip()[:1] in set("=+-@＝") and cell != "-"]
    for row in openpyxl.load_workbook(results.folder / "assignments.xlsx").active.iter_rows():
        assert not [cell.value for cell in row if cell.data_type == "f"]


def test_texts_like_formulas_come_back_whole_when_our_sheet_is_read_again(desk: Desk) -> None:
    hostile_files(desk)
    results = desk.route()

    rows = results.table("assignments.csv")[1:]

    names = [row[11] for row in rows]
    assert [name.removeprefix("'").strip() for name in names] == [cell.strip() for cell in HOSTILE]


def test_the_workbook_holds_what_the_csv_holds(desk: Desk) -> None:
    results = desk.route()

    sheet = openpyxl.load_workbook(results.folder / "assignments.xlsx").active
    in_book = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert in_book == results.table("assignments.csv")
    assert sheet["A2"].data_type == "n"
    assert sheet["H2"].value == 8


# -- every row ends in exactly one place --------------------------------------------------------

_ids = st.sampled_from(["", "L1", "L2", "L3", "007", "-", "=1"])
_phones = st.sampled_from(
    ["", "13812345678", "+8613812345678", "138****5678", "13812345679", "abc", "1.38E+10"]
)
_mails = st.sampled_from(["", "a@example.com", "A@EXAMPLE.com", "b@example.com", "nonsense"])
_points = st.sampled_from(["", "1", "2.5", "viel", "-3", "99", "1e3"])
_texts = st.sampled_from(
    ["", "浙江", "火星", "合计", "Totals", "=a", 'say "hi"', "two\nlines", "注："]
)
_rows = st.lists(st.tuples(_ids, _phones, _mails, _points, _texts), max_size=12)


def accounted_for(results: Results, ran_said: str, rows: list[tuple[str, ...]]) -> None:
    """Every row with data ends once: dealt or left, repeated, or rejected."""
    dealt = [int(row["row"]) for row in results.assignments]
    repeated = [int(row[0]) for row in results.repeated]
    rejected = sorted({int(row[0]) for row in results.rejected})
    everywhere = Counter([*dealt, *repeated, *rejected])
    assert set(everywhere.values()) <= {1}
    with_data = sum(any(cell.strip() for cell in row) for row in rows)
    assert len(everywhere) <= with_data
    assigned = sum(bool(row["owner-id"]) for row in results.assignments)
    assert ran_said.splitlines()[0] == (
        f"{len(everywhere)} rows: {assigned} assigned, {len(dealt) - assigned} unassigned, "
        f"{len(repeated)} repeated, {len(rejected)} rejected."
    )
    assert len(results.lines("decision")) == len(dealt)


@settings(max_examples=15)
@given(rows=_rows, has_pool=st.booleans())
def test_every_row_of_a_sheet_ends_in_exactly_one_place(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], has_pool: bool
) -> None:
    desk = Desk(tmp_path_factory.mktemp("sheet"))
    rules = [share(when="lead.region is empty or lead.region != '火星'"), pool()]
    file = desk.policy(
        policy(
            *rules[: 1 + has_pool],
            points={"base": {"A": 8, "B": 5, "C": 3, "D": 1}, "allow_given": True},
        )
    )
    header = ["线索编号", "手机", "邮箱", "分值", "省份"]
    desk.csv("leads.csv", [header, ["K1", "", "", "", "北京"], *rows, ["K2", "", "", "", "北京"]])

    ran = desk.try_route("--policy", file)

    assert ran.code in (0, 1), ran.complained
    results = desk.results()
    accounted_for(results, ran.said, [("K1",), *rows, ("K2",)])
    everywhere = {row["item"] for row in results.assignments}
    assert {"K1", "K2"} <= everywhere
    assert len(everywhere) == len(results.assignments)
    assert all(book.is_sound() for book in results.books.values())
    assert desk.replay().code == 0


@settings(max_examples=10)
@given(rows=_rows)
def test_a_second_run_of_the_same_sheet_deals_only_what_was_left(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("sheet"))
    rule = share(when="lead.region is empty or lead.region != '火星'")
    file = desk.policy(policy(rule))
    header = ["线索编号", "手机", "邮箱", "分值", "省份"]
    desk.csv("leads.csv", [header, ["K1", "", "", "", "北京"], *rows])

    first = desk.route("--policy", file)
    dealt, left = (
        [one for one, owner in first.owners.items() if bool(owner) is had] for had in (True, False)
    )
    second = desk.route("--policy", file)

    assert not {*second.owners} & {*dealt}
    assert {*second.owners} == {*left}
    assert not any(second.owners.values())
    assert desk.replay().code == 0


def test_a_team_of_which_one_row_cannot_be_read_is_refused(desk: Desk) -> None:
    """Dealing without that person would be unfair to him, and nobody would know."""
    desk.path("team.csv").write_text("工号,姓名,区域\nR1,陈一,浙江,北京\nR2,林二,浙江\n", "utf-8")

    ran = desk.try_route()

    assert ran.code == 2
    assert ran.complaints == [
        "team.csv, row 2: 4 cells for 3 columns; "
        "put text that contains the delimiter in quotation marks"
    ]
    assert not desk.path("out").exists()
