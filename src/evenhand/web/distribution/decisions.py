"""分配: what is being dealt right now, to whom and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.people.names import reps_within, user_names
from evenhand.people.scope import Right
from evenhand.policies.queries import lines
from evenhand.routing.queries import DecisionFilter, decisions, items_decided, todays_counts
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of
from evenhand.web.context import zone_for
from evenhand.web.days import days_asked
from evenhand.web.paging import asked_rows

OUTCOMES = ("assigned", "pooled", "waiting", "escalated", "no_rule")
ACTS = ("assign", "transfer", "return", "void", "credit")
LIVE = 20  # rows that the first page shows and keeps fresh


@signed_in(Right.SEE_DECISIONS)
def live(request: HttpRequest) -> HttpResponse:
    """The stream, newest first; the first page refreshes itself."""
    actor = actor_in(request)
    wanted = _filter(request)
    page = asked_rows(decisions(actor, wanted).select_related("line"), request.GET, size=LIVE)
    people = {who for one in page.rows for who in (one.rep_id, one.from_rep_id, one.actor_id)}
    context: dict[str, Any] = {
        "page": page,
        "items": items_decided(actor, page.rows),
        "names": user_names({one for one in people if one is not None}),
        "counts": todays_counts(actor, zone_for(request)),
        "reps": [(rep.id, rep.name) for rep in reps_within(actor)],
        "lines": [(line.pk, line.name) for line in lines()],
        "outcomes": OUTCOMES,
        "acts": ACTS,
        "wanted": wanted,
        "actor_name": user_names([wanted.actor_id]).get(wanted.actor_id, "")
        if wanted.actor_id
        else "",
        "how": request.GET.get("how", ""),
    }
    is_part = request.headers.get("HX-Target") == "decisions"
    name = "web/distribution/rows.html" if is_part else "web/distribution/live.html"
    return render(request, name, context)


def _filter(request: HttpRequest) -> DecisionFilter:
    asked = request.GET
    how = asked.get("how", "")
    period = days_asked(asked)
    return DecisionFilter(
        line_id=number_of(asked.get("line")),
        rep_id=number_of(asked.get("rep")),
        outcome=how if how in OUTCOMES else "",
        act=how if how in ACTS else "",
        rule=asked.get("rule", "")[:120].strip(),
        grade=asked.get("grade", "")[:40].strip(),
        book_id=number_of(asked.get("book")),
        actor_id=number_of(asked.get("by")),
        reason=asked.get("reason", "")[:40].strip(),
        since=None if period is None else period[0],
        until=None if period is None else period[1],
    )
