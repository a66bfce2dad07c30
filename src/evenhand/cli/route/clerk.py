"""The clerk of a large run: reads the leads in batches and writes what becomes of them.

He knows files and columns, and nothing of books: what he hands over and gets back are plain
values, so that he can as well sit in a process of his own (`helper`).
"""

from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from evenhand.cli.route.identity import ByColumn, Identities
from evenhand.cli.route.seen import Marks, Offered
from evenhand.engine.routing.receipt import QuickForm, quick_lines
from evenhand.sheets.columns.mapping import ColumnMap
from evenhand.sheets.reading.rows import Batch, LeftOut, Row
from evenhand.sheets.reading.table import Table
from evenhand.sheets.writing.csv_file import CsvWriter, as_lines

ASSIGNMENTS, RECEIPTS = "assignments.csv", "receipts.jsonl"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a clerk has to know beforehand."""

    folder: Path
    table: Table
    columns: ColumnMap
    columns_read: tuple[int, ...]  # whose cells can make a difference to a decision
    asks_for_firms: bool
    header: Sequence[str]
    opening: Sequence[str]  # first lines of the receipts
    takers: dict[str, str]  # rep → our columns about him, as CSV


@dataclass(slots=True)
class Sheaf:
    """The rows of a batch as the dealer needs them: what makes them leads, companies and classes.

    `keys` number the different cells in the columns read. The rows themselves are `rows`, or plain
    lines in `text`, of which only those that somebody looks at are split.
    """

    numbers: Sequence[int]
    marks: Marks
    are_new: bool  # no mark in it is repeated, in it or from before
    firms: Sequence[str] | None
    keys: list[int]
    rows: Sequence[Row] | None
    text: str = ""
    _lines: list[str] | None = None

    def row(self, index: int) -> Row:
        """The cells of a row."""
        if self.rows is not None:
            return self.rows[index]
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines[index].split(",")


@dataclass(frozen=True, slots=True)
class LaneTexts:
    """What all rows of a lane have alike: the form of their receipts, our columns about them."""

    form: QuickForm
    cells: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be written about a careful row, or a checkpoint that is due (no row: -1)."""

    before: int  # it stands before this one of the quick rows
    index: int  # place in the sheaf
    receipts: str  # lines, without the last line end
    cells: str = ""  # our columns as CSV; "" = no assignment


@dataclass(frozen=True, slots=True)
class Dealt:
    """What became of a sheaf. Of quick rows: place, lane, taker, sequence, taker's place before.

    `lanes` are those opened since the last sheaf; they are numbered in the order of opening.
    """

    quick: list[tuple[int, int, str, int, int]] = field(default_factory=list)
    others: list[Told] = field(default_factory=list)
    lanes: list[LaneTexts] = field(default_factory=list)


class Clerk:
    """Hands over sheaf after sheaf, and is told of each, in the same order, what became of it."""

    def __init__(self, desk: Desk, *, packs: bool = False) -> None:
        """`packs` = rows are handed over in their shortest form."""
        self._desk = desk
        self._packs = packs
        self._identities = Identities(desk.columns)
        self._rows = desk.table.rows()
        self._batches = self._rows.batches()
        self._open: deque[tuple[Batch, Sequence[str | None]]] = deque()
        self._offered = Offered()
        self._keys: dict[Any, int] = {}
        self._lanes: list[LaneTexts] = []
        self._stack = ExitStack()

    def __enter__(self) -> "Clerk":
        folder = self._desk.folder
        writer = CsvWriter(folder / ASSIGNMENTS, self._desk.header)
        receipts = (folder / RECEIPTS).open("w", encoding="utf-8", newline="\n")
        self._receipts = self._stack.enter_context(receipts)
        self._assignments = self._stack.enter_context(writer)
        self._write_receipts(self._desk.opening)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def sheaf(self) -> Sheaf | None:
        """The next rows; None = there are no more.

        :raises UnreadableSheet: a row cannot be read.
        """
        batch = next((batch for batch in self._batches if batch.rows), None)
        if batch is None:
            return None
        columns = ByColumn(batch.rows)
        marks = self._identities.all_of(columns)
        self._open.append((batch, marks[0]))
        is_packed = self._packs and batch.lines is not None
        numbers = self._keys
        return Sheaf(
            batch.numbers,
            marks,
            self._offered.are_new(marks),
            self._identities.company_keys_of(columns) if self._desk.asks_for_firms else None,
            [
                numbers.setdefault(key, len(numbers))
                for key in columns.keys(self._desk.columns_read)
            ],
            None if is_packed else batch.rows,
            "\n".join(batch.lines or ()) if is_packed else "",
        )

    def put(self, dealt: Dealt) -> None:
        """Write what became of the oldest sheaf.

        :raises OSError: the disk refuses.
        """
        batch, ids = self._open.popleft()
        self._lanes += dealt.lanes
        sheet = as_lines(batch.rows, batch.lines)
        texts = self._quick_receipts(dealt, ids)
        cells = self._quick_cells(dealt, ids, batch.numbers, sheet)
        lines: list[str] = []
        rows: list[str] = []
        at = 0
        for told in dealt.others:
            lines += texts[at : told.before]
            rows += cells[at : told.before]
            at = told.before
            if told.receipts:
                lines.append(told.receipts)
            if told.cells:
                rows.append(f"{told.cells},{sheet[told.index]}")
        self._write_receipts(lines + texts[at:])
        self._assignments.write_lines(rows + cells[at:])

    def finish(self, receipts: Sequence[str]) -> list[LeftOut]:
        """Write the last lines of the receipts; returns the rows that were not handed over.

        :raises OSError: the disk refuses.
        """
        self._write_receipts(receipts)
        return self._rows.left_out

    def _quick_receipts(self, dealt: Dealt, ids: Sequence[str | None]) -> list[str]:
        lanes = self._lanes
        return quick_lines(
            (ids[index], lanes[lane].form, rep_id, sequence, before)  # type: ignore[misc]
            for index, lane, rep_id, sequence, before in dealt.quick
        )

    def _quick_cells(
        self,
        dealt: Dealt,
        ids: Sequence[str | None],
        numbers: Sequence[int],
        sheet: Sequence[str],
    ) -> list[str]:
        takers, lanes = self._desk.takers, self._lanes
        rows = []
        for index, lane, rep_id, _, _ in dealt.quick:
            item_id = ids[index] or ""
            item = item_id if item_id.isalnum() else as_lines([(item_id,)])[0]
            rows.append(
                f"{numbers[index]},{takers[rep_id]},{lanes[lane].cells},{item},{sheet[index]}"
            )
        return rows

    def _write_receipts(self, lines: Sequence[str]) -> None:
        if lines:
            self._receipts.write("\n".join([*lines, ""]))
