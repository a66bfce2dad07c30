"""Open a spreadsheet: the door of this package."""

from pathlib import Path

from evenhand.sheets.limits import DEFAULT_LIMITS, Limits, UnreadableSheet
from evenhand.sheets.reading.csv_file import open_csv
from evenhand.sheets.reading.json_file import open_json
from evenhand.sheets.reading.table import Table
from evenhand.sheets.reading.xlsx_file import open_xlsx

TEXT_EXTENSIONS = frozenset({".csv", ".tsv", ".tab", ".txt"})
JSON_EXTENSIONS = frozenset({".json", ".jsonl", ".ndjson"})
WORKBOOK_EXTENSIONS = frozenset({".xlsx", ".xlsm"})
_OLD_EXTENSIONS = frozenset({".xls", ".et", ".xlt"})
_KNOWN = TEXT_EXTENSIONS | WORKBOOK_EXTENSIONS | JSON_EXTENSIONS | _OLD_EXTENSIONS

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of encrypted .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SIGNATURES = (
    (b"PK\x03\x04", "a workbook or zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (_OLE, "an old .xls workbook"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "gzip: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"{\\rtf", "a word processor's document"),
)
_WEB_STARTS = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<workbook")


def open_table(
    path: str | Path, *, sheet: str | int | None = None, limits: Limits = DEFAULT_LIMITS
) -> Table:
    """Open a CSV, XLSX or JSON file, find its header and be ready to give its rows.

    `sheet` is a name or a number from 1; without it, the first visible sheet with cells is read.

    :raises UnreadableSheet: the file cannot be read, or would cost too much; its `reason` says
        why, its text what to do.
    """
    path = Path(path)
    start = _start_of(path)
    extension = path.suffix.lower()
    if start.startswith(_OLE):
        raise _ole_refusal(path, extension)
    if extension in _OLD_EXTENSIONS and not start.lstrip().lower().startswith(_WEB_STARTS):
        raise UnreadableSheet("sheet.old_excel", file=path.name)
    if extension not in _KNOWN:
        raise UnreadableSheet("sheet.extension_unknown", file=path.name, extension=extension)
    found = _content(start)
    if extension in WORKBOOK_EXTENSIONS:
        if not start:
            raise UnreadableSheet("sheet.empty", file=path.name)
        if not start.startswith(b"PK\x03\x04"):
            raise UnreadableSheet(
                "sheet.extension_wrong", file=path.name, found=found or "plain text"
            )
        return open_xlsx(path, sheet, limits)
    if found:
        raise UnreadableSheet("sheet.extension_wrong", file=path.name, found=found)
    return open_json(path, limits) if extension in JSON_EXTENSIONS else open_csv(path, limits)


def _start_of(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableSheet("sheet.file_absent", file=str(path))
    try:
        with path.open("rb") as file:
            return file.read(512)
    except OSError as error:
        raise UnreadableSheet(
            "sheet.file_closed", file=path.name, detail=error.strerror or type(error).__name__
        ) from error


def _content(start: bytes) -> str:
    """What the first bytes show, if it is no text table."""
    for signature, found in _SIGNATURES:
        if start.startswith(signature):
            return found
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB_STARTS):
        return "a web page"  # what some systems export under the name .xls
    return ""


def _ole_refusal(path: Path, extension: str) -> UnreadableSheet:
    """Old workbooks and encrypted new ones share a container; only the latter name the package."""
    with path.open("rb") as file:
        overlap = b""
        while chunk := file.read(1 << 20):
            if _ENCRYPTED in overlap + chunk:
                return UnreadableSheet("sheet.password", file=path.name)
            overlap = chunk[-len(_ENCRYPTED) :]
    if extension in _OLD_EXTENSIONS:
        return UnreadableSheet("sheet.old_excel", file=path.name)
    return UnreadableSheet("sheet.extension_wrong", file=path.name, found="an old .xls workbook")
