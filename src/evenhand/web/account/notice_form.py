"""The form of what somebody is told by which channel, and when; also of the company's default."""

from collections.abc import Sequence
from typing import Any

from django import forms

from evenhand.notify.channels.mail import mail_is_set_up
from evenhand.notify.choices import DIGESTS, GROUPS, Chosen
from evenhand.notify.lanes import MAIL
from evenhand.notify.models import ChannelSetup
from evenhand.notify.operations.choices import ChoiceIn
from evenhand.web.account.forms import WordedForm
from evenhand.wording.catalogue import Words


def open_channels() -> list[str]:
    """The channels that are on: mail, and the chat systems that are set up."""
    chats = ChannelSetup.objects.filter(is_on=True).exclude(pk=MAIL).order_by("pk")
    return [*([MAIL] if mail_is_set_up() else ()), *chats.values_list("pk", flat=True)]


class NoticeForm(WordedForm):
    """Channels per group of notices, quiet time, digest."""

    def __init__(self, words: Words, data: Any = None, *, channels: Sequence[str], **more: Any):
        self.channels = channels
        super().__init__(words, data, **more)
        choices = [(key, words.text(f"web-channel-{key}")) for key in channels]
        for group in GROUPS if channels else ():
            self.fields[group] = forms.MultipleChoiceField(
                choices=choices,
                required=False,
                label=words.text(f"web-told-group-{group}"),
                help_text=words.text(f"web-told-group-{group}-hint"),
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            )
        self.fields["digest"] = forms.ChoiceField(
            choices=[(key, words.text(f"web-told-digest-{key}")) for key in DIGESTS],
            label=words.text("web-told-digest"),
            help_text=words.text("web-told-digest-hint"),
        )
        for name in ("daily_at", "quiet_from", "quiet_until"):
            key = name.replace("_", "-")
            self.fields[name] = forms.CharField(
                required=False,
                label=words.text(f"web-told-{key}"),
                help_text=words.text(f"web-told-{key}-hint"),
                widget=forms.TimeInput(attrs={"type": "time"}),
            )
        self.fields["urgent_passes"] = forms.BooleanField(
            required=False,
            label=words.text("web-told-urgent"),
            help_text=words.text("web-told-urgent-hint"),
        )

    def given(self) -> ChoiceIn:
        """What was typed. Channels that are not on keep what was chosen before."""
        typed = self.cleaned_data
        kept = self.initial.get("hidden", {})
        return ChoiceIn(
            {group: [*typed.get(group, ()), *kept.get(group, ())] for group in GROUPS},
            typed["quiet_from"],
            typed["quiet_until"],
            typed["urgent_passes"],
            typed["digest"],
            typed["daily_at"],
        )


def start_of(chosen: Chosen, channels: Sequence[str]) -> dict[str, Any]:
    """The form as it stands before anybody types."""
    return {
        **{group: list(chosen.channels.get(group, ())) for group in GROUPS},
        "hidden": {
            group: [one for one in chosen.channels.get(group, ()) if one not in channels]
            for group in GROUPS
        },
        "digest": chosen.digest,
        "daily_at": f"{chosen.daily_at:%H:%M}",
        "quiet_from": "" if chosen.quiet_from is None else f"{chosen.quiet_from:%H:%M}",
        "quiet_until": "" if chosen.quiet_until is None else f"{chosen.quiet_until:%H:%M}",
        "urgent_passes": chosen.urgent_passes,
    }
