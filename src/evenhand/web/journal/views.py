"""流水: every act, in order, as it was written in its own transaction; and what acts there are."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.queries import EventFilter, events, kinds
from evenhand.people.names import everybody
from evenhand.people.operations.journal_export import MOST_ROWS, export_journal
from evenhand.people.scope import Right
from evenhand.platform.days import span_of
from evenhand.sheets.writing.one_table import FORMATS
from evenhand.sheets.writing.safe_text import Out
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.download import download
from evenhand.web.fresh import freshly
from evenhand.web.journal.told import object_words, particular_words, tell_events, what_words
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words

ACTORS = ("user", "token", "form", "system")
OBJECTS = tuple(dict.fromkeys(one.about for one in CATALOGUE.values()))
_AT_ONCE = 500


@signed_in(Right.SEE_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """Events, newest first, by kind, person, object and time."""
    words = words_of(request)
    wanted = _filter(request, request.GET)
    page = asked_rows(events(wanted), request.GET, size=50)
    context = {
        "page": page,
        "told": tell_events(words, list(page.rows)),
        "wanted": wanted,
        "asked": request.GET,
        "kinds": [(kind, what_words(words, kind)) for kind in kinds()],
        "people": everybody(),
        "actor_kinds": [(kind, words.text(f"web-actor-{kind}")) for kind in ACTORS],
        "objects": [(kind, object_words(words, kind)) for kind in OBJECTS],
        "formats": tuple(FORMATS),
        "most": MOST_ROWS,
    }
    return render(request, "web/journal/journal.html", context)


@signed_in(Right.SEE_JOURNAL)
def types(request: HttpRequest) -> HttpResponse:
    """The catalogue of event types, as automation sees it."""
    words = words_of(request)
    rows = [
        {
            "type": one,
            "what": what_words(words, kind),
            "about": object_words(words, one.about),
            "data": [(name, particular_words(words, name)) for name in one.data],
        }
        for kind, one in CATALOGUE.items()
    ]
    return render(request, "web/journal/types.html", {"rows": rows})


@require_POST
@signed_in(Right.SEE_JOURNAL)
@freshly
def take_out(request: HttpRequest) -> HttpResponse:
    """Exactly what the filter shows, as a file."""
    words, zone = words_of(request), zone_for(request)
    asked = QueryDict(request.POST.get("query", ""))
    format = request.POST.get("format", "csv")
    heads = ("at", "type", "kind", "actor", "object", "data")
    content = export_journal(
        events(_filter(request, asked)),
        [words.text(f"web-journal-{head}") for head in heads],
        lambda rows: _cells(words, zone, rows),
        format=format,
        sheet=words.text("web-journal-title"),
        actor=actor_in(request),
    )
    return download(content, "journal", format, zone)


def _cells(words: Words, zone: tzinfo, rows: Iterable[Any]) -> Iterator[list[Out]]:
    """Rows as the page shows them, and the code of each type for programs."""
    left = iter(rows)
    while many := list(islice(left, _AT_ONCE)):
        for row, told in zip(many, tell_events(words, many), strict=True):
            said = "; ".join(f"{one.label}: {one.value}" for one in told.particulars)
            yield [told.at.astimezone(zone), row.kind, told.what, told.who, told.about, said]


def _filter(request: HttpRequest, asked: Mapping[str, str]) -> EventFilter:
    since, until = span_of(asked, zone_for(request).key)
    return EventFilter(
        kind=asked.get("kind", "")[:60],
        actor_id=number_of(asked.get("actor")),
        actor_kind=asked.get("by", "")[:12],
        object_kind=asked.get("object", "")[:20],
        object_id=number_of(asked.get("id")),
        since=since,
        until=until,
    )
