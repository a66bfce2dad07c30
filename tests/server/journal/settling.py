"""Waiting until the feed of events is complete up to what was written."""

from time import monotonic

from django.db import connection


def settled() -> None:
    """Wait until the feed is complete up to what was written: autovacuum may hold it a moment."""
    until = monotonic() + 20
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT event_feed_horizon() > coalesce(max(xact), 0) FROM event")
            (is_complete,) = cursor.fetchone()
        if is_complete:
            return
    raise AssertionError("some transaction of this database does not end")
