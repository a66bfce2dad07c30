"""A list leaves as a file: at once, by a job, or when a second person says so."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from evenhand.exports.models import Step
from evenhand.exports.operations.ask import Wanted, ask
from evenhand.leads.queries.choices import chosen
from evenhand.leads.queries.options import options_for
from evenhand.people.actor import Actor
from evenhand.people.operations.pace import EXPORTS, keep_pace
from evenhand.people.scope import Right
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.context import zone_for
from evenhand.web.download import download
from evenhand.web.fresh import freshly
from evenhand.web.leads.columns import LIST_COLUMNS, chosen_columns


@require_POST
@signed_in(Right.EXPORT)
@freshly
def take_list(request: HttpRequest, page: str) -> HttpResponse:
    """Exactly what the filter of a list shows."""
    is_all = request.POST.get("columns") == "all" or page not in LIST_COLUMNS
    columns = () if is_all else _shown(actor_in(request), page)
    return _take(request, page, columns)


@require_POST
@signed_in(Right.SEE_JOURNAL)
@freshly
def take_journal(request: HttpRequest) -> HttpResponse:
    """The events that a filter shows."""
    return _take(request, "journal", ())


def _take(request: HttpRequest, page: str, columns: Sequence[str]) -> HttpResponse:
    words, zone, form = words_of(request), zone_for(request), request.POST
    wanted = Wanted(
        page,
        form.get("query", ""),
        form.get("purpose", ""),
        form.get("note", ""),
        form.get("format", "csv"),
        columns,
    )
    keep_pace(EXPORTS, actor_in(request))
    answer = ask(wanted, words=words, zone=zone, actor=actor_in(request))
    if answer.content is not None:
        return download(answer.content, page, wanted.format, zone)
    kind = "waits" if answer.row.step == Step.WAITING else "runs"
    messages.success(request, words.text(f"web-exports-{kind}", count=answer.row.rows))
    return redirect("/exports")


def _shown(actor: Actor, page: str) -> list[str]:
    """The columns of the list as its reader has them."""
    sees_others = len(options_for(actor).owners) > 1
    columns = chosen_columns(LIST_COLUMNS[page], chosen(actor, page), sees_others=sees_others)
    return [one.key for one in columns]
