"""One table as a file that people can open: CSV or XLSX, no formulas."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evenhand.sheets.writing.csv_file import write_csv
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn, WorkbookWriter

# Each format, with what it is called in an answer's head.
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def one_table(
    columns: Sequence[SheetColumn], rows: Iterable[Sequence[Out]], *, format: str, sheet: str
) -> bytes:
    """The file's bytes; `format` is one of FORMATS, `sheet` the name of its page in XLSX."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{format}"
        write_table(path, columns, rows, format=format, sheet=sheet)
        return path.read_bytes()


def write_table(
    path: Path,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Out]],
    *,
    format: str,
    sheet: str,
) -> int:
    """The same as a file on the disk, whatever its size; how many rows it holds."""
    if format == "csv":
        return write_csv(path, [column.title for column in columns], rows)
    with WorkbookWriter(path) as book:
        return book.write_sheet(sheet, columns, rows)
