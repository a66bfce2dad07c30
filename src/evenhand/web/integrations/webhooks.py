"""Webhooks: a new one, the page of one, its secret, a test, what was parked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.journal.catalogue import CATALOGUE
from evenhand.notify.lanes import WEBHOOK
from evenhand.notify.operations.webhooks import (
    BOTH_SIGN,
    add_webhook,
    edit_webhook,
    remove_webhook,
    replay_webhook,
    rotate_secret,
    test_webhook,
    webhook_for,
)
from evenhand.notify.overview import parked_rows, webhook_states
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.account.forms import WordedForm
from evenhand.web.account.login import get_or_post
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.fresh import freshly
from evenhand.web.integrations.said import say_outcome
from evenhand.web.journal.told import what_words
from evenhand.wording.catalogue import Words

# Shown once, on the page that follows.
_SECRET_KEY = "webhook_secret"


class WebhookForm(WordedForm):
    """Name and address; the events are chosen in groups beside it."""

    def __init__(self, words: Words, data: Any = None, **more: Any) -> None:
        super().__init__(words, data, **more)
        self.use_required_attribute = False
        for name, longest in (("name", 80), ("url", 500)):
            self.fields[name] = forms.CharField(
                required=False,
                max_length=longest,
                label=words.text(f"web-integrations-webhook-{name}"),
                help_text=words.text(f"web-integrations-webhook-{name}-hint"),
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )
        if "is_on" in self.initial:
            self.fields["is_on"] = forms.BooleanField(
                required=False, label=words.text("web-integrations-on")
            )


def _groups(words: Words, chosen: Sequence[str]) -> list[dict[str, Any]]:
    """The types of events, by what they are about."""
    groups: dict[str, dict[str, Any]] = {}
    for kind, one in CATALOGUE.items():
        group = groups.setdefault(one.about, {"about": one.about, "types": [], "chosen": 0})
        is_chosen = kind in chosen
        group["types"].append((kind, what_words(words, kind), is_chosen))
        group["chosen"] += is_chosen
    return list(groups.values())


@get_or_post
@signed_in(Right.EDIT_COMPANY)
@freshly
def new(request: HttpRequest) -> HttpResponse:
    """A new webhook; its secret is shown on the next page."""
    words = words_of(request)
    data = request.POST if request.method == "POST" else None
    form, kinds = WebhookForm(words, data), request.POST.getlist("kinds")
    if form.is_valid():
        given = form.cleaned_data
        try:
            hook, secret = add_webhook(given["name"], given["url"], kinds, actor=actor_in(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            request.session[_SECRET_KEY] = [hook.pk, secret]
            return redirect(f"/integrations/webhooks/{hook.pk}")
    context = {"form": form, "groups": _groups(words, kinds)}
    status = 422 if form.is_bound else 200
    return render(request, "web/integrations/webhook_new.html", context, status=status)


@get_or_post
@signed_in(Right.EDIT_COMPANY)
@freshly
def webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """A webhook: how it does, and its settings."""
    actor, words = actor_in(request), words_of(request)
    hook = webhook_for(actor, webhook_id)
    data = request.POST if request.method == "POST" else None
    start = {"name": hook.name, "url": hook.url, "is_on": hook.is_on}
    form = WebhookForm(words, data, initial=start)
    kinds = hook.kinds if data is None else request.POST.getlist("kinds")
    if form.is_valid():
        given = form.cleaned_data
        try:
            edit_webhook(
                webhook_id, given["name"], given["url"], kinds, is_on=given["is_on"], actor=actor
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words.text("web-members-saved"))
            return redirect(f"/integrations/webhooks/{webhook_id}")
    state = next(one for one in webhook_states(actor) if one.key == str(webhook_id))
    context = {
        "hook": hook,
        "form": form,
        "state": state,
        "groups": _groups(words, kinds),
        "secret": _shown_once(request, webhook_id),
        "both_hours": int(BOTH_SIGN.total_seconds()) // 3600,
        "parked": parked_rows(actor, WEBHOOK, webhook_id),
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/integrations/webhook.html", context, status=status)


def _shown_once(request: HttpRequest, webhook_id: int) -> str:
    kept = request.session.get(_SECRET_KEY)
    if kept is None or kept[0] != webhook_id:
        return ""
    del request.session[_SECRET_KEY]
    return str(kept[1])


@require_POST
@signed_in(Right.EDIT_COMPANY)
@freshly
def rotate(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """A new secret, shown on the next page."""
    secret = rotate_secret(webhook_id, actor=actor_in(request))
    request.session[_SECRET_KEY] = [webhook_id, secret]
    return redirect(f"/integrations/webhooks/{webhook_id}")


@require_POST
@signed_in(Right.EDIT_COMPANY)
@freshly
def test(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Send a test event, and say what came of it."""
    outcome = test_webhook(webhook_id, actor=actor_in(request))
    say_outcome(request, outcome, good="web-integrations-webhook-test-good")
    return redirect(f"/integrations/webhooks/{webhook_id}")


@require_POST
@signed_in(Right.EDIT_COMPANY)
def send_again(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Send what was parked once more."""
    count = replay_webhook(webhook_id, actor=actor_in(request))
    messages.success(request, words_of(request).text("web-integrations-replayed", count=count))
    return redirect(f"/integrations/webhooks/{webhook_id}")


@require_POST
@signed_in(Right.EDIT_COMPANY)
@freshly
def remove(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Take a webhook away."""
    remove_webhook(webhook_id, actor=actor_in(request))
    messages.success(request, words_of(request).text("web-integrations-webhook-removed"))
    return redirect("/integrations")
