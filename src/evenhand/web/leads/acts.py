"""What is done with an item from its page: log, stage, close, and the acts by hand."""

from collections.abc import Callable
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.leads.operations.activities import log_activity
from evenhand.leads.operations.closing import lose_account, lose_lead, set_revival
from evenhand.leads.operations.erasing import WHYS, CannotErase, erase_person, erasure_of
from evenhand.leads.operations.stages import set_stage
from evenhand.people.scope import Right
from evenhand.platform.days import day_of
from evenhand.routing.operations.give import assign, transfer
from evenhand.routing.operations.give_up import hand_back, void
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.leads.asking import back
from evenhand.web.leads.detail import PLACES
from evenhand.wording.catalogue import message_id
from evenhand.wording.reasons import say


@require_POST
@signed_in(Right.WORK)
def log(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Log a contact or a note; `at` comes with entries that were kept without a connection."""
    log_activity(
        kind,
        item_id,
        channel=request.POST.get("channel", ""),
        outcome=request.POST.get("outcome", ""),
        note=request.POST.get("note", ""),
        contact_id=number_of(request.POST.get("contact")),
        at=_moment(request.POST.get("at", "")),
        entry_key=request.POST.get("entry_key", ""),
        actor=actor_in(request),
    )
    sent_by = request.headers.get("X-Kept", "")
    said = "" if sent_by == "later" else "web-leads-done-logged"
    answer = back(request, f"{PLACES[kind]}/{item_id}", said)
    if sent_by:  # by the script, which goes there itself
        return HttpResponse(status=204, headers={"X-Place": answer.headers["Location"]})
    return answer


@require_POST
@signed_in(Right.WORK)
def stage(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Set how far the work on a lead is."""
    set_stage(
        lead_id,
        request.POST.get("stage", ""),
        seen=request.POST.get("seen", ""),
        actor=actor_in(request),
    )
    return back(request, f"/leads/{lead_id}", "web-leads-done-stage")


@require_POST
@signed_in(Right.WORK)
def lose(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Close a lead as lost."""
    why, on = request.POST.get("why", ""), _revival(request)
    lose_lead(lead_id, why=why, revive_on=on, actor=actor_in(request))
    return back(request, f"/leads/{lead_id}", "web-leads-done-lost")


@require_POST
@signed_in(Right.WORK)
def lose_customer(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give an account up as lost."""
    why, on = request.POST.get("why", ""), _revival(request)
    lose_account(account_id, why=why, revive_on=on, actor=actor_in(request))
    return back(request, f"/accounts/{account_id}", "web-leads-done-lost")


@require_POST
@signed_in(Right.WORK)
def revival(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Change the day on which something lost comes back."""
    set_revival(kind, item_id, _revival(request), actor=actor_in(request))
    return back(request, f"{PLACES[kind]}/{item_id}", "web-leads-done-saved")


@require_POST
@signed_in(Right.RETURN)
def give_back(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Hand one's own item back; it is dealt anew, to somebody else."""
    reason, note = _reason(request)
    hand_back(kind, item_id, reason=reason, note=note, actor=actor_in(request))
    return back(request, PLACES[kind], "web-leads-done-return")


@require_POST
@signed_in(Right.TRANSFER)
def give_on(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Transfer an item from one colleague to another."""
    return _give(request, kind, item_id, transfer, "web-leads-done-transfer")


@require_POST
@signed_in(Right.ASSIGN)
def give(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Assign an item that nobody has."""
    return _give(request, kind, item_id, assign, "web-leads-done-assign")


@require_POST
@signed_in(Right.VOID)
def take_out(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Void an item: it counts for nobody."""
    reason, note = _reason(request)
    void(kind, item_id, reason=reason, note=note, actor=actor_in(request))
    return back(request, f"{PLACES[kind]}/{item_id}", "web-leads-done-void")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.ERASE)
def erase(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Erase a person: says how much would go, and asks for the number to be typed."""
    actor, words = actor_in(request), words_of(request)
    why = request.POST.get("why", "")
    context = {
        "lead_id": lead_id,
        "erasure": erasure_of(lead_id, actor=actor),
        "reasons": [(one, words.text(f"web-leads-erase-reason-{message_id(one)}")) for one in WHYS],
        "why": why,
    }
    if request.method == "POST":
        typed = request.POST.get("typed", "")
        try:
            done = erase_person(lead_id, typed=typed, why=why, actor=actor)
        except CannotErase as refused:
            context["error" if refused.field == "typed" else "why_error"] = say(words, refused.why)
            return render(request, "web/leads/erase.html", context, status=422)
        return back(request, f"/leads/{lead_id}", "web-leads-done-erased", count=done.leads)
    return render(request, "web/leads/erase.html", context)


def _revival(request: HttpRequest) -> date | None:
    """The day that was typed; what is no day is refused like one that is over."""
    typed = request.POST.get("revive_on", "").strip()
    return (day_of(typed) or date.min) if typed else None


def _give(
    request: HttpRequest, kind: str, item_id: int, act: Callable[..., int], message: str
) -> HttpResponse:
    reason, note = _reason(request)
    to = number_of(request.POST.get("to")) or 0
    act(kind, item_id, to=to, reason=reason, note=note, actor=actor_in(request))
    return back(request, f"{PLACES[kind]}/{item_id}", message)


def _reason(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("reason", ""), request.POST.get("note_why", "").strip()[:500]


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text) if text else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
