"""Whoever owns the server changes what was sealed: guards off, as a superuser can."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from django.db import connection, transaction

from evenhand.journal.models import Event
from evenhand.journal.seals.reading import walk
from evenhand.journal.seals.sealing import seal_on
from evenhand.journal.seals.verify_alone import Anchor, Chain, Finding
from tests.server.journal.settling import settled

# Every field of an event, and another value for it.
OTHERWISE = {
    "id": "id + 1000000",
    "xact": "xact - 1",
    "at": "at + interval '1 microsecond'",
    "kind": "kind || '.'",
    "actor_kind": "actor_kind || ' '",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "object_kind": "upper(object_kind)",
    "object_id": "object_id + 1",
    "data": "data || '{\"points\": 1.50}'",
}


def events_sealed(count: int, *, per_seal: int = 25, seed: int = 7) -> list[int]:
    """So many events in many seals; their ids, as they are sealed."""
    some = Random(seed)
    for start in range(0, count, per_seal):
        Event.objects.bulk_create(
            Event(
                kind=some.choice(("lead.lost", "lead.assigned", "rep.edited")),
                actor_kind="user",
                actor_id=some.choice((None, 3, 4)),
                object_kind="lead",
                object_id=number,
                data={"points": 1.5, "nested": {"词": ["值", None, True, number]}},
            )
            for number in range(start, min(start + per_seal, count))
        )
        settled()
        assert seal_on()
    return [one for seal, _ in walk() for one in seal.ids]


@contextmanager
def tampered(*statements: str, params: Any = None) -> Iterator[None]:
    """Something is changed although it must not be; at the end it is as it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for one in statements:
            cursor.execute(one, params)
        yield
        transaction.set_rollback(True)


def found(*anchors: Anchor) -> list[Finding]:
    """What verifying the whole chain finds."""
    chain = Chain(anchors)
    for seal, events in walk():
        chain.check(seal, events)
    return chain.end()


def named(findings: list[Finding]) -> set[tuple[str, int]]:
    """What was found, and of which event."""
    return {(one.kind, one.event) for one in findings}
