"""Who is asking: the decorator of every page that needs a login."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.operations.pace import SEARCHES, keep_pace
from evenhand.people.scope import Right, actor_of, demand

View = Callable[..., HttpResponseBase]


def signed_in(*rights: Right) -> Callable[[View], View]:
    """The page is for people who are logged in and have all these rights; sets `request.actor`.

    What is searched for by words (`q`) is searched only so often: it is what costs most.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User) or not user.is_authenticated:
                return _to_login(request)
            actor = actor_of(user)
            request.actor = actor  # type: ignore[attr-defined]
            for right in rights:
                demand(actor, right)
            if request.GET.get("q"):
                keep_pace(SEARCHES, actor)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _to_login(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A part of a page cannot show a login form: the whole page goes there.
        return HttpResponse(status=401, headers={"HX-Redirect": "/login"})
    return redirect_to_login(request.get_full_path())


def actor_in(request: HttpRequest) -> Actor:
    """The actor that `signed_in` found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
