"""交接: whose work somebody else looks after during a leave, and who leaves; what I am offered."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evenhand.handover.models import AtDeadline
from evenhand.handover.operations.departure import open_departure
from evenhand.handover.queries import covers, departures, leaves_without, offered_to
from evenhand.handover.refusals import refuse
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, demand, may
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.days import day_of
from evenhand.web.paging import asked_rows
from evenhand.wording.reasons import say

_TYPED = ("rep", "last_day", "at_deadline")
_MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest) -> HttpResponse:
    """Leave and its cover, departures, what waits for me; sent back, a departure is begun."""
    if request.method != "POST":
        return _page(request)
    actor, words = actor_in(request), words_of(request)
    demand(actor, Right.TRANSFER)
    try:
        made = open_departure(
            number_of(request.POST.get("rep")) or _nobody(),
            deadline=_deadline(request),
            at_deadline=request.POST.get("at_deadline", AtDeadline.GIVE),
            actor=actor,
        )
    except Refused as refusal:
        wrong = {"field": refusal.field, "words": say(words, refusal.why)}
        return _page(request, wrong, status=422 if refusal.field else 409)
    messages.success(request, words.text("web-handover-done-opened"))
    return redirect(f"/handover/departures/{made.pk}")


def _nobody() -> int:
    raise refuse("handover.nobody_there", field="rep")


def _deadline(request: HttpRequest) -> datetime:
    """The end of the day that was typed, by the company's clock."""
    day = day_of(request.POST.get("last_day"))
    if day is None:
        raise refuse("handover.deadline", field="deadline", limit=92)
    return whole_days(day, day, company_zone())[1] - timedelta(seconds=1)


def _page(
    request: HttpRequest, wrong: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    actor = actor_in(request)
    opens = may(actor, Right.TRANSFER) and may(actor, Right.EDIT_LEAVE)
    context: dict[str, Any] = {
        "offered": _offered(actor),
        "leaves": leaves_without(actor)[:_MOST],
        "covers": covers(actor)[:_MOST],
        "page": asked_rows(departures(actor), request.GET),
        "people": [one for one in reps_within(actor) if one.id != actor.user_id] if opens else [],
        "choices": AtDeadline.values,
        "typed": {name: request.POST.get(name, "") for name in _TYPED},
        "wrong": wrong or {},
        "actor_id": actor.user_id,
        "sees_people": may(actor, Right.SEE_PEOPLE),
    }
    return render(request, "web/handover/overview.html", context, status=status)


def _offered(actor: Actor) -> list[dict[str, Any]]:
    """What one is offered, counted by sheet."""
    found: dict[int, dict[str, Any]] = {}
    for line in offered_to(actor):
        one = found.setdefault(
            line.departure_id, {"departure": line.departure, "count": 0, "points": 0}
        )
        one["count"] += 1
        one["points"] += line.points
    return list(found.values())
