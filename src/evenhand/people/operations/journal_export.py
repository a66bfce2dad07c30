"""The journal leaves the house as a file: what a filter shows, and itself written down."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused
from evenhand.sheets.writing.one_table import FORMATS, one_table
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn

MOST_ROWS = 50_000
_AT_ONCE = 2_000


class CannotExportJournal(Refused):
    """The journal cannot be exported like this."""


def export_journal(
    rows: QuerySet[Any],
    heads: Sequence[str],
    cells: Callable[[Iterable[Any]], Iterator[Sequence[Out]]],
    *,
    format: str,
    sheet: str,
    actor: Actor,
) -> bytes:
    """A file with these events; `cells` words them, the moment first, under `heads`.

    :raises NotAllowed: the actor may not read the journal.
    :raises CannotExportJournal: an unknown format, or more rows than a file should have.
    """
    demand(actor, Right.SEE_JOURNAL)
    if format not in FORMATS:
        choices = tuple(FORMATS)
        found = reason("work.not_a_choice", value=format[:40], choices=choices)
        raise CannotExportJournal(found, field="format")
    with transaction.atomic():
        count = rows.order_by()[: MOST_ROWS + 1].count()
        if count > MOST_ROWS:
            raise CannotExportJournal(reason("work.too_many", count=count, limit=MOST_ROWS))
        moment, *texts = heads
        columns = [SheetColumn(moment, NumberFormat.DATETIME), *map(SheetColumn, texts)]
        found_rows = rows[:MOST_ROWS].iterator(chunk_size=_AT_ONCE)
        content = one_table(columns, cells(found_rows), format=format, sheet=sheet)
        data = {"rows": count, "format": format}
        record("journal.exported", actor=actor, object_kind="journal", object_id=None, data=data)
    return content
