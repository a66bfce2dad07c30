"""Who somebody is in a chat system: linked by hand, by his number, or at his first sign-in."""

from django.db import IntegrityError, transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.notify.channels.base import Failed
from evenhand.notify.lanes import CHATS, chat_of
from evenhand.notify.models import ChannelSetup, ChatLink
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused

LONGEST = 120


class CannotLink(Refused):
    """This link cannot be made; nothing is changed."""


def link_by_hand(user_id: int, channel: str, address: str, *, actor: Actor) -> None:
    """Say who somebody is in a chat system; an empty address takes the link away.

    :raises NotAllowed: the actor may not.
    :raises CannotLink: there is no such person or channel, or the address is somebody else's.
    """
    demand(actor, Right.EDIT_COMPANY)
    if address.strip():
        _link(user_id, channel, address.strip(), how="by_hand", actor=actor)
    else:
        unlink(user_id, channel, actor=actor)


def link_oneself(channel: str, address: str, *, actor: Actor) -> None:
    """Somebody who is signed in both here and there says that he is the same.

    :raises CannotLink: the address is somebody else's.
    """
    assert actor.user_id is not None, "only people link themselves"
    _link(actor.user_id, channel, address, how="sign_in", actor=actor)


def unlink(user_id: int, channel: str, *, actor: Actor) -> bool:
    """Take a link away: one's own, or anybody's by whoever sets up channels.

    :raises NotAllowed: it is somebody else's, and the actor may not.
    """
    if user_id != actor.user_id:
        demand(actor, Right.EDIT_COMPANY)
    with transaction.atomic():
        count, _ = ChatLink.objects.filter(user_id=user_id, channel=channel).delete()
        if count:
            _note("chat.unlinked", user_id, {"key": channel}, actor)
    return bool(count)


def link_by_mobile(channel: str, *, actor: Actor) -> tuple[int, list[tuple[User, str]]]:
    """Look up everybody who has a phone number and no link yet.

    Returns how many were linked, and who was not, with why (a code of `channels.base.WHYS`). Where
    the chat system cannot be asked at all, it stops at the first.

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_COMPANY)
    row = ChannelSetup.objects.filter(pk=channel, is_on=True).first()
    api = None if row is None else chat_of(row)
    if api is None:
        raise CannotLink(reason("chat.channel_off"))
    linked = ChatLink.objects.filter(channel=channel).values("user_id")
    people = User.objects.filter(is_active=True).exclude(phone="").exclude(pk__in=linked)
    count, missing = 0, list[tuple[User, str]]()
    for user in people.order_by("name_key", "pk")[:500]:
        try:
            address = api.person_with_mobile(_digits(user.phone))
            _link(user.pk, channel, address, how="mobile", actor=actor)
            count += 1
        except Failed as failure:
            missing.append((user, failure.outcome.why))
            if failure.outcome.why != "no_such_person":
                break
        except CannotLink:
            missing.append((user, "taken"))
    return count, missing


def _digits(phone: str) -> str:
    """A number of the mainland as the chat systems know it, others with their country's."""
    return phone.removeprefix("+86").replace(" ", "").replace("-", "")


def _link(user_id: int, channel: str, address: str, *, how: str, actor: Actor) -> None:
    if channel not in CHATS or not User.objects.filter(pk=user_id).exists():
        raise CannotLink(reason("people.choice_gone"))
    if len(address) > LONGEST or any(ord(one) < 33 for one in address):
        raise CannotLink(reason("chat.address_unusable", value=address[:60]), field="address")
    holder = ChatLink.objects.filter(channel=channel, address=address).first()
    if holder is not None and holder.user_id == user_id:
        return
    taken = CannotLink(reason("chat.address_taken", value=address), field="address")
    if holder is not None:
        raise taken
    try:
        with transaction.atomic():
            ChatLink.objects.update_or_create(
                user_id=user_id, channel=channel, defaults={"address": address}
            )
            _note("chat.linked", user_id, {"key": channel, "how": how}, actor)
    except IntegrityError:
        raise taken from None


def _note(kind: str, user_id: int, data: dict[str, str], actor: Actor) -> None:
    record(kind, actor=actor, object_kind="person", object_id=user_id, data=data)
