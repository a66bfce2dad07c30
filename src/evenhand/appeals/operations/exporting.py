"""The list of appeals leaves the house as a file: who took it out stands in the journal."""

from collections.abc import Sequence

from evenhand.people.actor import Actor
from evenhand.people.operations.taking_out import taken_out
from evenhand.people.scope import Right, demand
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
    return taken_out(
        "appeals.exported",
        columns,
        rows,
        format=format,
        sheet=sheet,
        object_kind="appeals",
        actor=actor,
    )
