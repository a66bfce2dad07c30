"""Files for the tests: small honest ones, and hostile ones built by hand."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import Rows
from evenhand.sheets.reading.table import Table


def text_file(
    folder: Path, content: str | bytes, name: str = "leads.csv", encoding: str = "utf-8"
) -> Path:
    """A text file of exactly this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def table(folder: Path, content: str | bytes, name: str = "leads.csv") -> Table:
    """A text file, opened."""
    return open_table(text_file(folder, content, name))


def drained(rows: Rows) -> list[tuple[int, list[Any]]]:
    """All rows of one pass."""
    return [(number, list(cells)) for number, cells in rows]


def workbook(
    folder: Path, sheets: dict[str, Sequence[Sequence[Any]]], name: str = "leads.xlsx"
) -> Path:
    """A workbook as an ordinary program writes it."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def _relations(kind: str, target: str) -> str:
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Target="{target}" Type="{_OFFICE}/{kind}"/></Relationships>'
    )


def hand_made_workbook(
    folder: Path,
    sheet_data: str,
    *,
    parts: Iterable[tuple[str, bytes]] = (),
    book: str = _BOOK,
    name: str = "leads.xlsx",
) -> Path:
    """A workbook whose only sheet holds exactly this XML between the sheetData tags."""
    path = folder / name
    sheet = (
        f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}">'
        f"<sheetData>{sheet_data}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", book)
        sheets = _relations("worksheet", "worksheets/sheet1.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", sheets)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for part, content in parts:
            archive.writestr(part, content)
    return path


def text_row(number: int, *texts: str) -> str:
    """A row of inline texts with addresses, for a hand-made sheet."""
    cells = "".join(
        f'<c r="{chr(65 + index)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for index, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'
