"""One act on several leads: on the ticked at once, on all that a filter shows by a job."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason_from_json
from evenhand.leads.operations.closing import lose_leads
from evenhand.leads.operations.stages import set_stage_of_many
from evenhand.leads.queries.filters import lead_filter
from evenhand.leads.queries.leads import leads_within
from evenhand.people.scope import Right
from evenhand.routing.long_acts import long_act_for, progress_of, refusals_of
from evenhand.routing.operations.long_acts import MOST, RIGHTS, start_long_act, stop_long_act
from evenhand.routing.operations.many import assign_many, transfer_many
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, numbers_of, words_of
from evenhand.web.leads.asking import back, zone_name
from evenhand.wording.reasons import say

_LISTED = 200


@require_POST
@signed_in(Right.SEE_ITEMS)
def several(request: HttpRequest) -> HttpResponse:
    """One act on all ticked leads, all or none; or on all that the filter shows, one by one."""
    actor, ids = actor_in(request), numbers_of(request.POST.getlist("id"))
    act, asked = request.POST.get("act", ""), _params(request)
    if act not in RIGHTS:
        return back(request, "/leads")
    if request.POST.get("all") == "1":
        begun = start_long_act(act, _of_filter(request), asked, actor=actor)
        return redirect(f"/leads/several/{begun.pk}")
    if act == "stage":
        count = set_stage_of_many(ids, asked["stage"], actor=actor)
    elif act == "lose":
        count = lose_leads(ids, why=asked["why"], actor=actor)
    else:
        many = transfer_many if act == "transfer" else assign_many
        to, why, note = asked["to"], asked["reason"], asked["note"]
        count = many(ItemKind.LEAD, ids, to=to, why=why, note=note, actor=actor)
    return back(request, "/leads", "web-leads-done-several", count=count)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_long_act(request: HttpRequest, act_id: int) -> HttpResponse:
    """How far it is; the page asks again by itself until it is over."""
    act = long_act_for(actor_in(request), act_id)
    words, progress = words_of(request), progress_of(act)
    context = {
        "act": act,
        "act_words": words.text(f"web-long-act-{act.act}"),
        "progress": progress,
        "is_over": act.finished_at is not None,
        "refusals": [
            (row.lead_id, say(words, reason_from_json(row.why)))
            for row in refusals_of(act, most=_LISTED)
            if row.why is not None
        ],
        "listed": _LISTED,
    }
    return render(request, "web/leads/long_act.html", context)


@require_POST
@signed_in(Right.SEE_ITEMS)
def stop(request: HttpRequest, act_id: int) -> HttpResponse:
    """Leave the rest as it is."""
    stop_long_act(act_id, actor=actor_in(request))
    return redirect(f"/leads/several/{act_id}")


def _params(request: HttpRequest) -> dict[str, Any]:
    """What the form says besides the leads."""
    sent, act = request.POST, request.POST.get("act", "")
    return {
        "to": number_of(sent.get(f"{act}_to")) or 0,
        "reason": sent.get(f"{act}_reason", ""),
        "note": sent.get(f"{act}_note", "").strip()[:500],
        "stage": sent.get("stage", ""),
        "why": sent.get("why", ""),
    }


def _of_filter(request: HttpRequest) -> list[int]:
    """The leads that the list shows over all its pages, one more than may be at most."""
    asked = QueryDict(request.POST.get("query", ""))
    query = {name: str(asked.get(name, "")) for name in asked}
    wanted = lead_filter(query, zone=zone_name(request))
    found = leads_within(actor_in(request), wanted, now=timezone.now()).order_by("pk")
    return list(found.values_list("pk", flat=True)[: MOST + 1])
