"""Open a CSV file: any usual encoding and delimiter, read as a stream."""

import csv
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, TextIO

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.limits import Limits, UnreadableSheet
from evenhand.sheets.reading.delimiter import declared_delimiter, detect_delimiter
from evenhand.sheets.reading.encoding import Encoding, detect_encoding
from evenhand.sheets.reading.header import LOOKED_AT, find_header
from evenhand.sheets.reading.rows import BATCH_ROWS
from evenhand.sheets.reading.table import Table

_HEAD_CHARACTERS = 1 << 18
_STEP_ROWS = 16
_BATCH_BYTES = 1 << 21
# Fed to the reader after the last line: if it does not come out as a row, a quote is still open.
_END = "\x1eend of file"


def open_csv(path: Path, limits: Limits) -> Table:
    """Open a CSV file.

    :raises UnreadableSheet: empty, no text, too wide, a cell or line too large.
    """
    # The limit belongs to the process; only this module reads CSV, always with one limit.
    csv.field_size_limit(limits.cell_characters)
    encoding, lines = detect_encoding(path, limits)
    with _opened(path, encoding) as file:
        head = file.read(_HEAD_CHARACTERS)
    declared = declared_delimiter(head)
    delimiter = declared or detect_delimiter(head[: head.rfind("\n") + 1] or head)
    skipped = 1 if declared else 0
    read = partial(_records, path, encoding, delimiter, limits, skipped)
    header = find_header(next(read(0), [])[:LOOKED_AT])
    if header is None:
        raise UnreadableSheet("sheet.empty", file=path.name)
    return Table(
        file=path.name,
        header=header.names,
        header_row=header.row + skipped,
        notes=(*_encoding_notes(encoding), *header.notes),
        records=partial(read, header.row),
        row_estimate=lines,
        byte_count=path.stat().st_size,
        encoding=encoding.codec,
        delimiter=delimiter,
    )


def _opened(path: Path, encoding: Encoding) -> TextIO:
    # Line ends are left as they are: inside quotes they belong to the text.
    return path.open(encoding=encoding.codec, errors=encoding.errors, newline="")


def _records(
    path: Path, encoding: Encoding, delimiter: str, limits: Limits, skipped: int, below: int
) -> Iterator[list[list[str]]]:
    """The rows below row `below` in batches, as the csv module gives them.

    :raises UnreadableSheet: while reading: too wide, a cell too large, a quote never closed.
    """
    count = skipped
    with _opened(path, encoding) as file:
        for _ in range(skipped):
            file.readline()
        reader = csv.reader(chain(file, (_END,)), delimiter=delimiter)
        try:
            count += len(list(islice(reader, below)))
            while rows := _batch(reader, file.buffer):
                count += len(rows)
                if (widest := max(map(len, rows))) > limits.columns:
                    raise UnreadableSheet(
                        "sheet.too_many_columns",
                        file=path.name,
                        columns=widest,
                        limit=limits.columns,
                    )
                if rows[-1] == [_END]:
                    rows.pop()
                    if rows:
                        yield rows
                    return
                yield rows
        except csv.Error as error:
            row = _row_at_line(path, encoding, delimiter, skipped)
            raise UnreadableSheet(
                "sheet.cell_too_large", file=path.name, row=row, limit=limits.cell_characters
            ) from error
    raise UnreadableSheet("sheet.quote_open", file=path.name, row=count)


def _batch(reader: Iterator[list[str]], raw: IO[bytes]) -> list[list[str]]:
    """The next rows: a fixed number, fewer if they are large, so that memory stays small."""
    rows: list[list[str]] = []
    enough = raw.tell() + _BATCH_BYTES
    while len(rows) < BATCH_ROWS and (more := list(islice(reader, _STEP_ROWS))):
        rows += more
        if raw.tell() > enough:
            break
    return rows


def _row_at_line(path: Path, encoding: Encoding, delimiter: str, skipped: int) -> int:
    """The row that cannot be read: counted on failure only, so that reading stays quick."""
    row = skipped
    with _opened(path, encoding) as file:
        for _ in range(skipped):
            file.readline()
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for _ in reader:
                row += 1
        except csv.Error:
            pass
    return row + 1


def _encoding_notes(encoding: Encoding) -> tuple[Reason, ...]:
    notes: list[Reason] = []
    if not encoding.is_certain:
        notes.append(reason("sheet.encoding_assumed", encoding=encoding.codec))
    if encoding.damaged:
        notes.append(
            reason("sheet.characters_damaged", count=encoding.damaged, line=encoding.damaged_line)
        )
    return tuple(notes)
