"""公司设置: what holds for everybody, changed by the administrator."""

from dataclasses import fields

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.people.models import Organization, User
from evenhand.people.operations.company import CompanyIn, edit_company
from evenhand.people.organization import organization
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.company.forms import CompanyForm
from evenhand.web.fresh import FRESH_FOR, ask_again, fresh_login, typed_before
from evenhand.web.members.reading import day, whole

_FIELDS = tuple(one.name for one in fields(CompanyIn))
_LIMITS = ("overrides_per_day", "export_alone_rows")  # empty = none


@signed_in(Right.EDIT_COMPANY)
def company(request: HttpRequest) -> HttpResponse:
    """Look at the settings, or keep new ones."""
    row = organization()
    assert row is not None, "who is signed in belongs to a company"
    is_sent = request.method == "POST"
    if is_sent and not fresh_login(request):
        return ask_again(request, **{name: str(request.POST.get(name, "")) for name in _FIELDS})
    data = request.POST if is_sent else typed_before(request) or None
    form = CompanyForm(words_of(request), data, initial=_start(row))
    if is_sent:
        try:
            edit_company(_given(form), actor=actor_in(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words_of(request).text("web-members-saved"))
            return redirect("/company")
    context = {
        "form": form,
        "idle_hours": settings.IDLE_SECONDS // 3600,
        "longest_hours": settings.SESSION_COOKIE_AGE // 3600,
        "fresh_minutes": int(FRESH_FOR.total_seconds()) // 60,
        "without_factor": User.objects.filter(is_active=True, totp_secret="").count(),
    }
    status = 422 if form.errors else 200
    return render(request, "web/company/settings.html", context, status=status)


def _start(row: Organization) -> dict[str, object]:
    return {
        "name": row.name,
        "country": row.country,
        "zone": row.zone,
        "locale": row.locale,
        "currency": row.currency,
        "first_contact_minutes": row.first_contact_minutes,
        **{name: "" if (most := getattr(row, name)) is None else most for name in _LIMITS},
        "conflict_shows": row.conflict_shows,
        "second_factor": row.second_factor,
        "second_factor_from": row.second_factor_from,
    }


def _given(form: CompanyForm) -> CompanyIn:
    minutes = "first_contact_minutes"
    return CompanyIn(
        name=form.typed("name"),
        country=form.typed("country").strip().upper(),
        zone=form.typed("zone"),
        locale=form.typed("locale"),
        currency=form.typed("currency"),
        first_contact_minutes=whole(form.typed(minutes), minutes),
        **{name: whole(form.typed(name), name) for name in _LIMITS},
        conflict_shows=form.typed("conflict_shows"),
        second_factor=form.typed("second_factor"),
        second_factor_from=day(form.typed("second_factor_from"), "second_factor_from"),
    )
