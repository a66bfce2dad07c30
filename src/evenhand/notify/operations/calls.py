"""Calls of chat systems that were answered: the same one again has no second effect."""

from datetime import datetime, timedelta

from django.db import connection

from evenhand.notify.models import ChatCall

# They repeat a call within seconds; a replayed one older than this is refused by its time.
KEEP_CALLS = timedelta(days=2)


def is_first(channel: str, key: str) -> bool:
    """Whether this call comes for the first time; held by the caller's transaction.

    The same call at the same moment waits here until the first has ended.
    """
    assert connection.in_atomic_block, "a call belongs to the transaction of its effect"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO chat_call (channel, key) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [channel, key],
        )
        return bool(cursor.rowcount)


def forget_calls(now: datetime) -> None:
    """Drop what nobody repeats any more."""
    ChatCall.objects.filter(at__lt=now - KEEP_CALLS).delete()
