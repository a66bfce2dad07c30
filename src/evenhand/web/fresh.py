"""Asking again who it is, before something that matters: roles, tokens, exports, live rules,
one's own login."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode

from evenhand.people.models import User
from evenhand.people.organization import organization
from evenhand.web.entering import PROVED_KEY

FRESH_FOR = timedelta(minutes=10)
_TYPED_KEY = "typed"

View = Callable[..., HttpResponseBase]


def fresh_login(request: HttpRequest) -> bool:
    """Whether the person proved within ten minutes who he is.

    In the demo company nobody has a password to prove it with: there the login is enough.
    """
    proved = request.session.get(PROVED_KEY)
    if proved is not None and timezone.now() - datetime.fromisoformat(proved) <= FRESH_FOR:
        return True
    user = request.user
    return isinstance(user, User) and not user.has_usable_password() and _is_demo()


def freshly(view: View) -> View:
    """The page wants a fresh login: who has none is asked, and returns. Below `signed_in`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if fresh_login(request):
            return view(request, *args, **kwargs)
        address = _asking(_page_of(request))
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Redirect": address})
        return redirect(address)

    return guarded


def ask_again(request: HttpRequest, *, page: str = "", **typed: str) -> HttpResponse:
    """Ask who it is, and keep what was typed until he is back: `typed_before`.

    `page` is where it is typed, if that is not where it is sent.
    """
    request.session[_TYPED_KEY] = {"page": page or request.path, **typed}
    return redirect(_asking(page or request.path))


def typed_before(request: HttpRequest) -> dict[str, str]:
    """What was typed on this page before its sender was asked who he is; once, else nothing."""
    kept = request.session.get(_TYPED_KEY)
    if request.method != "GET" or kept is None or kept.get("page") != request.path:
        return {}
    del request.session[_TYPED_KEY]
    return {name: value for name, value in kept.items() if name != "page"}


def _asking(page: str) -> str:
    return f"/login/again?{urlencode({'next': page})}"


def _page_of(request: HttpRequest) -> str:
    """The page to return to: this one, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return "/"
    return sent_from._replace(scheme="", netloc="", fragment="").geturl() or "/"


def _is_demo() -> bool:
    company = organization()
    return company is not None and company.is_demo
