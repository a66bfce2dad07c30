"""One appeal: what happened, how others ended, and deciding it."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.appeals.access import appeal_for, may_decide
from evenhand.appeals.models import Appeal, AppealState
from evenhand.appeals.operations.decide import creditable, reject, uphold
from evenhand.appeals.operations.reopen import reopen
from evenhand.appeals.operations.withdraw import withdraw
from evenhand.appeals.queries import count_of_item, precedents, rulings_of
from evenhand.appeals.rules import APPEAL_WITHIN, RECYCLED
from evenhand.leads.access import visible
from evenhand.people.actor import Actor
from evenhand.people.names import user_names
from evenhand.people.scope import Right
from evenhand.routing.access import visible_receipts
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.appeals.shown import lines_of
from evenhand.web.trying import try_act

_MICRO = 1_000_000
_TYPED = ("points", "answer", "facts")


@require_safe
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """The appeal as its appellant or whoever decides sees it."""
    return _page(request, appeal_id)


@require_POST
@signed_in(Right.DECIDE_APPEAL)
def say_yes(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Uphold it, with the points that were typed."""

    def act(actor: Actor) -> object:
        points = _points(request.POST.get("points", ""))
        answer = request.POST.get("answer", "")
        return uphold(appeal_id, points=points, answer=answer, actor=actor)

    return _done(request, appeal_id, act, "web-appeals-done-upheld", form="uphold")


@require_POST
@signed_in(Right.DECIDE_APPEAL)
def say_no(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Reject it, and say why."""

    def act(actor: Actor) -> object:
        return reject(appeal_id, answer=request.POST.get("answer", ""), actor=actor)

    return _done(request, appeal_id, act, "web-appeals-done-rejected", form="reject")


@require_POST
@signed_in(Right.APPEAL)
def take_back(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Take one's own appeal back."""

    def act(actor: Actor) -> object:
        return withdraw(appeal_id, actor=actor)

    return _done(request, appeal_id, act, "web-appeals-done-withdrawn", form="withdraw")


@require_POST
@signed_in(Right.APPEAL)
def ask_again(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Open one's own rejected appeal again."""

    def act(actor: Actor) -> object:
        return reopen(appeal_id, request.POST.get("facts", ""), actor=actor)

    return _done(request, appeal_id, act, "web-appeals-done-reopened", form="reopen")


def _done(
    request: HttpRequest, appeal_id: int, act: Callable[[Actor], object], said: str, *, form: str
) -> HttpResponse:
    def again(wrong: dict[str, str], status: int) -> HttpResponse:
        return _page(request, appeal_id, wrong, status=status)

    return try_act(request, act, said, form=form, again=again, place=f"/appeals/{appeal_id}")


def _points(text: str) -> int | None:
    """Points as typed, in micro-points; None for nothing, -1 for what is no number."""
    if not text.strip():
        return None
    try:
        number = Decimal(text.strip().replace(",", ""))
        return int(number * _MICRO) if number.is_finite() and abs(number) < 10**9 else -1
    except InvalidOperation:
        return -1


def _page(
    request: HttpRequest, appeal_id: int, wrong: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    actor, now = actor_in(request), timezone.now()
    appeal = appeal_for(actor, appeal_id)
    (line,) = lines_of([appeal], now)
    is_own = appeal.person_id == actor.user_id
    is_open = appeal.state == AppealState.OPEN
    decides = is_open and may_decide(actor, appeal)
    rulings = rulings_of(appeal)
    most = creditable(appeal)[1] if decides else 0
    context: dict[str, Any] = {
        "appeal": appeal,
        "line": line,
        "rulings": rulings,
        "is_own": is_own,
        "decides": decides,
        "most": most,
        "most_typed": f"{Decimal(most) / _MICRO:f}" if decides else "",
        "is_recycle": appeal.why == RECYCLED,
        "precedents": () if is_own else precedents(actor, appeal),
        "may_reopen": is_own and _may_reopen(appeal, now),
        "receipt_path": _receipt_path(actor, appeal, is_own),
        "sees_item": visible(actor, appeal.item_kind).filter(pk=appeal.item_id).exists(),
        "before": count_of_item(appeal) - 1,
        "names": user_names({appeal.receipt.rep_id or 0, appeal.receipt.actor_id or 0}),
        "typed": {name: request.POST.get(name, "") for name in _TYPED},
        "wrong": wrong or {},
    }
    return render(request, "web/appeals/one.html", context, status=status)


def _may_reopen(appeal: Appeal, now: datetime) -> bool:
    is_rejected = appeal.state == AppealState.REJECTED and appeal.reopened_at is None
    return is_rejected and appeal.closed_at is not None and appeal.closed_at > now - APPEAL_WITHIN


def _receipt_path(actor: Actor, appeal: Appeal, is_own: bool) -> str:
    """The way to the decision; for an appellant who may not read it whole, to "why not me"."""
    if visible_receipts(actor).filter(pk=appeal.receipt_id).exists():
        return f"/receipts/{appeal.receipt_id}"
    return f"/receipts/{appeal.receipt_id}/why-not" if is_own else ""
