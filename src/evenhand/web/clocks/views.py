"""时效 for managers: requests for more time that wait, and which clocks stand still."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.engine.pool.spans import Span
from evenhand.leads.models import Assignment
from evenhand.leads.queries.titles import item_titles
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import Refused
from evenhand.pool.failures import failed_clocks
from evenhand.pool.operations.extending import decide_extension
from evenhand.pool.operations.pausing import end_pause, freeze_all, pause_rep
from evenhand.pool.pauses import PAUSE_REASONS, standing_pauses
from evenhand.pool.refusals import refuse
from evenhand.pool.requests import waiting_requests
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.days import day_of
from evenhand.web.paging import asked_rows
from evenhand.web.policies.spans import span_words
from evenhand.wording.catalogue import message_id
from evenhand.wording.reasons import say

_TYPED = ("act", "rep", "first", "last", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.SEE_PEOPLE)
def clocks(request: HttpRequest) -> HttpResponse:
    """What waits for an answer and what stands still; sent back, an answer, a stop or its end."""
    if request.method != "POST":
        return _page(request)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    words = words_of(request)
    try:
        said = act(request, actor_in(request))
    except Refused as refusal:
        wrong = {"field": refusal.field, "words": say(words, refusal.why)}
        return _page(request, wrong, status=422 if refusal.field else 409)
    messages.success(request, words.text(said))
    return redirect("/clocks")


def _page(
    request: HttpRequest, wrong: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    actor, words = actor_in(request), words_of(request)
    decides = may(actor, Right.TRANSFER)
    may_freeze, may_stop = may(actor, Right.EDIT_POLICY), may(actor, Right.EDIT_LEAVE)
    page = asked_rows(waiting_requests(actor), request.GET) if decides else None
    failed = failed_clocks(actor)
    pauses = list(standing_pauses(actor, timezone.now()))
    asked = [one.assignment for one in page.rows] if page is not None else []
    named = [*asked, *failed, *(one.assignment for one in pauses if one.assignment is not None)]
    context: dict[str, Any] = {
        "page": page,
        "decides": decides,
        "failed": failed,
        "pauses": pauses,
        "titles": _titles(actor, named),
        "lengths": {
            one.pk: span_words(words, Span(one.days, one.minutes))
            for one in (page.rows if page is not None else ())
        },
        "ends": _ends(may_freeze, may_stop, decides),
        "may_freeze": may_freeze,
        "people": [(one.id, one.name) for one in reps_within(actor)] if may_stop else [],
        "reasons": [(why, words.text(f"pause-reason-{message_id(why)}")) for why in PAUSE_REASONS],
        "typed": {name: request.POST.get(name, "") for name in _TYPED},
        "wrong": wrong or {},
        "viewer_id": actor.user_id,
    }
    return render(request, "web/clocks/clocks.html", context, status=status)


def _titles(actor: Actor, held: Iterable[Assignment]) -> dict[int, str]:
    """What the items are called, those that he sees, by their assignment."""
    by_kind: dict[str, dict[int, int]] = {}
    for one in held:
        by_kind.setdefault(one.item_kind, {})[one.item_id] = one.pk
    return {
        ids[item_id]: title
        for kind, ids in by_kind.items()
        for item_id, title in item_titles(actor, kind, ids).items()
    }


def _ends(may_freeze: bool, may_stop: bool, may_stop_item: bool) -> list[str]:
    """The kinds of stops that somebody may end."""
    allowed = (("company", may_freeze), ("rep", may_stop), ("item", may_stop_item))
    return [kind for kind, is_allowed in allowed if is_allowed]


def _decide(request: HttpRequest, actor: Actor, *, is_granted: bool) -> str:
    wanted = number_of(request.POST.get("request")) or 0
    decide_extension(wanted, is_granted=is_granted, actor=actor)
    return "web-clocks-done-granted" if is_granted else "web-clocks-done-refused"


def _grant(request: HttpRequest, actor: Actor) -> str:
    return _decide(request, actor, is_granted=True)


def _refuse(request: HttpRequest, actor: Actor) -> str:
    return _decide(request, actor, is_granted=False)


def _freeze(request: HttpRequest, actor: Actor) -> str:
    first, last = _days(request)
    freeze_all(from_at=first, until_at=last, reason=request.POST.get("reason", ""), actor=actor)
    return "web-clocks-done-stopped"


def _stop(request: HttpRequest, actor: Actor) -> str:
    first, last = _days(request)
    rep_id = number_of(request.POST.get("rep"))
    if rep_id is None:
        raise refuse("pause.nobody", field="rep")
    pause_rep(
        rep_id, from_at=first, until_at=last, reason=request.POST.get("reason", ""), actor=actor
    )
    return "web-clocks-done-stopped"


def _end(request: HttpRequest, actor: Actor) -> str:
    end_pause(number_of(request.POST.get("pause")) or 0, actor=actor)
    return "web-clocks-done-ended"


def _days(request: HttpRequest) -> tuple[datetime, datetime | None]:
    """The days of a form, by the company's clock: from now where no first one is typed."""
    zone = company_zone()
    first, last = day_of(request.POST.get("first")), day_of(request.POST.get("last"))
    start = timezone.now() if first is None else whole_days(first, first, zone)[0]
    return start, None if last is None else whole_days(last, last, zone)[1]


_ACTS: dict[str, Callable[[HttpRequest, Actor], str]] = {
    "grant": _grant,
    "refuse": _refuse,
    "freeze": _freeze,
    "stop": _stop,
    "end": _end,
}
