"""Workbooks: exact values, the right sheet, and no way to eat the memory."""

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from evenhand.sheets.limits import Limits, UnreadableSheet
from evenhand.sheets.reading.open import open_table
from tests.sheets.files import drained, hand_made_workbook, text_row, workbook

HEAD = ["姓名", "手机号", "金额", "有效", "创建时间"]


def refusal(path: Path, limits: Limits | None = None) -> UnreadableSheet:
    with pytest.raises(UnreadableSheet) as refused:
        drained((open_table(path, limits=limits) if limits else open_table(path)).rows())
    return refused.value


def test_cells_come_with_exact_values_and_types(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        {
            "线索": [
                HEAD,
                ["王小测", 13800000101, 0.1, True, datetime(2026, 3, 1, 8, 5)],
                ["李四样", "13900000102", 1200000, False, date(2026, 3, 2)],
                [None, "x", -3.25, None, time(9, 30)],
            ]
        },
    )

    found = open_table(path)

    assert found.sheet == "线索"
    assert found.header == tuple(HEAD)
    assert drained(found.rows()) == [
        (2, ["王小测", 13800000101, Decimal("0.1"), True, datetime(2026, 3, 1, 8, 5)]),
        (3, ["李四样", "13900000102", 1200000, False, date(2026, 3, 2)]),
        (4, ["", "x", Decimal("-3.25"), "", time(9, 30)]),
    ]


def test_no_float_comes_out_of_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": [["a", "b"], [1.0, 1e15], [0.30000000000000004, 2.5e-7]]})

    cells = [cell for _, row in drained(open_table(path).rows()) for cell in row]

    assert {type(cell) for cell in cells} == {int, Decimal}
    assert cells[1] == Decimal("1E+15")


def test_the_first_visible_sheet_with_cells_is_read_and_the_others_are_named(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "封面"  # type: ignore[union-attr]
    hidden = book.create_sheet("字典")
    hidden.sheet_state = "hidden"
    hidden.append(["a", "b"])
    for title in ("线索", "旧线索"):
        sheet = book.create_sheet(title)
        sheet.append(["姓名", "电话"])
        sheet.append(["王", "1"])
    path = tmp_path / "leads.xlsx"
    book.save(path)

    found = open_table(path)

    assert found.sheet == "线索"
    assert found.sheets == ("封面", "线索", "旧线索", "字典")
    assert [(n.code, n["others"]) for n in found.notes] == [
        ("sheet.other_sheets", ("旧线索", "字典"))
    ]


def test_a_sheet_can_be_named_or_numbered(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"A": [["x", "y"], [1, 2]], "B": [["p", "q"], [3, 4]]})

    assert open_table(path, sheet="B").header == ("p", "q")
    assert open_table(path, sheet=2).header == ("p", "q")


@pytest.mark.parametrize("sheet", ["C", 0, 3])
def test_an_unknown_sheet_is_refused_with_those_there_are(tmp_path: Path, sheet: str | int) -> None:
    path = workbook(tmp_path, {"A": [["x", "y"], [1, 2]], "B": [["p", "q"], [3, 4]]})

    with pytest.raises(UnreadableSheet) as refused:
        open_table(path, sheet=sheet)

    assert refused.value.reason.code == "sheet.sheet_unknown"
    assert "A, B" in str(refused.value)


def test_rows_keep_their_numbers_below_blank_ones_and_beside_blank_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, cells in ((3, ("姓名", "电话")), (4, ("王", "1")), (6, ("李", "2"))):
        for column, cell in enumerate(cells, start=3):
            sheet.cell(row, column, cell)
    path = tmp_path / "leads.xlsx"
    book.save(path)

    rows = open_table(path).rows()

    assert drained(rows) == [(4, ["王", "1"]), (6, ["李", "2"])]
    assert rows.blank_count == 1


def test_error_cells_are_seen_counted_and_given_as_errors(tmp_path: Path) -> None:
    path = hand_made_workbook(
        tmp_path,
        text_row(1, "name", "phone") + '<row r="2"><c r="A2" t="inlineStr"><is><t>Ann</t></is></c>'
        '<c r="B2" t="e"><f>VLOOKUP(1,A:A,2)</f><v>#N/A</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3"><v>7</v></c></row>',
    )

    found = open_table(path)

    assert [(n.code, n["count"], n["first"]) for n in found.notes] == [
        ("sheet.error_cells", 2, "B2")
    ]
    assert drained(found.rows()) == [(2, ["Ann", "#N/A"]), (3, ["#REF!", 7])]


def test_footers_and_titles_of_workbooks_are_left_out(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        {
            "S": [
                ["三月线索"],
                HEAD,
                ["王", 1, 2, True, "x"],
                ["合计", None, 2, None, None],
                [],
                ["制表人：张三"],
            ]
        },
    )

    rows = open_table(path).rows()

    assert [number for number, _ in drained(rows)] == [3]
    assert [(row.number, row.reason.code) for row in rows.left_out] == [
        (4, "sheet.row_total"),
        (6, "sheet.row_footer"),
    ]


def test_styles_down_to_the_last_row_cost_nothing(tmp_path: Path) -> None:
    ghosts = "".join(f'<row r="{n}"><c r="XFD{n}" s="0"/></row>' for n in (900_000, 1_048_576))
    path = hand_made_workbook(tmp_path, text_row(1, "a", "b") + text_row(2, "1", "2") + ghosts)

    assert drained(open_table(path).rows()) == [(2, ["1", "2"])]


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        text_row(1, "a", "b") + FAR,
        # The same in other clothes: attributes in another order, other quotes, a prefix.
        text_row(1, "a") + "<row r='1048576'><c s='0' r='XFD1048576'><v>1</v></c></row>",
        text_row(1, "a") + '<row r="1048576"><c t="n"\nr = "xfd1048576"><v>1</v></c></row>',
        # Cells without an address follow one another: sixteen thousand in a row, a million rows.
        "<row>" + "<c><v>1</v></c>" * 16_000 + '</row><row r="1048576"><c><v>1</v></c></row>',
        # Addresses that are none, so that the counts of cells and addresses agree.
        "<row>"
        + "<c x=\"r='A1'\"><v>1</v></c>" * 16_000
        + '</row><row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_two_cells_in_opposite_corners_are_refused_before_memory_is_asked_for(
    tmp_path: Path, rows: str
) -> None:
    assert refusal(hand_made_workbook(tmp_path, rows)).reason.code == "sheet.area_too_large"


def test_a_sheet_in_an_unexpected_part_is_measured_too(tmp_path: Path) -> None:
    path = hand_made_workbook(
        tmp_path, text_row(1, "a", "b"), parts=[("xl/theme/theme1.xml", FAR.encode())]
    )

    assert refusal(path).reason.code == "sheet.area_too_large"


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = hand_made_workbook(
        tmp_path, text_row(1, "a", "b"), parts=[("xl/media/a.bin", b"x" * 3_000_000)]
    )

    refused = refusal(path, Limits(unpacked_megabytes=2))

    assert refused.reason.code == "sheet.zip_too_large"
    assert "unpacks to more than 2 megabytes" in str(refused)


def test_an_archive_that_shrinks_too_well_is_refused(tmp_path: Path) -> None:
    path = hand_made_workbook(
        tmp_path, text_row(1, "a", "b"), parts=[("xl/media/a.bin", b"\0" * 40_000_000)]
    )

    assert refusal(path).reason.code == "sheet.zip_too_dense"


def test_a_lie_about_the_unpacked_size_is_found(tmp_path: Path) -> None:
    path = hand_made_workbook(
        tmp_path, text_row(1, "a", "b"), parts=[("xl/media/a.bin", b"x" * 100_000)]
    )
    honest = path.read_bytes()
    size = (100_000).to_bytes(4, "little")
    path.write_bytes(honest.replace(size, (10).to_bytes(4, "little")))
    assert honest.count(size) == 2

    assert refusal(path).reason.code == "sheet.damaged"


def test_entities_in_the_bookkeeping_are_refused(tmp_path: Path) -> None:
    book = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        "<workbook><sheets>&b;</sheets></workbook>"
    )

    assert refusal(hand_made_workbook(tmp_path, "", book=book)).reason.code == "sheet.damaged"


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": [[f"c{i}" for i in range(2_001)]]})

    assert refusal(path).reason.code == "sheet.too_many_columns"


def test_a_cell_above_the_limit_is_refused_with_its_row(tmp_path: Path) -> None:
    path = hand_made_workbook(
        tmp_path, text_row(1, "a", "b") + text_row(2, "x", "y" * 1_000) + text_row(3, "x", "y")
    )

    refused = refusal(path, Limits(cell_characters=999))

    assert refused.reason.code == "sheet.cell_too_large"
    assert refused.reason["row"] == 2


@pytest.mark.parametrize("rows", ["", "<row r='1'/>"])
def test_an_empty_sheet_is_refused(tmp_path: Path, rows: str) -> None:
    assert refusal(hand_made_workbook(tmp_path, rows)).reason.code == "sheet.empty"


def test_a_cut_off_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": [["a", "b"], [1, 2]]})
    path.write_bytes(path.read_bytes()[:-200])

    assert refusal(path).reason.code == "sheet.damaged"


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    path = hand_made_workbook(
        tmp_path, text_row(1, "a", "b") + "<row r='2'><c r='A2'><v>1</w></row>"
    )

    assert refusal(path).reason.code == "sheet.damaged"


def test_a_zip_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leads.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")

    assert refusal(path).reason.code == "sheet.extension_wrong"
