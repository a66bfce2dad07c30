"""Figures leave the house as a file: who took out what stands in the journal."""

from collections.abc import Sequence

from evenhand.people.actor import Actor
from evenhand.people.operations.taking_out import taken_out
from evenhand.people.scope import Right, demand
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn


def export(
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    *,
    group: int | None,
    format: str,
    sheet: str,
    actor: Actor,
) -> bytes:
    """Write a table into a file; `group` is the book's id, None = figures of several.

    :raises NotAllowed: the actor may not export.
    """
    demand(actor, Right.EXPORT)
    return _written(columns, rows, group, format, sheet, actor)


def export_own(
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    *,
    user_id: int,
    group: int,
    format: str,
    sheet: str,
    actor: Actor,
) -> bytes:
    """The same of what `user_id` was due and received: everybody may take his own figures along.

    :raises NotAllowed: they are a colleague's, and the actor may not export.
    """
    if user_id != actor.user_id:
        demand(actor, Right.EXPORT)
    return _written(columns, rows, group, format, sheet, actor)


def _written(
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    group: int | None,
    format: str,
    sheet: str,
    actor: Actor,
) -> bytes:
    return taken_out(
        "fairness.exported",
        columns,
        rows,
        format=format,
        sheet=sheet,
        object_kind="book",
        object_id=group,
        actor=actor,
    )
