"""Tokens for programs: issue, shown once, and revoke."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from evenhand.people.operations.tokens import all_tokens, issue_token, revoke_token
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.account.forms import TokenForm
from evenhand.web.account.login import get_or_post
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.fresh import freshly


@get_or_post
@signed_in(Right.MANAGE_TOKENS)
@freshly
def show_tokens(request: HttpRequest) -> HttpResponse:
    """All tokens, and the form for a new one."""
    form = TokenForm(words_of(request), request.POST if request.method == "POST" else None)
    issued = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            issued = issue_token(
                given["name"], given["scopes"], days=given["days"], actor=actor_in(request)
            )
            form = TokenForm(words_of(request))
        except Refused as error:
            form.refuse(error)
    context = {
        "form": form,
        "issued": issued,
        "tokens": all_tokens(actor=actor_in(request)),
        "now": timezone.now(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/account/tokens.html", context, status=status)


@require_POST
@signed_in(Right.MANAGE_TOKENS)
@freshly
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token at once."""
    if revoke_token(token_id, actor=actor_in(request)):
        messages.success(request, words_of(request).text("web-tokens-revoked-now"))
    return redirect("/account/tokens")
