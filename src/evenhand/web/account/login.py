"""Getting in and out: password, code, the question whether it is still you, a forgotten one."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.notify.lanes import wecom_now
from evenhand.people.models import User
from evenhand.people.operations.joining import ask_for_reset, mail_is_set_up
from evenhand.people.operations.login import prove_again, prove_password
from evenhand.people.operations.sessions import end_this_login
from evenhand.people.operations.throttle import TriedTooOften
from evenhand.people.operations.totp import prove_code
from evenhand.people.organization import organization
from evenhand.platform.refusal import Refused
from evenhand.web.account.forms import CodeForm, ForgotForm, LoginForm, PasswordForm, WordedForm
from evenhand.web.acting import signed_in
from evenhand.web.asked import words_of
from evenhand.web.entering import (
    PENDING_KEY,
    PROVED_KEY,
    enter,
    pending_user,
    proceed,
    safe_next,
)
from evenhand.web.network import address_of

# What the browser inside 企业微信 calls itself.
_IN_APP = "wxwork"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def log_in(request: HttpRequest) -> HttpResponse:
    """First step: mail address and password."""
    after = safe_next(request)
    if request.user.is_authenticated and request.method != "POST":
        return redirect(after)
    if request.method == "GET" and "stay" not in request.GET and signs_in_silently(request):
        return redirect(f"/wecom/login?{urlencode({'next': after})}")
    form = LoginForm(words_of(request), request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            user = prove_password(given["email"], given["password"], address=address_of(request))
        except Refused as error:
            return _refused(request, "login", form, error, after)
        return proceed(request, user, by="password", after=after)
    return _show(request, "login", form, after)


@get_or_post
def give_code(request: HttpRequest) -> HttpResponse:
    """Second step: a code, for whoever has set that up."""
    after = safe_next(request)
    user = pending_user(request)
    if user is None:
        return redirect("/login")
    form = CodeForm(words_of(request), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            prove_code(user, form.cleaned_data["code"], address=address_of(request))
        except Refused as error:
            return _refused(request, "code", form, error, after)
        enter(request, user, by=f"{request.session[PENDING_KEY][3]}_and_code")
        return redirect(after)
    return _show(request, "code", form, after)


@get_or_post
@signed_in()
def prove(request: HttpRequest) -> HttpResponseBase:
    """Is it still you? Before tokens, roles, exports and one's own login."""
    after = safe_next(request)
    form = PasswordForm(words_of(request), request.POST if request.method == "POST" else None)
    user = request.user
    assert isinstance(user, User)
    if form.is_valid():
        try:
            prove_again(user, form.cleaned_data["password"], address=address_of(request))
        except Refused as error:
            return _refused(request, "again", form, error, after)
        request.session[PROVED_KEY] = timezone.now().isoformat()
        return redirect(after)
    return _show(request, "again", form, after)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Out; the session is gone from the database too."""
    if isinstance(request.user, User):
        end_this_login(request.user, request.session.session_key)
    logout(request)
    # In the app of a chat system the login page would bring him in again at once.
    response = redirect("/login?stay=1" if is_in_app(request) else "/login")
    # No page can be gone back to. What was entered without a connection (keep.js) stays: it lies
    # under its writer's number and is sent when he is here again.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@get_or_post
def forgot(request: HttpRequest) -> HttpResponse:
    """Send a reset link; the answer is the same whether there is such a person or not."""
    form = ForgotForm(words_of(request), request.POST if request.method == "POST" else None)
    is_sent = False
    if mail_is_set_up() and form.is_valid():
        try:
            ask_for_reset(form.cleaned_data["email"], address=address_of(request))
        except Refused as error:
            return _refused(request, "forgot", form, error, "/")
        is_sent = True
    return _show(request, "forgot", form, "/", is_sent=is_sent, can_mail=mail_is_set_up())


def is_in_app(request: HttpRequest) -> bool:
    """Whether this is the browser inside 企业微信."""
    return _IN_APP in request.headers.get("User-Agent", "").lower()


def signs_in_silently(request: HttpRequest) -> bool:
    """Whether 企业微信 can say who this is without asking him anything."""
    return is_in_app(request) and wecom_now() is not None


def _refused(
    request: HttpRequest, page: str, form: WordedForm, error: Refused, after: str
) -> HttpResponse:
    form.refuse(error)
    response = _show(request, page, form, after, can_mail=mail_is_set_up())
    if isinstance(error, TriedTooOften):
        response.status_code = 429
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _show(
    request: HttpRequest, page: str, form: WordedForm, after: str, **more: object
) -> HttpResponse:
    company = organization()
    context = {
        "form": form,
        "next": after,
        "company": "" if company is None else company.name,
        "is_demo": company is not None and company.is_demo,
        "by_wecom": page == "login" and wecom_now() is not None,
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"web/account/{page}.html", context, status=status)
