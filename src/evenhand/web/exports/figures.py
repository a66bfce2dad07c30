"""Tables of figures as files, whatever page they are from."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from evenhand.exports.operations.figures import take_figures
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn
from evenhand.web.acting import actor_in
from evenhand.web.context import zone_for
from evenhand.web.download import download


def figures_as_file(
    request: HttpRequest,
    event: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Out]],
    *,
    name: str,
    sheet: str,
    object_kind: str,
    object_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    is_own: bool = False,
) -> HttpResponse:
    """What `{% export_form %}` asked for; raises as `take_figures`."""
    form = request.POST
    format = form.get("format", "xlsx")
    content = take_figures(
        event,
        columns,
        rows,
        why=form.get("purpose", ""),
        note=form.get("note", ""),
        format=format,
        sheet=sheet,
        object_kind=object_kind,
        object_id=object_id,
        data=data,
        is_own=is_own,
        actor=actor_in(request),
    )
    return download(content, name, format, zone_for(request))
