"""The journal as programs follow it: every event once, oldest first, none missed.

Events are read in the order of the transactions that wrote them, and only up to the oldest
transaction that has not ended: what a reader has passed can never be added to.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db import connection

from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.models import Event


class Position(NamedTuple):
    """How far somebody has read; every event behind it has been seen."""

    xact: int = 0
    id: int = 0


def read_on(
    after: Position, *, kinds: Collection[str] = (), limit: int = 200
) -> tuple[Sequence[Event], Position]:
    """The next events, at most `limit`, and where to read on.

    With `kinds` only those; events of other kinds are passed. Called again with the position it
    gave, it goes on exactly there, also in another process and after a restore.
    """
    found = Event.objects.filter(xact__lt=horizon()).extra(
        where=["(xact, id) > (%s, %s)"], params=list(after)
    )
    if kinds:
        found = found.filter(kind__in=kinds)
    rows = list(found.order_by("xact", "id")[:limit])
    return rows, Position(rows[-1].xact, rows[-1].pk) if rows else after


def newest_position() -> Position:
    """Behind everything that has happened: for who wants only what comes."""
    last = Event.objects.filter(xact__lt=horizon()).order_by("-xact", "-id").first()
    return Position() if last is None else Position(last.xact, last.pk)


def horizon() -> int:
    """Below it, every transaction has ended.

    Asked before the events are read, in a statement of its own: what ended in between is then seen.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT event_feed_horizon()")
        (horizon,) = cursor.fetchone()
    return int(horizon)


def as_published(event: Event) -> dict[str, Any]:
    """An event as it leaves the house: the same shape in the feed and in webhooks."""
    known = CATALOGUE.get(event.kind)
    return {
        "id": event.pk,
        "type": event.kind,
        "version": 0 if known is None else known.version,
        "at": event.at.isoformat(),
        "actor": {"kind": event.actor_kind, "id": event.actor_id},
        "object": {"kind": event.object_kind, "id": event.object_id},
        "data": event.data,
    }
