"""Logging a browser in: a new session that knows whose it is, and where to go from there."""

import re
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from evenhand.people.models import User
from evenhand.people.operations.entries import Came, note_login
from evenhand.people.operations.login import active_user
from evenhand.people.sessions import ADDRESS_KEY, AGENT_KEY, EPOCH_KEY, SINCE_KEY
from evenhand.web.agents import device_of
from evenhand.web.network import address_of

# When the person last proved who he is, ISO.
PROVED_KEY = "proved"
# Who gave the right password and has yet to give a code.
PENDING_KEY = "pending"
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING_FOR = timedelta(minutes=10)
_MARK = re.compile(r"[\w-]{22}", re.ASCII)
_MARK_KEPT = timedelta(days=365)


def proceed(request: HttpRequest, user: User, *, by: str, after: str = "/") -> HttpResponse:
    """Go on with somebody who proved one thing: to his code where he has one, else inside."""
    if not user.totp_secret:
        enter(request, user, by=by)
        return redirect(after)
    request.session[PENDING_KEY] = [user.pk, user.epoch, timezone.now().isoformat(), by]
    return redirect(f"/login/code?{urlencode({'next': after})}")


def pending_user(request: HttpRequest) -> User | None:
    """Who has yet to give a code in this browser; None = nobody, or too long ago."""
    pending = request.session.get(PENDING_KEY)
    if pending is None:
        return None
    user_id, epoch, since, _ = pending
    if timezone.now() - datetime.fromisoformat(since) > _PENDING_FOR:
        return None
    found = active_user(user_id)
    return found if found is not None and found.epoch == epoch and found.totp_secret else None


def enter(request: HttpRequest, user: User, *, by: str) -> None:
    """Log somebody in: the session gets a new id and ends after twelve hours, used or not."""
    now = timezone.now()
    request.session.pop(PENDING_KEY, None)
    login(request, user, backend=_BACKEND)
    session = request.session
    session[EPOCH_KEY] = user.epoch
    session[ADDRESS_KEY] = address_of(request)
    session[AGENT_KEY] = request.headers.get("User-Agent", "")[:200]
    session[SINCE_KEY] = session[PROVED_KEY] = now.isoformat()
    session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    mark = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    mark = mark if _MARK.fullmatch(mark) else token_urlsafe(16)
    request.browser_mark = mark  # type: ignore[attr-defined]
    agent = device_of(session[AGENT_KEY])
    note_login(user, Came(by, address=session[ADDRESS_KEY], device=agent, mark=mark))


def keep_mark(request: HttpRequest, response: HttpResponse) -> None:
    """Have this browser keep the mark by which it is known when it comes again."""
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        request.browser_mark,  # type: ignore[attr-defined]
        max_age=_MARK_KEPT,
        secure=settings.IS_SECURE,
        httponly=True,
        samesite="Lax",
    )


def keep_login(request: HttpRequest, epoch: int) -> None:
    """This session goes on after others were ended: it learns the new epoch and a new id."""
    request.session.cycle_key()
    request.session[EPOCH_KEY] = epoch


def safe_next(request: HttpRequest, *, otherwise: str = "/") -> str:
    """Where to go afterwards: an address of ours that was asked for, never another site's."""
    wanted = str(request.POST.get("next") or request.GET.get("next") or "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else otherwise
