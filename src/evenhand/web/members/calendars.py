"""工作日历: hours of the week, the next sixty days, the company's own days."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.people.clocks import company_day, company_zone
from evenhand.people.dayfile import UnreadableDays
from evenhand.people.models import Calendar
from evenhand.people.operations import calendars as acts
from evenhand.people.operations.profile import choosable_zones
from evenhand.people.organization import organization
from evenhand.people.queries.calendars import calendar_for, calendars, users_of_calendars
from evenhand.people.scope import Right, may
from evenhand.people.worktimes import days_ahead, own_days, provisional_years
from evenhand.platform.antivirus import content_of
from evenhand.platform.clock import now
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.members.forms import CalendarForm, DayForm
from evenhand.web.members.reading import needed_day
from evenhand.wording.reasons import say

_DAYS_SHOWN = 60
_MOST_BYTES = 1_000_000


@signed_in(Right.SEE_PEOPLE)
def show_calendars(request: HttpRequest) -> HttpResponse:
    """All calendars and how many people work by each."""
    actor = actor_in(request)
    users = users_of_calendars()
    rows = [
        (row, users.get(row.pk, 0) + (users.get(None, 0) if row.is_default else 0))
        for row in calendars(actor)
    ]
    context = {"rows": rows, "may_edit": may(actor, Right.EDIT_PEOPLE)}
    return render(request, "web/members/calendars.html", context)


@signed_in(Right.EDIT_PEOPLE)
def new_calendar(request: HttpRequest) -> HttpResponse:
    """Add a calendar."""
    hours = {f"hours-{number}": "09:00-12:00, 13:30-18:00" for number in range(5)}
    company = organization()
    country = "" if company is None else company.country
    start = {"zone": company_zone().key, "country": country} | hours
    form = CalendarForm(
        words_of(request), request.POST if request.method == "POST" else None, initial=start
    )
    if request.method == "POST":
        try:
            made = acts.create_calendar(
                form.typed("name"), **_values(form), actor=actor_in(request)
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"/calendars/{made.pk}")
    context = {"form": form, "zones": choosable_zones()}
    return render(request, "web/members/calendar_new.html", context, status=_status(form))


@signed_in(Right.SEE_PEOPLE)
def show_calendar(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """One calendar: the next sixty days, its hours, its own days."""
    actor = actor_in(request)
    row = calendar_for(actor, calendar_id)
    words = words_of(request)
    form = CalendarForm(
        words, request.POST if request.method == "POST" else None, initial=_start(row)
    )
    if request.method == "POST":
        try:
            acts.edit_calendar(calendar_id, form.typed("name"), **_values(form), actor=actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words.text("web-members-saved"))
            return redirect(f"/calendars/{calendar_id}")
    return _page(request, row, form=form)


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def set_day(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Say what is special about a day."""
    form = DayForm(words_of(request), request.POST)
    try:
        acts.set_day(
            calendar_id,
            needed_day(form.typed("on"), "on"),
            form.typed("kind"),
            name=form.typed("name"),
            hours=form.typed("hours"),
            actor=actor_in(request),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, calendar_for(actor_in(request), calendar_id), day_form=form)
    return redirect(f"/calendars/{calendar_id}#days")


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def unset_day(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Take a day of one's own away."""
    acts.unset_day(calendar_id, request.POST.get("on", "")[:10], actor=actor_in(request))
    return redirect(f"/calendars/{calendar_id}#days")


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def upload(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Take over a file of days; with every row that is wrong."""
    actor, words = actor_in(request), words_of(request)
    found = request.FILES.get("file")
    problems: list[str] = []
    if not isinstance(found, UploadedFile) or (found.size or 0) > _MOST_BYTES:
        problems.append(words.text("web-calendars-choose-file"))
    else:
        try:
            count = _taken_over(calendar_id, found, actor)
        except UnreadableDays as error:
            problems += [say(words, why) for why in error.reasons]
        except Refused as refusal:
            problems.append(say(words, refusal.why))
        else:
            messages.success(request, words.text("web-calendars-uploaded", count=count))
    if problems:
        row = calendar_for(actor, calendar_id)
        return _page(request, row, file_problems=problems[:50])
    return redirect(f"/calendars/{calendar_id}#days")


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def make_default(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Let everybody without a calendar of his own work by this one."""
    acts.make_default(calendar_id, actor=actor_in(request))
    return redirect(f"/calendars/{calendar_id}")


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def delete(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Take away a calendar that nobody uses."""
    try:
        acts.delete_calendar(calendar_id, actor=actor_in(request))
    except Refused as refusal:
        messages.error(request, say(words_of(request), refusal.why))
        return redirect(f"/calendars/{calendar_id}")
    return redirect("/calendars")


def _taken_over(calendar_id: int, file: "UploadedFile[Any]", actor: Any) -> int:
    # Named as the person named it, for the problems; the folder is ours.
    name = Path(file.name or "days.csv").name[-80:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content_of(file, field="file"))
        return acts.upload_days(calendar_id, path, actor=actor)


def _values(form: CalendarForm) -> dict[str, Any]:
    hours = [form.typed(f"hours-{number}") for number in range(7)]
    return {"zone": form.typed("zone"), "country": form.typed("country"), "hours": hours}


def _start(row: Calendar) -> dict[str, Any]:
    hours = {f"hours-{number}": text for number, text in enumerate(row.hours)}
    return {"name": row.name, "zone": row.zone, "country": row.country, **hours}


def _status(*forms: Any) -> int:
    return 422 if any(form is not None and form.errors for form in forms) else 200


def _page(
    request: HttpRequest,
    row: Calendar,
    *,
    form: CalendarForm | None = None,
    day_form: DayForm | None = None,
    file_problems: list[str] | None = None,
) -> HttpResponse:
    words, today = words_of(request), company_day(now())
    own = own_days(row)
    context = {
        "calendar": row,
        "form": form or CalendarForm(words, initial=_start(row)),
        "day_form": day_form or DayForm(words),
        "file_problems": file_problems,
        "days": days_ahead(row, today, _DAYS_SHOWN),
        "own": own.days.items(),
        "complete_years": sorted(own.complete_years),
        "provisional": provisional_years(row, today.year),
        "zones": choosable_zones(),
        "may_edit": may(actor_in(request), Right.EDIT_PEOPLE),
    }
    status = 422 if file_problems else _status(form, day_form)
    return render(request, "web/members/calendar.html", context, status=status)
