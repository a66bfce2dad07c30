"""重复待办: the series, each with what it says, what it has made, and changing it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from evenhand.leads.queries.options import owners_for
from evenhand.leads.queries.titles import item_titles
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now
from evenhand.platform.days import day_of
from evenhand.platform.refusal import Refused
from evenhand.tasks.access import series_for
from evenhand.tasks.models import Series, SeriesTo, Task, TaskState
from evenhand.tasks.operations.ending import REASONS
from evenhand.tasks.operations.series import SeriesIn, edit_series, resume_series, stop_series
from evenhand.tasks.queries import next_of_series, series_within, tasks_of_series
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, numbers_of, words_of
from evenhand.web.leads.asking import back
from evenhand.web.paging import asked_rows
from evenhand.web.tasks.forms import SeriesForm
from evenhand.web.tasks.shown import PLACES, rows_of
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say

_AHEAD, _BEHIND = 60, 20


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_all(request: HttpRequest) -> HttpResponse:
    """All series within reach, those that run first."""
    actor, words = actor_in(request), words_of(request)
    page = asked_rows(series_within(actor), request.GET, size=50)
    dues = next_of_series(actor, [one.pk for one in page.rows])
    context = {
        "page": page,
        "lines": [(one, rhythm_of(one, words), _state(one), dues.get(one.pk)) for one in page.rows],
        "view": "series",
        "view_names": ("day", "list", "board", "month"),
        "may_make": may(actor, Right.ASSIGN),
    }
    return render(request, "web/tasks/series_all.html", context)


@signed_in(Right.SEE_ITEMS)
def show_one(request: HttpRequest, series_id: int) -> HttpResponse:
    """One series; sent, the changes that its form says, from now on."""
    actor, words = actor_in(request), words_of(request)
    series = series_for(actor, series_id)
    form = _form(request, actor, series) if may(actor, Right.ASSIGN) else None
    status = 200
    if request.method == "POST":
        series_for(actor, series_id, Right.ASSIGN)
        assert form is not None, "who may assign has the form"
        try:
            wanted = _wanted(form, series)
            seen = number_of(request.POST.get("seen"))
            edit_series(series_id, wanted, seen=seen, actor=actor)
            return back(request, f"/tasks/series/{series_id}", "web-series-saved")
        except Refused as refused:
            form.refuse(refused.field, say(words, refused.why))
            status = 422
    return render(
        request, "web/tasks/series_one.html", _context(actor, words, series, form), status=status
    )


@require_POST
@signed_in(Right.ASSIGN)
def act(request: HttpRequest, series_id: int) -> HttpResponse:
    """Stop a series, or take it up again."""
    actor, name = actor_in(request), request.POST.get("act", "")
    place = f"/tasks/series/{series_id}"
    if name == "stop":
        series = series_for(actor, series_id, Right.ASSIGN)
        if series.is_on:
            stop_series(series_id, cancel_open=bool(request.POST.get("cancel_open")), actor=actor)
    elif name == "resume":
        resume_series(series_id, actor=actor)
    else:
        return HttpResponseBadRequest()
    return back(request, place, f"web-series-done-{message_id(name)}")


def _context(actor: Actor, words: Words, series: Series, form: SeriesForm | None) -> dict[str, Any]:
    ahead, behind = tasks_of_series(actor, series.pk, ahead=_AHEAD, behind=_BEHIND)
    at = now()
    return {
        "series": series,
        "rhythm": rhythm_of(series, words),
        "state": _state(series),
        "about": _about(actor, series),
        "ahead": rows_of(actor, ahead, at, within=(TaskState.OPEN, TaskState.OFFERED)),
        "behind": rows_of(actor, behind, at),
        "form": form,
        "may_assign": form is not None,
        "begins": [one.pk for one in ahead if _has_begun(one, at)],
        "end_reasons": [(key, words.text(f"web-tasks-why-{message_id(key)}")) for key in REASONS],
    }


def _has_begun(task: Task, at: datetime) -> bool:
    return bool(task.starts_at <= at)


def _state(series: Series) -> str:
    """Whether it runs: on, over (its last day has passed) or off."""
    if not series.is_on:
        return "off"
    today = company_day(now())
    return "over" if series.until_on is not None and series.until_on < today else "on"


def rhythm_of(series: Series, words: Words) -> str:
    """How often it comes, in words."""
    days = words.text("web-series-between").join(
        words.text(f"weekday-{day}") for day in series.weekdays
    )
    text = words.text(f"web-series-every-{series.unit}", count=series.every)
    return f"{text} {days}" if days else text


def _about(actor: Actor, series: Series) -> tuple[str, str] | None:
    """What it is for, as far as the reader sees that: an address, and a title ("" = a filter)."""
    if series.item_id is not None:
        titles = item_titles(actor, series.item_kind, [series.item_id])
        if series.item_id not in titles:
            return None
        place = f"{PLACES[series.item_kind]}/{series.item_id}"
        return place, titles[series.item_id] or str(series.item_id)
    if series.filter is not None:
        return f"{PLACES[series.item_kind]}?{urlencode(series.filter)}", ""
    return None


def _ways(series: Series) -> tuple[str, ...]:
    has_holder = series.item_id is not None or series.filter is not None
    others = (SeriesTo.REP.value, SeriesTo.RULES.value, SeriesTo.MARKET.value)
    return ((SeriesTo.HOLDER.value, *others)) if has_holder else others


def _form(request: HttpRequest, actor: Actor, series: Series) -> SeriesForm:
    data: Any = request.POST
    if request.method != "POST":
        data = {
            "title": series.title,
            "note": series.note,
            "way": series.to,
            "rep": "" if series.rep_id is None else str(series.rep_id),
            "unit": series.unit,
            "every": str(series.every),
            "weekdays": [str(day) for day in series.weekdays],
            "from_on": series.from_on.isoformat(),
            "until_on": "" if series.until_on is None else series.until_on.isoformat(),
        }
    return SeriesForm(words_of(request), _ways(series), owners_for(actor), data)


def _wanted(form: SeriesForm, series: Series) -> SeriesIn:
    way, unit, every = form.typed("way"), form.typed("unit"), form.typed("every")
    link = None if series.item_id is None else (series.item_kind, series.item_id)
    return SeriesIn(
        series.type,
        unit,
        day_of(form.typed("from_on")) or series.from_on,
        every=(number_of(every) or 0) if every else 1,
        weekdays=numbers_of(form.chosen("weekdays")) if unit == "week" else (),
        until_on=day_of(form.typed("until_on")),
        to=way,
        rep_id=number_of(form.typed("rep")) if way == SeriesTo.REP else None,
        title=form.typed("title"),
        note=form.typed("note"),
        link=link,
        kind=series.item_kind if link is None else "",
        filter={} if series.filter is None else series.filter,
    )
