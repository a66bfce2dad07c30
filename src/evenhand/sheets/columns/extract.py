"""Read one row through a column map: compiled once per column, then called once per row.

A reader takes the cells of a row and gives the value, None, or a Problem that knows its column.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from evenhand.sheets.columns.mapping import Column, ColumnMap
from evenhand.sheets.columns.roles import ROLES, CellKind
from evenhand.sheets.values.booleans import parse_boolean, parse_in_service
from evenhand.sheets.values.dates import parse_date, parse_datetime
from evenhand.sheets.values.emails import parse_email
from evenhand.sheets.values.lists import parse_list
from evenhand.sheets.values.numbers import parse_number
from evenhand.sheets.values.outcomes import parse_outcome
from evenhand.sheets.values.periods import Period, parse_periods
from evenhand.sheets.values.phones import parse_phone
from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.regions import joined_region, parse_region, parse_regions
from evenhand.sheets.values.text import Cell, parse_id, parse_text

Row = Sequence[Cell]
Parsed = (
    str
    | int
    | Decimal
    | bool
    | date
    | datetime
    | time
    | tuple[str, ...]
    | tuple[Period, ...]
    | None
)
Reader = Callable[[Row], Parsed | Problem]

_REMEMBERED = 50_000  # different texts per column; beyond it the column hardly repeats itself
_LONGEST_REMEMBERED = 64  # characters: longer texts are remarks, which nobody writes twice

# Kinds whose texts repeat from row to row (industry, source, grade) are parsed once per text.
_REPEATING = frozenset(CellKind) - {CellKind.ID, CellKind.PHONE, CellKind.EMAIL}


def role_reader(found: ColumnMap, role: str) -> Reader | None:
    """A reader for one role, or None if no column has it.

    Parts are joined (province and city to a path, surname and given name to a name); of columns
    that fall back, the first filled and usable one counts.
    """
    columns = found.of(role)
    if not columns:
        return None
    readers = [column_reader(column) for column in columns]
    if len(readers) == 1:
        return readers[0]
    if ROLES[found.purpose][role].falls_back:
        return partial(_first_usable, readers)
    if role == "name":
        return partial(_joined_name, readers)
    joined = _joined_regions if columns[0].kind is CellKind.REGIONS else _joined_region
    return partial(joined, readers)


def role_readers(found: ColumnMap) -> dict[str, Reader]:
    """A reader for each role that was found."""
    return {role: reader for role in found.roles if (reader := role_reader(found, role))}


def custom_readers(found: ColumnMap) -> dict[str, Reader]:
    """A reader for each field of its own, by its name in conditions."""
    return {column.field: column_reader(column) for column in found.custom}


def column_reader(column: Column) -> Reader:
    """A reader for the cells of one column. A row that ends before it has nothing there."""
    parse = _parser(column)
    index, header = column.index, column.header
    seen: dict[str, Any] | None = {} if column.kind in _REPEATING else None

    def read(row: Row) -> Any:
        cell = row[index] if index < len(row) else ""
        # Only texts are remembered: 1, True and Decimal(1) are one key of a dictionary.
        if seen is not None and isinstance(cell, str):
            if cell in seen:
                return seen[cell]
            if len(seen) >= _REMEMBERED:
                seen.clear()
        found = parse(cell)
        if isinstance(found, Problem):
            found = found.within(header)
        if seen is not None and isinstance(cell, str) and len(cell) <= _LONGEST_REMEMBERED:
            seen[cell] = found
        return found

    return read


def parse_share(cell: Cell, *, factor: int = 1) -> int | Problem | None:
    """A weight in hundredths: 100 is a full share. "80%" is 80, whatever the column's scale."""
    is_percent = isinstance(cell, str) and "%" in cell.replace("％", "%")
    number = parse_number(cell, factor=1)
    if number is None or isinstance(number, Problem):
        return number
    scaled = Decimal(number) * (100 if is_percent else factor)
    return int(scaled.to_integral_value(ROUND_HALF_UP))


def _parser(column: Column) -> Callable[[Cell], Any]:
    kind, order = column.kind, column.date_order
    if kind is CellKind.NUMBER:
        return partial(parse_number, factor=column.factor)
    if kind is CellKind.SHARE:
        return partial(parse_share, factor=column.factor)
    if kind is CellKind.DATE:
        return partial(parse_date, order=order)
    if kind is CellKind.DATETIME:
        return partial(parse_datetime, order=order)
    if kind is CellKind.PERIODS:
        return partial(parse_periods, order=order)
    return _PARSERS[kind]


_PARSERS: dict[CellKind, Callable[[Cell], Any]] = {
    CellKind.TEXT: parse_text,
    CellKind.ID: parse_id,
    CellKind.PHONE: parse_phone,
    CellKind.EMAIL: parse_email,
    CellKind.BOOLEAN: parse_boolean,
    CellKind.IN_SERVICE: parse_in_service,
    CellKind.LIST: parse_list,
    CellKind.REGION: parse_region,
    CellKind.REGIONS: parse_regions,
    CellKind.OUTCOME: parse_outcome,
}


def _first_usable(readers: Sequence[Reader], row: Row) -> Any:
    """The first value; if there is none, the first problem."""
    wrong: Problem | None = None
    for read in readers:
        found = read(row)
        if isinstance(found, Problem):
            wrong = wrong or found
        elif found is not None:
            return found
    return wrong


def _joined_name(readers: Sequence[Reader], row: Row) -> Any:
    """张 and 三 give 张三; Müller and Zoë give Zoë Müller (the surname's column comes first)."""
    parts = [found for read in readers if (found := read(row)) is not None]
    if wrong := next((part for part in parts if isinstance(part, Problem)), None):
        return wrong
    texts = [str(part) for part in parts]
    is_chinese = all(text and "\u3400" <= text[0] <= "\u9fff" for text in texts)
    return ("".join(texts) if is_chinese else " ".join(reversed(texts))) or None


def _joined_region(readers: Sequence[Reader], row: Row) -> Any:
    parts = [read(row) for read in readers]
    if wrong := next((part for part in parts if isinstance(part, Problem)), None):
        return wrong
    return joined_region(part for part in parts if isinstance(part, str))


def _joined_regions(readers: Sequence[Reader], row: Row) -> Any:
    """What a person covers: the smallest part filled, each under the single larger ones."""
    parts = [read(row) for read in readers]
    if wrong := next((part for part in parts if isinstance(part, Problem)), None):
        return wrong
    filled = [part for part in parts if isinstance(part, tuple)]
    if not filled:
        return None
    # Under several provinces at once nobody can say where a city lies: then it stands alone.
    above = [str(part[0]) for part in filled[:-1] if len(part) == 1]
    return tuple(joined_region([*above, str(smallest)]) for smallest in filled[-1])
