"""The postings behind a figure of somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.fairness.groups import group_for
from evenhand.fairness.postings import WHAT, entries
from evenhand.people.names import user_names
from evenhand.people.scope import Right
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of
from evenhand.web.fairness.asking import asked

_PAGE = 50


@require_safe
@signed_in(Right.SEE_DECISIONS)
def show(request: HttpRequest, book_id: int, user_id: int) -> HttpResponse:
    """Every posting that made up what he was due, received, or had corrected."""
    actor, wanted = actor_in(request), asked(request.GET)
    what = request.GET.get("what", "")
    what = what if what in WHAT else WHAT[0]
    group = group_for(actor, book_id)
    found = entries(
        actor,
        book_id,
        user_id,
        wanted.period,
        what=what,
        grade=wanted.grade,
        before=number_of(request.GET.get("before")),
        most=_PAGE + 1,
    )
    context = {
        "wanted": wanted,
        "group": group,
        "what": what,
        "whats": WHAT,
        "rows": found[:_PAGE],
        "older": found[_PAGE - 1].number if len(found) > _PAGE else None,
        "user_id": user_id,
        "name": user_names([user_id]).get(user_id, ""),
    }
    return render(request, "web/fairness/postings.html", context)
