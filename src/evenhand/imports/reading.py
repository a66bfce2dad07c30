"""A file of leads row by row: each row is a lead, or what is wrong with its cells."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.engine.reasons import Reason
from evenhand.imports.models import Import, ImportFile
from evenhand.imports.shapes import ShapeReader, shape_of
from evenhand.leads.intake import TEXT_LIMITS, InvalidIntake, LeadIn, read_lead
from evenhand.people.models import Organization, Rep
from evenhand.sheets.columns.doubts import doubtful_dates
from evenhand.sheets.columns.extract import custom_readers, role_readers
from evenhand.sheets.columns.mapping import ColumnMap
from evenhand.sheets.columns.roles import ROLES, Purpose
from evenhand.sheets.limits import Limits
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import LeftOut, Row
from evenhand.sheets.reading.table import Table
from evenhand.sheets.understand import understand
from evenhand.sheets.values.problem import Problem

# A server is stricter than one's own machine: memory is shared.
LIMITS = Limits(unpacked_megabytes=400, area_cells=6_000_000)
# What a column can be, and which field of a lead it fills; other roles become fields of its own.
FIELDS: Mapping[str, str] = {
    "id": "external_id",
    **{
        name: name
        for name in (
            *("name", "title", "phone", "email", "company", "region", "industry", "product"),
            *("source", "campaign", "size", "language", "skill", "budget", "employees", "grade"),
            *("note", "collected_by"),
        )
    },
}
# A masked phone or a misspelt mail is no key, but worth keeping as it stands.
# What is no field of a lead must not keep a customer out either.
_KEPT_AS_TYPED = frozenset({"phone", "name", "note", "title"}) | (
    set(ROLES[Purpose.LEADS]) - set(FIELDS)
)


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that could not be used, and why; `column` is its heading, or a field's name."""

    column: str
    value: str
    why: Reason


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its number, its cells, and the lead, or what is wrong."""

    number: int
    cells: Row
    lead: LeadIn | None
    bad: tuple[BadCell, ...] = ()
    doubts: tuple[BadCell, ...] = ()  # cells that are kept, but may not be what they seem


@dataclass(frozen=True, slots=True)
class LeadFile:
    """A file opened and understood."""

    table: Table
    columns: ColumnMap
    row: Import
    collectors: Mapping[str, int]  # names of reps, where they are of one only
    zone: ZoneInfo  # of times that name none

    def rows(self, *, left_out: list[LeftOut] | None = None) -> Iterator[ReadRow]:
        """Every row that is data, in the order of the file.

        :raises UnreadableSheet: while iterating, a row cannot be read at all.
        """
        readers = role_readers(self.columns)
        own = custom_readers(self.columns)
        platform = ShapeReader(shape_of(self.table.header), self.table.header)
        dates = doubtful_dates(self.columns)
        on_left_out = None if left_out is None else left_out.append
        for number, cells in self.table.rows(on_left_out=on_left_out):
            row = self._read(number, cells, readers, own)
            doubts = [*row.doubts, *(BadCell(*one) for one in dates(cells))]
            if doubt := platform.doubt(cells):
                doubts.append(BadCell(*doubt))
            row = replace(row, doubts=tuple(doubts))
            if test := platform.is_test(cells):
                row = replace(row, lead=None, bad=(*row.bad, BadCell(*test)))
            yield row

    def _read(
        self, number: int, cells: Row, readers: Mapping[str, Any], own: Mapping[str, Any]
    ) -> ReadRow:
        given: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        bad: list[BadCell] = []
        doubts: list[BadCell] = []
        for name, read in (*readers.items(), *own.items()):
            value = read(cells)
            if isinstance(value, Problem):
                cell = BadCell(value.column, value.value, value.reason)
                if name not in _KEPT_AS_TYPED:
                    bad.append(cell)
                    continue
                doubts.append(cell)
                value = value.value
            if value is None or value == "":
                continue
            if name in FIELDS and name in readers:
                given[FIELDS[name]] = value
            else:
                extra[name] = _plain(value, self.zone)
        self._complete(given, extra)
        if bad:
            return ReadRow(number, cells, None, tuple(bad), tuple(doubts))
        try:
            return ReadRow(number, cells, read_lead(given, via="import"), doubts=tuple(doubts))
        except InvalidIntake as error:
            bad += [BadCell(one.field, one.value, one.why) for one in error.problems]
        return ReadRow(number, cells, None, tuple(bad), tuple(doubts))

    def _complete(self, given: dict[str, Any], extra: dict[str, Any]) -> None:
        for name in ("source", "campaign"):
            if not given.get(name) and getattr(self.row, name):
                given[name] = getattr(self.row, name)
        if self.row.line is not None:
            given["line"] = self.row.line.key
        if collector := given.pop("collected_by", ""):
            if str(collector) in self.collectors:
                given["collected_by"] = self.collectors[str(collector)]
            else:
                extra["collected_by"] = str(collector)
        for name, value in given.items():
            if name in TEXT_LIMITS and not isinstance(value, str):
                given[name] = str(_plain(value, self.zone))
        if extra:
            given["extra"] = extra


def _plain(value: Any, zone: ZoneInfo) -> str | int | float | bool:
    """A value as JSON can hold it."""
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "、".join(map(str, value))
    return str(value)


@contextmanager
def opened(row: Import) -> Iterator[LeadFile]:
    """The file of an import, opened and understood with the person's words on its columns.

    :raises FileGone: it was dropped.
    :raises UnreadableSheet, UnreadableOverride: it cannot be read like this.
    """
    stored = ImportFile.objects.filter(pk=row.pk).first()
    if stored is None:
        raise FileGone
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / row.file_name
        path.write_bytes(bytes(stored.content))
        table = open_table(path, limits=LIMITS)
        zone = Organization.objects.values_list("zone", flat=True).get(pk=1)
        columns = understand(table, Purpose.LEADS, said=row.said)
        yield LeadFile(table, columns, row, _collectors(columns), ZoneInfo(zone))


class FileGone(Exception):
    """The file was dropped: its time is over, or a person in it was erased."""


def _collectors(columns: ColumnMap) -> dict[str, int]:
    if not columns.has("collected_by"):
        return {}
    found: dict[str, int] = {}
    doubled: set[str] = set()
    for pk, name in Rep.objects.filter(is_active=True).values_list("pk", "user__name"):
        if name in found:
            doubled.add(name)
        found[name] = pk
    return {name: pk for name, pk in found.items() if name not in doubled}
