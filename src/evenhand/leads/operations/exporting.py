"""Rows leave the house: exactly what a filter shows, with a reason, in the journal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.leads.masking import mask_leads
from evenhand.leads.models import Lead
from evenhand.leads.queries.filters import ItemFilter
from evenhand.leads.work import EXPORT_REASONS
from evenhand.people.actor import Actor
from evenhand.people.operations.taking_out import taken_out
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused
from evenhand.sheets.writing.one_table import FORMATS, one_table
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn

MOST_ROWS = 10_000


class CannotExport(Refused):
    """Rows cannot be exported like this."""


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column of an export: its title, its look, and how a row's cell is taken."""

    title: str
    cell: Callable[[Any], Out]
    format: NumberFormat = NumberFormat.TEXT


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished file."""

    content: bytes
    rows: int


def export(
    page: str,
    rows: QuerySet[Any],
    wanted: ItemFilter,
    columns: Sequence[OutColumn],
    *,
    why: str,
    format: str,
    sheet: str,
    actor: Actor,
) -> Exported:
    """Write the rows of a filter, which the caller narrowed to the actor's reach, into a file.

    :raises NotAllowed: he may not export.
    :raises CannotExport: no reason from the list, no such format, or more than 10,000 rows.
    """
    demand(actor, Right.EXPORT)
    if why not in EXPORT_REASONS:
        raise CannotExport(
            reason("work.not_a_choice", value=why, choices=EXPORT_REASONS), field="why"
        )
    if format not in FORMATS:
        raise CannotExport(
            reason("work.not_a_choice", value=format, choices=tuple(FORMATS)), field="format"
        )
    with transaction.atomic():
        found = list(rows[: MOST_ROWS + 1])
        if len(found) > MOST_ROWS:
            raise CannotExport(reason("work.too_many", count=MOST_ROWS + 1, limit=MOST_ROWS))
        mask_leads(actor, (row for row in found if isinstance(row, Lead)))
        heads = [SheetColumn(one.title, one.format) for one in columns]
        content = one_table(heads, _cells(found, columns), format=format, sheet=sheet)
        data = {"rows": len(found), "format": format, "reason": why, "filter": _told(wanted)}
        record(f"{page}.exported", actor=actor, object_kind=page, object_id=None, data=data)
    return Exported(content, len(found))


def export_table(
    page: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    *,
    format: str,
    sheet: str,
    actor: Actor,
) -> bytes:
    """A table of figures as a file, written down like every export.

    :raises NotAllowed: the actor may not export.
    :raises CannotExport: an unknown format.
    """
    demand(actor, Right.EXPORT)
    if format not in FORMATS:
        choices = tuple(FORMATS)
        raise CannotExport(
            reason("work.not_a_choice", value=format[:40], choices=choices), field="format"
        )
    return taken_out(
        f"{page}.exported",
        columns,
        rows,
        format=format,
        sheet=sheet,
        object_kind=page,
        actor=actor,
    )


def _cells(rows: Iterable[Any], columns: Sequence[OutColumn]) -> Iterator[list[Out]]:
    for row in rows:
        yield [column.cell(row) for column in columns]


def _told(wanted: ItemFilter) -> Mapping[str, Any]:
    """The filter for the journal: what was typed into search may be somebody's name or phone."""
    told: dict[str, Any] = {}
    for one in fields(wanted):
        value = getattr(wanted, one.name)
        if one.name == "q":
            told["searched"] = bool(value)
        elif value not in (None, "", False):
            told[one.name] = value if isinstance(value, str | int) else value.isoformat()
    return told
