"""分配依据: why somebody got an item, why somebody else did not, and what was done by hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.people.names import reps_within, user_names
from evenhand.people.scope import Right, may
from evenhand.routing.access import asked_receipt_for, receipt_for, sees_item
from evenhand.routing.explain import CannotExplain, Explained, explain
from evenhand.routing.models import Receipt
from evenhand.routing.queries import receipts_of_item
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.appeals.filing import appeal_part
from evenhand.web.asked import number_of, words_of
from evenhand.web.templatetags.decisions import ITEM_PATHS
from evenhand.wording.reasons import say


@signed_in(Right.SEE_ITEMS)
def receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """One receipt whole; `?rep=` asks why it was not this colleague."""
    actor = actor_in(request)
    found = receipt_for(actor, receipt_id)
    asked = number_of(request.GET.get("rep"))
    if not may(actor, Right.SEE_DECISIONS):
        asked = actor.user_id if actor.user_id != found.rep_id else None
    explained, problem = _explained(request, found, asked)
    sees = sees_item(actor, found)
    history = receipts_of_item(actor, found.item_kind, found.item_id) if sees else ()
    people = {found.rep_id, found.from_rep_id, found.actor_id, *(one.rep_id for one in history)}
    context = {
        "receipt": found,
        "explained": explained,
        "problem": problem,
        "history": history,
        "names": user_names({one for one in people if one is not None}),
        "sees_item": sees,
        "item_path": ITEM_PATHS.get(found.item_kind, "/leads"),
        "asked": asked,
        "colleagues": reps_within(actor) if may(actor, Right.SEE_DECISIONS) else (),
        "is_mine": found.rep_id == actor.user_id,
        "appeal": appeal_part(actor, found, words_of(request)),
    }
    return render(request, "web/receipts/receipt.html", context)


@signed_in(Right.SEE_ITEMS)
def why_not(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """为什么没分给我: for a rep of the group, without saying whose customer it is."""
    actor = actor_in(request)
    found = asked_receipt_for(actor, receipt_id)
    explained, problem = _explained(request, found, actor.user_id)
    context = {
        "receipt": found,
        "explained": explained,
        "problem": problem,
        "shown": _NO_CUSTOMER,
        "appeal": appeal_part(actor, found, words_of(request)),
    }
    return render(request, "web/receipts/why_not.html", context)


# Sections of a receipt that name neither the customer nor how colleagues stand.
_NO_CUSTOMER = ("worth", "rule", "lost", "change", "record")


def _explained(
    request: HttpRequest, found: Receipt, rep_id: int | None
) -> tuple[Explained | None, str]:
    """The receipt in words or, for an act by hand, why there is nothing to compute."""
    words = words_of(request)
    actor = actor_in(request)
    reader = None if may(actor, Right.SEE_DECISIONS) else actor.user_id
    try:
        return explain(found, words, rep_id=rep_id, reader_id=reader), ""
    except CannotExplain as refusal:
        return None, say(words, refusal.why)
