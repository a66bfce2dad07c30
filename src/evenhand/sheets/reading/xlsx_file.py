"""Open a sheet of an XLSX workbook with exact values: integers, Decimals, dates, texts."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.limits import Limits, UnreadableSheet
from evenhand.sheets.reading.header import LOOKED_AT, find_header
from evenhand.sheets.reading.rows import BATCH_ROWS
from evenhand.sheets.reading.table import Table, letters
from evenhand.sheets.reading.xlsx_guard import Area, measured_sheets
from evenhand.sheets.values.text import Cell

_EXACT_INTEGER = 10**15  # a spreadsheet's number keeps 15 digits; beyond it the last ones are lost


def open_xlsx(path: Path, sheet: str | int | None, limits: Limits) -> Table:
    """Open one sheet: the named or numbered (from 1) one, or the first visible one with cells.

    :raises UnreadableSheet: damaged, hostile, encrypted, no such sheet, empty, too wide.
    """
    areas = measured_sheets(path, limits)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            names = _readable_names(workbook)
            chosen = _chosen(sheet, names, areas, path)
            data = workbook.get_sheet_by_name(chosen)
    except CalamineError as error:
        raise UnreadableSheet("sheet.damaged", file=path.name, detail=str(error)) from error
    except BaseException as error:
        # The reader is written in Rust; its panics come as a BaseException of their own.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableSheet("sheet.damaged", file=path.name, detail="unreadable cells") from None
    if data.width > limits.columns:
        raise UnreadableSheet(
            "sheet.too_many_columns", file=path.name, columns=data.width, limit=limits.columns
        )
    read = partial(_records, data, areas.get(chosen, Area()).errors, path.name, limits)
    top = next(read(0), [])[:LOOKED_AT]
    header = find_header(top)
    if header is None:
        raise UnreadableSheet("sheet.empty", file=path.name)
    return Table(
        file=path.name,
        header=header.names,
        header_row=header.row,
        notes=(*_sheet_notes(chosen, names, areas), *header.notes),
        records=partial(read, header.row),
        row_estimate=data.height,
        byte_count=path.stat().st_size,
        sheet=chosen,
        sheets=tuple(names),
    )


def _readable_names(workbook: CalamineWorkbook) -> list[str]:
    """The sheets with cells, visible ones first, each in the workbook's order."""
    sheets = [s for s in workbook.sheets_metadata if s.typ is SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda s: s.visible is not SheetVisibleEnum.Visible)
    return [sheet.name for sheet in sheets]


def _chosen(sheet: str | int | None, names: list[str], areas: dict[str, Area], path: Path) -> str:
    if not names:
        raise UnreadableSheet("sheet.empty", file=path.name)
    if sheet is None:
        return next((name for name in names if areas.get(name, Area()).cells), names[0])
    if isinstance(sheet, int) and 1 <= sheet <= len(names):
        return names[sheet - 1]
    if str(sheet) in names:
        return str(sheet)
    raise UnreadableSheet(
        "sheet.sheet_unknown", file=path.name, sheet=str(sheet), sheets=tuple(names)
    )


def _records(
    data: CalamineSheet,
    errors: dict[tuple[int, int], str],
    name: str,
    limits: Limits,
    below: int,
) -> Iterator[list[list[Cell]]]:
    """The rows below row `below` in batches, with exact values.

    :raises UnreadableSheet: a cell is too large.
    """
    if data.start is None:
        return
    left = data.start[1]  # the reader drops empty columns at the left
    spoiled: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in errors.items():
        spoiled.setdefault(row, []).append((column - 1 - left, text))
    rows = enumerate(data.iter_rows(), start=1)
    for _ in range(below):
        next(rows, None)
    while batch := list(islice(rows, BATCH_ROWS)):
        found: list[list[Cell]] = []
        for number, cells in batch:
            exact = [cell if cell.__class__ is str else _exact(cell) for cell in cells]
            for column, text in spoiled.get(number, ()):
                if 0 <= column < len(exact):
                    exact[column] = text  # the reader gives an error as nothing at all
            if any(len(c) > limits.cell_characters for c in exact if isinstance(c, str)):
                raise UnreadableSheet(
                    "sheet.cell_too_large", file=name, row=number, limit=limits.cell_characters
                )
            found.append(exact)
        yield found


def _exact(cell: Any) -> Cell:
    """A float as int or Decimal, as the spreadsheet shows it; what has no type of ours as text."""
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < _EXACT_INTEGER:
            return int(cell)
        return Decimal(repr(cell)) if cell == cell and abs(cell) != float("inf") else str(cell)
    if isinstance(cell, timedelta):
        hours, seconds = divmod(int(cell.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02d}:{seconds % 60:02d}"
    return cell  # type: ignore[no-any-return]


def _sheet_notes(chosen: str, names: list[str], areas: dict[str, Area]) -> list[Reason]:
    notes: list[Reason] = []
    others = tuple(n for n in names if n != chosen and areas.get(n, Area()).cells)
    if others:
        notes.append(reason("sheet.other_sheets", sheet=chosen, others=others))
    if errors := areas.get(chosen, Area()).errors:
        row, column = min(errors)
        notes.append(
            reason("sheet.error_cells", count=len(errors), first=f"{letters(column - 1)}{row}")
        )
    return notes
