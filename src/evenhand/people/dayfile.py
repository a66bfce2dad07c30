"""A company's own days file, CSV or YAML: holidays, workdays and special hours by date.

Columns: date, kind (holiday, workday, hours, complete), name, hours. A row of kind `complete`
has a year as its date: the file holds all official days of that year, and the year is settled.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from evenhand.engine.calendar.hours import UnreadableHours, parse_hours
from evenhand.engine.calendar.worktime import FIRST_YEAR, LAST_YEAR, Day, DayKind
from evenhand.engine.reasons import Reason, reason

COMPLETE = "complete"

_COLUMNS: Mapping[str, str] = {
    "date": "date",
    "日期": "date",
    "kind": "kind",
    "type": "kind",
    "类型": "kind",
    "類型": "kind",
    "name": "name",
    "名称": "name",
    "名稱": "name",
    "hours": "hours",
    "时间": "hours",
    "時間": "hours",
}
_KINDS: Mapping[str, str] = {
    **{kind.value: kind.value for kind in DayKind},
    COMPLETE: COMPLETE,
    "放假": "holiday",
    "休": "holiday",
    "上班": "workday",
    "班": "workday",
    "特殊时间": "hours",
    "特殊時間": "hours",
    "全年": COMPLETE,
}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
_YEAR = re.compile(r"(\d{4})\s*年?", re.ASCII)
_BYTES_MAX = 1_000_000
_ENGLISH: Mapping[str, str] = {
    "calendar.file_column_missing": (
        "{file}: there is no column {column!r}; the columns are date, kind, name and hours"
    ),
    "calendar.file_unreadable": (
        "{file}, row {row}: this cannot be read; save it as CSV in UTF-8, "
        "or as a YAML list of entries with date, kind, name and hours"
    ),
    "calendar.row_date": (
        "{file}, row {row}, {column}: {value!r} is not a day; write it as 2027-02-06, "
        "or a year alone for kind complete"
    ),
    "calendar.row_hours": (
        "{file}, row {row}, {column}: {value!r} does not fit; kind hours, and it alone, "
        "has hours such as 09:00-12:00, 13:30-18:00"
    ),
    "calendar.row_kind": (
        "{file}, row {row}, {column}: {value!r} is not a kind of day; "
        "use holiday, workday, hours or complete"
    ),
    "calendar.row_repeated": (
        "{file}, row {row}, {column}: {value!r} stands in row {first_row} already; keep one"
    ),
}


class UnreadableDays(Exception):
    """The days file could not be read; `reasons` name every place and its value."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(
            "\n".join(_ENGLISH[found.code].format(**dict(found.params)) for found in reasons)
        )
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class DayFile:
    """The days of a file, and the years of which it holds all official days."""

    days: Mapping[date, Day]
    complete_years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    values: Mapping[str, str]
    columns: Mapping[str, str]  # our name of a column → the file's


class _WrongRow(Exception):
    def __init__(self, code: str, column: str) -> None:
        self.code, self.column = code, column


def read_days(path: Path) -> DayFile:
    """Read a days file, by its ending: .yaml and .yml as YAML, anything else as CSV.

    :raises UnreadableDays: with all that is wrong, not just the first.
    :raises OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(_BYTES_MAX + 1)
    if len(data) > _BYTES_MAX:
        raise UnreadableDays(reason("calendar.file_unreadable", file=path.name, row=1))
    text = _decoded(data, path.name)
    is_yaml = path.suffix.lower() in {".yaml", ".yml"}
    rows = _yaml_rows(text, path.name) if is_yaml else _csv_rows(text, path.name)
    return _days_of(rows, path.name)


def _days_of(rows: Iterator[_Row], file: str) -> DayFile:
    days: dict[date, Day] = {}
    years: set[int] = set()
    first_rows: dict[date | int, int] = {}
    wrong: list[Reason] = []
    for row in rows:
        try:
            entry = _entry(row)
        except _WrongRow as error:
            wrong.append(_at(row, error.code, error.column, file))
            continue
        when = entry if isinstance(entry, int) else entry[0]
        if when in first_rows:
            first_row = first_rows[when]
            wrong.append(_at(row, "calendar.row_repeated", "date", file, first_row=first_row))
            continue
        first_rows[when] = row.number
        if isinstance(entry, int):
            years.add(entry)
        else:
            days[entry[0]] = entry[1]
    if wrong:
        raise UnreadableDays(*wrong)
    return DayFile(dict(sorted(days.items())), frozenset(years))


def _entry(row: _Row) -> int | tuple[date, Day]:
    """What a row says: a complete year, or a date and what is special about it."""
    kind = _KINDS.get(row.values["kind"].lower())
    if kind is None:
        raise _WrongRow("calendar.row_kind", "kind")
    hours, text = row.values["hours"], row.values["date"]
    if bool(hours) != (kind == DayKind.HOURS):
        raise _WrongRow("calendar.row_hours", "hours")
    if kind == COMPLETE:
        return _year(text)
    try:
        shifts = parse_hours(hours) if hours else ()
    except UnreadableHours as error:
        raise _WrongRow("calendar.row_hours", "hours") from error
    return _date(text), Day(DayKind(kind), row.values["name"], shifts)


def _date(text: str) -> date:
    found = _DATE.fullmatch(text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _WrongRow("calendar.row_date", "date")
    return day


def _year(text: str) -> int:
    found = _YEAR.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise _WrongRow("calendar.row_date", "date")
    return int(found[1])


def _at(row: _Row, code: str, column: str, file: str, **more: int) -> Reason:
    shown = row.columns.get(column, column)
    value = row.values[column]
    return reason(code, file=file, row=row.number, column=shown, value=value, **more)


def _csv_rows(text: str, file: str) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        names = [_COLUMNS.get(cell.strip().lower(), "") for cell in header]
        for column in ("date", "kind"):
            if column not in names:
                raise UnreadableDays(
                    reason("calendar.file_column_missing", file=file, column=column)
                )
        columns = {name: cell.strip() for name, cell in zip(names, header, strict=True) if name}
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(reader.line_num, dict(zip(names, cells, strict=False)), columns)
    except csv.Error as error:
        raise UnreadableDays(
            reason("calendar.file_unreadable", file=file, row=reader.line_num)
        ) from error


def _yaml_rows(text: str, file: str) -> Iterator[_Row]:
    try:
        entries = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise UnreadableDays(reason("calendar.file_unreadable", file=file, row=line)) from error
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
        if not isinstance(entry, dict):
            raise UnreadableDays(reason("calendar.file_unreadable", file=file, row=number))
        known = {_COLUMNS.get(str(key).lower(), ""): key for key in entry}
        for column in ("date", "kind"):
            if column not in known:
                raise UnreadableDays(
                    reason("calendar.file_column_missing", file=file, column=column)
                )
        values = {name: entry[key] for name, key in known.items()}
        yield _row(number, values, {name: str(key) for name, key in known.items()})


def _row(number: int, values: Mapping[str, object], columns: Mapping[str, str]) -> _Row:
    texts = {name: values.get(name) for name in ("date", "kind", "name", "hours")}
    settled = {name: "" if value is None else str(value).strip() for name, value in texts.items()}
    return _Row(number, settled, columns)


def _decoded(data: bytes, file: str) -> str:
    # Excel in China saves CSV as GBK, of which GB 18030 is the whole.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableDays(reason("calendar.file_unreadable", file=file, row=1))
