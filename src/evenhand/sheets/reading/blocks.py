"""The rows of a CSV text, block by block: plain blocks by splitting, others by the csv module.

A block without a single quote, as nearly all of a large export are, needs no parser: its lines are
its rows. Both ways give the same rows, and each block is looked at anew.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice
from operator import length_hint
from typing import TextIO

from evenhand.sheets.reading.rows import PlainRows, Records, Row

_BLOCK_CHARACTERS = 1 << 19


class Blocks:
    """Goes through a text once. `is_broken`: it ended inside a quote, in the last row given."""

    def __init__(
        self, file: TextIO, delimiter: str, *, characters: int = _BLOCK_CHARACTERS
    ) -> None:
        """`characters` is how large a block is, but for the rest of its last line."""
        self.is_broken = False
        self._file = file
        self._characters = characters
        self._delimiter = delimiter
        self._lines: Iterator[str] = iter(())  # of the block that the csv module is at
        self._reader = csv.reader(chain.from_iterable(self._fed()), delimiter=delimiter)

    def quoted(self, count: int) -> list[list[str]]:
        """The next rows, by the csv module.

        :raises csv.Error: a cell is too large.
        """
        rows: list[list[str]] = []
        while len(rows) < count and self._has_lines():
            rows += islice(self._reader, 1)
        return rows

    def next(self, most_characters: int) -> Records:
        """The rows of the next block, none of them a cell of more characters; empty = the end.

        :raises csv.Error: a cell is too large.
        """
        if length_hint(self._lines):
            return self._rest()
        block = self._read()
        plain = plain_rows(block, self._delimiter, most_characters) if block else None
        if plain is not None:
            return plain
        self._lines = _lines_of(block)
        return self._rest()

    def _has_lines(self) -> bool:
        """Whether another row begins, in this block or the next."""
        if not length_hint(self._lines):
            self._lines = _lines_of(self._read())
        return length_hint(self._lines) > 0

    def _rest(self) -> list[list[str]]:
        """The rows that begin in the block which the csv module is at."""
        rows: list[list[str]] = []
        while length_hint(self._lines):
            rows += islice(self._reader, 1)
        return rows

    def _fed(self) -> Iterator[Iterator[str]]:
        """The lines of one block after another; asked for more only inside a row."""
        while True:
            while length_hint(self._lines):
                yield self._lines
            block = self._read()
            if not block:
                self.is_broken = True
                return
            self._lines = _lines_of(block)

    def _read(self) -> str:
        """The next piece of the text, up to the end of a line."""
        return self._file.read(self._characters) + self._file.readline()


def _lines_of(block: str) -> Iterator[str]:
    # Line ends are left as they are: inside quotes they belong to the text.
    return iter(StringIO(block, newline="").readlines())


def plain_rows(block: str, delimiter: str, most_characters: int) -> PlainRows | None:
    """The rows of a block in which every line is one row; None = the csv module must look."""
    if '"' in block:
        return None
    if "\r" in block:
        block = block.replace("\r\n", "\n")
        if "\r" in block:
            return None
    lines = block.split("\n")
    if not lines[-1]:
        lines.pop()
    # The csv module has an empty row for an empty line.
    if "" in lines or max(map(len, lines)) > most_characters:
        return None
    rows: list[Row] = [line.split(delimiter) for line in lines]
    return PlainRows(rows, lines if delimiter == "," else None)
