"""The files behind the page: one workbook with a sheet per question, and two CSV files."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evenhand.cli.checkup.detail_sheets import (
    Sheet,
    leads_sheet,
    received_sheet,
)
from evenhand.cli.checkup.detail_sheets import sheets as sheets_of
from evenhand.cli.checkup.figures import Figures
from evenhand.cli.checkup.page import assumptions, rejection
from evenhand.cli.checkup.reading import Reading
from evenhand.engine.checkup.report import Checkup
from evenhand.sheets.writing.csv_file import write_csv
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn, WorkbookWriter

PAGE = "checkup.html"
WORKBOOK = "checkup.xlsx"
REPS = "checkup_reps.csv"
LEADS = "checkup_leads.csv"
REJECTED = "rejected.csv"
# A longer sheet helps nobody, and writing it takes most of the time.
MOST_SHEET_ROWS = 20_000


def write_details(
    folder: Path, found: Checkup, reading: Reading, show: Figures, *, weights_file: str = ""
) -> list[str]:
    """Write the files; their names, in the order in which they are worth opening."""
    written = [WORKBOOK, REPS, LEADS]
    sheets = [sheet for sheet in sheets_of(found, show) if sheet.rows]
    leads = leads_sheet(found, show)
    sheets.append(leads)
    column = ((show.text("head-note"), NumberFormat.TEXT),)
    gaps = [show.text(f"gap-{gap}") for gap in found.coverage.gaps]
    notes = [*_cuts(sheets, show), *assumptions(found, reading, show, weights_file)]
    for title, lines in (("section-gaps", gaps), ("section-assumptions", notes)):
        sheets.append(Sheet(show.text(title), column, [[line] for line in lines]))
    with WorkbookWriter(folder / WORKBOOK) as book:
        for sheet in sheets:
            columns = [SheetColumn(title, format_) for title, format_ in sheet.columns]
            book.write_sheet(sheet.name, columns, sheet.rows[:MOST_SHEET_ROWS])
    for name, sheet in ((REPS, received_sheet(found, show)), (LEADS, leads)):
        write_csv(folder / name, [title for title, _ in sheet.columns], sheet.rows)
    if reading.rejected:
        heads = [show.text(f"head-{name}") for name in ("row", "column", "value", "reason")]
        rows: list[list[Out]] = [
            [r.row, r.column, r.value, rejection(r, show)] for r in reading.rejected
        ]
        write_csv(folder / REJECTED, heads, rows)
        written.append(REJECTED)
    return written


def _cuts(sheets: Sequence[Sheet], show: Figures) -> Iterator[str]:
    """Which sheets do not hold all their rows; every lead is in the CSV file."""
    for sheet in sheets:
        if len(sheet.rows) > MOST_SHEET_ROWS:
            yield show.text(
                "cut-sheet", sheet=sheet.name, shown=MOST_SHEET_ROWS, all=len(sheet.rows)
            )
