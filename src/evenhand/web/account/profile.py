"""What somebody chooses for himself: language, clock, look, password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evenhand.people.models import User
from evenhand.people.operations.passwords import change_password
from evenhand.people.operations.profile import change_locale, change_profile
from evenhand.platform.refusal import Refused
from evenhand.web.account.forms import ChangePasswordForm, ProfileForm
from evenhand.web.acting import signed_in
from evenhand.web.asked import words_of
from evenhand.web.context import LOCALE_COOKIE, THEME_COOKIE
from evenhand.web.entering import keep_login, safe_next
from evenhand.web.network import address_of
from evenhand.wording.catalogue import LOCALES

_YEAR = 365 * 24 * 3600


@require_safe
@signed_in()
def show_profile(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    return _show(request)


@require_POST
@signed_in()
def save_profile(request: HttpRequest) -> HttpResponseBase:
    """Keep language, clock and look."""
    form = ProfileForm(words_of(request), request.POST)
    if not form.is_valid():
        return _show(request, profile=form)
    try:
        change_profile(person_of(request), **form.cleaned_data)
    except Refused as error:
        form.refuse(error)
        return _show(request, profile=form)
    response = redirect("/account")
    # From now on the profile says it, in every browser.
    response.delete_cookie(THEME_COOKIE)
    response.delete_cookie(LOCALE_COOKIE)
    messages.success(request, words_of(request).text("web-account-saved"))
    return response


@require_POST
@signed_in()
def save_password(request: HttpRequest) -> HttpResponseBase:
    """Change the password; other logins end."""
    form = ChangePasswordForm(words_of(request), request.POST)
    if not form.is_valid():
        return _show(request, password=form)
    user, given = person_of(request), form.cleaned_data
    try:
        epoch = change_password(
            user,
            given["old"],
            given["password"],
            address=address_of(request),
            keep=request.session.session_key,
        )
    except Refused as error:
        form.refuse(error)
        return _show(request, password=form)
    update_session_auth_hash(request, user)
    keep_login(request, epoch)
    messages.success(request, words_of(request).text("web-account-password-changed"))
    return redirect("/account")


@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """One click, with or without a login; kept in the profile of whoever has one."""
    response = redirect(safe_next(request))
    locale = request.POST.get("locale", "")
    if locale not in LOCALES:
        return response
    if isinstance(request.user, User):
        change_locale(request.user, locale)
    response.set_cookie(
        LOCALE_COOKIE,
        locale,
        max_age=_YEAR,
        secure=settings.IS_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def person_of(request: HttpRequest) -> User:
    """Whoever is logged in, behind `signed_in`."""
    assert isinstance(request.user, User)
    return request.user


def _show(
    request: HttpRequest,
    *,
    profile: ProfileForm | None = None,
    password: ChangePasswordForm | None = None,
) -> HttpResponse:
    words, user = words_of(request), person_of(request)
    own = {name: getattr(user, name) for name in ("locale", "zone", "theme")}
    context: dict[str, Any] = {
        "profile": profile or ProfileForm(words, initial=own),
        "password": password or ChangePasswordForm(words),
        "can_change_password": user.has_usable_password(),
    }
    is_wrong = profile is not None or password is not None
    return render(request, "web/account/profile.html", context, status=422 if is_wrong else 200)
