"""Writing the journal and the outbox, in the transaction of the act they belong to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.catalogue.types import check_event
from evenhand.journal.models import Event, Outbox
from evenhand.platform.rows import insert_rows


def record(
    kind: str,
    *,
    actor: Any,
    object_kind: str,
    object_id: int | None,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Write one event. `actor` is a `people.actor.Actor`; the journal knows only its fields.

    `at` is the moment of the act, where it has one of its own.

    :raises NotInCatalogue: the catalogue of event types does not promise such an event.
    """
    assert connection.in_atomic_block, "an event belongs to the transaction of its act"
    if kind not in _LISTENERS:
        check_event(CATALOGUE, kind, object_kind, data or {})
        same = {"kind": kind, "object_kind": object_kind, **({} if at is None else {"at": at})}
        row = (actor.kind.value, _id_of(actor), object_id, dict(data or {}))
        insert_rows("event", _EVENT, [row], same=same)
        return
    event = _event(kind, actor, object_kind, object_id, data)
    if at is not None:
        event.at = at
    event.save(force_insert=True)
    _react(event, actor)


def record_many(
    kind: str,
    *,
    actor: Any,
    object_kind: str,
    data: Mapping[int, Mapping[str, Any]],
) -> None:
    """Write one event each for many objects, by id, in their order: one statement for all."""
    told = [(actor, one, what) for one, what in data.items()]
    record_each(kind, object_kind=object_kind, told=told)


def record_each(
    kind: str, *, object_kind: str, told: Sequence[tuple[Any, int, Mapping[str, Any]]]
) -> None:
    """The same where each is another actor's: (actor, object, data), in this order."""
    assert connection.in_atomic_block, "an event belongs to the transaction of its act"
    if kind not in _LISTENERS:
        for _, _, what in told:
            check_event(CATALOGUE, kind, object_kind, what)
        rows = [(who.kind.value, _id_of(who), one, what) for who, one, what in told]
        same = {"kind": kind, "object_kind": object_kind}
        insert_rows("event", _EVENT, rows, same=same)
        return
    events = [_event(kind, actor, object_kind, one, what) for actor, one, what in told]
    written = Event.objects.bulk_create(events, batch_size=1_000)
    for event, (actor, _, _) in zip(written, told, strict=True):
        _react(event, actor)


_EVENT = {"actor_kind": "text", "actor_id": "bigint", "object_id": "bigint", "data": "jsonb"}


def _id_of(actor: Any) -> int | None:
    found: int | None = actor.token_id if actor.token_id is not None else actor.user_id
    return found


def _event(
    kind: str,
    actor: Any,
    object_kind: str,
    object_id: int | None,
    data: Mapping[str, Any] | None,
) -> Event:
    check_event(CATALOGUE, kind, object_kind, data or {})
    return Event(
        kind=kind,
        actor_kind=actor.kind.value,
        actor_id=_id_of(actor),
        object_kind=object_kind,
        object_id=object_id,
        data=dict(data or {}),
    )


def _react(event: Event, actor: Any) -> None:
    for react in _LISTENERS.get(event.kind, ()):
        react(event, actor.user_id)


# What else happens with an act, in its transaction: packages above say so when they are loaded.
Reaction = Callable[[Event, int | None], None]
_LISTENERS: dict[str, list[Reaction]] = {}


def listen(kind: str, react: Reaction) -> None:
    """Have `react(event, id of the person who acted)` run with every event of a kind."""
    known = _LISTENERS.setdefault(kind, [])
    if react not in known:
        known.append(react)


def owe(kind: str, *payloads: Mapping[str, Any]) -> None:
    """Owe effects outside the database: delivered after the commit, at least once."""
    assert connection.in_atomic_block, "an effect belongs to the transaction of its act"
    owed = (Outbox(kind=kind, payload=dict(payload)) for payload in payloads)
    Outbox.objects.bulk_create(owed, batch_size=1_000)
