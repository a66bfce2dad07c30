"""Seals and events as they stand in the database, in the form in which they are sealed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from evenhand.journal.seals.verify_alone import Fields, Seal, read_json

# Whatever the settings of the connection: the moment in UTC, to the microsecond.
MOMENT = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"

_COLUMNS = (
    f"id, xact, {MOMENT.format('at')}, kind, actor_kind, actor_id, object_kind, object_id,"
    " data::text"
)
_SEAL = f"number, {MOMENT.format('at')}, first, last_xact, last_id, events, hashes"
# Before everything.
START = (-(2**63), -(2**63))

Place = tuple[int, int]  # (xact, id)


def events_between(after: Place, until: Place) -> Iterator[list[Any]]:
    """Events behind one place, up to and with another, in their order."""
    return _events("(xact, id) > (%s, %s) AND (xact, id) <= (%s, %s)", [*after, *until])


def events_below(after: Place, horizon: int, limit: int) -> Iterator[list[Any]]:
    """The next events behind a place whose transactions are below a horizon."""
    return _events("(xact, id) > (%s, %s) AND xact < %s", [*after, horizon], f"LIMIT {limit}")


def events_by_id(ids: Sequence[int]) -> Iterator[list[Any]]:
    """Events wherever they stand now."""
    return _events("id = ANY(%s)", [list(ids)])


def _events(where: str, params: Sequence[Any], limit: str = "") -> Iterator[list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM event WHERE {where} ORDER BY xact, id {limit}", params
        )
        for row in cursor.fetchall():
            yield [*row[:-1], read_json(row[-1])]


def seals_after(number: int, limit: int) -> list[Seal]:
    """The next seals."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_SEAL} FROM seal WHERE number > %s ORDER BY number LIMIT %s", [number, limit]
        )
        return [_seal(row) for row in cursor.fetchall()]


def last_seal() -> Seal | None:
    """The newest seal; None = nothing is sealed yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_SEAL} FROM seal ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return None if row is None else _seal(row)


def seal_before(number: int) -> Seal | None:
    """The seal that stands before one of this number."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_SEAL} FROM seal WHERE number < %s ORDER BY number DESC LIMIT 1", [number]
        )
        row = cursor.fetchone()
    return None if row is None else _seal(row)


def _seal(row: Sequence[Any]) -> Seal:
    number, at, first, last_xact, last_id, ids, hashes = row
    return Seal(number, at, first, last_xact, last_id, ids, bytes(hashes))


def walk(number: int = 0) -> Iterator[tuple[Seal, dict[int, Fields]]]:
    """Every seal behind one, each with the events that stand in its stretch now.

    What a seal names and stands elsewhere is fetched from there.
    """
    before = seal_before(number + 1)
    place = START if before is None else (before.last_xact, before.last_id)
    while seals := seals_after(number, _SEALS):
        for part in _parts(seals):
            yield from _with_events(part, place)
            place = (part[-1].last_xact, part[-1].last_id)
        number = seals[-1].number


_SEALS, _EVENTS = 100, 5_000


def _parts(seals: Sequence[Seal]) -> Iterator[list[Seal]]:
    """Small seals together: their events are read in one statement."""
    part: list[Seal] = []
    for one in seals:
        part.append(one)
        if sum(len(seal.ids) for seal in part) >= _EVENTS:
            yield part
            part = []
    if part:
        yield part


def _with_events(part: Sequence[Seal], place: Place) -> Iterator[tuple[Seal, dict[int, Fields]]]:
    last = part[-1]
    found = {row[0]: row for row in events_between(place, (last.last_xact, last.last_id))}
    named = {one for seal in part for one in seal.ids}
    for row in events_by_id(sorted(named - found.keys())) if named - found.keys() else ():
        found[row[0]] = row
    extra = sorted(found.keys() - named, key=lambda one: (found[one][1], one))
    for seal in part:
        events: dict[int, Fields] = {one: found[one] for one in seal.ids if one in found}
        while extra and (seal is last or (found[extra[0]][1], extra[0]) <= _end(seal)):
            stray = extra.pop(0)
            events[stray] = found[stray]
        yield seal, events


def _end(seal: Seal) -> Place:
    return seal.last_xact, seal.last_id
