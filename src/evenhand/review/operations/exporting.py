"""A comparison leaves the house as a file: who took it out stands in the journal."""

from collections.abc import Sequence

from django.db import transaction

from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.review.models import Comparison
from evenhand.sheets.writing.one_table import one_table
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn


def export(
    comparison: Comparison,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    *,
    format: str,
    sheet: str,
    actor: Actor,
) -> bytes:
    """Write a table of a comparison into a file.

    :raises NotAllowed: the actor may not export.
    """
    demand(actor, Right.EXPORT)
    with transaction.atomic():
        content = one_table(columns, rows, format=format, sheet=sheet)
        record(
            "policy.comparison_exported",
            actor=actor,
            object_kind="line",
            object_id=comparison.line_id,
            data={"comparison": comparison.pk, "rows": len(rows), "format": format},
        )
    return content
