"""公平: all groups at a glance, and one group member by member, over a period."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evenhand.fairness.groups import Group, groups, lines_of
from evenhand.fairness.models import Target
from evenhand.fairness.operations.targets import MICRO
from evenhand.fairness.queries import GroupPage, Row, group_page, overview
from evenhand.people.scope import Right, may
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.fairness.asking import Wanted, asked, spans
from evenhand.web.fairness.charting import chart_of
from evenhand.web.fairness.naming import group_words
from evenhand.web.paging import cut
from evenhand.wording.catalogue import Words

_PAGE = 50
_SORTS = {
    "name": lambda row: row.name,
    "due": lambda row: row.total.due,
    "received": lambda row: row.total.received,
    "corrected": lambda row: row.total.corrected,
    "owed": lambda row: row.owed,
    "count": lambda row: row.total.count,
}


@require_safe
@signed_in(Right.SEE_DECISIONS)
def show_all(request: HttpRequest) -> HttpResponse:
    """All groups; with `book`, as a form asks for it, on to the one."""
    actor, wanted = actor_in(request), asked(request.GET)
    book = number_of(request.GET.get("book"))
    if book is not None:
        query = request.GET.copy()
        del query["book"]
        return redirect(f"/fairness/{book}?{query.urlencode()}")
    everything = groups(actor)
    rows = overview(actor, wanted.period, line_id=wanted.line)
    context = {
        "wanted": wanted,
        "spans": spans(words_of(request)),
        "tab": "groups",
        "rows": rows,
        "has_work": any(row.group.kind == "work" for row in rows),
        "lines": lines_of(everything),
    }
    return render(request, "web/fairness/groups.html", context)


@require_safe
@signed_in(Right.SEE_DECISIONS)
def show(request: HttpRequest, book_id: int) -> HttpResponse:
    """One group, member by member."""
    return group_response(request, book_id)


def group_response(
    request: HttpRequest, book_id: int, typed: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of a group; `typed` is what stands in the form of its target, and what is wrong."""
    actor, wanted = actor_in(request), asked(request.GET)
    page = group_page(actor, book_id, wanted.period, grade=wanted.grade)
    context = {
        "wanted": wanted,
        "spans": spans(words_of(request)),
        "tab": "groups",
        "typed": typed or _target_typed(page.target),
        **_one(request, page, wanted),
    }
    return render(request, "web/fairness/group.html", context, status=status)


def _target_typed(target: Target | None) -> dict[str, Any]:
    """What stands in the fields."""
    if target is None:
        return {"most_points": "", "least_jain": "", "days": 30}
    points, jain = target.most_points, target.least_jain
    return {
        "most_points": "" if points is None else f"{Decimal(points) / MICRO:f}",
        "least_jain": "" if jain is None else f"{Decimal(jain) / 1_000:f}",
        "days": target.days,
    }


def _one(request: HttpRequest, page: GroupPage, wanted: Wanted) -> dict[str, Any]:
    actor, words = actor_in(request), words_of(request)
    who = request.GET.get("who", "")[:80].strip()
    rows = [row for row in page.rows if not who or who.lower() in row.name.lower()]
    by_day = page.figures.by_day()
    chosen = next((row for row in page.rows if row.id == wanted.rep and row.id), None)
    return {
        "shown": page,
        "group": page.group,
        "page": cut(_sorted(rows, request.GET.get("sort", "")), request.GET, size=_PAGE),
        "who": who,
        "reset": f"/fairness/{page.group.id}",
        "grades": [(grade, grade) for grade in page.group.grades],
        "grade_at": dict(enumerate(page.group.grades)),
        "groups": _choices(groups(actor, line_id=page.group.line_id), words),
        "by_day": by_day[::-1],
        "chart": json.dumps(chart_of(page, by_day, chosen, words), ensure_ascii=False),
        "chosen": chosen,
        "count": int(page.figures.sums.counts.sum()),
        "due": int(page.figures.sums.due.sum()),
        "may_export": may(actor, Right.EXPORT),
        "may_edit": may(actor, Right.EDIT_POLICY),
    }


def _choices(found: Sequence[Group], words: Words) -> list[tuple[int, str]]:
    return [(one.id, group_words(one, words)) for one in found]


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    """By a column, up or down; whoever cannot be told apart stands last, always."""
    key = _SORTS.get(sort.removeprefix("-"))
    if key is None:
        return rows
    own = sorted((row for row in rows if row.id), key=key, reverse=sort.startswith("-"))
    return [*own, *(row for row in rows if not row.id)]
