"""Write XLSX for people: typed cells, no live formulas or links, readable columns."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from evenhand.sheets.limits import UnwritableSheet
from evenhand.sheets.writing.complete_file import complete_file
from evenhand.sheets.writing.safe_text import Out

MOST_ROWS = 1_048_576  # of a sheet, the header included
_LONGEST_TEXT = 32_767  # characters in a cell
_EXACT_DIGITS = 15  # a spreadsheet's number keeps no more
_MEASURED_ROWS = 200  # rows that the width of a column is taken from
_NARROWEST, _WIDEST = 6, 60  # in characters
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets disagree about earlier ones

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


class NumberFormat(StrEnum):
    """How the numbers and dates of a column look."""

    TEXT = "@"
    INTEGER = "#,##0"
    DECIMAL = "#,##0.00"
    PERCENT = "0.0%"
    DATE = "yyyy-mm-dd"
    DATETIME = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column to write. Texts stay texts whatever the format; width is in characters."""

    title: str
    format: NumberFormat = NumberFormat.TEXT
    width: int | None = None  # None: as wide as its first rows need


class WorkbookWriter:
    """Writes a workbook sheet by sheet, row by row, as a context manager; memory stays small."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._stack = ExitStack()
        self._names: set[str] = set()

    def __enter__(self) -> "WorkbookWriter":
        import xlsxwriter  # takes 15 MB, for those who write workbooks

        part = self._stack.enter_context(complete_file(self._path))
        self._book = xlsxwriter.Workbook(str(part), _OPTIONS)
        self._formats = {
            format: self._book.add_format({"num_format": format.value, "valign": "top"})
            for format in NumberFormat
        }
        self._head = self._book.add_format(
            {
                "bold": True,
                "bg_color": "#E6F4FF",
                "bottom": 1,
                "valign": "vcenter",
                "num_format": "@",
            }
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._book.close()
        finally:
            self._stack.__exit__(kind, error, trace)

    def write_sheet(
        self, name: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[Out]]
    ) -> int:
        """Add a sheet and write all its rows; the number of rows written.

        :raises UnwritableSheet: more rows than a sheet can hold.
        """
        sheet = self._book.add_worksheet(self._unused_name(name))
        iterator = iter(rows)
        first = list(islice(iterator, _MEASURED_ROWS))
        for index, column in enumerate(columns):
            width = column.width or _fitting_width(column, [row[index] for row in first])
            sheet.set_column(index, index, width, self._formats[column.format])
            sheet.write_string(0, index, _clean(column.title), self._head)
        sheet.freeze_panes(1, 0)
        formats = [self._formats[column.format] for column in columns]
        number = 0
        for batch in (first, iterator):
            for row in batch:
                number += 1
                if number >= MOST_ROWS:
                    raise UnwritableSheet(
                        "sheet.too_many_rows", file=self._path.name, limit=MOST_ROWS - 1
                    )
                for index, cell in enumerate(row):
                    self._write_cell(sheet, number, index, cell, formats[index])
        sheet.autofilter(0, 0, number, max(0, len(columns) - 1))
        return number

    def _write_cell(self, sheet: Any, row: int, column: int, cell: Out, format: Any) -> None:
        """One cell by its own type. Only `write_string` and its like are used: none of them
        makes a formula or a link out of a text.
        """
        text = self._formats[NumberFormat.TEXT]
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            sheet.write_string(row, column, _clean(cell), text)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | Decimal | float):
            if _is_exact(cell):
                sheet.write_number(row, column, float(cell), format)
            else:
                sheet.write_string(row, column, str(cell), text)
        elif isinstance(cell, time):
            sheet.write_string(row, column, cell.isoformat("minutes"), text)
        else:
            self._write_moment(sheet, row, column, cell, format)

    def _write_moment(
        self, sheet: Any, row: int, column: int, cell: date | datetime, format: Any
    ) -> None:
        day = cell.date() if isinstance(cell, datetime) else cell
        if day < _FIRST_DAY:
            sheet.write_string(row, column, cell.isoformat(), self._formats[NumberFormat.TEXT])
        else:
            # A cell knows no zone: it shows the wall clock that the value carries.
            wall = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
            sheet.write_datetime(row, column, wall, format)

    def _unused_name(self, wanted: str) -> str:
        """A sheet name that spreadsheet programs accept: 31 characters, none of []:*?/\\."""
        base = _FORBIDDEN_IN_NAME.sub(" ", wanted).strip(" '")[:31] or "Sheet"
        name, number = base, 2
        while name.casefold() in self._names:
            suffix = f" ({number})"
            name, number = base[: 31 - len(suffix)] + suffix, number + 1
        self._names.add(name.casefold())
        return name


def _clean(text: str) -> str:
    """The text without control characters, cut to what a cell can hold."""
    text = _CONTROLS.sub("", text)
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"


def _is_exact(number: int | float | Decimal) -> bool:
    """Whether a spreadsheet keeps all digits of a number."""
    if isinstance(number, float):
        return number == number and abs(number) != float("inf")
    return len(str(abs(number)).replace(".", "").strip("0")) <= _EXACT_DIGITS


def _fitting_width(column: SheetColumn, cells: Iterable[Out]) -> int:
    shown = [column.title, *(_shown(cell) for cell in cells)]
    widest = max(max(map(_display_width, text.splitlines()), default=0) for text in shown)
    return min(_WIDEST, max(_NARROWEST, widest + 2))


def _shown(cell: Out) -> str:
    if cell is None:
        return ""
    return cell.isoformat(" ", "minutes") if isinstance(cell, datetime) else str(cell)


def _display_width(text: str) -> int:
    """Columns on the screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
