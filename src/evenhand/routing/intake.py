"""Single leads from many clients at once, written together: group commit.

One writer per process decides whatever waits in order of arrival and commits once.
(reference: stack, section 4)
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from evenhand.engine.reasons import reason
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.intake import LeadIn
from evenhand.people.actor import Actor
from evenhand.people.operations.tokens import actors_for_digests
from evenhand.people.scope import NotAllowed, Right, demand, may
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.platform.together import Overloaded as Overloaded
from evenhand.platform.together import Together
from evenhand.platform.transactions import in_transaction
from evenhand.routing.recognize import Arrival
from evenhand.routing.take_in import TakenIn, take_in_now

MOST_TOGETHER = 128
MOST_WAITING = 2_000


class KeyReused(Refused):
    """The same idempotency key came with another body."""

    def __init__(self) -> None:
        super().__init__(reason("intake.key_reused"), field="Idempotency-Key")


class UnknownToken(Exception):
    """Nobody may call with this token: it is none, or no longer one."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of the lead; `is_repeat` if the key had been answered before."""

    taken: TakenIn
    is_repeat: bool = False


@dataclass(slots=True)
class _Waiting:
    lead: LeadIn
    actor: Actor | None  # None until the token is looked up
    token: str
    key: str
    digest: str

    @property
    def arrival(self) -> Arrival:
        """The lead with whoever sent it."""
        assert self.actor is not None, "whoever is nobody was answered before"
        return Arrival(self.lead, self.actor)

    @property
    def answer_key(self) -> tuple[str, str] | None:
        """Under what the answer is kept; None = without a key nothing is."""
        return (self.arrival.actor.caller, self.key) if self.key else None


def submit(
    lead: LeadIn, *, actor: Actor | None = None, token: str = "", key: str = "", digest: str = ""
) -> Answered:
    """Take in one lead together with whatever else comes right now; answers after the commit.

    Either `actor` sends it, or whoever may use the API token with the digest `token`: who that is
    is looked up for all who wait together, in their transaction. `key` is the caller's
    idempotency key and `digest` that of the body it came with.

    :raises UnknownToken: nobody may use the token.
    :raises NotAllowed: the actor may not enter leads.
    :raises Overloaded: too much waits already; nothing was taken in, or the same key will tell.
    :raises KeyReused: the key was used for another body.
    :raises Refused: the lead names what is not there.
    """
    if actor is not None:
        demand(actor, Right.TAKE_IN)
    return WRITER.ask(_Waiting(lead, actor, token, key, digest))


def _write(together: Sequence[_Waiting]) -> list[Answered | Exception]:
    answers = in_transaction(lambda: _write_once(together), again=(LoadsMoved,))
    crashpoint("intake.committed")
    return answers


WRITER: Together[_Waiting, Answered] = Together(
    "intake", _write, most_together=MOST_TOGETHER, most_waiting=MOST_WAITING
)


def _write_once(together: Sequence[_Waiting]) -> list[Answered | Exception]:
    strangers = _recognize(together)
    admitted = [one for number, one in enumerate(together) if number not in strangers]
    found = iter(_admit(admitted))
    return [
        strangers[number] if number in strangers else next(found) for number in range(len(together))
    ]


def _recognize(together: Sequence[_Waiting]) -> dict[int, Exception]:
    """Look up whose tokens these are; what to answer to those who may not enter leads."""
    tokens = {one.token for one in together if one.token}
    actors = actors_for_digests(tokens) if tokens else {}
    refused: dict[int, Exception] = {}
    for number, one in enumerate(together):
        if one.token:
            one.actor = actors.get(one.token)
        if one.actor is None:
            refused[number] = UnknownToken()
        elif not may(one.actor, Right.TAKE_IN):
            refused[number] = NotAllowed(Right.TAKE_IN)
    return refused


def _admit(together: Sequence[_Waiting]) -> list[Answered | Exception]:
    known = _answers(together)
    answers: dict[int, Answered | Exception] = {}
    fresh: list[int] = []
    first: dict[tuple[str, str], int] = {}
    for number, one in enumerate(together):
        key = one.answer_key
        if key is None:
            fresh.append(number)
        elif key in known:
            digest, body = known[key]
            same = digest == one.digest
            answers[number] = Answered(TakenIn(**body), is_repeat=True) if same else KeyReused()
        elif key in first:
            continue  # the same request twice in one batch: answered below
        else:
            first[key] = number
            fresh.append(number)
    taken = take_in_now([together[number].arrival for number in fresh]) if fresh else []
    answers |= {number: Answered(one) for number, one in zip(fresh, taken, strict=True)}
    _keep(together, dict(zip(fresh, taken, strict=True)))
    for number, one in enumerate(together):
        if number not in answers:
            key = one.answer_key
            assert key is not None
            original = answers[first[key]]
            same = together[first[key]].digest == one.digest
            assert isinstance(original, Answered)
            answers[number] = Answered(original.taken, is_repeat=True) if same else KeyReused()
    return [answers[number] for number in range(len(together))]


def _answers(together: Sequence[_Waiting]) -> dict[tuple[str, str], tuple[str, dict[str, Any]]]:
    keys = sorted({key for one in together if (key := one.answer_key) is not None})
    if not keys:
        return {}
    with connection.cursor() as cursor:
        # Two processes with the same key at the same time: one waits here and then finds it.
        cursor.execute(
            "SELECT count(pg_advisory_xact_lock(hashtextextended(k, 7)))"
            " FROM unnest(%s::text[]) AS k",
            [sorted(f"{caller}|{key}" for caller, key in keys)],
        )
        cursor.execute(
            "SELECT a.caller, a.key, a.body_digest, a.body::text FROM answer a"
            " JOIN unnest(%s::text[], %s::text[]) AS w(caller, key)"
            " ON a.caller = w.caller AND a.key = w.key",
            [[caller for caller, _ in keys], [key for _, key in keys]],
        )
        return {(row[0], row[1]): (row[2], json.loads(row[3])) for row in cursor.fetchall()}


def _keep(together: Sequence[_Waiting], taken: dict[int, TakenIn]) -> None:
    kept = [(together[number], one) for number, one in taken.items() if together[number].key]
    if not kept:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO answer (status, caller, key, body_digest, body) SELECT 201, *"
            " FROM unnest(%s::text[], %s::text[], %s::text[], %s::jsonb[])",
            [
                [one.arrival.actor.caller for one, _ in kept],
                [one.key for one, _ in kept],
                [one.digest for one, _ in kept],
                [json.dumps(answer.as_json()) for _, answer in kept],
            ],
        )
