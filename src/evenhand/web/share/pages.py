"""应得与实得: what was due to somebody and what he received, group by group, posting by posting."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evenhand.fairness.figures import Day
from evenhand.fairness.own import own_groups, own_lines
from evenhand.people.scope import Right, may
from evenhand.routing.asked import told
from evenhand.routing.queries import items_decided
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.fairness.asking import spans
from evenhand.web.share.asking import Share, share_asked
from evenhand.web.share.naming import rows_of
from evenhand.wording.catalogue import Words

_PAGE = 50
_MICRO = 1_000_000


@require_safe
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest) -> HttpResponse:
    """One's own page; with `rep`, that of somebody within reach."""
    actor = actor_in(request)
    is_about_him = not request.GET.get("rep")
    if is_about_him and not actor.is_rep and may(actor, Right.SEE_DECISIONS):
        return redirect("/fairness")
    share = share_asked(actor, request.GET)
    context: dict[str, Any] = {
        "share": share,
        "wanted": share.wanted,
        "spans": spans(words_of(request)),
        "may_export": share.is_own or may(actor, Right.EXPORT),
    }
    if share.group is not None:
        context |= _chosen(request, share)
    return render(request, "web/share/share.html", context)


def _chosen(request: HttpRequest, share: Share) -> dict[str, Any]:
    """Of the group that is looked at: day by day, and its postings."""
    actor, words, group = actor_in(request), words_of(request), share.group
    assert group is not None and share.chosen is not None
    shown = share.chosen
    if share.grade:
        of_grade = own_groups(share.user, share.wanted.period, grade=share.grade)
        shown = next((one for one in of_grade if one.group.id == group.id), shown)
    lines = own_lines(
        share.user,
        group,
        share.wanted.period,
        grade=share.grade,
        before=number_of(request.GET.get("before")),
        most=_PAGE,
    )
    entries = [one.entry for one in lines.rows]
    ids = {one.receipt_id for one in entries if one.receipt_id is not None}
    by_day = shown.by_day()
    return {
        "group": group,
        "shown": shown,
        "grades": [(grade, grade) for grade in group.grades],
        "by_day": by_day[::-1],
        "chart": json.dumps(chart_of(by_day, words), ensure_ascii=False),
        "rows": rows_of(
            lines.rows,
            share.user.pk,
            items_decided(actor, entries),
            told(actor, ids, words, about=share.user.pk) if ids else {},
            words,
        ),
        "older": lines.older,
    }


def chart_of(by_day: list[Day], words: Words) -> dict[str, Any]:
    """What static/web/charts.js draws: sums since the first day, and the balance; in points."""
    due = received = 0
    sums: list[tuple[int, int, int]] = []
    for one in by_day:
        due, received = due + one.due, received + one.received
        sums.append((due, received, one.owed))
    kinds = (("due-since", "owed"), ("received-since", "ahead"), ("balance", "own"))
    return {
        "days": [one.day.isoformat() for one in by_day],
        "lines": [
            {
                "name": words.text(f"web-share-{key}"),
                "values": [round(one[place] / _MICRO, 2) for one in sums],
                "tone": tone,
            }
            for place, (key, tone) in enumerate(kinds)
        ],
        "bounds": [],
        "unit": words.text("web-fairness-unit"),
    }
