"""Where a delivery ended, and which of its entries came for the first time."""

from collections.abc import Sequence
from hashlib import sha256

from django.db import connection

from evenhand.connectors.models import Delivery, Outcome
from evenhand.connectors.reading import Entry
from evenhand.engine.reasons import Reason


def mark_of(delivery: Delivery, entry: Entry, number: int) -> str:
    """What an entry is known by: its own number, else its place in this very delivery."""
    text = f"id:{entry.id}" if entry.id else f"{delivery.mark or delivery.pk}:{number}"
    return sha256(text.encode()).hexdigest()


def first_seen(connector_id: int, marks: Sequence[str]) -> set[str]:
    """Those of the marks that come for the first time; held by the caller's transaction."""
    if not marks:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO connector_seen (connector_id, mark)"
            " SELECT %s, m FROM unnest(%s::text[]) AS m ON CONFLICT DO NOTHING RETURNING mark",
            [connector_id, sorted(set(marks))],
        )
        return {mark for (mark,) in cursor.fetchall()}


def end(delivery: Delivery, outcome: Outcome, why: Reason | None = None) -> Outcome:
    """Write down where a delivery ended."""
    delivery.outcome, delivery.due_at = outcome, None
    delivery.why = None if why is None else why.as_json()
    delivery.save(update_fields=["outcome", "why", "items", "due_at"])
    return outcome
