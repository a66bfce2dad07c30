"""值班表: a week at a glance; shifts by a weekly pattern or one by one."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.people.clocks import company_day, company_zone, whole_days
from evenhand.people.models import Duty
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.rosters import (
    Pattern,
    Turn,
    add_shifts,
    clear_shifts,
    delete_shift,
)
from evenhand.people.queries.absences import rosters, shifts_within
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import numbers_of, words_of
from evenhand.web.members.choosing import rep_choices
from evenhand.web.members.forms import RosterForm
from evenhand.web.members.reading import day, needed_day

_MOST_SHOWN = 2_000


@signed_in(Right.SEE_PEOPLE)
def show_rosters(request: HttpRequest) -> HttpResponse:
    """One week of all rosters."""
    return _page(request, None)


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def plan(request: HttpRequest) -> HttpResponse:
    """Write the shifts of a pattern."""
    actor, words = actor_in(request), words_of(request)
    form = RosterForm(words, rep_choices(actor), request.POST)
    try:
        pattern = _pattern(form)
        count = add_shifts(pattern, actor=actor)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, form)
    messages.success(request, words.text("web-rosters-planned", count=count))
    return redirect(f"/rosters?week={_monday(pattern.first).isoformat()}")


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def remove(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Take one shift away."""
    delete_shift(shift_id, actor=actor_in(request))
    return redirect(f"/rosters?week={_week(request.POST.get('week')).isoformat()}")


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def clear(request: HttpRequest) -> HttpResponse:
    """Take away all shifts of a roster in the week shown."""
    week = _week(request.POST.get("week"))
    begin, end = whole_days(week, week + timedelta(days=6), company_zone())
    count = clear_shifts(request.POST.get("roster", ""), begin, end, actor=actor_in(request))
    messages.success(request, words_of(request).text("web-rosters-cleared", count=count))
    return redirect(f"/rosters?week={week.isoformat()}")


def _pattern(form: RosterForm) -> Pattern:
    data: Any = form.data
    first = needed_day(form.typed("first"), "first")
    turn = form.typed("turn")
    return Pattern(
        roster=form.typed("roster"),
        rep_ids=numbers_of(data.getlist("reps")),
        first=first,
        # One day alone is a single shift.
        last=day(form.typed("last"), "last") or first,
        weekdays=frozenset(numbers_of(data.getlist("weekdays"))) or frozenset(range(1, 8)),
        hours=form.typed("hours"),
        turn=Turn(turn) if turn in set(Turn) else Turn.DAILY,
        zone=company_zone(),
    )


def _week(text: str | None) -> date:
    """The Monday of the week that the address asks for, else of this one."""
    try:
        found = day(text or "", "week")
    except CannotEdit:
        found = None
    return _monday(found or company_day(now()))


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _page(request: HttpRequest, form: RosterForm | None) -> HttpResponse:
    actor, zone = actor_in(request), company_zone()
    week = _week(request.GET.get("week"))
    begin, end = whole_days(week, week + timedelta(days=6), zone)
    shifts = list(shifts_within(actor, begin, end)[:_MOST_SHOWN])
    days = [week + timedelta(days=number) for number in range(7)]
    at = now()
    context = {
        "days": days,
        "today": at.astimezone(zone).date(),
        "grid": _grid(shifts, days, zone),
        "on_duty": [one for one in shifts if one.from_at <= at < one.until_at],
        "week": week,
        "before": week - timedelta(days=7),
        "after": week + timedelta(days=7),
        "rosters": rosters(),
        "form": form or RosterForm(words_of(request), rep_choices(actor), initial=_start(week)),
        "may_edit": may(actor, Right.EDIT_PEOPLE),
    }
    return render(request, "web/members/rosters.html", context, status=422 if form else 200)


def _start(week: date) -> dict[str, Any]:
    return {"first": week, "last": week + timedelta(days=6), "hours": "09:00-18:00"}


def _grid(
    shifts: Sequence[Duty], days: Sequence[date], zone: Any
) -> list[tuple[str, list[list[tuple[Duty, str]]]]]:
    """Each roster with its shifts by day; a night shift stands on the day on which it begins."""
    grid: dict[str, list[list[tuple[Duty, str]]]] = {}
    for one in shifts:
        begin = max(one.from_at.astimezone(zone), datetime.combine(days[0], time(), zone))
        end = one.until_at.astimezone(zone)
        cells = grid.setdefault(one.roster, [[] for _ in days])
        cells[(begin.date() - days[0]).days].append((one, f"{begin:%H:%M}–{end:%H:%M}"))
    return sorted(grid.items())
