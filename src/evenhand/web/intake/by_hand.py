"""录入线索: one lead by hand; who got it, and why, stands there a moment later."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.engine.reasons import reason_from_json
from evenhand.leads.access import NotFound
from evenhand.leads.intake import InvalidIntake, LeadIn, read_lead
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import Refused
from evenhand.policies.lines import active_lines
from evenhand.routing.access import asked_receipt_for, receipt_for
from evenhand.routing.explain import CannotExplain, explain
from evenhand.routing.intake import Overloaded, submit
from evenhand.routing.take_in import TakenIn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.errors import unavailable
from evenhand.web.intake.forms import ByHandForm
from evenhand.web.intake.tickets import Ticket, digest_of, key_of, new_ticket, read_ticket
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

_SALT = "intake.result"
_KEPT_SECONDS = 3600
_FORM = "by_hand"
# Of a receipt, what a result needs: the rest is one click away.
_SHOWN = ("rule", "won")


@require_http_methods(["GET", "POST"])
@signed_in(Right.TAKE_IN)
def enter(request: HttpRequest) -> HttpResponse:
    """The form; sent, it leads to the result."""
    actor, words = actor_in(request), words_of(request)
    form = _form(request, actor, words)
    now = timezone.now().timestamp()
    ticket = request.POST.get("ticket", "")
    status = 200
    if request.method == "POST" and "begin" not in request.POST:
        found = read_ticket(ticket, _FORM, now=now) or Ticket(ticket[-16:], 0)
        try:
            taken = _take_in(form, found, actor)
            return redirect("intake-result", token=_sealed(taken, actor))
        except (InvalidIntake, Refused) as problem:
            form.refuse(problem)
            status = 422
        except Overloaded:
            return unavailable(request)
    context = {
        "form": form,
        "ticket": ticket or new_ticket(_FORM, now=now),
        "edits_forms": may(actor, Right.EDIT_POLICY),
    }
    return render(request, "web/intake/by_hand.html", context, status=status)


@require_safe
@signed_in(Right.TAKE_IN)
def show_result(request: HttpRequest, token: str) -> HttpResponse:
    """Who got the lead and why, for who entered it."""
    actor, words = actor_in(request), words_of(request)
    taken = _unsealed(token, actor)
    context: dict[str, Any] = {"taken": taken, "is_mine": taken.owner_id == actor.user_id}
    if taken.why:
        context["why"] = say(words, reason_from_json(taken.why))
    if taken.receipt_id is not None:
        context |= _receipt(taken.receipt_id, actor, words)
    return render(request, "web/intake/result.html", context)


def _form(request: HttpRequest, actor: Actor, words: Words) -> ByHandForm:
    lines = [(one.line.key, one.line.name) for one in active_lines() if one.version is not None]
    data = request.POST if request.method == "POST" else None
    if data is not None and "begin" in data:  # what another page asks to be entered
        form = ByHandForm(words, lines, is_rep=actor.is_rep)
        form.initial = {name: data[name] for name in form.fields if name in data}
        return form
    return ByHandForm(words, lines, is_rep=actor.is_rep, data=data)


def _take_in(form: ByHandForm, ticket: Ticket, actor: Actor) -> TakenIn:
    typed: dict[str, Any] = form.typed()
    if form.data.get("line"):
        typed["line"] = form.data["line"]
    if actor.is_rep and form.data.get("is_own"):
        typed["collected_by"] = actor.user_id
    lead: LeadIn = read_lead(typed, via="hand")
    digest = digest_of({name: str(value) for name, value in typed.items()})
    return submit(lead, actor=actor, key=key_of(ticket, digest), digest=digest).taken


def _sealed(taken: TakenIn, actor: Actor) -> str:
    return signing.dumps([actor.user_id, taken.as_json()], salt=_SALT, compress=True)


def _unsealed(token: str, actor: Actor) -> TakenIn:
    try:
        who, taken = signing.loads(token, salt=_SALT, max_age=_KEPT_SECONDS)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if who != actor.user_id:
        raise Http404
    return TakenIn(**taken)


def _receipt(receipt_id: int, actor: Actor, words: Words) -> dict[str, Any]:
    """The reasons, and where the whole receipt is, as far as this person may read it."""
    reader = None if may(actor, Right.SEE_DECISIONS) else actor.user_id
    try:
        found, place = receipt_for(actor, receipt_id), f"/receipts/{receipt_id}"
    except NotFound:
        try:
            asked_receipt_for(actor, receipt_id)
        except NotFound:
            return {}
        return {"receipt_place": f"/receipts/{receipt_id}/why-not", "asks_why_not": True}
    try:
        told = explain(found, words, reader_id=reader).sections
    except CannotExplain:
        return {"receipt_place": place}
    return {"receipt_place": place, "sections": [one for one in told if one.key in _SHOWN]}
