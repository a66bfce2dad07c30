"""A table leaves the house as a file, and the journal says who took it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.sheets.writing.one_table import one_table
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn


def taken_out(
    event: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    *,
    format: str,
    sheet: str,
    object_kind: str,
    object_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    actor: Actor,
) -> bytes:
    """The file, with its event; whether the actor may have it, the caller has asked."""
    with transaction.atomic():
        content = one_table(columns, rows, format=format, sheet=sheet)
        told = {**(data or {}), "rows": len(rows), "format": format}
        record(event, actor=actor, object_kind=object_kind, object_id=object_id, data=told)
    return content
