"""A comparison leaves the house as a file: who took it out stands in the journal."""

from collections.abc import Sequence

from evenhand.people.actor import Actor
from evenhand.people.operations.taking_out import taken_out
from evenhand.people.scope import Right, demand
from evenhand.review.models import Comparison
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
    return taken_out(
        "policy.comparison_exported",
        columns,
        rows,
        format=format,
        sheet=sheet,
        object_kind="line",
        object_id=comparison.line_id,
        data={"comparison": comparison.pk},
        actor=actor,
    )
