"""Open a JSON file as a table: a row for each object, a column for each name, nested ones dotted.

Understood: a list of objects; an object with such a list inside, as the pages of an ad platform's
interface come ({"code": 0, "data": {"list": […]}}); an object a line. Rows are numbered from 1.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.limits import Limits, UnreadableSheet
from evenhand.sheets.reading.csv_file import encoding_notes
from evenhand.sheets.reading.encoding import detect_encoding
from evenhand.sheets.reading.json_text import JsonText, Listed
from evenhand.sheets.reading.rows import BATCH_ROWS, Records
from evenhand.sheets.reading.table import Table, named_columns
from evenhand.sheets.values.text import Cell

Path_ = tuple[str, ...]  # the names that lead to a value
_LONGEST_NAME = 200  # characters
_EXACT_INTEGER = 10**15
# How forms hand over questions of their own: [{"name": "budget", "values": ["10万"]}].
_NAMES, _VALUES = ("name", "key", "label", "title"), ("value", "values", "answer", "content")


def open_json(path: Path, limits: Limits) -> Table:
    """Open a JSON file.

    :raises UnreadableSheet: no JSON, no list of objects, too large, too deep, too many names.
    """
    size = path.stat().st_size
    if size > limits.json_megabytes * 1_000_000:
        raise UnreadableSheet("sheet.json_too_large", file=path.name, limit=limits.json_megabytes)
    # One line is the usual way to write JSON.
    encoding, _ = detect_encoding(path, replace(limits, line_bytes=size + 1))
    text = path.read_text(encoding=encoding.codec, errors=encoding.errors)
    source = JsonText(text, path.name, limits)
    listed = source.find()
    places = _places(source, listed, limits)
    if not places:
        raise UnreadableSheet("sheet.json_no_rows", file=path.name)
    names, doubled = named_columns([".".join(place).strip() for place in places])
    notes: list[Reason] = [*encoding_notes(encoding)]
    if listed.path:
        notes.append(reason("sheet.json_list", path=listed.path))
    if listed.others:
        notes.append(reason("sheet.json_other_lists", others=listed.others))
    notes += [reason("sheet.header_doubled", column=old, renamed=new) for old, new in doubled]
    return Table(
        file=path.name,
        header=tuple(names),
        header_row=0,
        notes=tuple(notes),
        records=partial(_records, source, listed, places),
        row_estimate=listed.count,
        byte_count=size,
        encoding=encoding.codec,
    )


def _places(source: JsonText, listed: Listed, limits: Limits) -> Mapping[Path_, int]:
    """Every name that any row has, in the order of their first appearance."""
    found: dict[Path_, int] = {}
    for number, one in enumerate(source.objects(listed), start=1):
        for place, _ in _flat(one, ()):
            if place not in found:
                if len(found) == limits.columns:
                    raise UnreadableSheet(
                        "sheet.too_many_columns",
                        file=source.file,
                        columns=limits.columns + 1,
                        limit=limits.columns,
                    )
                if sum(map(len, place)) > _LONGEST_NAME:
                    raise UnreadableSheet(
                        "sheet.cell_too_large", file=source.file, row=number, limit=_LONGEST_NAME
                    )
                found[place] = len(found)
    return found


def _records(source: JsonText, listed: Listed, places: Mapping[Path_, int]) -> Iterator[Records]:
    width = len(places)
    rows = source.objects(listed)
    while batch := list(islice(rows, BATCH_ROWS)):
        found: list[list[Cell]] = []
        for one in batch:
            row: list[Cell] = [""] * width
            for place, cell in _flat(one, ()):
                row[places[place]] = cell
            found.append(row)
        yield found


def _flat(value: Any, place: Path_) -> Iterator[tuple[Path_, Cell]]:
    """The values of an object with the names that lead to them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, (*place, _clean(name)))
    elif isinstance(value, list):
        pairs = [_pair(one) for one in value]
        if not any(isinstance(one, dict | list) for one in value):
            yield place, "；".join(str(_cell(one)) for one in value if one is not None)
        elif all(pair is not None for pair in pairs):
            for pair in pairs:
                assert pair is not None
                yield from _flat(pair[1], (*place, _clean(pair[0])))
        else:
            yield place, _clean(json.dumps(value, ensure_ascii=False, default=str))
    else:
        yield place, _cell(value)


def _pair(value: Any) -> tuple[str, Any] | None:
    """The question and the answer, where an object is that and little else."""
    if not isinstance(value, dict) or len(value) > 4:
        return None
    name = next((value[one] for one in _NAMES if isinstance(value.get(one), str)), None)
    answer = next((one for one in _VALUES if one in value), None)
    return None if name is None or answer is None else (name, value[answer])


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < _EXACT_INTEGER else str(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) <= 30:
        return value
    return str(value)


def _clean(text: str) -> str:
    """Without what no database keeps: NUL, and halves of characters."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
