"""Telling people something in their inbox, and marking it as read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from evenhand.journal.live import hint
from evenhand.journal.operations import owe
from evenhand.notify.channels.mail import mail_is_set_up
from evenhand.notify.lanes import MAIL
from evenhand.notify.letters import Told, write_letters
from evenhand.notify.models import Notice
from evenhand.people.actor import Actor
from evenhand.platform.rows import insert_rows


def tell(
    user_ids: int | Collection[int],
    kind: str,
    *,
    params: Mapping[str, Any] | None = None,
    object_kind: str = "",
    object_id: int | None = None,
    needed_by: datetime | None = None,
    by_letter: bool = True,
) -> None:
    """Put a notice into the inbox of one or more people, in the caller's transaction.

    Who chose so is told by mail or chat too, where `by_letter`; `needed_by`: something is due then,
    so that it does not wait for the end of somebody's quiet time. `kind` is a message of the
    catalogue (`notice-<kind>`). `params` hold numbers, codes and ids (`by` = who did it), never
    names: what a person is called stands in one place only.
    """
    assert connection.in_atomic_block, "a notice belongs to the transaction of its act"
    people = {user_ids} if isinstance(user_ids, int) else set(user_ids)
    if not people:
        return
    Notice.objects.bulk_create(
        Notice(
            user_id=user_id,
            kind=kind,
            params=dict(params or {}),
            object_kind=object_kind,
            object_id=object_id,
        )
        for user_id in sorted(people)
    )
    hint({"notices": sorted(people)})
    if by_letter:
        write_letters(
            Told(user_id, kind, params or {}, object_kind, object_id, needed_by)
            for user_id in sorted(people)
        )


_NOTICE = {
    "user_id": "bigint",
    "kind": "text",
    "params": "jsonb",
    "object_kind": "text",
    "object_id": "bigint",
}


def tell_many(told: Sequence[Told]) -> None:
    """Put many notices into inboxes, each for one person, in a few statements; as `tell`."""
    assert connection.in_atomic_block, "a notice belongs to the transaction of its act"
    if not told:
        return
    insert_rows(
        "notice",
        _NOTICE,
        [(one.user_id, one.kind, dict(one.params), one.object_kind, one.object_id) for one in told],
    )
    hint({"notices": sorted({one.user_id for one in told})})
    write_letters(told)


def owe_mail(to: str, message: str, *, locale: str, params: Mapping[str, str | int]) -> bool:
    """Owe a mail (`mail-<message>-subject`, `-text`); False where there is no mail server."""
    if not mail_is_set_up():
        return False
    owe(MAIL, {"to": to, "message": message, "locale": locale, "params": dict(params)})
    return True


def mark_read(notice_ids: Sequence[int] | None = None, *, actor: Actor) -> int:
    """Mark one's own notices as read (None = all); says how many were not before."""
    user_id = actor.user_id or 0
    unread = Notice.objects.filter(user_id=user_id, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    with transaction.atomic():
        count = unread.update(read_at=timezone.now())
        if count:
            hint({"notices": [user_id]})
    return count
