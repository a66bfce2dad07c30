"""Writing the journal and the outbox, in the transaction of the act they belong to."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from evenhand.journal.models import Event, Outbox


def record(
    kind: str,
    *,
    actor: Any,
    object_kind: str,
    object_id: int | None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write one event. `actor` is a `people.actor.Actor`; the journal knows only its fields."""
    assert connection.in_atomic_block, "an event belongs to the transaction of its act"
    event = Event.objects.create(
        kind=kind,
        actor_kind=actor.kind.value,
        actor_id=actor.token_id if actor.token_id is not None else actor.user_id,
        object_kind=object_kind,
        object_id=object_id,
        data=dict(data or {}),
    )
    for react in _LISTENERS.get(kind, ()):
        react(event, actor.user_id)


# What else happens with an act, in its transaction: packages above say so when they are loaded.
Reaction = Callable[[Event, int | None], None]
_LISTENERS: dict[str, list[Reaction]] = {}


def listen(kind: str, react: Reaction) -> None:
    """Have `react(event, id of the person who acted)` run with every event of a kind."""
    known = _LISTENERS.setdefault(kind, [])
    if react not in known:
        known.append(react)


def owe(kind: str, payload: Mapping[str, Any]) -> None:
    """Owe an effect outside the database: delivered after the commit, at least once."""
    assert connection.in_atomic_block, "an effect belongs to the transaction of its act"
    Outbox.objects.create(kind=kind, payload=dict(payload))
