"""One pass over the rows of a table: blank rows, totals and footers left out, nothing lost.

Rows are looked at in batches with functions that run in C, so that a clean file passes at nearly
the speed of the csv module; only a batch that shows something unusual is looked at row by row.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.reading.furniture import (
    TOTAL_WORDS,
    is_example,
    is_footer_text,
    is_single,
    is_total,
)
from evenhand.sheets.values.text import Cell, text_of

Row = Sequence[Cell]
Records = Sequence[Row]  # as the file has them, of any width

BATCH_ROWS = 4_096
_FOOTER_ROWS = 40  # at most so many rows at the end may be a footer
_FEWEST_COLUMNS = 4  # below it, a row with one cell is no sign of a footer
_first = itemgetter(0)


class PlainRows(list[Row]):
    """Rows as they come; `lines`, if there, are the same with commas between the cells, as CSV."""

    def __init__(self, rows: Iterable[Row], lines: list[str] | None) -> None:
        super().__init__(rows)
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows as they come, with their numbers in the file; each row is as wide as the header.

    `lines`, if there, are the same rows as CSV: commas between the cells, nothing in quotes.
    """

    numbers: Sequence[int]
    rows: list[Row]
    lines: list[str] | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was not given out: furniture of the file, or (`is_rejected`) unusable data."""

    number: int
    cells: tuple[Cell, ...]
    reason: Reason
    is_rejected: bool = False


class Rows:
    """One pass. Iterate over it for (number, cells), or over `batches()` where speed counts.

    After the pass: `read_count` rows were given out, `blank_count` were blank, and `left_out`
    holds every other row with its reason. Together they are all rows below the header.
    """

    def __init__(
        self,
        records: Iterator[Records],
        header: Sequence[str],
        *,
        first_number: int,
        on_left_out: Callable[[LeftOut], None] | None = None,
    ) -> None:
        self.read_count = 0
        self.blank_count = 0
        self.left_out: list[LeftOut] = []
        self._note = on_left_out or self.left_out.append
        self._records = records
        self._header = list(header)
        self._next_number = first_number
        self._below_header = 0  # rows judged so far
        self._short: set[int] = set()  # rows with one cell where the header has several
        self._signals = frozenset(TOTAL_WORDS | {header[0]} if header else TOTAL_WORDS)

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        return chain.from_iterable(zip(b.numbers, b.rows, strict=True) for b in self.batches())

    def plain(self) -> Iterator[Row]:
        """The rows alone, without their numbers: the fastest way through."""
        return chain.from_iterable(batch.rows for batch in self.batches())

    def batches(self) -> Iterator[Batch]:
        """The rows in batches; the last one is held back until its footer is cut off."""
        held: Batch | None = None
        for records in self._records:
            batch = self._cleaned(records)
            if held is not None:
                if len(batch.rows) < _FOOTER_ROWS:
                    # The footer may begin before this last piece.
                    batch = Batch([*held.numbers, *batch.numbers], held.rows + batch.rows)
                else:
                    self.read_count += len(held.rows)
                    yield held
            held = batch
        if held is not None:
            held = self._without_footer(held)
            self.read_count += len(held.rows)
            yield held

    def _cleaned(self, records: Records) -> Batch:
        numbers: Sequence[int] = range(self._next_number, self._next_number + len(records))
        self._next_number += len(records)
        if self._is_plain(records):
            self._below_header += len(records)
            if isinstance(records, PlainRows):
                return Batch(numbers, records, records.lines)
            return Batch(numbers, [*records])
        kept = Batch([], [])
        for number, record in zip(numbers, records, strict=True):
            row = self._judged(number, list(record))
            if row is not None:
                kept.numbers.append(number)  # type: ignore[attr-defined]
                kept.rows.append(row)
        return kept

    def _is_plain(self, records: Records) -> bool:
        """Whether no row needs a closer look: all of one width, none blank, total or example."""
        if self._below_header < 2 or set(map(len, records)) != {len(self._header)}:
            return False
        firsts = list(map(_first, records))
        try:
            return (
                all(firsts)
                and self._signals.isdisjoint(firsts)
                and not any(map(str.isspace, firsts))
            )
        except TypeError:
            return False  # a workbook's number or date stands first

    def _judged(self, number: int, record: list[Cell]) -> Row | None:
        """The row as wide as the header, or None with the reason noted."""
        width = len(self._header)
        filled = [index for index, cell in enumerate(record) if _says_something(cell)]
        if not filled:
            self.blank_count += 1
            return None
        self._below_header += 1
        if filled[-1] >= width:
            why = reason("sheet.row_too_long", cells=filled[-1] + 1, columns=width)
            self._leave_out(number, record, why, is_rejected=True)
            return None
        if len(record) < width:
            if len(record) == 1:
                self._short.add(number)
            record = record + [""] * (width - len(record))
        elif len(record) > width:
            record = record[:width]
        first = text_of(record[filled[0]])
        if first == self._header[filled[0]] and list(map(_name_of, record)) == self._header:
            self._leave_out(number, record, reason("sheet.row_header_again"))
        elif self._below_header <= 2 and is_example(record):
            self._leave_out(number, record, reason("sheet.row_example"))
        elif first.casefold() in TOTAL_WORDS and is_total(record):
            self._leave_out(number, record, reason("sheet.row_total"))
        else:
            return record
        return None

    def _without_footer(self, batch: Batch) -> Batch:
        """Cut the rows at the end that are no data: totals, remarks, "Generated by …".

        A lone cell counts as footer only with a sign: it stands after a blank row, is shorter in
        the file than the header, or some row of the block reads like a footer.
        """
        if len(self._header) < 2:
            return batch
        start = len(batch.rows)
        while start > 0 and len(batch.rows) - start < _FOOTER_ROWS:
            row = batch.rows[start - 1]
            lone = len(self._header) >= _FEWEST_COLUMNS and is_single(row)
            if not (lone or is_total(row) or is_footer_text(row)):
                break
            start -= 1
        block = range(start, len(batch.rows))
        if not block or not self._has_footer_sign(batch, start):
            return batch
        for index in block:
            code = "sheet.row_total" if is_total(batch.rows[index]) else "sheet.row_footer"
            self._leave_out(batch.numbers[index], batch.rows[index], reason(code))
        return Batch(batch.numbers[:start], batch.rows[:start])

    def _has_footer_sign(self, batch: Batch, start: int) -> bool:
        block = range(start, len(batch.rows))
        after_gap = start > 0 and batch.numbers[start] - batch.numbers[start - 1] > 1
        return after_gap or any(
            batch.numbers[index] in self._short
            or is_total(batch.rows[index])
            or is_footer_text(batch.rows[index])
            for index in block
        )

    def _leave_out(
        self, number: int, record: Row, why: Reason, *, is_rejected: bool = False
    ) -> None:
        self._note(LeftOut(number, tuple(record), why, is_rejected))


def _name_of(cell: Cell) -> str:
    return " ".join(text_of(cell).split())


def _says_something(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell and text_of(cell))
