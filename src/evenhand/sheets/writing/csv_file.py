"""Write CSV for people and programs: UTF-8 with a mark (so that Excel reads it), no formulas."""

import csv
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from types import SimpleNamespace, TracebackType

from evenhand.sheets.writing.complete_file import complete_file
from evenhand.sheets.writing.safe_text import SIGNALS, Out, written

_AT_ONCE = 4_096  # rows
_SIGNAL_INSIDE = re.compile(f",[{re.escape(''.join(sorted(SIGNALS - {chr(10)})))}]")


class CsvWriter:
    """Writes rows to a CSV file, as a context manager.

    Rows are checked column by column in batches: a column whose cells all begin harmlessly, as
    most do, costs one pass in C.
    """

    def __init__(self, path: str | Path, header: Sequence[str], *, delimiter: str = ",") -> None:
        self.row_count = 0
        self._path = Path(path)
        self._header = header
        self._delimiter = delimiter
        self._stack = ExitStack()

    def __enter__(self) -> "CsvWriter":
        part = self._stack.enter_context(complete_file(self._path))
        # A lone half of a surrogate pair cannot be encoded; a question mark can.
        file = part.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._file = self._stack.enter_context(file)
        self._writer = csv.writer(file, delimiter=self._delimiter)
        self._writer.writerow([written(name) for name in self._header])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def write_row(self, row: Sequence[Out]) -> None:
        """Write one row."""
        self._writer.writerow([written(cell) for cell in row])
        self.row_count += 1

    def write_rows(self, rows: Iterable[Sequence[Out]]) -> None:
        """Write many rows; the quick way, also for a million."""
        iterator = iter(rows)
        while batch := list(islice(iterator, _AT_ONCE)):
            self._writer.writerows(_safe_rows(batch))
            self.row_count += len(batch)

    def write_lines(self, lines: Sequence[str]) -> None:
        """Write rows that are CSV already: see `as_lines`."""
        if lines:
            self._file.write("\r\n".join([*lines, ""]))
        self.row_count += len(lines)


def write_csv(path: str | Path, header: Sequence[str], rows: Iterable[Sequence[Out]]) -> int:
    """Write a whole file; the number of rows written."""
    with CsvWriter(path, header) as writer:
        writer.write_rows(rows)
        return writer.row_count


def _safe_rows(batch: list[Sequence[Out]]) -> Iterable[Sequence[Out]]:
    try:
        columns = list(zip(*batch, strict=True))
    except ValueError:  # rows of different lengths
        return [[written(cell) for cell in row] for row in batch]
    has_changed = False
    for index, column in enumerate(columns):
        if not _is_harmless(column):
            columns[index] = tuple(map(written, column))
            has_changed = True
    return zip(*columns, strict=True) if has_changed else batch


def as_lines(rows: Sequence[Sequence[Out]], lines: Sequence[str] | None = None) -> Sequence[str]:
    """Rows as CSV, without line ends; to be written, also behind other cells and a comma.

    `lines` are the same rows as they stood in a file, without quotes: where no cell of them begins
    like a formula, as in most files, they are taken as they are.
    """
    if lines is not None and _are_harmless_lines(lines):
        return lines
    texts: list[str] = []
    # With an empty cell before it, a row of one empty cell needs no quotes to be seen.
    csv.writer(SimpleNamespace(write=texts.append)).writerows(
        ("", *row) for row in _safe_rows(list(rows))
    )
    return [text[1:-2] for text in texts]


def _are_harmless_lines(lines: Sequence[str]) -> bool:
    """Whether no cell begins like a formula; a quick look."""
    return SIGNALS.isdisjoint({line[:1] for line in lines}) and not _SIGNAL_INSIDE.search(
        "\n".join(lines)
    )


def _is_harmless(column: tuple[Out, ...]) -> bool:
    """Whether all cells are texts of which none begins like a formula."""
    try:
        return SIGNALS.isdisjoint({cell[:1] for cell in column})  # type: ignore[index]
    except TypeError:
        return False  # numbers, dates and the like are written in their own way
