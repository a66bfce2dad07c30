"""Keeping what somebody wants to be told, by which channel, and when; and the company's default."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.notify.choices import CHANNELS, DIGESTS, GROUPS
from evenhand.notify.models import Choice
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused


class CannotChoose(Refused):
    """There is no such choice; `field` names it, and nothing is kept."""


@dataclass(frozen=True, slots=True)
class ChoiceIn:
    """A choice as it was typed; times as HH:MM, "" = none."""

    channels: Mapping[str, Collection[str]]
    quiet_from: str = ""
    quiet_until: str = ""
    urgent_passes: bool = True
    digest: str = "now"
    daily_at: str = "09:00"


def choose(given: ChoiceIn, *, actor: Actor) -> None:
    """Keep one's own choice.

    :raises CannotChoose: something in it cannot be.
    """
    assert actor.user_id is not None, "only people are told"
    _keep(actor.user_id, given)


def forget_choice(*, actor: Actor) -> None:
    """As the company has it, from now on."""
    Choice.objects.filter(user_id=actor.user_id or 0).delete()


def set_defaults(given: ChoiceIn, *, actor: Actor) -> None:
    """Keep what holds for everybody without a choice of his own.

    :raises NotAllowed: the actor may not.
    :raises CannotChoose: something in it cannot be.
    """
    demand(actor, Right.EDIT_COMPANY)
    with transaction.atomic():
        _keep(None, given)
        record("notices.defaults_set", actor=actor, object_kind="organization", object_id=1)


def _keep(user_id: int | None, given: ChoiceIn) -> None:
    quiet_from = _time(given.quiet_from, "quiet_from")
    quiet_until = _time(given.quiet_until, "quiet_until")
    if (quiet_from is None) != (quiet_until is None):
        field = "quiet_from" if quiet_from is None else "quiet_until"
        raise CannotChoose(reason("choice.quiet_needs_both"), field=field)
    if given.digest not in DIGESTS:
        raise CannotChoose(reason("profile.unknown", value=given.digest[:20]), field="digest")
    daily_at = _time(given.daily_at or "09:00", "daily_at")
    values = {
        "channels": {
            group: [one for one in CHANNELS if one in given.channels.get(group, ())]
            for group in GROUPS
        },
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "urgent_passes": given.urgent_passes,
        "digest": given.digest,
        "daily_at": daily_at,
    }
    mine = {"user": None} if user_id is None else {"user_id": user_id}
    if not Choice.objects.filter(**mine).update(**values):
        Choice.objects.create(user_id=user_id, **values)


def _time(text: str, field: str) -> time | None:
    if not text.strip():
        return None
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        why = reason("choice.time_unreadable", value=text[:20])
        raise CannotChoose(why, field=field) from None
