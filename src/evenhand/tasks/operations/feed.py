"""The secret address at which a calendar program reads somebody's to-dos."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now
from evenhand.platform.ids import new_token, token_digest
from evenhand.tasks.models import Feed

_SEEN_EVERY = timedelta(hours=1)
# The secret stands in an address, which wanders into settings and backups of phones: it ends.
LASTS = timedelta(days=365)
UNREAD = timedelta(days=60)  # what no program reads any more, nobody misses


def open_feed(*, actor: Actor) -> str:
    """A new secret for one's own feed; the one before does not work any more. Shown once.

    :raises NotAllowed: he has no to-dos to see.
    """
    demand(actor, Right.SEE_ITEMS)
    secret = new_token()
    with transaction.atomic():
        Feed.objects.update_or_create(
            user_id=actor.user_id or 0,
            defaults={"digest": token_digest(secret).hex(), "created_at": now(), "used_at": None},
        )
        record("feed.opened", actor=actor, object_kind="person", object_id=actor.user_id)
    return secret


def close_feed(*, actor: Actor) -> bool:
    """End one's own feed; whether there was one."""
    with transaction.atomic():
        count, _ = Feed.objects.filter(user_id=actor.user_id or 0).delete()
        if count:
            record("feed.closed", actor=actor, object_kind="person", object_id=actor.user_id)
    return bool(count)


def feed_of(actor: Actor) -> Feed | None:
    """One's own feed, without its secret; None where it has ended."""
    return Feed.objects.filter(_lives(now()), user_id=actor.user_id or 0).first()


def user_of_feed(secret: str) -> User | None:
    """Whose feed this is; None = nobody's, of somebody who left, too old, or long not read."""
    at = now()
    rows = Feed.objects.select_related("user", "user__rep").filter(
        _lives(at), digest=token_digest(secret).hex(), user__is_active=True
    )
    found = rows.first()
    if found is None:
        return None
    stale = Q(used_at=None) | Q(used_at__lt=at - _SEEN_EVERY)
    Feed.objects.filter(stale, pk=found.pk).update(used_at=at)
    return found.user


def _lives(at: datetime) -> Q:
    """Which feeds still work."""
    is_read = Q(used_at__gt=at - UNREAD) | Q(used_at=None, created_at__gt=at - UNREAD)
    return is_read & Q(created_at__gt=at - LASTS)
