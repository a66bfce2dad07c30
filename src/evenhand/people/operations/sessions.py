"""Logins as rows: note one, say whether it still holds, list one's own, end them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.journal.operations import record
from evenhand.people.models import User, UserSession
from evenhand.people.scope import actor_of

# How often the time of the last request is written.
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Login:
    """A login as its owner sees it. The id is no key: it opens nothing."""

    id: str
    since: datetime
    seen_at: datetime
    address: str
    agent: str
    is_current: bool


def is_idle(seen_at: datetime, now: datetime) -> bool:
    """Whether nobody has been there for too long."""
    return (now - seen_at).total_seconds() > settings.IDLE_SECONDS


def note_seen(key: str | None, seen_at: datetime, now: datetime) -> None:
    """Somebody was there; written at most once a minute."""
    if now - seen_at > _SEEN_EVERY:
        UserSession.objects.filter(session_key=key).update(seen_at=now)


def logins_of(user: User, current_key: str | None) -> Sequence[Login]:
    """Where this person is logged in, the last seen first."""
    now = timezone.now()
    rows = UserSession.objects.filter(user_id=user.pk, epoch=user.epoch, expire_date__gt=now)
    return [
        Login(
            id=_id_of(row.session_key),
            since=row.created_at,
            seen_at=row.seen_at,
            address=row.address,
            agent=row.agent,
            is_current=row.session_key == current_key,
        )
        for row in rows.order_by("-seen_at", "session_key")
        if not is_idle(row.seen_at, now)
    ]


def end_login(user: User, login_id: str) -> bool:
    """End one of a person's logins; whether there was such a one."""
    keys = UserSession.objects.filter(user_id=user.pk).values_list("session_key", flat=True)
    return _end(user, [key for key in keys if _id_of(key) == login_id], how="elsewhere") > 0


def end_other_logins(user: User, current_key: str | None) -> int:
    """End all of a person's logins but this one; how many there were."""
    rows = UserSession.objects.filter(user_id=user.pk).exclude(session_key=current_key or "")
    return _end(user, list(rows.values_list("session_key", flat=True)), how="elsewhere")


def end_this_login(user: User, current_key: str | None) -> None:
    """Somebody logs out."""
    _end(user, [current_key or ""], how="logged_out")


def _end(user: User, keys: list[str], *, how: str) -> int:
    with transaction.atomic():
        ended, _ = UserSession.objects.filter(user_id=user.pk, session_key__in=keys).delete()
        if ended:
            record(
                "login.ended",
                actor=actor_of(user),
                object_kind="person",
                object_id=user.pk,
                data={"count": ended, "how": how},
            )
    return ended


def _id_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:24]
