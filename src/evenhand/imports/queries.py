"""What an import came to, and a look at a file before anything is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, QuerySet

from evenhand.engine.reasons import Reason, reason_from_json
from evenhand.imports.models import Import, ImportRow, Outcome
from evenhand.imports.reading import ReadRow, RowFile, opened
from evenhand.imports.shapes import shape_of
from evenhand.leads.arrivals import keys_of, look_up
from evenhand.people.models import Organization
from evenhand.sheets.columns.mapping import Column

LOOKED_AT = 1_000  # rows that a look judges by
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is understood as, by its first rows."""

    columns: Sequence[tuple[Column, tuple[str, ...]]]  # with some of its values
    notes: Sequence[Reason]
    rows: Sequence[ReadRow]  # the first ones
    bad: Sequence[ReadRow]  # the first that cannot be used
    looked_at: int
    good: int
    doubtful: Sequence[ReadRow]  # the first that are taken in, with a cell to look at
    doubts: int
    repeats: int  # of people whose lead is open, or who stand in the file twice
    estimate: int
    encoding: str
    sheet: str
    platform: str  # whose export it looks like


def look_at(row: Import) -> Look:
    """Read the beginning of a file; nothing is written.

    :raises FileGone, UnreadableSheet, UnreadableOverride: as `reading.opened`.
    """
    with opened(row) as file:
        rows = list(islice(file.rows(), LOOKED_AT))
        good = [one for one in rows if one.record is not None]
        shape = shape_of(file.table.header)
        return Look(
            columns=_columns(file, rows),
            notes=(*file.table.notes, *file.columns.notes),
            rows=rows[:SHOWN],
            bad=[one for one in rows if one.record is None][:SHOWN],
            looked_at=len(rows),
            good=len(good),
            doubtful=[one for one in good if one.doubts][:SHOWN],
            doubts=sum(bool(one.doubts) for one in good),
            repeats=_repeats(good),
            estimate=file.table.row_estimate,
            encoding=file.table.encoding,
            sheet=file.table.sheet,
            platform="" if shape is None else shape.source,
        )


def _columns(file: RowFile, rows: Sequence[ReadRow]) -> list[tuple[Column, tuple[str, ...]]]:
    found = {one.index: one for one in file.columns.columns}
    shown = []
    for index, header in enumerate(file.table.header):
        values = (str(row.cells[index]).strip() for row in rows if index < len(row.cells))
        some = tuple(islice(dict.fromkeys(value for value in values if value), 3))
        shown.append((found.get(index, Column(index, header)), some))
    return shown


def _repeats(rows: Sequence[ReadRow]) -> int:
    """How many are of people whose lead is open or who came before, as intake will see them."""
    country = Organization.objects.values_list("country", flat=True).get(pk=1)
    keys = [keys_of(row.lead, country) for row in rows if row.lead is not None]
    known = look_up(keys)
    contacts = [known.contact_of(one) for one in keys]
    count, met = 0, set[str]()
    for one, contact in zip(keys, contacts, strict=True):
        ways = {f"p:{one.phone}" if one.phone else "", f"e:{one.email}" if one.email else ""} - {""}
        is_open = contact is not None and bool(known.open_by_contact.get(contact[0]))
        count += is_open or not met.isdisjoint(ways)
        met |= ways
    return count


@dataclass(frozen=True, slots=True)
class Counts:
    """Where the rows ended so far."""

    created: int = 0
    repeated: int = 0
    merged: int = 0
    rejected: int = 0
    left_out: int = 0
    undone: int = 0
    kept: int = 0  # by undoing: somebody has worked on them

    @property
    def known(self) -> int:
        """How many rows are of what was here already."""
        return self.repeated + self.merged

    @property
    def settled(self) -> int:
        """How many rows are accounted for."""
        came_in = self.created + self.repeated + self.merged
        return came_in + self.rejected + self.left_out


def counts_of(row: Import) -> Counts:
    """Where the rows of an import ended; one query."""
    found = Counter(
        {
            one["outcome"]: one["count"]
            for one in row.rows.order_by().values("outcome").annotate(count=Count("pk"))
        }
    )
    created = row.rows.filter(outcome=Outcome.CREATED)
    return Counts(
        **{str(outcome): found[str(outcome)] for outcome in Outcome},
        undone=created.filter(is_undone=True).count(),
        kept=created.filter(kept_why__isnull=False).count(),
    )


def leads_made_by(import_id: int) -> QuerySet[Any]:
    """The ids of the leads that an import made and that were not undone."""
    rows = ImportRow.objects.filter(
        import_of_id=import_id, outcome=Outcome.CREATED, is_undone=False, lead_id__isnull=False
    )
    return rows.values("lead_id")


def rejected_numbers(row: Import) -> list[int]:
    """The numbers of the rows that could not be used."""
    rows = ImportRow.objects.filter(import_of=row, outcome=Outcome.REJECTED)
    return list(rows.order_by("number").values_list("number", flat=True))


def why_refused(row: Import) -> dict[int, Reason]:
    """Why usable rows could not be written, by number."""
    rows = row.rows.filter(outcome=Outcome.REJECTED, kept_why__isnull=False)
    found = rows.values_list("number", "kept_why")
    return {number: reason_from_json(why or {}) for number, why in found}
