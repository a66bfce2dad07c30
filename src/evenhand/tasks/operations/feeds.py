"""The secret address at which a calendar program reads somebody's to-dos: made, ended, used."""

from datetime import timedelta

from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.scope import NotAllowed, Right, actor_of, demand
from evenhand.platform.clock import now
from evenhand.platform.ids import new_token, token_digest
from evenhand.platform.transactions import in_transaction
from evenhand.tasks.models import Feed

# Programs ask every few minutes; when they did is only kept to the day.
_NOTED_EVERY = timedelta(days=1)


def open_feed(*, actor: Actor) -> str:
    """Make an address of one's own; a former one is of no use from now on. Returns its secret.

    :raises NotAllowed: he sees no to-dos, or acts for nobody.
    """
    user_id = _own(actor)
    secret = new_token()

    def work() -> None:
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)
        Feed.objects.update_or_create(
            user_id=user_id,
            defaults={"digest": _digest(secret), "created_at": now(), "used_at": None},
        )
        record("feed.opened", actor=actor, object_kind="person", object_id=user_id)

    in_transaction(work)
    return secret


def close_feed(*, actor: Actor) -> bool:
    """End one's own address; whether there was one.

    :raises NotAllowed: he sees no to-dos, or acts for nobody.
    """
    user_id = _own(actor)

    def work() -> bool:
        count, _ = Feed.objects.filter(user_id=user_id).delete()
        if count:
            record("feed.closed", actor=actor, object_kind="person", object_id=user_id)
        return count > 0

    return in_transaction(work)


def reader_of(secret: str) -> Actor | None:
    """For whom an address reads; None where it is none (any more), or he left."""
    found = Feed.objects.select_related("user").filter(digest=_digest(secret)).first()
    if found is None or not found.user.is_active:
        return None
    at = now()
    if found.used_at is None or at - found.used_at > _NOTED_EVERY:
        Feed.objects.filter(pk=found.pk).update(used_at=at)
    return actor_of(found.user)


def has_feed(actor: Actor) -> bool:
    """Whether somebody has an address."""
    return Feed.objects.filter(user_id=actor.user_id or 0).exists()


def _own(actor: Actor) -> int:
    demand(actor, Right.SEE_ITEMS)
    if actor.user_id is None:
        raise NotAllowed(Right.SEE_ITEMS)
    return actor.user_id


def _digest(secret: str) -> str:
    return token_digest(secret).hex()
