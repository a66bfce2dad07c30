"""Setting a group's fairness target, on the page of the group."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from evenhand.fairness.operations.targets import Limits, set_target
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.fairness.groups import group_response
from evenhand.wording.reasons import say

_MICRO = 1_000_000


@require_POST
@signed_in(Right.EDIT_POLICY)
def save(request: HttpRequest, book_id: int) -> HttpResponse:
    """Set the target, or take it away; what is wrong stands beside its field, as it was typed."""
    words = words_of(request)
    limits = None if "clear" in request.POST else _limits(request)
    try:
        set_target(book_id, limits, actor=actor_in(request))
    except Refused as refusal:
        typed = {name: request.POST.get(name, "") for name in ("most_points", "least_jain", "days")}
        wrong = {"field": refusal.field, "words": say(words, refusal.why)}
        return group_response(request, book_id, typed | {"wrong": wrong}, status=422)
    done = "web-fairness-target-cleared" if limits is None else "web-fairness-target-saved"
    messages.success(request, words.text(done))
    return redirect(f"/fairness/{book_id}")


def _limits(request: HttpRequest) -> Limits:
    asked = request.POST
    days = _scaled(asked.get("days", ""), 1)
    return Limits(
        _scaled(asked.get("most_points", ""), _MICRO),
        _scaled(asked.get("least_jain", ""), 1_000),
        30 if days is None else days,
    )


def _scaled(text: str, factor: int) -> int | None:
    """A number as typed, times the factor; None for nothing, -1 for what is no number."""
    if not text.strip():
        return None
    try:
        number = Decimal(text.strip().replace(",", ""))
        return int(number * factor) if number.is_finite() and abs(number) < 10**9 else -1
    except InvalidOperation:
        return -1
