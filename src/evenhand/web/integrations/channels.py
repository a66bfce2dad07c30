"""The overview, and the page of one channel: keys, test, what was parked."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.notify.channels.fields import FIELDS
from evenhand.notify.lanes import MAIL
from evenhand.notify.operations.channels import edit_channel, replay, test_channel
from evenhand.notify.overview import channel_states, parked_rows, settings_of, webhook_states
from evenhand.people.scope import Right
from evenhand.platform.refusal import NotFound, Refused
from evenhand.web.account.forms import WordedForm
from evenhand.web.account.login import get_or_post
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.fresh import freshly
from evenhand.web.integrations.said import say_outcome
from evenhand.wording.catalogue import Words


class ChannelForm(WordedForm):
    """The keys of a chat system; secrets are typed, never shown."""

    def __init__(
        self, words: Words, data: Any = None, *, key: str, kept: frozenset[str], **more: Any
    ) -> None:
        super().__init__(words, data, **more)
        self.use_required_attribute = False
        self.fields["is_on"] = forms.BooleanField(
            required=False, label=words.text("web-integrations-on")
        )
        for field in FIELDS[key]:
            self.fields[field.name] = _control(words, key, field.name, field.is_secret, kept)


def _control(
    words: Words, key: str, name: str, is_secret: bool, kept: frozenset[str]
) -> forms.CharField:
    message = f"web-integrations-{key}-{name.replace('_', '-')}"
    hint = words.text(f"{message}-hint") if words.has(f"{message}-hint") else ""
    attrs = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
    widget: forms.Widget = forms.TextInput(attrs=attrs)
    if is_secret:
        widget = forms.PasswordInput(attrs=attrs | {"autocomplete": "new-password"})
        if name in kept:
            hint = f"{hint} {words.text('web-integrations-kept')}".strip()
    return forms.CharField(
        required=False, max_length=300, label=words.text(message), help_text=hint, widget=widget
    )


@require_safe
@signed_in(Right.EDIT_COMPANY)
def overview(request: HttpRequest) -> HttpResponse:
    """All channels and webhooks, and how they do."""
    actor = actor_in(request)
    context = {"channels": channel_states(actor), "webhooks": webhook_states(actor)}
    return render(request, "web/integrations/overview.html", context)


@get_or_post
@signed_in(Right.EDIT_COMPANY)
@freshly
def channel(request: HttpRequest, channel_key: str) -> HttpResponse:
    """Look at a channel's keys, or keep new ones."""
    actor, words = actor_in(request), words_of(request)
    state = _state_of(request, channel_key)
    form = None
    if channel_key in FIELDS:
        start, kept, is_on = settings_of(actor, channel_key)
        data = request.POST if request.method == "POST" else None
        form = ChannelForm(
            words, data, key=channel_key, kept=kept, initial=start | {"is_on": is_on}
        )
        if form.is_valid():
            given = {name: str(form.cleaned_data[name]) for name in form.fields}
            try:
                edit_channel(channel_key, given, is_on=form.cleaned_data["is_on"], actor=actor)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, words.text("web-members-saved"))
                return redirect(f"/integrations/channels/{channel_key}")
    context = {
        "key": channel_key,
        "state": state,
        "form": form,
        "parked": parked_rows(actor, channel_key),
        "url": settings.EVENHAND_URL,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "web/integrations/channel.html", context, status=status)


def _state_of(request: HttpRequest, key: str) -> Any:
    if key != MAIL and key not in FIELDS:
        raise NotFound("channel", 0)
    return next(one for one in channel_states(actor_in(request)) if one.key == key)


@require_POST
@signed_in(Right.EDIT_COMPANY)
@freshly
def test(request: HttpRequest, channel_key: str) -> HttpResponse:
    """Send a message to whoever asks."""
    _state_of(request, channel_key)
    text = words_of(request).text("web-integrations-test-text")
    outcome = test_channel(channel_key, text, actor=actor_in(request))
    say_outcome(request, outcome, good="web-integrations-test-good")
    return redirect(f"/integrations/channels/{channel_key}")


@require_POST
@signed_in(Right.EDIT_COMPANY)
def send_again(request: HttpRequest, channel_key: str) -> HttpResponse:
    """Try again what was parked."""
    _state_of(request, channel_key)
    count = replay(channel_key, now=timezone.now(), actor=actor_in(request))
    messages.success(request, words_of(request).text("web-integrations-replayed", count=count))
    return redirect(f"/integrations/channels/{channel_key}")
