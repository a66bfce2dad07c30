"""One's own login: second factor, recovery codes, where one is logged in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.people.operations.sessions import end_login, end_other_logins, logins_of
from evenhand.people.operations.totp import (
    FORCED,
    enrol,
    is_asked_for,
    must_enrol,
    new_secret,
    picture_of,
    remove_second_factor,
    renew_recovery_codes,
)
from evenhand.people.queries.entries import LOOK_BACK, failures_of, last_entries
from evenhand.people.sealing import Unopenable, seal, unseal
from evenhand.platform.refusal import Refused
from evenhand.web.account.forms import EnrolForm
from evenhand.web.account.login import get_or_post
from evenhand.web.account.profile import person_of
from evenhand.web.acting import signed_in
from evenhand.web.agents import device_of
from evenhand.web.asked import words_of
from evenhand.web.entering import keep_login
from evenhand.web.fresh import freshly
from evenhand.wording.catalogue import Words, message_id

# The secret that is being offered, sealed: sessions are rows that others may read.
_OFFER_KEY = "second_factor_offer"


@require_safe
@signed_in()
def show_security(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    user = person_of(request)
    logins = logins_of(user, request.session.session_key)
    context: dict[str, Any] = {
        "has_second_factor": bool(user.totp_secret),
        "is_forced": is_asked_for(user),
        "codes_left": len(user.recovery_codes),
        "logins": [(one, device_of(one.agent)) for one in logins],
        "entries": [(one, _way_words(words_of(request), one.by)) for one in last_entries(user)],
        "failures": failures_of(user, timezone.now()),
        "look_back_days": LOOK_BACK.days,
    }
    return render(request, "web/account/security.html", context)


@get_or_post
@signed_in()
@freshly
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Show a secret, and take the first code of it."""
    user = person_of(request)
    if user.totp_secret:
        return redirect("/account/security")
    secret = _offer(request)
    form = EnrolForm(words_of(request), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes = enrol(user, secret, form.cleaned_data["code"], keep=request.session.session_key)
        except Refused as error:
            form.refuse(error)
        else:
            del request.session[_OFFER_KEY]
            keep_login(request, user.epoch)
            return render(request, "web/account/recovery_codes.html", {"codes": codes})
    context = {
        "form": form,
        "picture": picture_of(secret, user),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "is_must": must_enrol(user),
        "by_role": user.role in FORCED,
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/account/second_factor.html", context, status=status)


@require_POST
@signed_in()
@freshly
def take_off_second_factor(request: HttpRequest) -> HttpResponse:
    """Take it off; other logins end. Who must have one is asked for a new one at once."""
    epoch = remove_second_factor(person_of(request), keep=request.session.session_key)
    keep_login(request, epoch)
    messages.success(request, words_of(request).text("web-security-factor-removed"))
    return redirect("/account/security")


@require_POST
@signed_in()
@freshly
def new_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes; the old ones are void."""
    codes = renew_recovery_codes(person_of(request))
    return render(request, "web/account/recovery_codes.html", {"codes": codes})


@require_POST
@signed_in()
def end_one(request: HttpRequest) -> HttpResponseBase:
    """End one login."""
    end_login(person_of(request), request.POST.get("login", ""))
    messages.success(request, words_of(request).text("web-security-login-ended"))
    return redirect("/account/security")


@require_POST
@signed_in()
def end_others(request: HttpRequest) -> HttpResponseBase:
    """End all logins but this one."""
    count = end_other_logins(person_of(request), request.session.session_key)
    messages.success(request, words_of(request).text("web-security-logins-ended", count=count))
    return redirect("/account/security")


def _way_words(words: Words, by: str) -> str:
    """How somebody came in: 密码和验证码."""
    message = f"web-event-by-{message_id(by)}"
    return words.text(message) if words.has(message) else by


def _offer(request: HttpRequest) -> str:
    """The secret on offer in this session; a new one where there is none."""
    sealed = request.session.get(_OFFER_KEY)
    if sealed is not None:
        try:
            return unseal(sealed)
        except Unopenable:
            pass
    secret = new_secret()
    request.session[_OFFER_KEY] = seal(secret)
    return secret
