"""Tables of figures leave the house as a file: a reason, an event; no customer is in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from evenhand.exports.operations.ask import check_choices, check_format
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.sheets.writing.one_table import one_table
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn


def take_figures(
    event: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    *,
    why: str,
    note: str = "",
    format: str,
    sheet: str,
    object_kind: str,
    object_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    is_own: bool = False,
    actor: Actor,
) -> bytes:
    """The file, with its event. Figures about oneself alone (`is_own`) need no right and no reason.

    :raises NotAllowed: the actor may not export.
    :raises CannotExport: no reason, or no such format.
    """
    check_format(format)
    if not is_own:
        demand(actor, Right.EXPORT)
        check_choices(why, format, note)
    with transaction.atomic():
        content = one_table(columns, rows, format=format, sheet=sheet)
        told = {**(data or {}), "rows": len(rows), "format": format}
        if not is_own:
            told["reason"] = why
        record(event, actor=actor, object_kind=object_kind, object_id=object_id, data=told)
    return content
