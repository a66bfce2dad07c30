"""A file row by row: each row is a record of the import's kind, or what is wrong with its cells."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evenhand.engine.reasons import Reason
from evenhand.imports.kinds.all import kind_of
from evenhand.imports.kinds.base import Around, KindOfRows, RowRead
from evenhand.imports.kinds.leads import LeadRead
from evenhand.imports.models import Import
from evenhand.imports.shapes import ShapeReader, shape_of
from evenhand.imports.stored import write_content
from evenhand.leads.intake import InvalidIntake, LeadIn
from evenhand.sheets.columns.doubts import doubtful_dates
from evenhand.sheets.columns.extract import custom_readers, role_readers
from evenhand.sheets.columns.mapping import ColumnMap, FoundBy
from evenhand.sheets.limits import Limits
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import LeftOut, Row
from evenhand.sheets.reading.table import Table
from evenhand.sheets.understand import understand
from evenhand.sheets.values.problem import Problem

# A server is stricter than one's own machine: memory is shared, and a workbook, which is in it as a
# whole, may take 150 MB (about 90 bytes a cell).
LIMITS = Limits(unpacked_megabytes=150, area_cells=1_500_000)


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that could not be used, and why; `column` is its heading, or a field's name."""

    column: str
    value: str
    why: Reason


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its number, its cells, and what it is, or what is wrong."""

    number: int
    cells: Row
    record: Any | None
    bad: tuple[BadCell, ...] = ()
    doubts: tuple[BadCell, ...] = ()  # cells that are kept, but may not be what they seem

    @property
    def lead(self) -> LeadIn | None:
        """The lead, where rows are leads."""
        return self.record.lead if isinstance(self.record, LeadRead) else None


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file opened and understood."""

    table: Table
    columns: ColumnMap
    row: Import
    kind: KindOfRows

    def rows(self, *, left_out: list[LeftOut] | None = None) -> Iterator[ReadRow]:
        """Every row that is data, in the order of the file.

        :raises UnreadableSheet: while iterating, a row cannot be read at all.
        """
        readers = role_readers(self.columns)
        own = custom_readers(self._with_own())
        platform = ShapeReader(shape_of(self.table.header), self.table.header)
        dates = doubtful_dates(self.columns)
        around = Around(self.row, frozenset(readers))
        on_left_out = None if left_out is None else left_out.append
        for number, cells in self.table.rows(on_left_out=on_left_out):
            row = self._read(number, cells, readers, own, around)
            doubts = [*row.doubts, *(BadCell(*one) for one in dates(cells))]
            if doubt := platform.doubt(cells):
                doubts.append(BadCell(*doubt))
            row = replace(row, doubts=tuple(doubts))
            if test := platform.is_test(cells):
                row = replace(row, record=None, bad=(*row.bad, BadCell(*test)))
            yield row

    def _with_own(self) -> ColumnMap:
        """The columns, of those of its own only what the person wants, where the kind has none."""
        if self.kind.keeps_own:
            return self.columns
        wanted = (one for one in self.columns.columns if one.found_by is FoundBy.OVERRIDE)
        return replace(self.columns, columns=tuple(wanted))

    def _read(
        self,
        number: int,
        cells: Row,
        readers: Mapping[str, Any],
        own: Mapping[str, Any],
        around: Around,
    ) -> ReadRow:
        bad: list[BadCell] = []
        doubts: list[BadCell] = []
        values = self._values(cells, readers, bad, doubts)
        extra = self._values(cells, own, bad, doubts)
        if bad:
            return ReadRow(number, cells, None, tuple(bad), tuple(doubts))
        try:
            record = self.kind.read(RowRead(number, values, extra), around)
            return ReadRow(number, cells, record, doubts=tuple(doubts))
        except InvalidIntake as error:
            bad += [BadCell(one.field, one.value, one.why) for one in error.problems]
        return ReadRow(number, cells, None, tuple(bad), tuple(doubts))

    def _values(
        self,
        cells: Row,
        readers: Mapping[str, Any],
        bad: list[BadCell],
        doubts: list[BadCell],
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, read in readers.items():
            value = read(cells)
            if isinstance(value, Problem):
                cell = BadCell(value.column, value.value, value.reason)
                if name not in self.kind.lenient:
                    bad.append(cell)
                    continue
                doubts.append(cell)
                value = value.value
            if value is not None and value != "":
                values[name] = value
        return values


@contextmanager
def opened(row: Import) -> Iterator[RowFile]:
    """The file of an import, opened and understood with the person's words on its columns.

    :raises FileGone: it was dropped.
    :raises UnreadableSheet, UnreadableOverride: it cannot be read like this.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / row.file_name
        if not write_content(row.pk, path):
            raise FileGone
        table = open_table(path, limits=LIMITS)
        kind = kind_of(row)
        yield RowFile(table, understand(table, kind.purpose, said=row.said), row, kind)


class FileGone(Exception):
    """The file was dropped: its time is over, or a person in it was erased."""
