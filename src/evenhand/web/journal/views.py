"""流水: every act, in order, as it was written in its own transaction; and what acts there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.queries import events, kinds
from evenhand.people.names import everybody
from evenhand.people.scope import Right
from evenhand.web.acting import signed_in
from evenhand.web.asked import words_of
from evenhand.web.context import zone_for
from evenhand.web.journal.taking_out import event_filter
from evenhand.web.journal.told import field_words, object_words, tell_events, what_words
from evenhand.web.paging import asked_rows

ACTORS = ("user", "token", "form", "connector", "system")
OBJECTS = tuple(dict.fromkeys(one.about for one in CATALOGUE.values()))


@signed_in(Right.SEE_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """Events, newest first, by kind, person, object and time."""
    words = words_of(request)
    wanted = event_filter(request.GET, zone_for(request).key)
    page = asked_rows(events(wanted), request.GET, size=50)
    context = {
        "page": page,
        "told": tell_events(words, list(page.rows), zone_for(request)),
        "wanted": wanted,
        "asked": request.GET,
        "kinds": [(kind, what_words(words, kind)) for kind in kinds()],
        "people": everybody(),
        "actor_kinds": [(kind, words.text(f"web-actor-{kind}")) for kind in ACTORS],
        "objects": [(kind, object_words(words, kind)) for kind in OBJECTS],
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
            "data": [(name, field_words(words, kind, name)) for name in one.data],
        }
        for kind, one in CATALOGUE.items()
    ]
    return render(request, "web/journal/types.html", {"rows": rows})
