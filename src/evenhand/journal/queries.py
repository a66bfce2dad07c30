"""Reading the journal."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from evenhand.journal.models import Event


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What of the journal somebody wants to see; empty = all."""

    kind: str = ""
    actor_id: int | None = None
    object_kind: str = ""
    object_id: int | None = None
    actor_kind: str = ""
    since: datetime | None = None
    until: datetime | None = None  # exclusive


def events(wanted: EventFilter) -> QuerySet[Event]:
    """Events, newest first. Whoever calls this has asked for `Right.SEE_JOURNAL`.

    Of a span of days by their moment, in whose index the span lies together: by number one would
    walk past everything that is newer.
    """
    simple = {
        "kind": wanted.kind,
        "actor_id": wanted.actor_id,
        "object_kind": wanted.object_kind,
        "object_id": wanted.object_id,
        "actor_kind": wanted.actor_kind,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    has_span = wanted.since is not None or wanted.until is not None
    found = Event.objects.order_by("-at", "-pk") if has_span else Event.objects.order_by("-pk")
    return found.filter(**{name: value for name, value in simple.items() if value})


# Jumps from kind to kind in the index instead of reading every event.
_KINDS = """
WITH RECURSIVE k AS (
    (SELECT kind FROM event ORDER BY kind LIMIT 1)
    UNION ALL
    SELECT (SELECT e.kind FROM event e WHERE e.kind > k.kind ORDER BY e.kind LIMIT 1)
    FROM k WHERE k.kind IS NOT NULL
)
SELECT kind FROM k WHERE kind IS NOT NULL
"""


def kinds() -> list[str]:
    """Every kind of event that happened so far."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return [row[0] for row in cursor.fetchall()]
