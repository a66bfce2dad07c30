"""The lanes of delivery: each channel that is on, and each webhook by itself."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from evenhand.journal.feed import as_published
from evenhand.journal.models import Event, Outbox
from evenhand.notify.channels.base import Channel, Outgoing, Refused
from evenhand.notify.channels.dingtalk import DingTalk, dingtalk_of
from evenhand.notify.channels.feishu import Feishu, feishu_of
from evenhand.notify.channels.mail import Mail, mail_is_set_up
from evenhand.notify.channels.webhook import Target
from evenhand.notify.channels.wecom import WeCom, wecom_of
from evenhand.notify.models import ChannelSetup, Webhook
from evenhand.people.sealing import Unopenable, unseal

MAIL, WECOM, DINGTALK, FEISHU = "mail", "wecom", "dingtalk", "feishu"
WEBHOOK = "webhook"
CHATS = (WECOM, DINGTALK, FEISHU)
Chat = WeCom | DingTalk | Feishu
# How many messages of a lane may be under way at once.
_PLACES = {MAIL: 2, WECOM: 4, DINGTALK: 4, FEISHU: 4, WEBHOOK: 2}


@dataclass
class Lane:
    """A channel, which rows are its own, and the row that says how it does."""

    key: str
    kind: str
    channel: Channel
    rows: Mapping[str, Any]
    held_until: datetime | None = None
    webhook_id: int | None = None

    @property
    def places(self) -> int:
        """How many of its messages may be under way at once."""
        return _PLACES[self.kind]

    def _note(self, **fields: Any) -> None:
        if self.webhook_id is not None:
            Webhook.objects.filter(pk=self.webhook_id).update(**fields)
        elif not ChannelSetup.objects.filter(pk=self.kind).update(**fields):
            # Two senders may both be the first.
            new = ChannelSetup(key=self.kind, is_on=self.kind == MAIL)
            ChannelSetup.objects.bulk_create([new], ignore_conflicts=True)
            ChannelSetup.objects.filter(pk=self.kind).update(**fields)

    def went_well(self, now: datetime) -> None:
        """Note a success."""
        self._note(succeeded_at=now)

    def went_wrong(self, error: str, now: datetime) -> None:
        """Note a failure."""
        self._note(failed_at=now, last_error=error)

    def hold(self, until: datetime) -> None:
        """All of the lane waits: the other side asked for it."""
        self.held_until = until
        self._note(held_until=until)

    def close(self) -> None:
        """The receiver is gone."""
        if self.webhook_id is not None:
            self._note(is_on=False)
            self.held_until = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row that can be sent."""

    message: Outgoing


def open_lanes(clock: Callable[[], datetime]) -> list[Lane]:
    """The lanes that are on now; one whose keys cannot be opened is closed."""
    rows = {row.key: row for row in ChannelSetup.objects.all()}
    lanes = []
    if mail_is_set_up():
        held = rows[MAIL].held_until if MAIL in rows else None
        lanes.append(Lane(MAIL, MAIL, Mail(), {"kind": MAIL}, held))
    for key in CHATS:
        row = rows.get(key)
        if row is None or not row.is_on:
            continue
        api = chat_of(row)
        if api is not None:
            lanes.append(Lane(key, key, api, {"kind": key}, row.held_until))
    for hook in Webhook.objects.filter(is_on=True).order_by("pk"):
        target = target_of(hook, clock)
        if target is not None:
            mine = {"kind": WEBHOOK, "payload__webhook": hook.pk}
            lane = Lane(f"{WEBHOOK}:{hook.pk}", WEBHOOK, target, mine, hook.held_until, hook.pk)
            lanes.append(lane)
    return lanes


def chat_of(row: ChannelSetup) -> Chat | None:
    """The interface of a chat system with the company's keys; None where they do not open."""
    try:
        secrets = json.loads(unseal(row.secrets)) if row.secrets else {}
    except Unopenable:
        return None
    make: Mapping[str, Callable[..., Chat]] = {
        WECOM: wecom_of,
        DINGTALK: dingtalk_of,
        FEISHU: feishu_of,
    }
    return make[row.key](row.settings, secrets)


def wecom_now() -> WeCom | None:
    """企业微信, where it is on."""
    row = ChannelSetup.objects.filter(pk=WECOM, is_on=True).first()
    api = None if row is None else chat_of(row)
    return api if isinstance(api, WeCom) else None


def target_of(hook: Webhook, clock: Callable[[], datetime]) -> Target | None:
    """A webhook with the secrets that sign now."""
    try:
        secrets = [unseal(hook.secret)]
        if hook.old_secret and hook.old_until is not None and hook.old_until > clock():
            secrets.append(unseal(hook.old_secret))
    except Unopenable:
        return None
    return Target(hook.url, secrets, clock)


def prepared(row: Outbox) -> Prepared | Refused:
    """What a row sends; an event of the journal is read now."""
    payload: dict[str, Any] = dict(row.payload)
    if row.kind == WEBHOOK:
        if "event" in payload:
            event = Event.objects.filter(pk=payload["event"]).first()
            if event is None:
                return Refused("refused", "no such event")
            payload |= {"id": f"evt_{event.pk}", "body": as_published(event)}
        else:
            payload |= {
                "id": f"msg_{row.pk}",
                "body": {
                    "type": "webhook.test",
                    "timestamp": row.at.isoformat(),
                    "data": {"webhook": payload["webhook"]},
                },
            }
    return Prepared(Outgoing(f"eh-{row.pk}", row.kind, payload, row.attempts + 1))
