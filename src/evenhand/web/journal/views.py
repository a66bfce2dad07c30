"""流水: every act, in order, as it was written in its own transaction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.journal.queries import EventFilter, events, kinds
from evenhand.people.scope import Right
from evenhand.web.acting import signed_in
from evenhand.web.asked import number_of
from evenhand.web.journal.told import tell_events, what_words
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words


@signed_in(Right.SEE_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """Events, newest first, by kind, person and object."""
    asked = request.GET
    words = Words(request.locale)  # type: ignore[attr-defined]
    wanted = EventFilter(
        kind=asked.get("kind", "")[:60],
        actor_id=number_of(asked.get("actor")),
        object_kind=asked.get("object", "")[:20],
        object_id=number_of(asked.get("id")),
    )
    page = asked_rows(events(wanted), request.GET, size=50)
    context = {
        "page": page,
        "told": tell_events(words, list(page.rows)),
        "wanted": wanted,
        "kinds": [(kind, what_words(words, kind)) for kind in kinds()],
    }
    return render(request, "web/journal/journal.html", context)
