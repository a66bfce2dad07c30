"""待办: the day, the list, the board and the calendar; one address, chosen by `view`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.leads.queries.options import options_for
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now
from evenhand.tasks.asked import task_filter
from evenhand.tasks.operations.feed import feed_of
from evenhand.tasks.queries import SORTS, between, board, day_plan, list_tasks, types_of
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.context import zone_for
from evenhand.web.leads.asking import query_of, zone_name
from evenhand.web.paging import asked_page
from evenhand.web.tasks.asking import (
    VIEWS,
    day_asked,
    filters_of,
    midnight_for,
    whose,
)
from evenhand.web.tasks.month import first_of, month_of, span_of
from evenhand.web.tasks.shown import Row, rows_of


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_tasks(request: HttpRequest) -> HttpResponse:
    """The to-dos as the address asks for them; of a rep the day first, else the list."""
    actor, query = actor_in(request), query_of(request)
    usual = "day" if actor.is_rep and not may(actor, Right.ASSIGN) else "list"
    view = query["view"] if query.get("view") in VIEWS else usual
    asked = request.GET.copy()
    for name in ("page", "part"):
        asked.pop(name, None)
    context: dict[str, Any] = {
        "page_name": "tasks",
        "view": view,
        "view_names": VIEWS,
        "query": asked.urlencode(),
        "may_make": may(actor, Right.ASSIGN) or (actor.is_rep and may(actor, Right.WORK)),
        "may_assign": may(actor, Right.ASSIGN),
        "may_export": may(actor, Right.EXPORT),
        "is_rep": actor.is_rep,
        **_SHOWN[view](request, actor, query),
    }
    if view == "day" and query.get("part") == "day":
        return render(request, "web/tasks/day_part.html", context)
    return render(request, f"web/tasks/{view}.html", context)


def _day(request: HttpRequest, actor: Actor, query: dict[str, str]) -> dict[str, Any]:
    on, rep_id = day_asked(request), whose(actor, query)
    plan = day_plan(actor, midnight_for(request, on), rep_id=rep_id)
    today = now().astimezone(zone_for(request)).date()
    parts = [("overdue", plan.overdue), ("today", plan.today), ("next", plan.next)]
    if on > today:
        parts = parts[1:]
    return {
        "on": on,
        "is_today": on == today,
        "day_before": (on - timedelta(days=1)).isoformat(),
        "day_after": (on + timedelta(days=1)).isoformat(),
        "plan": plan,
        "parts": [(name, rows_of(actor, tasks, now())) for name, tasks in parts if tasks],
        "done": rows_of(actor, plan.done, now()),
        **_people(request, actor, rep_id),
    }


def _list(request: HttpRequest, actor: Actor, query: dict[str, str]) -> dict[str, Any]:
    wanted = task_filter(query, zone=zone_name(request))
    asked = asked_page(query)
    sort = query["sort"] if query.get("sort") in SORTS else "due"
    page = list_tasks(
        actor,
        wanted,
        sort=sort,
        number=asked.number,
        size=asked.size,
        midnight=midnight_for(request),
    )
    return {
        "page": page,
        "rows": rows_of(actor, page.rows, now()),
        "sort": sort,
        **_filters(request, actor, query, "list"),
    }


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    count: int
    rows: Sequence[Row]


def _board(request: HttpRequest, actor: Actor, query: dict[str, str]) -> dict[str, Any]:
    wanted = task_filter(query, zone=zone_name(request))
    columns = board(actor, wanted, midnight=midnight_for(request), size=30)
    return {
        "columns": [
            _Column(one.name, one.count, rows_of(actor, one.tasks, now())) for one in columns
        ],
        **_filters(request, actor, query, "board"),
    }


def _month(request: HttpRequest, actor: Actor, query: dict[str, str]) -> dict[str, Any]:
    zone, rep_id = zone_for(request), whose(actor, query)
    today = now().astimezone(zone).date()
    first = first_of(query.get("month", ""), today)
    tasks = between(actor, *span_of(first, zone), rep_id=rep_id)
    return {
        "now": now(),
        "month": month_of(first, tasks, today=today, zone=zone),
        "has_feed": feed_of(actor) is not None,
        "weekdays": [date(2024, 1, day) for day in range(1, 8)],  # a Monday and on
        **_people(request, actor, rep_id),
    }


def _people(request: HttpRequest, actor: Actor, rep_id: int | None) -> dict[str, Any]:
    """Whose day or month can be looked at."""
    options = options_for(actor, "")
    others = len(options.owners) > 1
    return {"owners": options.owners if others else (), "owner": rep_id or actor.user_id}


def _filters(
    request: HttpRequest, actor: Actor, query: dict[str, str], view: str
) -> dict[str, Any]:
    words, options = words_of(request), options_for(actor, "")
    types = [one.type for one in types_of()]
    return {
        **filters_of(query, types, options, words, view=view),
        "sees_others": len(options.owners) > 1,
    }


_SHOWN: dict[str, Callable[[HttpRequest, Actor, dict[str, str]], dict[str, Any]]] = {
    "day": _day,
    "list": _list,
    "board": _board,
    "month": _month,
}
