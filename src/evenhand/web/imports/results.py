"""What came of the leads of an import, by rep: on its report and as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from evenhand.exports.operations.figures import take_figures
from evenhand.imports.access import import_for
from evenhand.imports.models import Import
from evenhand.leads.queries.filters import LeadFilter
from evenhand.leads.queries.results import results_by
from evenhand.people.names import user_names
from evenhand.people.scope import Right
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.context import zone_for
from evenhand.web.download import download
from evenhand.web.fresh import freshly
from evenhand.web.results import ResultRow, result_cells, result_columns, whole


def results_of(request: HttpRequest, row: Import) -> list[ResultRow]:
    """A row for each owner and one for all together; none where there are no leads."""
    wanted = LeadFilter(state="all", of_import=row.pk)
    found = results_by(actor_in(request), wanted, "owner_id", now=timezone.now())
    if not found:
        return []
    words = words_of(request)
    names = user_names({pk for pk in found if pk is not None})
    rows = [
        ResultRow(
            words.text("web-results-nobody") if pk is None else names.get(pk, str(pk)),
            "" if pk is None else f"owner={pk}",
            one,
        )
        for pk, one in found.items()
    ]
    together = ResultRow(words.text("web-results-whole"), f"import={row.pk}", whole(rows))
    return [*rows, together]


@require_POST
@signed_in(Right.EXPORT)
@freshly
def take_out(request: HttpRequest, import_id: int) -> HttpResponse:
    """The same as a file."""
    actor, words = actor_in(request), words_of(request)
    row = import_for(actor, import_id)
    rows = results_of(request, row)
    format = request.POST.get("format", "csv")
    content = take_figures(
        "import.results_exported",
        result_columns(words.text("web-team-out-person"), rows, words),
        result_cells(rows),
        format=format,
        why=request.POST.get("purpose", ""),
        note=request.POST.get("note", ""),
        sheet=words.text("web-results-by-rep"),
        object_kind="import",
        object_id=row.pk,
        actor=actor,
    )
    return download(content, f"import-{row.pk}", format, zone_for(request))
