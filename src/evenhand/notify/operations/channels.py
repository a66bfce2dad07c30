"""The channels of the company: their keys, a test, and what was parked once more."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.journal.models import Outbox
from evenhand.journal.operations import record
from evenhand.notify.channels.base import (
    Failed,
    Outcome,
    Outgoing,
    Refused,
    Sent,
    check_target,
)
from evenhand.notify.channels.fields import FIELDS, NUMBERS
from evenhand.notify.channels.mail import Mail, mail_is_set_up
from evenhand.notify.channels.tokens import TOKENS
from evenhand.notify.lanes import CHATS, MAIL, WEBHOOK, chat_of
from evenhand.notify.models import ChannelSetup, ChatLink, Webhook
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.scope import Right, demand
from evenhand.people.sealing import Unopenable, reseal, seal, unseal
from evenhand.platform import refusal
from evenhand.platform.http_out import NotAllowedThere

LONGEST = 300
# What is owed for longer when a channel is switched on is not sent by itself.
STALE = timedelta(days=1)
_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")


class CannotConnect(refusal.Refused):
    """A channel cannot be set up like this; `field` names what is wrong."""


def edit_channel(key: str, given: Mapping[str, str], *, is_on: bool, actor: Actor) -> None:
    """Keep the keys of a chat system; a secret that is left empty stays as it was.

    :raises NotAllowed: the actor may not.
    :raises CannotConnect: something is missing or cannot be; nothing is kept.
    """
    demand(actor, Right.EDIT_COMPANY)
    if key not in CHATS:
        raise refusal.NotFound("channel", 0)
    with transaction.atomic():
        row, _ = ChannelSetup.objects.select_for_update().get_or_create(pk=key)
        settings, secrets = dict(row.settings), _opened(row)
        changed = []
        for field in FIELDS[key]:
            value = given.get(field.name, "").strip()[:LONGEST]
            kept = secrets if field.is_secret else settings
            if field.is_secret and not value:
                value = kept.get(field.name, "")
            _check(field.name, value, is_needed=field.is_needed and is_on)
            if kept.get(field.name, "") != value:
                changed.append(field.name)
                kept[field.name] = value
        if is_on and not row.is_on:
            _park_what_is_stale(key)
        row.settings, row.secrets = settings, seal(json.dumps(secrets))
        row.is_on, row.held_until = is_on, None
        row.save()
        data = {"key": key, "is_on": is_on, "fields": changed}
        record("channel.edited", actor=actor, object_kind="channel", object_id=None, data=data)
    TOKENS.clear()


def _park_what_is_stale(key: str) -> None:
    """Nobody wants last week's messages because a channel is on again: they can be looked at."""
    now = timezone.now()
    owed = Outbox.objects.filter(kind=key, delivered_at=None, parked_at=None)
    owed.filter(at__lt=now - STALE).update(parked_at=now, last_error="expired: ")


def _opened(row: ChannelSetup) -> dict[str, str]:
    """The secrets as they are; {} where they do not open any more and must be typed anew."""
    try:
        found: dict[str, str] = json.loads(unseal(row.secrets)) if row.secrets else {}
    except Unopenable:
        return {}
    return found


def _check(name: str, value: str, *, is_needed: bool) -> None:
    if is_needed and not value:
        raise CannotConnect(reason("channel.field_missing"), field=name)
    if value and name in NUMBERS and not (value.isascii() and value.isdigit()):
        raise CannotConnect(reason("channel.not_a_number", value=value[:40]), field=name)
    if value and name == "callback_key" and not _AES_KEY.fullmatch(value):
        raise CannotConnect(reason("channel.callback_key_wrong"), field=name)
    if value and name == "url":
        unusable = CannotConnect(reason("channel.address_unusable", value=value[:80]), field=name)
        try:
            check_target(value)
        except NotAllowedThere:
            raise unusable from None
        if value.endswith("/"):
            raise unusable


def test_channel(key: str, text: str, *, actor: Actor) -> Outcome:
    """Send a message to whoever asks, now, and say what came of it.

    Who has no link to the chat system tests the keys alone.

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_COMPANY)
    user = User.objects.get(pk=actor.user_id or 0)
    if key == MAIL:
        if not mail_is_set_up():
            return Refused("not_permitted", "")
        return Mail().send(
            Outgoing("test", MAIL, {"to": user.email, "subject": text, "text": text})
        )
    row = ChannelSetup.objects.filter(pk=key).first()
    api = None if row is None or not row.secrets else chat_of(row)
    if api is None:
        return Refused("bad_keys", "")
    link = ChatLink.objects.filter(user=user, channel=key).first()
    if link is not None:
        return api.send(Outgoing("test", key, {"to": link.address, "text": text}))
    try:
        api.fetch_token()
    except Failed as failure:
        return failure.outcome
    return Sent()


def parked(kind: str, webhook_id: int | None = None) -> Any:
    """What of a channel was given up, the newest first."""
    rows = Outbox.objects.filter(kind=kind).exclude(parked_at=None).order_by("-parked_at")
    return rows if webhook_id is None else rows.filter(payload__webhook=webhook_id)


def replay(kind: str, *, now: datetime, webhook_id: int | None = None, actor: Actor) -> int:
    """Try again what a channel has parked; how many. Mail that held a link is gone for good.

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_COMPANY)
    with transaction.atomic():
        rows = parked(kind, webhook_id)
        if kind == MAIL:
            rows = rows.filter(payload__has_key="text")
        count = int(rows.order_by().update(parked_at=None, attempts=0, due_at=now, last_error=""))
        if count and kind != WEBHOOK:
            data = {"key": kind, "count": count}
            record(
                "channel.replayed", actor=actor, object_kind="channel", object_id=None, data=data
            )
    return count


def reseal_all() -> int:
    """Seal every secret of channels and webhooks with the newest key.

    :raises Unopenable: one of them was sealed with a key that is not known here.
    """
    with transaction.atomic():
        channels = list(ChannelSetup.objects.select_for_update().exclude(secrets=""))
        for row in channels:
            row.secrets = reseal(row.secrets)
            row.save(update_fields=["secrets"])
        hooks = list(Webhook.objects.select_for_update())
        for hook in hooks:
            hook.secret = reseal(hook.secret)
            hook.old_secret = reseal(hook.old_secret) if hook.old_secret else ""
            hook.save(update_fields=["secret", "old_secret"])
    return len(channels) + len(hooks)
