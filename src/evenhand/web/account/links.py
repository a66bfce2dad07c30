"""Pages behind one-time links. Looking at one uses nothing up: mail scanners look too."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.people.models import LinkKind, User
from evenhand.people.operations.joining import accept_invitation, enter_demo, reset_password
from evenhand.people.operations.links import LinkUnusable, find_link
from evenhand.people.operations.set_up import set_up_by_link
from evenhand.platform.refusal import Refused
from evenhand.web.account.forms import InvitationForm, NewPasswordForm, SetUpForm, WordedForm
from evenhand.web.account.login import get_or_post
from evenhand.web.asked import words_of
from evenhand.web.context import locale_of
from evenhand.web.entering import enter, proceed


@get_or_post
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where a link leads: to a form, or into the demo company."""
    try:
        link = find_link(token)
    except LinkUnusable:
        return _unusable(request)
    if link.kind == LinkKind.SET_UP:
        return redirect(f"/set-up/{token}")
    data = request.POST if request.method == "POST" else None
    words = words_of(request)
    assert link.user is not None
    shown: dict[str, Any] = {"person": link.user}
    if link.kind == LinkKind.DEMO:
        return _finish(request, "demo", None, lambda: enter_demo(token), shown)
    if link.kind == LinkKind.INVITE:
        invitation = InvitationForm(words, data, initial={"name": link.user.name})
        return _finish(
            request,
            "invitation",
            invitation,
            lambda: accept_invitation(
                token, invitation.cleaned_data["name"], invitation.cleaned_data["password"]
            ),
            shown,
        )
    reset = NewPasswordForm(words, data)
    return _finish(
        request,
        "reset",
        reset,
        lambda: reset_password(token, reset.cleaned_data["password"]),
        shown,
    )


@get_or_post
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """A real company: its name, clock and language, and whoever runs it."""
    try:
        if find_link(token).kind != LinkKind.SET_UP:
            raise LinkUnusable
    except LinkUnusable:
        return _unusable(request)
    first = {"country": "CN", "zone": "Asia/Shanghai", "locale": locale_of(request)}
    data = request.POST if request.method == "POST" else None
    form = SetUpForm(words_of(request), data, initial=first)
    return _finish(request, "set_up", form, lambda: set_up_by_link(token, **form.cleaned_data), {})


def _finish(
    request: HttpRequest,
    page: str,
    form: WordedForm | None,
    act: Callable[[], User],
    shown: dict[str, Any],
) -> HttpResponse:
    """Show the page, or do what it is for and let the person in."""
    is_ready = request.method == "POST" and (form is None or form.is_valid())
    if is_ready:
        try:
            user = act()
        except LinkUnusable:
            return _unusable(request)
        except Refused as error:
            if form is None:
                raise
            form.refuse(error)
        else:
            logout(request)  # whoever was here before: not his session
            if page == "demo":
                enter(request, user, by="link")
                return redirect("/")
            return proceed(request, user, by="link")
    status = 422 if form is not None and form.is_bound else 200
    return render(request, f"web/account/{page}.html", {"form": form, **shown}, status=status)


def _unusable(request: HttpRequest) -> HttpResponse:
    """The same for a link that was used, has expired, or never was."""
    return render(request, "web/account/link_unusable.html", status=404)
