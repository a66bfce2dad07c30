"""Open a CSV file: any usual encoding and delimiter, read as a stream."""

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TextIO

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.limits import Limits, UnreadableSheet
from evenhand.sheets.reading.blocks import Blocks
from evenhand.sheets.reading.delimiter import declared_delimiter, detect_delimiter
from evenhand.sheets.reading.encoding import Encoding, detect_encoding
from evenhand.sheets.reading.header import LOOKED_AT, find_header
from evenhand.sheets.reading.rows import Records
from evenhand.sheets.reading.table import Table

_HEAD_CHARACTERS = 1 << 18


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
        notes=(*encoding_notes(encoding), *header.notes),
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
) -> Iterator[Records]:
    """The rows below row `below` in batches, as the csv module gives them.

    :raises UnreadableSheet: while reading: too wide, a cell too large, a quote never closed.
    """
    count = skipped
    with _opened(path, encoding) as file:
        for _ in range(skipped):
            file.readline()
        blocks = Blocks(file, delimiter)
        try:
            count += len(blocks.quoted(below))
            head = blocks.quoted(LOOKED_AT)
            while rows := head or blocks.next(limits.cell_characters):
                head = []
                count += len(rows)
                if (widest := max(map(len, rows))) > limits.columns:
                    raise UnreadableSheet(
                        "sheet.too_many_columns",
                        file=path.name,
                        columns=widest,
                        limit=limits.columns,
                    )
                yield rows
        except csv.Error as error:
            row = _row_at_line(path, encoding, delimiter, skipped)
            raise UnreadableSheet(
                "sheet.cell_too_large", file=path.name, row=row, limit=limits.cell_characters
            ) from error
    if blocks.is_broken:
        raise UnreadableSheet("sheet.quote_open", file=path.name, row=count)


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


def encoding_notes(encoding: Encoding) -> tuple[Reason, ...]:
    """What was assumed of the encoding, and what it could not read."""
    notes: list[Reason] = []
    if not encoding.is_certain:
        notes.append(reason("sheet.encoding_assumed", encoding=encoding.codec))
    if encoding.damaged:
        notes.append(
            reason("sheet.characters_damaged", count=encoding.damaged, line=encoding.damaged_line)
        )
    return tuple(notes)
