"""Items into pools and out of them by hand: what is offered on an item's page, and doing it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST

from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Held, State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.refusal import NotFound
from evenhand.pool.access import SeenPool, pooled_item
from evenhand.pool.operations.placing import give_back, hand_out, put_in
from evenhand.pool.places import places_for, takers_of
from evenhand.routing.act_reasons import REASONS
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of
from evenhand.web.leads.asking import back
from evenhand.web.leads.listing import words_for
from evenhand.wording.catalogue import Words

_PAGES = {
    ItemKind.LEAD.value: "/leads",
    ItemKind.ACCOUNT.value: "/accounts",
    ItemKind.OPPORTUNITY.value: "/opportunities",
}


def moving_part(
    actor: Actor, kind: str, item: Held, words: Words, seen: SeenPool | None = None
) -> dict[str, Any]:
    """What the page of an item needs for these forms; empty where nothing can be done.

    `seen` is the pool in which it lies, where the page knows it.
    """
    if seen is None and item.state == State.POOLED:
        try:
            seen, _ = pooled_item(actor, kind, item.pk)
        except NotFound:
            return {}
    takers = takers_of(seen) if seen is not None and seen.is_administrator else ()
    places = places_for(actor, kind, item)
    if not (places.any or takers):
        return {}
    return {
        "moving": places,
        "moving_place": f"/pool/{kind}/{item.pk}/move",
        "takers": takers,
        "pool_reasons": words_for(words, "act-reason-pool", REASONS["pool"]),
        "assign_reasons": words_for(words, "act-reason-assign", REASONS["assign"]),
    }


@require_POST
@signed_in(Right.SEE_ITEMS)
def move(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Give one's own item back to its pool, put one into a pool, or give one out of it."""
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None or kind not in _PAGES:
        return HttpResponseBadRequest()
    return act(request, kind, item_id, actor_in(request))


def _give_back(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> HttpResponse:
    reason, note = _why(request)
    give_back(kind, item_id, reason=reason, note=note, actor=actor)
    return back(request, _PAGES[kind], "web-pool-move-done-back")


def _put(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> HttpResponse:
    reason, note = _why(request)
    pool = request.POST.get("pool", "")
    put_in(kind, item_id, pool=pool, reason=reason, note=note, actor=actor)
    return back(request, f"/pool/{kind}/{item_id}", "web-pool-move-done-put", pool=pool)


def _give_out(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> HttpResponse:
    reason, note = _why(request)
    to = number_of(request.POST.get("to")) or 0
    hand_out(kind, item_id, to=to, reason=reason, note=note, actor=actor)
    return back(request, "/pool", "web-pool-move-done-out")


_ACTS: dict[str, Callable[[HttpRequest, str, int, Actor], HttpResponse]] = {
    "back": _give_back,
    "put": _put,
    "out": _give_out,
}


def _why(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("reason", ""), request.POST.get("note_why", "").strip()[:500]
