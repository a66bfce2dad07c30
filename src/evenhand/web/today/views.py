"""今日: what a rep has before him; what a manager looks at first; how the machine is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.appeals.queries import to_decide
from evenhand.journal.state import machine_state
from evenhand.notify.queries import latest
from evenhand.people.clocks import company_day
from evenhand.people.operations.availability import set_accepting
from evenhand.people.scope import Right, may
from evenhand.platform.prepared import one_plan
from evenhand.policies.queries import due_reviews
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.appeals.shown import lines_of
from evenhand.web.asked import words_of
from evenhand.web.context import zone_for
from evenhand.web.today.days import midnight_of, own_day, own_tasks, team_day
from evenhand.web.today.notices import told
from evenhand.web.work.told import words_to_say
from evenhand.work.queries import has_said

_NOTICES_SHOWN = 5
_APPEALS_SHOWN = 5
# The parts that the live stream fetches anew, one by one.
_PARTS = {
    "rep": "web/today/rep_part.html",
    "tasks": "web/today/tasks_part.html",
    "team": "web/today/team_part.html",
}


@require_safe
@signed_in()
@one_plan()
def today(request: HttpRequest) -> HttpResponse:
    """The page after login; with `?part=` one part of it."""
    actor = actor_in(request)
    part = request.GET.get("part", "")
    words = words_of(request)
    now = timezone.now()
    midnight = midnight_of(now, zone_for(request))
    leads_people = may(actor, Right.SEE_DECISIONS) and may(actor, Right.SEE_PEOPLE)
    context: dict[str, Any] = {"now": now}
    if actor.is_rep and part in ("", "rep"):
        context["own"] = own_day(actor, words, now=now, midnight=midnight)
        if not part and not has_said(actor.user_id or 0):
            context["words_to_say"] = words_to_say(words)
    if actor.is_rep and part in ("", "tasks"):
        context["todos"] = own_tasks(actor, now=now, midnight=midnight)
    if leads_people and part in ("", "team"):
        context["team"] = team_day(actor, words, now=now, midnight=midnight)
        waiting = to_decide(actor)
        context["appeals"] = lines_of(waiting[:_APPEALS_SHOWN], now)
        context["appeals_count"] = waiting.count()
    if part in _PARTS:
        if not {"own", "team", "todos"} & context.keys():
            raise Http404
        return render(request, _PARTS[part], context)
    if may(actor, Right.EDIT_PEOPLE):
        context["machine"] = machine_state(now)
    if may(actor, Right.EDIT_POLICY):
        context["reviews"] = due_reviews(company_day(now))
    context["notices"] = told(actor, latest(actor.user_id or 0, most=_NOTICES_SHOWN), words)
    return render(request, "web/today/today.html", context)


@require_POST
@signed_in()
def accepting(request: HttpRequest) -> HttpResponse:
    """Turn one's own accepting switch."""
    set_accepting(request.POST.get("accepting") == "on", actor=actor_in(request))
    return redirect("/")
