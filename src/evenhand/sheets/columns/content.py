"""What the values of a column say: whether they fit a role, and what an unnamed column holds."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

from evenhand.sheets.columns.roles import CellKind
from evenhand.sheets.values.booleans import parse_boolean, parse_in_service
from evenhand.sheets.values.dates import DateOrder, parse_moment
from evenhand.sheets.values.emails import is_certain_email, parse_email
from evenhand.sheets.values.lists import has_list_mark
from evenhand.sheets.values.numbers import parse_number
from evenhand.sheets.values.outcomes import parse_outcome
from evenhand.sheets.values.periods import parse_periods
from evenhand.sheets.values.phones import is_certain_phone, parse_phone
from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.regions import is_certain_region
from evenhand.sheets.values.text import Cell, is_blank, text_of

# Problems that a cell of the right kind may still have: a masked phone is a phone.
_STILL_THE_KIND = frozenset(
    {
        "sheet.phone_digits_lost",
        "sheet.phone_invented",
        "sheet.phone_masked",
        "sheet.phone_too_short",
        "sheet.email_masked",
        "sheet.date_ambiguous",
        "sheet.cell_error",
    }
)
_FITS = 50  # percent of the filled cells that must be of the kind a name promises
_CERTAIN = 70  # percent of the filled cells that settle a column without a name
_LISTED = 20  # percent of the filled cells with several parts that make a column a list
_SCANNED = 300  # filled cells looked at per column
_KEY_LIKE = re.compile(r"0\d+|\d{11,}")  # leading zeros or too long for a quantity


def filled(rows: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    """The cells of one column that say something."""
    cells: list[Cell] = []
    for row in rows:
        if index < len(row) and not is_blank(row[index]):
            cells.append(row[index])
            if len(cells) == _SCANNED:
                break
    return cells


def fits(cells: Sequence[Cell], kind: CellKind) -> bool:
    """Whether most of the filled cells are of this kind; an empty column contradicts nothing."""
    if not cells:
        return True
    return (
        kind not in _PARSERS or _share(cells, lambda cell: _is_kind(_PARSERS[kind](cell))) >= _FITS
    )


def certain_kind(cells: Sequence[Cell]) -> CellKind | None:
    """Phone, e-mail, region or datetime, where the values can hardly be anything else."""
    if not cells:
        return None
    for kind, is_certain in _CERTAINTIES.items():
        if _share(cells, is_certain) >= _CERTAIN:
            return kind
    return None


def inferred_kind(cells: Sequence[Cell]) -> CellKind:
    """How to read a field of its own: yes-no, number, date, list, otherwise text."""
    if not cells:
        return CellKind.TEXT
    if all(isinstance(parse_boolean(cell), bool) for cell in cells):
        texts = {text_of(cell) for cell in cells}
        if len(texts) > 1 or not texts & {"0", "1"}:
            return CellKind.BOOLEAN
    if all(_is_quantity(cell) for cell in cells):
        return CellKind.NUMBER
    if _share(cells, _is_written_date) >= 90:
        has_clock = any(isinstance(parse_moment(cell, DateOrder.DAY), datetime) for cell in cells)
        return CellKind.DATETIME if has_clock else CellKind.DATE
    if (
        _share(cells, lambda cell: len(text_of(cell)) < 100 and has_list_mark(text_of(cell)))
        >= _LISTED
    ):
        return CellKind.LIST
    return CellKind.TEXT


def _is_kind(found: object) -> bool:
    return not isinstance(found, Problem) or found.code in _STILL_THE_KIND


def _is_quantity(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return False
    if isinstance(cell, str) and _KEY_LIKE.fullmatch(text_of(cell)):
        return False
    return isinstance(parse_number(cell), int | Decimal)


def _is_written_date(cell: Cell) -> bool:
    if isinstance(cell, date):
        return True
    return isinstance(cell, str) and not text_of(cell).isdigit() and _is_kind(parse_moment(cell))


def _share(cells: Sequence[Cell], holds: Callable[[Cell], bool]) -> int:
    return 100 * sum(map(holds, cells)) // len(cells)


_PARSERS: dict[CellKind, Callable[[Cell], object]] = {
    CellKind.PHONE: parse_phone,
    CellKind.EMAIL: parse_email,
    CellKind.NUMBER: parse_number,
    CellKind.SHARE: parse_number,
    CellKind.BOOLEAN: parse_boolean,
    CellKind.IN_SERVICE: parse_in_service,
    CellKind.DATE: parse_moment,
    CellKind.DATETIME: parse_moment,
    CellKind.PERIODS: parse_periods,
    CellKind.OUTCOME: parse_outcome,
}
_CERTAINTIES: dict[CellKind, Callable[[Cell], bool]] = {
    CellKind.PHONE: is_certain_phone,
    CellKind.EMAIL: is_certain_email,
    CellKind.REGION: is_certain_region,
    CellKind.DATETIME: _is_written_date,
}
