"""How the channels and webhooks do: on or off, the last success and failure, due and parked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from evenhand.journal.models import Outbox
from evenhand.notify.channels.base import WHYS
from evenhand.notify.channels.fields import FIELDS
from evenhand.notify.channels.mail import mail_is_set_up
from evenhand.notify.lanes import CHATS, MAIL, WEBHOOK
from evenhand.notify.models import ChannelSetup, ChatLink, Webhook
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.scope import Right, demand
from evenhand.people.sealing import Unopenable, unseal

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class State:
    """How a channel or a webhook does. `why` is a code of WHYS, or ""."""

    key: str
    is_on: bool
    succeeded_at: datetime | None = None
    failed_at: datetime | None = None
    why: str = ""
    detail: str = ""
    held_until: datetime | None = None
    due: int = 0
    parked: int = 0
    linked: int = 0
    webhook: Webhook | None = None

    @property
    def why_key(self) -> str:
        """The end of the message that words why the last failure was."""
        return self.why.replace("_", "-")

    @property
    def is_failing(self) -> bool:
        """Whether the last thing that happened was a failure."""
        if self.failed_at is None:
            return False
        return self.succeeded_at is None or self.failed_at > self.succeeded_at


def channel_states(actor: Actor) -> list[State]:
    """Every channel.

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_COMPANY)
    rows = {row.key: row for row in ChannelSetup.objects.all()}
    counts = _counts()
    links = dict(
        ChatLink.objects.filter(user__is_active=True).values_list("channel").annotate(n=Count("id"))
    )
    found = []
    for key in (MAIL, *CHATS):
        row = rows.get(key) or ChannelSetup(key=key, is_on=False, last_error="")
        is_on = mail_is_set_up() if key == MAIL else row.is_on
        found.append(_state(key, row, is_on, counts.get(key, (0, 0)), links.get(key, 0)))
    return found


def webhook_states(actor: Actor) -> list[State]:
    """Every webhook, the oldest first.

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_COMPANY)
    return [
        _state(str(hook.pk), hook, hook.is_on, _counts_of(hook.pk), 0)
        for hook in Webhook.objects.order_by("pk")
    ]


def _state(key: str, row: Any, is_on: bool, counts: tuple[int, int], linked: int) -> State:
    why, _, detail = row.last_error.partition(": ")
    return State(
        key,
        is_on,
        row.succeeded_at,
        row.failed_at,
        why if why in WHYS else "",
        detail,
        row.held_until,
        *counts,
        linked,
        row if isinstance(row, Webhook) else None,
    )


_DUE = Count("id", filter=Q(delivered_at=None, parked_at=None))
_PARKED = Count("id", filter=~Q(parked_at=None))


def _counts() -> dict[str, tuple[int, int]]:
    rows = Outbox.objects.filter(delivered_at=None).exclude(kind=WEBHOOK)
    found = rows.values("kind").annotate(due=_DUE, parked=_PARKED)
    return {one["kind"]: (one["due"], one["parked"]) for one in found}


def _counts_of(webhook_id: int) -> tuple[int, int]:
    rows = Outbox.objects.filter(kind=WEBHOOK, delivered_at=None, payload__webhook=webhook_id)
    found = rows.aggregate(due=_DUE, parked=_PARKED)
    return found["due"], found["parked"]


@dataclass(frozen=True, slots=True)
class Parked:
    """Something that was given up: since when, to whom, why."""

    at: datetime
    to: str
    attempts: int
    why: str
    detail: str

    @property
    def why_key(self) -> str:
        """The end of the message that words why."""
        return self.why.replace("_", "-")


def parked_rows(actor: Actor, kind: str, webhook_id: int | None = None) -> list[Parked]:
    """What was given up, the newest first.

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_COMPANY)
    rows = Outbox.objects.filter(kind=kind, delivered_at=None).exclude(parked_at=None)
    if webhook_id is not None:
        rows = rows.filter(payload__webhook=webhook_id)
    found = []
    for row in rows.order_by("-parked_at")[:_SHOWN]:
        why, _, detail = row.last_error.partition(": ")
        to = str(row.payload.get("to") or row.payload.get("event") or "")
        assert row.parked_at is not None, "these were parked"
        found.append(Parked(row.parked_at, to, row.attempts, why if why in WHYS else "", detail))
    return found


def settings_of(actor: Actor, key: str) -> tuple[dict[str, str], frozenset[str], bool]:
    """What of a channel's keys may be shown, which secrets are set, and whether it is on.

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_COMPANY)
    row = ChannelSetup.objects.filter(pk=key).first()
    if row is None:
        return {}, frozenset(), False
    kept = {field.name for field in FIELDS[key] if field.is_secret} if _opens(row) else set()
    return dict(row.settings), frozenset(kept), row.is_on


def _opens(row: ChannelSetup) -> bool:
    try:
        return bool(row.secrets and unseal(row.secrets))
    except Unopenable:
        return False


def people_and_links(actor: Actor, channel: str, *, search: str = "") -> Sequence[tuple[User, str]]:
    """Everybody at work, with who he is in a chat system ("" = nobody yet).

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_COMPANY)
    people = User.objects.filter(is_active=True).order_by("name_key", "pk")
    if search:
        people = people.filter(Q(name__icontains=search) | Q(email__icontains=search))
    links = dict(ChatLink.objects.filter(channel=channel).values_list("user_id", "address"))
    return [(user, links.get(user.pk, "")) for user in people[:1_000]]
