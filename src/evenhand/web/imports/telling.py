"""Rows of a file that could not be used, in words, and as a file to mend them in."""

from collections.abc import Collection, Iterable, Iterator

from evenhand.engine.reasons import Reason
from evenhand.imports.models import Import
from evenhand.imports.queries import rejected_numbers, why_refused
from evenhand.imports.reading import BadCell, FileGone, ReadRow, opened
from evenhand.sheets.columns.override import UnreadableOverride
from evenhand.sheets.limits import UnreadableSheet
from evenhand.sheets.reading.rows import LeftOut
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say

_READ_AT_MOST = 20_000  # rows: a moment's work

# What the table of columns shows by itself; the command line says it with its own remedy.
_IN_TABLE = frozenset(
    f"sheet.{code}"
    for code in (
        *("column_content_differs", "column_doubled", "column_guessed"),
        *("columns_custom", "columns_fall_back", "columns_joined"),
    )
)


def notes_words(notes: Iterable[Reason], words: Words) -> list[str]:
    """What was assumed of a file, but for what its columns say themselves."""
    return [say(words, note) for note in notes if note.code not in _IN_TABLE]


def row_words(row: ReadRow, words: Words) -> tuple[int, list[tuple[str, str, str]]]:
    """The number of a row, and of each bad cell its column, what stands there, and the reason."""
    return row.number, [
        (_column(one.column, words), one.value, say(words, one.why)) for one in row.bad
    ]


def doubts_words(row: ReadRow, words: Words) -> tuple[int, list[tuple[str, str, str]]]:
    """The same of cells that are kept as they stand and may not be what they seem."""
    return row.number, [
        (_column(one.column, words), one.value, say(words, one.why)) for one in row.doubts
    ]


def rejected_heads(row: Import, words: Words) -> list[SheetColumn]:
    """The headings of the file itself, and one for the reason.

    :raises FileGone: the file was dropped.
    """
    with opened(row) as file:
        named = [SheetColumn(name) for name in file.table.header]
    return [*named, SheetColumn(words.text("web-imports-why")), SheetColumn(_row_head(words))]


def cells_of_rejected(row: Import, words: Words) -> Iterator[list[Out]]:
    """The rejected rows as they stand in the file, each with its reasons and its number."""
    refused = why_refused(row)
    wanted = set(rejected_numbers(row))
    if not wanted:
        return
    left_out: list[LeftOut] = []
    with opened(row) as file:
        width = len(file.table.header)
        for one in file.rows(left_out=left_out):
            if one.number in wanted:
                stored = refused.get(one.number)
                why = _why(one.bad, words) or ("" if stored is None else say(words, stored))
                yield [*_texts(one.cells, width), why, one.number]
        for gone in left_out:
            if gone.number in wanted:
                yield [*_texts(gone.cells, width), say(words, gone.reason), gone.number]


def why_words(row: Import, numbers: Collection[int], words: Words) -> dict[int, str]:
    """Why these rows brought nothing, by number, read from the file again as far as they stand.

    What stands far down in a large file is not looked for: the downloaded file says it.
    """
    refused = why_refused(row)
    found = {number: say(words, refused[number]) for number in numbers if number in refused}
    wanted = {one for one in numbers if one <= _READ_AT_MOST} - found.keys()
    left_out: list[LeftOut] = []
    try:
        with opened(row) as file:
            for one in file.rows(left_out=left_out) if wanted else ():
                if one.number in wanted:
                    found[one.number] = _why(one.bad, words)
                if one.number >= max(wanted):
                    break
    except (FileGone, UnreadableSheet, UnreadableOverride):
        return found
    gone = {one.number: say(words, one.reason) for one in left_out if one.number in wanted}
    return found | gone


def _texts(cells: object, width: int) -> list[Out]:
    assert isinstance(cells, tuple | list)
    texts: list[Out] = ["" if cell is None else str(cell) for cell in cells[:width]]
    return texts + [""] * (width - len(texts))


def _why(bad: tuple[BadCell, ...], words: Words) -> str:
    return "; ".join(f"{_column(one.column, words)}: {say(words, one.why)}" for one in bad)


def _column(name: str, words: Words) -> str:
    """A heading of the file as it is, a field by its word."""
    message = f"role-{message_id(name)}"
    return words.text(message) if name.isascii() and words.has(message) else name


def _row_head(words: Words) -> str:
    return words.text("web-imports-row")
