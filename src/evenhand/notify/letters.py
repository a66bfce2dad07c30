"""From what somebody is to be told outside the inbox to one message per channel.

A letter is written in the transaction of its act. Letters that are due are gathered: two hundred
leads of an import, or all of a night, are one message. What it says is found out then: an item that
is not the reader's any more is not told of, or by its number alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min

from evenhand.journal.operations import owe
from evenhand.notify.channels.mail import mail_is_set_up
from evenhand.notify.choices import chosen_by, due_at
from evenhand.notify.lanes import CHATS, MAIL, WECOM
from evenhand.notify.models import ChannelSetup, ChatLink, Letter, Notice
from evenhand.notify.wording import notice_words
from evenhand.people.models import User
from evenhand.people.names import user_names
from evenhand.people.organization import organization, usual_locale, zone_of
from evenhand.platform.clock import now as clock_now
from evenhand.wording.catalogue import DEFAULT_LOCALE, LOCALES, Words

# Whatever comes within this time of one another is told together; but nobody waits longer than
# the second for a stream that does not end.
SETTLES = timedelta(seconds=3)
WAITS = timedelta(seconds=30)
# In a chat, so many items come as cards of their own, with buttons; more are one message.
CARDS = 3
_LINES = 8


@dataclass(frozen=True, slots=True)
class Told:
    """Something for one person. `needed_by`: something is due with it, so it may not wait."""

    user_id: int
    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)
    object_kind: str = ""
    object_id: int | None = None
    needed_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A message as every channel can show it; buttons and a choice only where it can."""

    title: str
    link: str
    desc: str = ""
    lines: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    buttons: Sequence[tuple[str, str]] = ()
    choice: Mapping[str, Any] | None = None

    def payload(self, open_words: str) -> dict[str, Any]:
        """As the outbox keeps it."""
        made: dict[str, Any] = {
            "title": self.title,
            "desc": self.desc,
            "lines": list(self.lines),
            "facts": [list(one) for one in self.facts],
            "buttons": [list(one) for one in self.buttons],
            "link": self.link,
            "open": open_words,
        }
        return made | ({"choice": dict(self.choice)} if self.choice else {})


# How an item is told to its owner: packages above say so when they are loaded; None = not his.
Composer = Callable[[User, str, int, str, Words], Card | None]
COMPOSERS: list[Composer] = []


def write_letters(told: Iterable[Told]) -> None:
    """Have these told outside the inbox too, to those who want it; in the act's transaction."""
    everything = list(told)
    own, default = chosen_by({one.user_id for one in everything})
    wanted = [one for one in everything if own.get(one.user_id, default).channels_of(one.kind)]
    if not wanted:
        return
    zones = _zones({one.user_id for one in wanted})
    now = clock_now()
    Letter.objects.bulk_create(
        (
            Letter(
                user_id=one.user_id,
                kind=one.kind,
                params=dict(one.params),
                object_kind=one.object_kind,
                object_id=one.object_id,
                due_at=due_at(
                    own.get(one.user_id, default), now, zones[one.user_id], one.needed_by
                ),
            )
            for one in wanted
            if one.user_id in zones
        ),
        batch_size=1_000,
    )


def _zones(user_ids: set[int]) -> dict[int, ZoneInfo]:
    """The clocks of those of them who are at work."""
    company = zone_of(None)
    rows = User.objects.filter(pk__in=user_ids, is_active=True).values_list("pk", "zone")
    return {pk: ZoneInfo(zone) if zone else company for pk, zone in rows}


def gather(now: datetime) -> int:
    """Make messages of the letters that are due; how many people are told."""
    waiting = (
        Letter.objects.filter(due_at__lte=now)
        .values("user_id")
        .annotate(newest=Max("at"), oldest=Min("due_at"))
        .order_by("oldest")[:500]
    )
    people = [
        one["user_id"]
        for one in waiting
        if one["newest"] <= now - SETTLES or one["oldest"] <= now - WAITS
    ]
    return sum(_tell(user_id, now) for user_id in people)


@transaction.atomic
def _tell(user_id: int, now: datetime) -> bool:
    rows = list(
        Letter.objects.select_for_update(skip_locked=True)
        .filter(user_id=user_id, due_at__lte=now)
        .order_by("pk")
    )
    user = User.objects.select_related("rep").get(pk=user_id)
    if rows and user.is_active:
        _send(user, rows)
    Letter.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return bool(rows)


def _send(user: User, rows: Sequence[Letter]) -> None:
    own, default = chosen_by([user.pk])
    chosen = own.get(user.pk, default)
    company = organization()
    locale = user.locale or usual_locale(company)
    words = Words(locale if locale in LOCALES else DEFAULT_LOCALE)
    by_channel: dict[str, list[Letter]] = defaultdict(list)
    for row in rows:
        for channel in chosen.channels_of(row.kind):
            by_channel[channel].append(row)
    if not by_channel:
        return
    composed = _composed(user, rows, words)
    for channel, address in _addresses(user, set(by_channel)).items():
        found = [composed[row.pk] for row in by_channel[channel] if row.pk in composed]
        if found:
            _owe(channel, address, found, user, words)


def _addresses(user: User, channels: set[str]) -> dict[str, str]:
    """Where somebody is reached, of the channels that are on."""
    found = {MAIL: user.email} if MAIL in channels and mail_is_set_up() else {}
    if channels & set(CHATS):
        on = ChannelSetup.objects.filter(pk__in=channels, is_on=True).values("pk")
        links = ChatLink.objects.filter(user=user, channel__in=on)
        found |= {link.channel: link.address for link in links}
    return found


def _composed(user: User, rows: Sequence[Letter], words: Words) -> dict[int, Card]:
    """What is said of each letter; those of items that are not his any more are left out."""
    ids = {row.params.get("by") for row in rows}
    names = user_names({one for one in ids if isinstance(one, int)})
    found = {}
    for row in rows:
        card = _card(user, row, words, names)
        if card is not None:
            found[row.pk] = card
    return found


def _card(user: User, row: Letter, words: Words, names: Mapping[int, str]) -> Card | None:
    if row.kind in ITEMS_OWNED and row.object_id is not None:
        for compose in COMPOSERS:
            return compose(user, row.object_kind, row.object_id, row.kind, words)
    number = str(row.object_id or "")
    title = ""
    if words.has(kind := f"item-kind-{row.object_kind}") and number:
        title = words.text("notice-letter-item", kind=words.text(kind), number=number)
    notice = Notice(kind=row.kind, params=row.params)
    return Card(notice_words(words, notice, title, names), f"{settings.EVENHAND_URL}/notices")


ITEMS_OWNED = frozenset({"assigned", "given_to_you", "transferred_to_you"})


def _owe(channel: str, address: str, cards: Sequence[Card], user: User, words: Words) -> None:
    if channel == WECOM and len(cards) <= CARDS:
        open_words = words.text("notice-letter-open")
        owe(channel, *({"to": address, "card": one.payload(open_words)} for one in cards))
        return
    card = cards[0] if len(cards) == 1 else _digest(cards, words)
    if channel == MAIL:
        owe(MAIL, _mail(address, card, user, words))
    else:
        owe(channel, {"to": address, "card": card.payload(words.text("notice-letter-open"))})


def _digest(cards: Sequence[Card], words: Words) -> Card:
    """Many as one: how many, and the first of them."""
    lines = [one.title for one in cards[:_LINES]]
    if len(cards) > _LINES:
        lines.append(words.text("notice-letter-more", count=len(cards) - _LINES))
    title = words.text("notice-letter-digest", count=len(cards))
    return Card(title, f"{settings.EVENHAND_URL}/", lines=lines)


def _mail(address: str, card: Card, user: User, words: Words) -> dict[str, Any]:
    said = [card.desc, *card.lines, *(f"{name}: {value}" for name, value in card.facts)]
    text = words.text(
        "notice-letter-mail",
        name=user.name,
        title=card.title,
        lines="\n".join(one for one in said if one),
        link=card.link,
        choices=f"{settings.EVENHAND_URL}/account/notices",
    )
    return {"to": address, "subject": card.title, "text": text}
