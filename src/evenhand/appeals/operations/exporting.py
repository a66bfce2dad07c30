"""The list of appeals leaves the house as a file: who took it out stands in the journal."""

from collections.abc import Sequence

from django.db import transaction

from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.sheets.writing.one_table import one_table
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn

MOST_ROWS = 10_000


def export_appeals(
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    *,
    format: str,
    sheet: str,
    actor: Actor,
) -> bytes:
    """Write appeals into a file.

    :raises NotAllowed: the actor may not export.
    """
    demand(actor, Right.EXPORT)
    with transaction.atomic():
        content = one_table(columns, rows, format=format, sheet=sheet)
        data = {"rows": len(rows), "format": format}
        record("appeals.exported", actor=actor, object_kind="appeals", object_id=None, data=data)
    return content
