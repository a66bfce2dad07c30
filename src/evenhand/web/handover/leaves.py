"""One leave: who looks after what meanwhile (代班), what moved, what came back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.handover.access import leave_for, visible_covers
from evenhand.handover.models import Back, Cover, CoverMove, CoverState, Touch
from evenhand.handover.operations.cover import (
    CLASS_KINDS,
    Class,
    agree_cover,
    drop_cover,
    plan_cover,
)
from evenhand.handover.queries import grades_in_use, team_mates, titles
from evenhand.leads.queries.paging import Page
from evenhand.people.actor import Actor
from evenhand.people.models import Leave
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import NotFound, Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.paging import asked_rows
from evenhand.wording.reasons import say

_ROWS = 5  # classes that the form offers
_OPEN = (CoverState.ASKED, CoverState.AGREED)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.SEE_ITEMS)
def cover(request: HttpRequest, leave_id: int) -> HttpResponse:
    """The plan of one leave; sent back, it is planned, agreed to, or taken back."""
    actor, words = actor_in(request), words_of(request)
    leave = _leave(actor, leave_id)
    if request.method != "POST":
        return _page(request, leave)
    act = request.POST.get("act", "")
    try:
        if act == "plan":
            plan_cover(
                leave.pk,
                _classes(request),
                comes_back=request.POST.get("comes_back", ""),
                back_per_day=_per_day(request),
                actor=actor,
            )
        elif act == "agree":
            agree_cover(leave.pk, actor=actor)
        elif act == "drop":
            drop_cover(leave.pk, actor=actor)
        else:
            return HttpResponseBadRequest()
    except Refused as refusal:
        wrong = {"field": refusal.field, "words": say(words, refusal.why)}
        return _page(request, leave, wrong, status=422 if refusal.field else 409)
    messages.success(request, words.text(f"web-handover-done-{act}"))
    return redirect(f"/handover/leaves/{leave.pk}")


def _leave(actor: Actor, leave_id: int) -> Leave:
    """The leave, also for who stands in during it."""
    try:
        return leave_for(actor, leave_id)
    except NotFound:
        found = visible_covers(actor).filter(leave_id=leave_id).first()
        if found is None:
            raise
        return Leave.objects.select_related("rep__user__team").get(pk=leave_id)


def _classes(request: HttpRequest) -> list[Class]:
    found = []
    for number in range(_ROWS):
        who = request.POST.get(f"substitute_{number}", "")
        if who == "":
            continue
        found.append(
            Class(
                item_kind=request.POST.get(f"kind_{number}", ""),
                grade=request.POST.get(f"grade_{number}", "")[:40],
                touch=request.POST.get(f"touch_{number}", ""),
                substitute=None if who == "stays" else number_of(who) or 0,
            )
        )
    return found


def _per_day(request: HttpRequest) -> int | None:
    text = request.POST.get("back_per_day", "").strip()
    return None if not text else number_of(text) or 0


def _page(
    request: HttpRequest, leave: Leave, wrong: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    actor = actor_in(request)
    known = Cover.objects.filter(leave=leave).select_related("made_by", "agreed_by").first()
    is_own = actor.user_id == leave.rep_id
    manages = not is_own and may(actor, Right.EDIT_LEAVE) and may(actor, Right.TRANSFER)
    is_over = leave.canceled_at is not None or leave.until_at <= timezone.now()
    has_begun = known is not None and known.state in (CoverState.BEGUN, CoverState.ENDED)
    plans = not is_over and not has_begun and (is_own or manages)
    page = None
    if known is not None:
        page = asked_rows(known.moves.select_related("to_rep__user").order_by("-pk"), request.GET)
    people = team_mates(actor) if is_own and not manages else reps_within(actor)
    context: dict[str, Any] = {
        "leave": leave,
        "cover": known,
        "page": page,
        "moves": _moves(actor, page),
        "rows": _rows(request, known),
        "plans": plans,
        "agrees": manages and known is not None and known.state == CoverState.ASKED,
        "drops": plans and known is not None and known.state in _OPEN,
        "is_own": is_own,
        "people": [one for one in people if one.id != leave.rep_id],
        "kinds": CLASS_KINDS,
        "grades": grades_in_use(),
        "touches": Touch.values,
        "backs": Back.values,
        "comes_back": request.POST.get("comes_back") or (known.comes_back if known else Back.ALL),
        "per_day": request.POST.get("back_per_day", (known.back_per_day or "") if known else ""),
        "wrong": wrong or {},
    }
    return render(request, "web/handover/leave.html", context, status=status)


def _moves(actor: Actor, page: Page | None) -> list[tuple[CoverMove, str]]:
    """What moved, each with what the item is called."""
    rows = [] if page is None else list(page.rows)
    named = titles(actor, [(one.item_kind, one.item_id) for one in rows])
    return [(one, named.get((one.item_kind, one.item_id), "")) for one in rows]


def _rows(request: HttpRequest, known: Cover | None) -> list[dict[str, Any]]:
    """The rows of the form: as typed, else as planned, and empty ones to add."""
    names = ("kind", "grade", "touch", "substitute")
    if request.method == "POST":
        return [
            {"number": k, "number_text": str(k)}
            | {name: request.POST.get(f"{name}_{k}", "") for name in names}
            for k in range(_ROWS)
        ]
    rules = []
    if known is not None:
        rules = list(known.rules.select_related("substitute__user").order_by("position")[:_ROWS])
    rows = [
        {
            "number": k,
            "number_text": str(k),
            "name": "" if one.substitute is None else one.substitute.user.name,
            "kind": one.item_kind,
            "grade": one.grade,
            "touch": one.touch,
            "substitute": "stays" if one.substitute_id is None else str(one.substitute_id),
        }
        for k, one in enumerate(rules)
    ]
    empty = dict.fromkeys(names, "")
    return rows + [{"number": k, "number_text": str(k)} | empty for k in range(len(rows), _ROWS)]
