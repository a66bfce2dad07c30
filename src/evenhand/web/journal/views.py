"""流水: every act, in order, as it was written in its own transaction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.journal.queries import EventFilter, events, kinds
from evenhand.people.names import user_names
from evenhand.people.scope import Right
from evenhand.web.acting import signed_in
from evenhand.web.asked import number_of
from evenhand.web.paging import asked_rows


@signed_in(Right.SEE_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """Events, newest first, by kind, person and object."""
    asked = request.GET
    wanted = EventFilter(
        kind=asked.get("kind", "")[:60],
        actor_id=number_of(asked.get("actor")),
        object_kind=asked.get("object", "")[:20],
        object_id=number_of(asked.get("id")),
    )
    page = asked_rows(events(wanted), request.GET, size=50)
    people = {one.actor_id for one in page.rows if one.actor_kind == "user" and one.actor_id}
    people |= {one.data[key] for one in page.rows for key in ("rep", "from") if one.data.get(key)}
    context = {
        "page": page,
        "wanted": wanted,
        "kinds": [(kind, kind) for kind in kinds()],
        "names": user_names(people),
    }
    return render(request, "web/journal/journal.html", context)
