"""Look into an XLSX archive before anything else opens it.

The reader holds a sheet as one rectangle in memory: two cells in opposite corners would ask for
half a terabyte and end the process. So sizes are measured here first, by really unpacking, never
by what the archive says of itself; what is found is an upper bound, whatever tricks the XML plays.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from evenhand.sheets.limits import Limits, UnreadableSheet

_CHUNK = 1 << 20
_MEGABYTE = 1 << 20
_DENSE_FROM = 20 * _MEGABYTE  # a small file may well shrink to nothing
_MOST_PARTS = 10_000

# What every usual program writes: the address comes first. Such a cell is where it says it is.
_ADDRESSED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
# Deliberately generous: whatever might be a row, a cell or an address counts.
_ROW_TAG = re.compile(rb"<(?:[^\s<>/!?:]+:)?row(?=[\s/>])")
_CELL_TAG = re.compile(rb"<(?:[^\s<>/!?:]+:)?c(?=[\s/>])")
_ANY_NUMBER = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,7})([0-9]{1,10})[\"']")
# Cells with a style and no value, which programs leave behind down to the last row.
_GHOST = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: ?/>|></c>)')
_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*\bt="e"[^<>]*>(?:<f[^<>]*(?:/>|>[^<]*</f>))?'
    rb"<v>([^<]{1,20})</v>"
)


@dataclass(slots=True)
class Area:
    """How far the cells of a part reach at most, and which of them hold errors."""

    rows: int = 0
    columns: int = 0
    loose_rows: int = 0  # rows that hold cells without an address
    loose_cells: int = 0  # the most of them in one row
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) from 1

    @property
    def cells(self) -> int:
        """The rectangle that the reader would hold in memory."""
        return (self.rows + self.loose_rows) * (self.columns + self.loose_cells)


def measured_sheets(path: Path, limits: Limits) -> dict[str, Area]:
    """The sheets of a workbook by name, each with its area.

    :raises UnreadableSheet: no workbook, damaged, encrypted, or larger inside than allowed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise UnreadableSheet(
                    "sheet.extension_wrong", file=path.name, found="a zip archive"
                )
            if len(archive.infolist()) > _MOST_PARTS:
                raise UnreadableSheet("sheet.damaged", file=path.name, detail="too many parts")
            areas = _measured_parts(archive, path, limits)
            parts = _sheet_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableSheet("sheet.damaged", file=path.name, detail=str(error)) from error
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise UnreadableSheet("sheet.damaged", file=path.name, detail=str(error)) from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise UnreadableSheet("sheet.password", file=path.name) from error
    return {sheet: areas.get(part, Area()) for sheet, part in parts.items()}


def _measured_parts(archive: zipfile.ZipFile, path: Path, limits: Limits) -> dict[str, Area]:
    """Unpack every part, counting. Any of them may be a sheet, whatever it is called."""
    areas: dict[str, Area] = {}
    packed, unpacked = max(1, path.stat().st_size), 0
    for info in archive.infolist():
        area = areas[info.filename] = Area()
        with archive.open(info) as part:
            for piece in _pieces(part):
                unpacked += len(piece)
                _check_size(unpacked, packed, path, limits)
                _look_at(piece, area)
                if area.cells > limits.area_cells:
                    raise UnreadableSheet(
                        "sheet.area_too_large",
                        file=path.name,
                        sheet=info.filename,
                        cells=area.cells,
                        limit=limits.area_cells,
                    )
    return areas


def _check_size(unpacked: int, packed: int, path: Path, limits: Limits) -> None:
    if unpacked > limits.unpacked_megabytes * _MEGABYTE:
        raise UnreadableSheet(
            "sheet.zip_too_large", file=path.name, limit=limits.unpacked_megabytes
        )
    if unpacked > _DENSE_FROM and unpacked // packed > limits.unpacked_ratio:
        raise UnreadableSheet(
            "sheet.zip_too_dense",
            file=path.name,
            ratio=unpacked // packed,
            limit=limits.unpacked_ratio,
        )


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that end before a row, so that no row or tag is cut in two.

    A row longer than a chunk is cut before some tag: its loose cells are then counted in two rows,
    which the allowance for a usual sheet (16,384 columns) makes good.
    """
    kept = b""
    while chunk := part.read(_CHUNK):
        kept += chunk
        cut = kept.rfind(b"<row ")
        if cut <= 0:
            cut = kept.rfind(b"<")
        if cut > 0:
            yield kept[:cut]
            kept = kept[cut:]
        elif len(kept) > 32 * _CHUNK:
            # Text without any tag: nothing to look at, but it counts.
            yield kept
            kept = b""
    yield kept


def _look_at(piece: bytes, area: Area) -> None:
    if b"/>" in piece or b"></c>" in piece:
        piece = _GHOST.sub(b"", piece)
    if b't="e"' in piece:
        for letters, digits, text in _ERROR_CELL.findall(piece):
            area.errors[int(digits), _column(letters)] = text.decode("ascii", "replace")
    addressed = _ADDRESSED.findall(piece)
    if addressed:
        area.rows = max(area.rows, *(int(digits) for digits in {d for _, d in addressed}))
        area.columns = max(
            area.columns, *(_column(letters) for letters in {c for c, _ in addressed})
        )
    if len(addressed) < len(_CELL_TAG.findall(piece)):
        _look_at_loose(piece, area)


def _look_at_loose(piece: bytes, area: Area) -> None:
    """Cells without an address stand behind one another, from wherever the row happens to begin."""
    for letters, digits in set(_ANY_NUMBER.findall(piece)):
        area.rows = max(area.rows, int(digits))
        area.columns = max(area.columns, _column(letters.upper()))
    for row in _ROW_TAG.split(piece):
        if cells := len(_CELL_TAG.findall(row)):
            area.loose_rows += 1
            area.loose_cells = max(area.loose_cells, cells)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet and the part that holds it."""
    relations = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _small_xml(archive, "xl/_rels/workbook.xml.rels")
    }
    sheets = _small_xml(archive, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet")
    found: dict[str, str] = {}
    for sheet in sheets:
        relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        target = relations.get(relation, "")
        found[sheet.get("name", "")] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    return found


def _small_xml(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """Parse a part of the archive's own bookkeeping.

    :raises ValueError: it is too large for that, or declares entities, which may multiply.
    """
    if part not in archive.namelist():
        return ElementTree.Element("absent")
    text = archive.read(part)
    if len(text) > 8 * _MEGABYTE or b"<!" in text:
        raise ValueError(f"{part} is not what a spreadsheet program writes")
    return ElementTree.fromstring(text)


def _column(letters: bytes) -> int:
    """The place of a column, from 1: A = 1, AA = 27."""
    place = 0
    for letter in letters:
        place = 26 * place + letter - 64
    return place
