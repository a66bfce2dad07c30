"""Workbooks without formulas or links, with typed cells that people can read."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.sheets.limits import UnwritableSheet
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.writing import xlsx_file
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn, WorkbookWriter
from tests.sheets.files import drained

COLUMNS = [SheetColumn("姓名"), SheetColumn("值", NumberFormat.DECIMAL)]


def written(path: Path, rows: list[list[Any]], columns: list[SheetColumn] | None = None) -> Any:
    """The sheet as openpyxl reads it, which is not the library that wrote it."""
    with WorkbookWriter(path) as book:
        book.write_sheet("结果", columns or COLUMNS, rows)
    return openpyxl.load_workbook(path)["结果"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "{=SUM(1)}",
        "+1",
        "-1+1",
        "@SUM(1)",
        "http://example.com",
        "mailto:a@b.cn",
        "internal:A1",
    ],
)
def test_no_text_becomes_a_formula_or_link(tmp_path: Path, text: str) -> None:
    sheet = written(tmp_path / "out.xlsx", [[text, text]], [SheetColumn(text), SheetColumn("b")])

    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in sheet[2]] == [text, text]
    assert all(cell.hyperlink is None for cell in cells)
    assert sheet["A2"].number_format == "@"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(texts=st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_whatever_the_text_the_workbook_opens_without_formulas(
    tmp_path: Path, texts: list[str]
) -> None:
    sheet = written(tmp_path / "out.xlsx", [[f"={text}", text] for text in texts])

    assert all(cell.data_type in {"s", "n"} for row in sheet.iter_rows() for cell in row)
    assert sheet.max_row == len(texts) + 1


def test_cells_keep_their_types_and_formats(tmp_path: Path) -> None:
    columns = [
        SheetColumn("整数", NumberFormat.INTEGER),
        SheetColumn("小数", NumberFormat.DECIMAL),
        SheetColumn("占比", NumberFormat.PERCENT),
        SheetColumn("日期", NumberFormat.DATE),
        SheetColumn("时间", NumberFormat.DATETIME),
        SheetColumn("是否"),
        SheetColumn("空"),
        SheetColumn("时刻"),
    ]
    at = datetime(2026, 3, 1, 8, 5)

    sheet = written(
        tmp_path / "out.xlsx",
        [
            [
                1200,
                Decimal("3.25"),
                0.125,
                date(2026, 3, 1),
                at.replace(tzinfo=UTC),
                True,
                None,
                time(9, 30),
            ]
        ],
        columns,
    )

    assert [cell.value for cell in sheet[2]] == [
        1200, 3.25, 0.125, datetime(2026, 3, 1), at, True, None, "09:30",
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet[2]][:5] == [
        "#,##0",
        "#,##0.00",
        "0.0%",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    ]


@pytest.mark.parametrize(
    "value",
    [
        6900000000000000001,
        Decimal("0.1234567890123456"),
        date(1899, 1, 1),
        datetime(1900, 1, 1, 8),
        float("nan"),
        float("inf"),
    ],
)
def test_what_a_spreadsheet_cannot_hold_is_written_as_text(tmp_path: Path, value: Any) -> None:
    sheet = written(tmp_path / "out.xlsx", [["x", value]])

    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value == (value.isoformat() if isinstance(value, date) else str(value))


def test_an_amount_with_trailing_zeros_stays_a_number(tmp_path: Path) -> None:
    sheet = written(tmp_path / "out.xlsx", [["x", 1_000_000_000_000_000_000]])

    assert sheet["B2"].value == 10**18


def test_the_head_is_frozen_filtered_and_bold(tmp_path: Path) -> None:
    sheet = written(tmp_path / "out.xlsx", [["王", 1], ["李", 2]])

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold


def test_columns_are_as_wide_as_their_text_and_chinese_counts_double(tmp_path: Path) -> None:
    sheet = written(
        tmp_path / "out.xlsx",
        [["杭州示例科技有限公司", "ab"], ["x\ny", "z" * 500]],
        [SheetColumn("a"), SheetColumn("b"), SheetColumn("c", width=33)][:2],
    )

    assert round(sheet.column_dimensions["A"].width) == 23
    assert round(sheet.column_dimensions["B"].width) == 61


def test_control_characters_are_dropped_and_long_texts_cut(tmp_path: Path) -> None:
    sheet = written(tmp_path / "out.xlsx", [["a\x00\x07\x1bb\ud800\nc", "长" * 40_000]])

    assert sheet["A2"].value == "ab\nc"
    assert sheet["B2"].value == "长" * 32_766 + "…"


def test_sheet_names_are_made_acceptable_and_unique(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"

    with WorkbookWriter(path) as book:
        for name in ("a/b:c", "A b c", "", "很" * 40, "很" * 40):
            book.write_sheet(name, COLUMNS, [])

    names = openpyxl.load_workbook(path).sheetnames
    assert names == ["a b c", "A b c (2)", "Sheet", "很" * 31, "很" * 27 + " (2)"]


def test_more_rows_than_a_sheet_holds_are_refused_and_leave_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 4)
    path = tmp_path / "out.xlsx"

    assert written(path, [["x", 1]] * 3).max_row == 4
    with pytest.raises(UnwritableSheet) as refused:
        written(path.with_name("more.xlsx"), [["x", 1]] * 4)

    assert refused.value.reason.code == "sheet.too_many_rows"
    assert "at most 3 rows" in str(refused.value)
    assert [file.name for file in tmp_path.iterdir()] == ["out.xlsx"]


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    written(path, [["=王", Decimal("0.1")], ["李", 7]])

    assert drained(open_table(path).rows()) == [(2, ["=王", Decimal("0.1")]), (3, ["李", 7])]
