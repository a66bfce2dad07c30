"""Sealing what has happened: no writer waits for it, and nobody can slip in behind it.

Sealed is only what lies below the oldest transaction that has not ended, in the order of the feed
(`journal.feed`): nothing can appear there any more. A long transaction delays the seal, and it no
transaction.
"""

from django.db import connection, transaction

from evenhand.journal.feed import horizon
from evenhand.journal.models import Seal as Row
from evenhand.journal.seals.reading import MOMENT, START, events_below, last_seal
from evenhand.journal.seals.verify_alone import GENESIS, Fields, Seal, head_of, link

# At most so many events in one seal, and so many seals in one go.
_EVENTS, _SEALS = 5_000, 10
_LOCK = 0x45_56_53


def seal_on(seals: int = _SEALS) -> int:
    """Seal what can be sealed by now; returns how many events. Each seal is a transaction."""
    count = 0
    for _ in range(seals):
        sealed = seal_next()
        count += sealed
        if sealed < _EVENTS:
            break
    return count


def seal_next(limit: int = _EVENTS) -> int:
    """Seal the next events, at most `limit`; 0 = there are none, or somebody else is at it."""
    with transaction.atomic():
        if not _is_ours():
            return 0
        before = last_seal()
        place = START if before is None else (before.last_xact, before.last_id)
        below = horizon()  # asked before the events are read
        events = list(events_below(place, below, limit))
        if not events:
            return 0
        _write(_sealed(before, events, _now()))
    return len(events)


def _sealed(before: Seal | None, events: list[list[object]], at: str) -> Seal:
    number, first, digest = 1, 1, GENESIS
    if before is not None:
        number, first, digest = before.number + 1, before.last + 1, before.head
    ids = [int(str(one[0])) for one in events]
    last = (int(str(events[-1][1])), ids[-1])
    digest = link(digest, head_of(number, at, first, ids, last))
    return Seal(number, at, first, *last, ids, digest + _chained(digest, events))


def _chained(digest: bytes, events: list[list[object]]) -> bytes:
    found = bytearray()
    one: Fields
    for one in events:
        digest = link(digest, one)
        found += digest
    return bytes(found)


def _write(seal: Seal) -> None:
    Row.objects.create(
        number=seal.number,
        at=seal.at,
        first=seal.first,
        last_xact=seal.last_xact,
        last_id=seal.last_id,
        events=list(seal.ids),
        hashes=seal.hashes,
    )


def _is_ours() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _now() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {MOMENT.format('clock_timestamp()')}")
        return str(cursor.fetchone()[0])
