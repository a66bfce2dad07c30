"""What is done on the pages of load: a word, its answer, a cap by hand."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from evenhand.engine.reasons import reason
from evenhand.people.operations.caps import end_cap, set_cap
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.members import reading
from evenhand.web.work.person import load_page
from evenhand.wording.reasons import say as say_reason
from evenhand.work.operations.words import answer_word, say_word
from evenhand.work.queries import own_load


@require_POST
@signed_in(Right.SEE_ITEMS)
def say(request: HttpRequest) -> HttpResponse:
    """偏多, 正好 or 还能接, of this week."""
    back = "/" if request.POST.get("from") == "today" else "/workload/mine"
    word = request.POST.get("word", "")
    return _done(
        request, back, lambda: say_word(word, actor=actor_in(request)), "web-work-done-word"
    )


@require_POST
@signed_in(Right.EDIT_CAPS)
def answer(request: HttpRequest, user_id: int) -> HttpResponse:
    """Answer what somebody said."""
    asked = request.POST

    def act() -> Any:
        answer_word(
            user_id,
            reading.needed_day(asked.get("week", ""), "week"),
            asked.get("answer", ""),
            note=asked.get("note", ""),
            actor=actor_in(request),
        )

    return _done(request, f"/workload/people/{user_id}", act, "web-work-done-answer")


@require_POST
@signed_in(Right.EDIT_CAPS)
def set_by_hand(request: HttpRequest, user_id: int) -> HttpResponse:
    """A cap by hand, with a reason and a last day."""
    asked, words = request.POST, words_of(request)
    try:
        items = reading.whole(asked.get("open_items", ""), "open_items")
        if items is None:
            raise CannotEdit(reason("people.needed"), field="open_items")
        set_cap(
            user_id,
            open_items=items,
            until_date=reading.needed_day(asked.get("until_date", ""), "until_date"),
            note=asked.get("note", ""),
            actor=actor_in(request),
        )
    except Refused as refusal:
        # What was typed stays, and the word stands beside its field.
        load = own_load(actor_in(request), user_id, timezone.now())
        wrong = {"field": refusal.field, "words": say_reason(words, refusal.why)}
        return load_page(request, load, wrong)
    messages.success(request, words.text("web-work-done-cap"))
    return redirect(f"/workload/people/{user_id}")


@require_POST
@signed_in(Right.EDIT_CAPS)
def end_by_hand(request: HttpRequest, user_id: int) -> HttpResponse:
    """The derived cap holds again."""
    return _done(
        request,
        f"/workload/people/{user_id}",
        lambda: end_cap(user_id, actor=actor_in(request)),
        "web-work-done-cap-ended",
    )


def _done(request: HttpRequest, back: str, act: Callable[[], Any], said: str) -> HttpResponse:
    words = words_of(request)
    try:
        act()
    except Refused as refusal:
        messages.error(request, say_reason(words, refusal.why))
    else:
        messages.success(request, words.text(said))
    return redirect(back)
