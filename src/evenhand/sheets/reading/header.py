"""Find the row with the column names: below titles and instructions, above the data."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.columns.content import inferred_kind
from evenhand.sheets.columns.names import is_known_name
from evenhand.sheets.columns.roles import CellKind
from evenhand.sheets.reading.table import letters, named_columns
from evenhand.sheets.values.emails import is_certain_email
from evenhand.sheets.values.phones import is_certain_phone
from evenhand.sheets.values.text import Cell, text_of

LOOKED_AT = 60  # rows at the top of a file
_CANDIDATES = 30  # a header further down is not looked for
_LONGEST_NAME = 80  # characters; a longer cell is an instruction
_DATA_KINDS = frozenset({CellKind.NUMBER, CellKind.DATE, CellKind.DATETIME})


@dataclass(frozen=True, slots=True)
class Header:
    """The column names, and the row (from 1, as the file counts) below which the data begins."""

    names: tuple[str, ...]
    row: int
    notes: tuple[Reason, ...]


def find_header(top: Sequence[Sequence[Cell]]) -> Header | None:
    """The header among the first rows, or None if all of them are blank.

    The first row as wide as the table whose cells are names counts; a later one only if it holds
    clearly more settled names (a row of group headings may stand above).
    """
    rows = [_texts(row) for row in top]
    filled = [index for index, texts in enumerate(rows) if any(texts)]
    if not filled:
        return None
    width = _usual_width(rows)
    best, best_known = -1, -1
    for index in filled[:_CANDIDATES]:
        if not _is_named(rows[index], top[index], width):
            continue
        known = sum(is_known_name(text) for text in rows[index] if text)
        if best < 0 or (known >= 2 and known > 2 * best_known):
            best, best_known = index, known
    if best < 0:
        return _unnamed(rows, filled[0])
    # Columns without a name that are filled in most rows are columns all the same.
    cells = _trimmed(rows[best])
    names, doubled = named_columns(cells + [""] * (width - len(cells)))
    notes = [reason("sheet.header_doubled", column=old, renamed=new) for old, new in doubled]
    if above := sum(index < best for index in filled):
        notes.insert(0, reason("sheet.rows_above_header", count=above, row=best + 1))
    return Header(tuple(names), best + 1, tuple(notes))


def _is_named(texts: Sequence[str], cells: Sequence[Cell], width: int) -> bool:
    """Whether a row can be a header: wide enough, and its cells are names rather than data."""
    named = [index for index, text in enumerate(texts) if text]
    if 2 * len(named) < width or (width > 1 and len(named) < 2):
        return False
    data = 0
    for index in named:
        if len(texts[index]) > _LONGEST_NAME:
            return False
        if is_certain_phone(texts[index]) or is_certain_email(texts[index]):
            return False
        data += inferred_kind([cells[index]]) in _DATA_KINDS
    # "2026" may be the name of a column; a row of numbers is data.
    return 3 * data <= len(named)


def _unnamed(rows: Sequence[Sequence[str]], first: int) -> Header:
    width = max(len(_trimmed(row)) for row in rows)
    names = tuple(letters(index) for index in range(width))
    return Header(names, first, (reason("sheet.header_missing"),))


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """How many columns the table has: the width that most rows have, the larger one on a tie."""
    widths = Counter(len(_trimmed(row)) for row in rows if any(row))
    return max(widths, key=lambda width: (widths[width], width))


def _texts(row: Sequence[Cell]) -> list[str]:
    # A heading on two lines is one heading.
    return [" ".join(text_of(cell).split()) for cell in row]


def _trimmed(texts: Sequence[str]) -> list[str]:
    end = max((index + 1 for index, text in enumerate(texts) if text), default=0)
    return list(texts[:end])
