"""A table in a file: its header, what was assumed about it, and passes over its rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from evenhand.engine.reasons import Reason
from evenhand.sheets.limits import UnreadableSheet
from evenhand.sheets.reading.rows import LeftOut, Records, Row, Rows

_SAMPLE_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or CSV file. Each call of `rows` is a new pass from the first row."""

    file: str  # its name, for messages
    header: tuple[str, ...]  # unique, trimmed; A, B, C … where a heading is missing
    header_row: int  # the data begins below this row of the file; 0 = with its first row
    notes: tuple[Reason, ...]  # what was assumed
    records: Callable[[], Iterator[Records]]  # everything below the header as it stands, in batches
    row_estimate: int  # for progress bars: lines or rows, headings and blank ones included
    byte_count: int
    encoding: str = ""  # of a CSV file
    delimiter: str = ""
    sheet: str = ""  # of a workbook
    sheets: tuple[str, ...] = ()

    def rows(self, *, on_left_out: Callable[[LeftOut], None] | None = None) -> Rows:
        """One pass: (row number, cells) for every row that is data; see Rows.

        Rows left out are collected in `left_out`, or handed to `on_left_out` as they come.

        :raises UnreadableSheet: while iterating, a cell is too large or a quote is never closed.
        """
        return Rows(
            self.records(), self.header, first_number=self.header_row + 1, on_left_out=on_left_out
        )

    def every_row(self) -> Iterator[tuple[int, Row]]:
        """The rows of a sheet that means something else if one of them is missing: a team.

        :raises UnreadableSheet: at the end, if a row could not be used; and as `rows` does.
        """
        rows = self.rows()
        yield from rows
        for one in rows.left_out:
            if one.is_rejected:
                params = dict(one.reason.params)
                raise UnreadableSheet(
                    "sheet.row_of_file_too_long", file=self.file, row=one.number, **params
                )

    def sample(self, count: int) -> list[Row]:
        """The first rows that are data; fewer if they are very large."""
        found: list[Row] = []
        room = _SAMPLE_CHARACTERS
        for row in islice(self.rows().plain(), count):
            found.append(row)
            room -= sum(len(cell) for cell in row if isinstance(cell, str))
            if room < 0:
                break
        return found

    def column(self, name: str) -> int:
        """The place of a column, from 0.

        :raises ValueError: no such column.
        """
        return self.header.index(name)


def letters(index: int) -> str:
    """The name of a column by its place, as spreadsheets count: A … Z, AA …"""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def named_columns(cells: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Unique column names, and the (old, new) pairs of those that stood there twice."""
    names: list[str] = []
    doubled: list[tuple[str, str]] = []
    taken: set[str] = set()
    for index, cell in enumerate(cells):
        wanted = cell or letters(index)
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}({number})", number + 1
        if name != wanted and cell:
            doubled.append((wanted, name))
        taken.add(name)
        names.append(name)
    return names, doubled
