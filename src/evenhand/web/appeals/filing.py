"""The rep's side of appeals: objecting in two taps, his own list, how others ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.appeals.access import may_appeal, receipts_to_appeal
from evenhand.appeals.operations.file import file_appeal
from evenhand.appeals.queries import own_appeals, own_by_receipt, public_precedents, taken_lately
from evenhand.appeals.rules import ANSWER_DAYS, APPEAL_WITHIN, WHYS
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.refusal import NotFound, Refused
from evenhand.routing.models import Receipt
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.appeals.shown import lines_of
from evenhand.web.asked import words_of
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say


def appeal_part(actor: Actor, receipt: Receipt, words: Words) -> dict[str, Any]:
    """What a page of a decision needs to let somebody object to it: his appeal, or the reasons."""
    if not may_appeal(actor, receipt):
        return {}
    is_late = receipt.at < timezone.now() - APPEAL_WITHIN
    own = own_by_receipt(actor, receipt.pk)
    return {
        "receipt_id": receipt.pk,
        "own": own,
        "whys": reasons(words) if own is None or own.state == "withdrawn" else (),
        "is_late": is_late,
        "days": ANSWER_DAYS,
        "within": APPEAL_WITHIN.days,
    }


def reasons(words: Words) -> list[tuple[str, str]]:
    """The reasons to choose from, in words."""
    return [(why, words.text(f"act-reason-credit-{message_id(why)}")) for why in WHYS]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.APPEAL)
def file(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Object to a decision; the reason that was tapped sends it."""
    actor, words = actor_in(request), words_of(request)
    receipt = receipts_to_appeal(actor).filter(pk=receipt_id).first()
    if receipt is None:
        raise NotFound("receipt", receipt_id)
    typed = {"note": request.POST.get("note", "")}
    status, wrong = 200, {}
    if request.method == "POST":
        try:
            file_appeal(
                receipt.item_kind,
                receipt.item_id,
                request.POST.get("why", ""),
                typed["note"],
                receipt_id=receipt.pk,
                actor=actor,
            )
        except Refused as refusal:
            status, wrong = 422, {"field": refusal.field, "words": say(words, refusal.why)}
        else:
            messages.success(request, words.text("web-appeals-done-filed", days=ANSWER_DAYS))
            return redirect("/appeals/mine")
    context = {"receipt": receipt, "appeal": appeal_part(actor, receipt, words), "wrong": wrong}
    return render(request, "web/appeals/file.html", context | {"typed": typed}, status=status)


@require_safe
@signed_in(Right.APPEAL)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own appeals, each with its answer."""
    page = asked_rows(own_appeals(actor_in(request)).prefetch_related("rulings"), request.GET)
    context = {
        "page": page,
        "lines": lines_of(page.rows, timezone.now()),
        "tab": "mine",
        "days": ANSWER_DAYS,
        "taken": taken_lately(actor_in(request), timezone.now()),
    }
    return render(request, "web/appeals/mine.html", context)


@require_safe
@signed_in(Right.APPEAL)
def precedents(request: HttpRequest) -> HttpResponse:
    """How appeals in one's groups ended: figures, and nobody's name."""
    rows = public_precedents(actor_in(request))
    return render(request, "web/appeals/precedents.html", {"rows": rows, "tab": "precedents"})
