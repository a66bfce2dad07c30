"""Answers kept under an idempotency key, in the transaction of what they answer."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from evenhand.journal.models import Answer


class Busy(Exception):
    """Another request with the same key is still running."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was answered before; `digest` is of the request that it answered."""

    digest: str
    status: int
    body: Any


def kept_answer(caller: str, key: str) -> Kept | None:
    """Hold the key until the transaction ends; the answer it was given before, if any.

    :raises Busy: another transaction holds it.
    """
    assert connection.in_atomic_block, "the key is held by the transaction"
    with connection.cursor() as cursor:
        # The same lock as the group commit of single leads takes.
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 7))", [f"{caller}|{key}"]
        )
        if not cursor.fetchone()[0]:
            raise Busy
    row = Answer.objects.filter(caller=caller, key=key).first()
    return None if row is None else Kept(row.body_digest, row.status, row.body)


def keep_answer(caller: str, key: str, digest: str, status: int, body: Any) -> None:
    """Keep what is answered; `body` is plain values."""
    Answer.objects.create(caller=caller, key=key, body_digest=digest, status=status, body=body)


def forget_answers(texts: Collection[str]) -> int:
    """Drop kept answers that say any of these texts; returns how many.

    Answers are kept for days, so that looking through all of them takes a moment.
    """
    if not texts:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            # As JSON writes a text, without the quotes around it.
            "DELETE FROM answer WHERE EXISTS (SELECT FROM unnest(%s::text[]) AS said"
            " WHERE position(trim(BOTH '\"' FROM to_jsonb(said)::text) IN body::text) > 0)",
            [list(texts)],
        )
        return int(cursor.rowcount)
