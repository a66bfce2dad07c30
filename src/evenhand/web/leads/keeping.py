"""What its owner, or his manager, does about the clocks over an item: one form per act."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.views.decorators.http import require_POST

from evenhand.engine.pool.spans import Span
from evenhand.leads.models import Held
from evenhand.leads.operations.accepting import accept
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.scope import Right
from evenhand.pool.keeping import keeping_of
from evenhand.pool.operations.declining import decline
from evenhand.pool.operations.extending import ask_extension
from evenhand.pool.operations.locking import lock_item, unlock_item
from evenhand.pool.operations.pausing import end_pause, pause_item
from evenhand.pool.pauses import PAUSE_REASONS
from evenhand.routing.act_reasons import REASONS
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of
from evenhand.web.days import day_of
from evenhand.web.leads.asking import back
from evenhand.web.leads.listing import words_for
from evenhand.wording.catalogue import Words

_PLACES = {"lead": "/leads", "account": "/accounts", "opportunity": "/opportunities"}


def keeping_part(actor: Actor, kind: str, item: Held, words: Words) -> dict[str, Any]:
    """What the page of an item needs for these forms; empty where nobody holds it."""
    found = keeping_of(actor, kind, item, now=timezone.now())
    if found is None:
        return {}
    offer = found.offer
    return {
        "keeping": found,
        "decline_reasons": words_for(words, "act-reason-return", REASONS["return"])
        if found.asks_to_accept
        else [],
        "extend_reasons": words_for(words, "act-reason-extend", REASONS["extend"]) if offer else [],
        "extend_clocks": words_for(words, "clock-name", offer.clocks if offer else ()),
        "extend_by": span_words(words, offer.by) if offer else "",
        "pause_reasons": words_for(words, "pause-reason", PAUSE_REASONS),
    }


def span_words(words: Words, span: Span) -> str:
    """A span of time as it is said: days, hours, minutes."""
    hours, minutes = divmod(span.minutes, 60)
    parts = (("d", span.days), ("h", hours), ("m", minutes))
    said = [words.text("span", unit=unit, count=count) for unit, count in parts if count]
    return " ".join(said)


@require_POST
@signed_in(Right.SEE_ITEMS)
def keep(request: HttpRequest, kind: str, item_id: int) -> HttpResponse:
    """Accept, decline, ask for more time, lock, unlock, stop the clocks or set them going."""
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    said = act(request, kind, item_id, actor_in(request))
    place = _PLACES[kind] if act is _decline else f"{_PLACES[kind]}/{item_id}"
    return back(request, place, said)


def _accept(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> str:
    accept(kind, item_id, via="web", actor=actor)
    return "web-keeping-done-accept"


def _decline(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> str:
    decline(kind, item_id, reason=request.POST.get("reason", ""), note=_note(request), actor=actor)
    return "web-keeping-done-decline"


def _extend(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> str:
    row = ask_extension(
        kind,
        item_id,
        clock=request.POST.get("clock", ""),
        reason=request.POST.get("reason", ""),
        actor=actor,
    )
    return "web-keeping-done-extend" if row.is_granted else "web-keeping-done-asked"


def _lock(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> str:
    lock_item(kind, item_id, actor=actor)
    return "web-keeping-done-lock"


def _unlock(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> str:
    unlock_item(kind, item_id, actor=actor)
    return "web-keeping-done-unlock"


def _pause(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> str:
    last = day_of(request.POST.get("until"))
    until = None if last is None else whole_days(last, last, company_zone())[1]
    pause_item(kind, item_id, until_at=until, reason=request.POST.get("reason", ""), actor=actor)
    return "web-keeping-done-pause"


def _resume(request: HttpRequest, kind: str, item_id: int, actor: Actor) -> str:
    end_pause(number_of(request.POST.get("pause")) or 0, actor=actor)
    return "web-keeping-done-resume"


_ACTS: dict[str, Callable[[HttpRequest, str, int, Actor], str]] = {
    "accept": _accept,
    "decline": _decline,
    "extend": _extend,
    "lock": _lock,
    "unlock": _unlock,
    "pause": _pause,
    "resume": _resume,
}


def _note(request: HttpRequest) -> str:
    return request.POST.get("note_why", "").strip()[:500]
