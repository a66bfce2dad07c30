"""请假: who is away, entering leave; one's own availability with the one-tap switch."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.engine.calendar.worktime import instant
from evenhand.engine.reasons import reason
from evenhand.people.access import own_or_in_scope
from evenhand.people.clocks import whole_days, zone_of_rep
from evenhand.people.models import Leave
from evenhand.people.operations.availability import set_accepting
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.leave import cancel_leave, enter_leave
from evenhand.people.presence import presence_of, presence_within
from evenhand.people.queries.absences import leave_of, leave_within
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.members.choosing import rep_choices
from evenhand.web.members.forms import LeaveForm
from evenhand.web.members.reading import day, needed_day
from evenhand.web.paging import asked_rows
from evenhand.wording.reasons import say

_AHEAD = timedelta(days=366)


@signed_in(Right.SEE_PEOPLE)
def show_leave(request: HttpRequest) -> HttpResponse:
    """Who is away now and until when, what is entered ahead; a form to enter more."""
    return _leave_page(request, LeaveForm(words_of(request), rep_choices(actor_in(request))))


@require_POST
@signed_in(Right.EDIT_LEAVE)
def add_leave(request: HttpRequest) -> HttpResponse:
    """Enter leave for somebody in one's data scope."""
    words = words_of(request)
    form = LeaveForm(words, rep_choices(actor_in(request)), request.POST)
    try:
        rep_id = number_of(form.typed("rep"))
        if rep_id is None:
            raise CannotEdit(reason("people.needed"), field="rep")
        entered(request, rep_id, form)
    except Refused as refusal:
        form.refuse(refusal)
        return _leave_page(request, form, status=422)
    messages.success(request, words.text("web-members-saved"))
    return redirect("/leave")


@require_POST
@signed_in(Right.EDIT_LEAVE)
def end_leave(request: HttpRequest, leave_id: int) -> HttpResponse:
    """Cancel leave, or let somebody be back from now on."""
    cancel_leave(leave_id, actor=actor_in(request))
    messages.success(request, words_of(request).text("web-members-saved"))
    return redirect("/leave")


@signed_in()
def my_availability(request: HttpRequest) -> HttpResponse:
    """Whether I receive items now; one tap to change that; my own leave."""
    return _own_page(request, LeaveForm(words_of(request)))


@require_POST
@signed_in()
def my_switch(request: HttpRequest) -> HttpResponse:
    """Turn one's own switch."""
    set_accepting(request.POST.get("accepting") == "on", actor=actor_in(request))
    return redirect("/availability")


@require_POST
@signed_in()
def add_my_leave(request: HttpRequest) -> HttpResponse:
    """Enter one's own leave."""
    form = LeaveForm(words_of(request), (), request.POST)
    try:
        entered(request, actor_in(request).user_id or 0, form)
    except Refused as refusal:
        form.refuse(refusal)
        return _own_page(request, form, status=422)
    messages.success(request, words_of(request).text("web-members-saved"))
    return redirect("/availability")


@require_POST
@signed_in()
def end_my_leave(request: HttpRequest, leave_id: int) -> HttpResponse:
    """Cancel one's own leave, or be back from now on."""
    cancel_leave(leave_id, actor=actor_in(request))
    return redirect("/availability")


def entered(request: HttpRequest, rep_id: int, form: LeaveForm) -> Leave:
    """Enter the leave that a form holds; without times of day, whole days by the rep's clock.

    :raises NotAllowed, NotFound, CannotEdit: as `operations.leave.enter_leave`.
    """
    actor = actor_in(request)
    rep = own_or_in_scope(actor, rep_id, Right.EDIT_LEAVE)
    zone = zone_of_rep(rep)
    first = needed_day(form.typed("from_at"), "from_at")
    last = day(form.typed("until_at"), "until_at") or first
    from_at, until_at = whole_days(first, last, zone)
    if form.typed("from_time"):
        from_at = _at(first, form.typed("from_time"), "from_time", zone)
    if form.typed("until_time"):
        until_at = _at(last, form.typed("until_time"), "until_time", zone)
    return enter_leave(
        rep_id,
        from_at=from_at.astimezone(zone),
        until_at=until_at.astimezone(zone),
        reason_text=form.typed("reason"),
        actor=actor,
    )


def _at(on: date, clock: str, field: str, zone: ZoneInfo) -> datetime:
    try:
        at = time.fromisoformat(clock)
    except ValueError as error:
        raise CannotEdit(reason("people.date_unreadable", value=clock[:20]), field=field) from error
    return instant(datetime.combine(on, at.replace(tzinfo=None)), zone)


def _leave_page(request: HttpRequest, form: LeaveForm, *, status: int = 200) -> HttpResponse:
    actor, words, at = actor_in(request), words_of(request), now()
    rows = leave_within(actor, at, at + _AHEAD)
    context = {
        "page": asked_rows(rows, request.GET, size=50),
        "off": [
            (one, say(words, one.away))
            for one in presence_within(actor, at)
            if one.away is not None and not one.is_accepting
        ],
        "form": form,
        "now": at,
        "may_edit": may(actor, Right.EDIT_LEAVE),
    }
    return render(request, "web/members/leave.html", context, status=status)


def _own_page(request: HttpRequest, form: LeaveForm, *, status: int = 200) -> HttpResponse:
    actor, at = actor_in(request), now()
    presence = presence_of(actor.user_id or 0, at) if actor.is_rep else None
    if presence is None:
        raise Http404
    words = words_of(request)
    context = {
        "presence": presence,
        "away_words": "" if presence.away is None else say(words, presence.away),
        "leave": leave_of(presence.rep_id, at),
        "form": form,
        "now": at,
        "zone_name": zone_for(request).key,
    }
    return render(request, "web/members/availability.html", context, status=status)
