"""Claiming from a pool: one item in one tap, or several that were ticked."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from evenhand.leads.access import NotFound, item_for
from evenhand.people.actor import Actor
from evenhand.people.operations.pace import CLAIMS, keep_pace
from evenhand.people.scope import Right
from evenhand.pool.access import pool_named, pooled_item
from evenhand.pool.operations.claim import CannotClaim, Claimed, claim, claim_one
from evenhand.pool.past import last_pool_of
from evenhand.pool.queries import limits_of, offered
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.leads.asking import back
from evenhand.web.leads.detail import PLACES
from evenhand.web.pool.shown import limits_shown, row_of
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


@require_POST
@signed_in(Right.CLAIM)
def claim_items(request: HttpRequest) -> HttpResponse:
    """Claim what was sent: a single item is answered in its place, several in one sentence each."""
    wanted = _wanted(request.POST.getlist("item"))
    words = words_of(request)
    if not wanted:
        messages.warning(request, words.text("web-pool-none-ticked"))
        return back(request, "/pool")
    keep_pace(CLAIMS, actor_in(request))
    if len(wanted) == 1:
        return _claim_one(request, *wanted[0], words)
    try:
        answers = claim(wanted, actor=actor_in(request))
    except CannotClaim as refused:
        messages.error(request, say(words, refused.why))
        return back(request, "/pool")
    _tell(request, answers, words)
    return back(request, "/pool")


def _claim_one(request: HttpRequest, kind: str, item_id: int, words: Words) -> HttpResponse:
    actor = actor_in(request)
    is_part = request.headers.get("HX-Request") == "true"
    try:
        done = claim_one(kind, item_id, actor=actor)
    except CannotClaim as refused:
        why = say(words, refused.why)
        if is_part:
            return _still_there(request, kind, item_id, why, words)
        context = {"why_not": why}
        return render(request, "web/pool/refused.html", context, status=409)
    place = f"{PLACES[kind]}/{item_id}"
    if not is_part:
        messages.success(request, words.text("web-pool-claimed-one"))
        return HttpResponseRedirect(place)
    item = item_for(actor, kind, item_id)
    name = item.name or getattr(item, "company_name", "") or str(item_id)
    return render(
        request,
        "web/pool/done.html",
        {
            "kind": kind,
            "item_id": item_id,
            "path": place,
            "name": name,
            "price": done.price,
            **_limits(actor, kind, item_id, words),
        },
    )


def _still_there(
    request: HttpRequest, kind: str, item_id: int, why: str, words: Words
) -> HttpResponse:
    """The row again with the reason; of what is gone the reason alone."""
    actor = actor_in(request)
    context: dict[str, Any] = {"kind": kind, "item_id": item_id, "why_not": why, "may_claim": False}
    name = "done"
    try:
        seen, item = pooled_item(actor, kind, item_id)
    except NotFound:
        context |= _limits(actor, kind, item_id, words)
    else:
        is_blind = seen.ready.claim.blind and not seen.is_administrator
        one = offered(actor, seen, kind, item)
        context |= {"row": row_of(one, words, is_blind=is_blind, why_not=why)}
        name = "row"
    return render(request, f"web/pool/{name}.html", context, status=409)


def _limits(actor: Actor, kind: str, item_id: int, words: Words) -> dict[str, Any]:
    """The limits of the pool in which an item lay, as they are now."""
    pool = last_pool_of(kind, item_id)
    if pool is None:
        return {}
    try:
        seen = pool_named(actor, pool[1], line_id=pool[0])
    except NotFound:
        return {}
    return {"limits": limits_shown(limits_of(actor, seen, kind), words)}


def _tell(request: HttpRequest, answers: Sequence[Claimed], words: Words) -> None:
    won = [one for one in answers if one.refused is None]
    if won:
        messages.success(request, words.text("web-pool-claimed-several", count=len(won)))
    reasons: dict[str, int] = {}
    for one in answers:
        if one.refused is not None:
            why = say(words, one.refused)
            reasons[why] = reasons.get(why, 0) + 1
    for why, count in reasons.items():
        messages.warning(request, words.text("web-pool-refused-several", count=count, why=why))


def _wanted(sent: Sequence[str]) -> list[tuple[str, int]]:
    """Items as the page names them: `lead:17`."""
    found = []
    for text in sent[:200]:
        kind, _, number = text.partition(":")
        item_id = number_of(number)
        if kind in PLACES and item_id is not None:
            found.append((kind, item_id))
    return found
