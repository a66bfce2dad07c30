"""Header rows, titles above them, totals and footers below, and rows that do not fit."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.sheets.reading.rows import LeftOut
from evenhand.sheets.reading.table import letters
from tests.sheets.files import drained, table


def codes(left_out: list[LeftOut]) -> list[tuple[int, str]]:
    return [(row.number, row.reason.code) for row in left_out]


def test_instructions_above_the_header_are_passed_over_and_said(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "2026年3月线索导入模板,,,\n"
        '"填写说明: 1. 带*为必填; 2. 手机号请用文本格式; 3. 最多 2000 行, 请勿修改表头",,,\n'
        ",,,\n"
        "姓名*,手机号*,所在省份,备注\n"
        "王小测,13800000101,浙江省,\n",
    )

    assert found.header == ("姓名*", "手机号*", "所在省份", "备注")
    assert found.header_row == 4
    assert [(n.code, n["count"], n["row"]) for n in found.notes] == [
        ("sheet.rows_above_header", 2, 4)
    ]
    assert drained(found.rows()) == [(5, ["王小测", "13800000101", "浙江省", ""])]


def test_group_headings_above_the_header_are_passed_over(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "基本资料,基本资料,基本资料,其他\n姓名,手机号,公司,备注\n王小测,13800000101,示例,\n",
    )

    assert found.header == ("姓名", "手机号", "公司", "备注")


def test_blank_lines_above_the_header_change_nothing(tmp_path: Path) -> None:
    found = table(tmp_path, "\n\nname,phone\nAnn,1\n")

    assert found.header_row == 3
    assert not found.notes
    assert drained(found.rows()) == [(4, ["Ann", "1"])]


def test_without_a_header_the_columns_are_called_by_letters(tmp_path: Path) -> None:
    found = table(tmp_path, "王小测,13800000101,浙江省\n李四样,13900000102,上海市\n")

    assert found.header == ("A", "B", "C")
    assert [note.code for note in found.notes] == ["sheet.header_missing"]
    assert [number for number, _ in drained(found.rows())] == [1, 2]


def test_doubled_and_missing_headings_get_names_of_their_own(tmp_path: Path) -> None:
    found = table(tmp_path, "Name,Phone,,Phone,Phone(2),Phone\nAnn,1,2,3,4,5\n")

    assert found.header == ("Name", "Phone", "C", "Phone(2)", "Phone(2)(2)", "Phone(3)")
    assert [
        (n["column"], n["renamed"]) for n in found.notes if n.code == "sheet.header_doubled"
    ] == [
        ("Phone", "Phone(2)"),
        ("Phone(2)", "Phone(2)(2)"),
        ("Phone", "Phone(3)"),
    ]


def test_headings_are_trimmed_and_put_on_one_line(tmp_path: Path) -> None:
    found = table(tmp_path, '" Name\u00a0","Phone\nnumber",\ufeffCity\nAnn,1,X\n')

    assert found.header == ("Name", "Phone number", "City")


def test_filled_columns_without_a_heading_are_kept(tmp_path: Path) -> None:
    found = table(tmp_path, "name,phone\nAnn,1,x\nBob,2,y\nCarl,3,z\n")

    assert found.header == ("name", "phone", "C")


def test_trailing_empty_columns_are_dropped(tmp_path: Path) -> None:
    found = table(tmp_path, "name,phone,,\nAnn,1,,\nBob,2,,\n")

    assert found.header == ("name", "phone")
    assert drained(found.rows()) == [(2, ["Ann", "1"]), (3, ["Bob", "2"])]


def test_short_rows_are_filled_up(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,c\n1,2,3\n4,5\n6,7,8\n")

    assert drained(found.rows())[1] == (3, ["4", "5", ""])


def test_a_row_with_too_many_cells_is_rejected_and_kept_for_the_report(tmp_path: Path) -> None:
    rows = table(tmp_path, "a,b\n1,2\n3,4,5\n6,7\n").rows()

    assert [number for number, _ in drained(rows)] == [2, 4]
    (left,) = rows.left_out
    assert left.is_rejected
    assert left.cells == ("3", "4", "5")
    assert (left.reason["cells"], left.reason["columns"]) == (3, 2)


def test_blank_rows_are_counted_and_left_out(tmp_path: Path) -> None:
    rows = table(tmp_path, "a,b\n1,2\n\n,,\n \t,\u00a0\n3,4\n").rows()

    assert [number for number, _ in drained(rows)] == [2, 6]
    assert rows.blank_count == 3
    assert not rows.left_out


@pytest.mark.parametrize(
    "total",
    ["合计,,300", "總計：,2,300", 'Total,2,"1,300"', "Grand Total,,$300.00", "共 2 条,,", "小计,,"],
)
def test_a_total_at_the_end_is_no_row(tmp_path: Path, total: str) -> None:
    rows = table(tmp_path, f"公司,数量,金额\n甲,1,100\n乙,1,200\n{total}\n").rows()

    assert len(drained(rows)) == 2
    assert codes(rows.left_out) == [(4, "sheet.row_total")]


def test_subtotals_between_rows_are_left_out(tmp_path: Path) -> None:
    rows = table(tmp_path, "公司,金额\n甲,100\n乙,50\n小计,150\n丙,200\n合计,350\n").rows()

    assert [cells[0] for _, cells in drained(rows)] == ["甲", "乙", "丙"]
    assert codes(rows.left_out) == [(4, "sheet.row_total"), (6, "sheet.row_total")]


def test_a_company_called_total_is_a_row(tmp_path: Path) -> None:
    rows = table(tmp_path, "company,city,amount\nAcme,Bonn,1\nTotal,Paris,2\n").rows()

    assert len(drained(rows)) == 2


def test_a_reports_footer_is_no_row(tmp_path: Path) -> None:
    rows = table(
        tmp_path,
        "Lead Owner,First Name,Last Name,Phone,Email\n"
        "Pat,Ann,Smith,1,a@example.com\n"
        "\n"
        '"My Report"\n'
        '"Copyright (c) 2000-2026 salesforce.com, inc."\n'
        '"Generated By: Pat Owner 3/1/2026"\n'
        '"Example Org"\n',
    ).rows()

    assert [number for number, _ in drained(rows)] == [2]
    assert codes(rows.left_out) == [(n, "sheet.row_footer") for n in (4, 5, 6, 7)]
    assert rows.blank_count == 1


def test_chinese_footers_are_no_rows(tmp_path: Path) -> None:
    rows = table(
        tmp_path,
        "姓名,电话,城市,备注\n王,1,杭州,\n李,2,上海,\n,,,\n制表人：张三,,,\n导出时间：2026-03-01,,,\n",
    ).rows()

    assert len(drained(rows)) == 2
    assert [row.number for row in rows.left_out] == [5, 6]


def test_a_lead_that_is_only_a_phone_number_is_no_footer(tmp_path: Path) -> None:
    rows = table(
        tmp_path, "姓名,电话,城市,备注\n王,13800000101,杭州,\n,,,\n,13900000102,,\n"
    ).rows()

    assert [number for number, _ in drained(rows)] == [2, 4]


def test_a_lone_name_at_the_end_is_a_row_unless_a_sign_speaks_against_it(tmp_path: Path) -> None:
    rows = table(tmp_path, "姓名,电话,城市,备注\n王,1,杭州,\n李,,,\n").rows()

    assert len(drained(rows)) == 2


def test_the_header_repeated_between_rows_is_no_row(tmp_path: Path) -> None:
    rows = table(tmp_path, "name,phone\nAnn,1\nBob,2\nname,phone\nCarl,3\n").rows()

    assert [cells[0] for _, cells in drained(rows)] == ["Ann", "Bob", "Carl"]
    assert codes(rows.left_out) == [(4, "sheet.row_header_again")]


def test_a_templates_hints_and_example_are_no_rows(tmp_path: Path) -> None:
    rows = table(
        tmp_path,
        "姓名,手机号,城市\n必填,必填,选填\n示例：张三,13800000000,杭州\n王小测,13800000101,上海\n",
    ).rows()

    assert [cells[0] for _, cells in drained(rows)] == ["王小测"]
    assert codes(rows.left_out) == [(2, "sheet.row_example"), (3, "sheet.row_example")]


def test_left_out_rows_can_be_taken_as_they_come(tmp_path: Path) -> None:
    taken: list[LeftOut] = []
    rows = table(tmp_path, "a,b\n1,2\n3,4,5\n").rows(on_left_out=taken.append)

    drained(rows)

    assert [left.number for left in taken] == [3]
    assert not rows.left_out


def test_plain_rows_and_numbered_rows_are_the_same_rows(tmp_path: Path) -> None:
    text = "a,b\n" + "".join(f"{i},x\n" if i % 7 else "\n" for i in range(1, 9_000))
    found = table(tmp_path, text)

    assert list(found.rows().plain()) == [cells for _, cells in found.rows()]
    assert [number - 1 for number, _ in found.rows()] == [i for i in range(1, 9_000) if i % 7]


def test_a_footer_that_straddles_two_batches_is_cut_off_whole(tmp_path: Path) -> None:
    text = "a,b,c,d\n" + "1,2,3,4\n" * 4_094 + "\nReport Name\nGenerated by me\nOrg\n"
    rows = table(tmp_path, text).rows()

    assert len(drained(rows)) == 4_094
    assert len(rows.left_out) == 3


_LINES = st.lists(
    st.sampled_from(
        [
            "x,1,y,2",
            "",
            ",,,",
            "合计,3,,",
            "x,1",
            "x,1,y,2,z",
            "n,p,q,r",
            "注: end",
            "x",
            "总计",
            ",,a,",
        ]
    ),
    max_size=60,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=_LINES)
def test_every_row_is_given_out_blank_or_left_out_with_a_reason(
    tmp_path: Path, lines: list[str]
) -> None:
    found = table(tmp_path, "\n".join(["name,phone,city,note", "Ann,1,X,", *lines]) + "\n")
    rows = found.rows()

    given_out = drained(rows)

    total = len(lines) + 1
    assert rows.read_count == len(given_out)
    assert rows.read_count + rows.blank_count + len(rows.left_out) == total
    numbers = [number for number, _ in given_out] + [left.number for left in rows.left_out]
    assert len(set(numbers)) == len(numbers)
    assert all(len(cells) == len(found.header) for _, cells in given_out)


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_without_a_name_are_counted_as_spreadsheets_do(index: int, name: str) -> None:
    assert letters(index) == name
