"""A company's own file of divisions, CSV or JSON, laid over the list that comes with the program.

Columns: code, name, aliases, became, year; `|` stands between several values. A row names a
division of today (a new one, or another name for one that is listed), gives it further spellings,
or says what it became: then it is no more, and its name leads to those codes.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.regions.divisions import (
    Change,
    Decree,
    DivisionList,
    Fate,
    parent_code,
)
from evenhand.sheets.regions.tables import SEPARATOR

COLUMNS = ("code", "name", "aliases", "became", "year")
_REQUIRED = ("code", "name")
_CODE = re.compile(r"[1-9]\d{5}")
_NAME = re.compile(r"[\u3400-\u9fff()（）]{2,30}")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_MEGABYTES_MAX = 2


class UnreadableRegions(Exception):
    """The file cannot be used; `reasons` name every row, its value and the remedy."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("\n".join(f"{one.code} {dict(one.params)}" for one in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row: a division, further names of it, and what it became if it is no more."""

    number: int  # in a CSV file the line, the heading being 1; in JSON the entry
    code: str
    name: str
    aliases: tuple[str, ...]
    became: tuple[str, ...]
    year: str


def read_regions(path: Path, listed: DivisionList) -> DivisionList:
    """The list with the file laid over it; .json as a list of objects, anything else as CSV.

    :raises UnreadableRegions: with all that is wrong, not just the first.
    :raises OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(_MEGABYTES_MAX * 1_000_000 + 1)
    if len(data) > _MEGABYTES_MAX * 1_000_000:
        raise UnreadableRegions(
            reason("region.file_too_large", file=path.name, limit=_MEGABYTES_MAX)
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise _unreadable(path, row) from error
    found = _json_rows(text, path) if path.suffix.lower() == ".json" else _csv_rows(text, path)
    return _laid_over(listed, [*found], path.name)


def _laid_over(listed: DivisionList, rows: list[OwnRow], file: str) -> DivisionList:
    names = dict(listed.names)
    names |= {row.code: row.name for row in rows if row.name and not row.became}
    for row in rows:
        if row.became:
            names.pop(row.code, None)
    wrong = [
        reason(f"region.row_{what}", file=file, row=row.number, column=column, value=value, **more)
        for row, what, column, value, more in _mistakes(rows, listed, names)
    ]
    if wrong:
        raise UnreadableRegions(*wrong)
    spellings = dict(listed.spellings)
    for row in rows:
        for alias in row.aliases:
            spellings[alias] = tuple(dict.fromkeys((*spellings.get(alias, ()), row.code)))
    changes = [change for row in rows for change in _changes(row, listed)]
    ended = {row.code: row.became for row in rows if row.became}
    return replace(
        listed,
        names=names,
        changes=(*(_led_on(change, ended) for change in listed.changes), *changes),
        spellings={name: _on(codes, ended) for name, codes in spellings.items()},
        english={code: found for code, found in listed.english.items() if code in names},
    )


def _changes(row: OwnRow, listed: DivisionList) -> Iterator[Change]:
    """What the file changes in the meaning of a listed name."""
    old = listed.names.get(row.code, "")
    became = row.became or (row.code,)
    old = row.name if row.became and row.name else old
    if not old or (not row.became and old == row.name):
        return
    fate = Fate.RENAMED if not row.became else Fate.SPLIT if len(became) > 1 else Fate.MERGED
    year = int(row.year) if row.year else 0
    yield Change(old, year, fate, Decree.COMPANY, became)


def _led_on(change: Change, ended: Mapping[str, tuple[str, ...]]) -> Change:
    return replace(change, became=_on(change.became, ended))


def _on(codes: tuple[str, ...], ended: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Codes with those that ended replaced by what they became."""
    return tuple(dict.fromkeys(new for code in codes for new in ended.get(code, (code,))))


_Mistake = tuple[OwnRow, str, str, str, dict[str, int]]


def _mistakes(
    rows: list[OwnRow], listed: DivisionList, names: Mapping[str, str]
) -> Iterator[_Mistake]:
    first: dict[str, int] = {}
    for row in rows:
        if not _CODE.fullmatch(row.code):
            yield row, "code", "code", row.code, {}
            continue
        if row.code in first:
            yield row, "repeated", "code", row.code, {"first_row": first[row.code]}
            continue
        first[row.code] = row.number
        is_known = row.code in listed.names
        if not _NAME.fullmatch(row.name) and not (is_known and not row.name):
            yield row, "name", "name", row.name, {}
        if row.became and row.year == "":
            yield row, "year", "year", row.year, {}
        if row.year and not _YEAR.fullmatch(row.year):
            yield row, "year", "year", row.year, {}
        for code in row.became:
            if code not in names:
                yield row, "became", "became", code, {}
        parent = parent_code(row.code, names)
        if not row.became and parent and parent not in names:
            yield row, "parent", "code", row.code, {}


def _csv_rows(text: str, path: Path) -> Iterator[OwnRow]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        for column in _REQUIRED:
            if column not in header:
                raise UnreadableRegions(
                    reason("region.file_column_missing", file=path.name, column=column)
                )
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(reader.line_num, dict(zip(header, cells, strict=False)))
    except csv.Error as error:
        raise _unreadable(path, reader.line_num) from error


def _json_rows(text: str, path: Path) -> Iterator[OwnRow]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, getattr(error, "lineno", 1)) from error
    if not isinstance(entries, list):
        raise _unreadable(path, 1)
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise _unreadable(path, number)
        yield _row(number, {str(key).lower(): _text(value) for key, value in entry.items()})


def _text(value: Any) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(str(one) for one in value)
    return "" if value is None else str(value)


def _row(number: int, cells: Mapping[str, str]) -> OwnRow:
    def several(column: str) -> tuple[str, ...]:
        parts = cells.get(column, "").split(SEPARATOR)
        return tuple(part.strip() for part in parts if part.strip())

    def one(column: str) -> str:
        return cells.get(column, "").strip()

    return OwnRow(
        number, one("code"), one("name"), several("aliases"), several("became"), one("year")
    )


def _unreadable(path: Path, row: int) -> UnreadableRegions:
    return UnreadableRegions(reason("region.file_unreadable", file=path.name, row=row))
