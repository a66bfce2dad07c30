"""An empty sheet of to-dos to fill in: headings that are recognized, and an example above."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from evenhand.engine.reasons import reason
from evenhand.imports.refusal import CannotImport
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.sheets.writing.one_table import FORMATS, one_table
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn
from evenhand.tasks.queries import types_of
from evenhand.web.acting import signed_in
from evenhand.web.asked import words_of
from evenhand.web.context import zone_for
from evenhand.web.download import download

# In this order: a first cell that begins with "example" is left out when the file comes back.
COLUMNS = (
    *("subject", "type", "owner", "due_at", "company", "phone", "lead_id", "opportunity_id"),
    *("quantity", "minutes", "started_at", "note"),
)


@require_safe
@signed_in(Right.IMPORT)
def template(request: HttpRequest) -> HttpResponse:
    """The sheet, in the reader's language, with the types of the default line."""
    words, zone = words_of(request), zone_for(request)
    format = request.GET.get("format", "xlsx")
    if format not in FORMATS:
        found = reason("work.not_a_choice", value=format[:40], choices=tuple(FORMATS))
        raise CannotImport(found, field="format")
    types = types_of()
    due = (now() + timedelta(days=7)).astimezone(zone)
    filled: dict[str, Out] = {
        "subject": words.text("task-template-example"),
        "type": types[0].type if types else "",
        "due_at": due.strftime("%Y-%m-%d 18:00"),
        "quantity": types[0].quantity if types else 1,
        "minutes": types[0].minutes if types else 30,
    }
    heads = [SheetColumn(words.text(f"task-template-{name.replace('_', '-')}")) for name in COLUMNS]
    rows = [[filled.get(name, "") for name in COLUMNS]]
    sheet = words.text("web-imports-kind-task")
    content = one_table(heads, rows, format=format, sheet=sheet)
    return download(content, "tasks", format, zone)
