"""没分给我的: what one's groups dealt to others, each with a way to ask why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evenhand.fairness.own import missed
from evenhand.people.scope import Right, may
from evenhand.routing.asked import told
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.days import day_of
from evenhand.web.fairness.naming import group_words
from evenhand.web.share.asking import share_asked

_PAGE = 50


@require_safe
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest) -> HttpResponse:
    """Items of a group that went to somebody else: no customer, only what the rules looked at."""
    actor, words = actor_in(request), words_of(request)
    if not request.GET.get("rep") and not actor.is_rep and may(actor, Right.SEE_DECISIONS):
        return redirect("/fairness")
    share = share_asked(actor, request.GET)
    day = day_of(request.GET.get("day"))
    context: dict[str, Any] = {"share": share, "day": day, "group": share.group}
    if share.group is not None:
        rows, older = missed(
            share.user,
            share.group,
            day,
            share.wanted.period,
            before=number_of(request.GET.get("before")),
            most=_PAGE,
        )
        ids = {one.receipt_id for one in rows if one.receipt_id is not None}
        known = told(actor, ids, words, about=share.user.pk) if ids else {}
        context |= {
            "groups": [(one.group.id, group_words(one.group, words)) for one in share.groups],
            "rows": [(one, known.get(one.receipt_id or 0)) for one in rows],
            "older": older,
        }
    return render(request, "web/share/missed.html", context)
