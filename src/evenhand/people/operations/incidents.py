"""What was refused: wrong guesses, closed doors, limits that were reached.

A guesser fails a thousand times a minute, and the journal is for good: so refusals are counted, one
row per person and cause, and every few minutes one event tells of each row, at the moment of its
last refusal. There are never more events than people times causes, however many accounts a guesser
invents: those nobody has share a row. Where an address is kept, it is a keyed digest: enough to see
that two came from one place.
"""

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from evenhand.journal.operations import record
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound

LOGIN, ACCESS, LIMIT = "login.failed", "access.refused", "limit.reached"

_NOTE = """
INSERT INTO incident AS i
    (key, kind, user_id, token_id, why, what, source, count, last_at)
VALUES (%(key)s, %(kind)s, %(user)s, %(token)s, %(why)s, %(what)s, %(source)s, %(times)s,
        clock_timestamp())
ON CONFLICT (key) DO UPDATE SET count = i.count + excluded.count, source = excluded.source,
    last_at = clock_timestamp()
"""
_TAKE = """
DELETE FROM incident RETURNING kind, user_id, token_id, why, what, source, count, last_at
"""


def note_failed_login(user_id: int | None, why: str, *, address: str) -> None:
    """Somebody was not let in; `why`: password, code, again, wait. `user_id`: None = nobody's."""
    _note(LOGIN, why, user_id=user_id, source=source_of(address))


def note_refusal(actor: Actor, error: NotAllowed | NotFound) -> None:
    """Somebody asked for what he may not do, or for what is not there for him."""
    if isinstance(error, NotAllowed):
        why, what = "not_allowed", error.right.value
    else:
        why, what = "out_of_reach", error.kind
    _note(ACCESS, why, what=what, user_id=actor.user_id, token_id=actor.token_id)


def note_limit(actor: Actor, limit: str, *, times: int = 1) -> None:
    """Somebody reached a limit so many times."""
    _note(LIMIT, "", what=limit, user_id=actor.user_id, token_id=actor.token_id, times=times)


def tell_incidents() -> int:
    """Write an event for each row that was counted since the last time; how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE)
        rows = sorted(cursor.fetchall(), key=lambda row: row[7])
        for kind, user_id, token_id, why, what, source, count, at in rows:
            told = {"why": why, "what": what, "token": token_id, "source": source}
            data = {name: value for name, value in told.items() if value}
            data["count"] = count
            record(kind, actor=SYSTEM, object_kind="person", object_id=user_id, data=data, at=at)
    return len(rows)


def source_of(address: str) -> str:
    """A network address as the journal may hold it; "" = not known."""
    if not address:
        return ""
    return salted_hmac("evenhand: source", address, algorithm="sha256").hexdigest()[:16]


def _note(
    kind: str,
    why: str,
    *,
    what: str = "",
    user_id: int | None,
    token_id: int | None = None,
    source: str = "",
    times: int = 1,
) -> None:
    who = f"token:{token_id}" if token_id is not None else f"user:{user_id}"
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "key": f"{kind}:{who}:{why}:{what}"[:120],
                "kind": kind,
                "user": user_id,
                "token": token_id,
                "why": why,
                "what": what[:40],
                "source": source,
                "times": times,
            },
        )
