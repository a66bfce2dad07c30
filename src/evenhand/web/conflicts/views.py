"""撞单查询: a phone, a mail address or a company, and how it stands.

What is asked for is sent as a form, so that no number stands in an address, a log or a history.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.engine.facts import OWN
from evenhand.leads.conflicts import AskedBy
from evenhand.leads.operations.conflicts import (
    AN_HOUR,
    LONGEST,
    Answer,
    CannotCheck,
    Finding,
    ask_holder,
    check_conflict,
)
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import TooOften
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.leads.detail import PLACES
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

# Which field of a new lead holds what was asked for.
_FIELDS = {AskedBy.PHONE: "phone", AskedBy.EMAIL: "email", AskedBy.COMPANY: "company"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.CHECK_CONFLICT)
def check(request: HttpRequest) -> HttpResponse:
    """The question, and below it the answer."""
    actor, words = actor_in(request), words_of(request)
    text = request.POST.get("q", "").strip()[:LONGEST]
    context: dict[str, Any] = {"q": text, "longest": LONGEST, "an_hour": AN_HOUR}
    if request.method == "POST":
        try:
            answer = check_conflict(text, actor=actor)
        except CannotCheck as refused:
            context["error"] = say(words, refused.why)
            response = render(request, "web/conflicts/check.html", context, status=422)
            if isinstance(refused, TooOften):
                response.status_code = 429
                response.headers["Retry-After"] = str(refused.seconds)
            return response
        standing = answer.standing.value
        context |= {
            "answer": answer,
            "title_words": words.text(f"web-conflicts-answer-{standing}"),
            "advice": words.text(f"web-conflicts-advice-{standing}"),
            "lines": _lines(answer, words),
            "may_enter": answer.may_enter and may(actor, Right.TAKE_IN),
            "field": _FIELDS[answer.by],
        }
    return render(request, "web/conflicts/check.html", context)


@require_POST
@signed_in(Right.CHECK_CONFLICT)
def ask(request: HttpRequest) -> HttpResponse:
    """Tell the holder that somebody would like to talk about it."""
    words = words_of(request)
    try:
        ask_holder(request.POST.get("q", ""), actor=actor_in(request))
    except CannotCheck as refused:
        messages.error(request, say(words, refused.why))
    else:
        messages.success(request, words.text("web-conflicts-asked"))
    return redirect("conflicts")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is there already, in words."""

    what: str
    how: str
    place: str  # "" = not his to open


def _lines(answer: Answer, words: Words) -> list[Line]:
    return [
        Line(
            what=_what(one, words),
            how=" · ".join(part for part in _how(one, words) if part),
            place="" if one.item_id is None else f"{PLACES[one.kind.value]}/{one.item_id}",
        )
        for one in answer.findings
    ]


def _what(one: Finding, words: Words) -> str:
    if one.is_likely:
        return words.text("web-conflicts-alike", name=one.name)
    return one.name or words.text(f"item-kind-{one.kind.value}")


def _how(one: Finding, words: Words) -> Iterator[str]:
    yield words.text(f"web-conflicts-standing-{one.standing.value}")
    yield one.holder
    yield one.team
    if one.way != OWN:
        yield words.text("web-conflicts-by-way", way=words.text(f"owner-by-{one.way}"))
