"""A call at the door: is it authentic, is it a test, did it come before? What is authentic is kept
before anything is done with it, and answered as its platform expects."""

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import ceil
from typing import Any

from django.db import IntegrityError, transaction

from evenhand.connectors.calls import MOST_BYTES, Call, UnreadableBody, text_at
from evenhand.connectors.mapping.document import Document, Scheme
from evenhand.connectors.mapping.load import InvalidMapping
from evenhand.connectors.models import Connector, Delivery, Outcome
from evenhand.connectors.operations.settle import PATIENCE, mapping_of, settle
from evenhand.connectors.operations.telling import tell_to_mend
from evenhand.connectors.reading import Read, TooManyEntries, read_call
from evenhand.connectors.secrets import secrets_of, sets_of
from evenhand.connectors.signing import NotAuthentic, authentic, holds
from evenhand.engine.reasons import Reason, reason
from evenhand.people.operations.buckets import take

log = logging.getLogger(__name__)

RATE, BURST = 50, 500  # calls of a connector a second, and at once
# Of calls that are not authentic so many are noted; strangers cannot fill the list.
_NOTED_RATE, _NOTED_BURST = 0.1, 50
_SHORT = 2_000  # characters that are kept of what was refused


@dataclass(frozen=True, slots=True)
class Reply:
    """What the caller hears."""

    status: int
    text: str
    content_type: str = "application/json"
    retry_after: int = 0  # seconds; 0 = not said


def connector_at(key: str) -> Connector | None:
    """The connector with this key in its address."""
    return Connector.objects.select_related("line").filter(key=key[:64]).first()


def receive(row: Connector, call: Call, *, now: datetime) -> Reply:
    """Hear a call and answer it. Whatever is authentic is kept, also if it cannot be used yet."""
    wait = take(f"in:{row.pk}", RATE, BURST)
    if wait:
        return Reply(429, '{"error":"too often"}', retry_after=max(1, ceil(wait)))
    try:
        document = mapping_of(row)
    except InvalidMapping as error:
        # A version of before: kept until somebody mends it, although nobody can say who sent it.
        log.warning("connector %s: its mapping cannot be read: %s", row.pk, error)
        return Reply(503, '{"error":"the mapping has to be mended"}', retry_after=300)
    if len(call.body) > MOST_BYTES:
        why = reason("connector.too_large", limit=MOST_BYTES // 1024)
        return _refused(row, document, call, why, 413, now)
    try:
        found = authentic(document, call, sets_of(row, now), now=now)
    except NotAuthentic as error:
        return _refused(row, document, call, error.why, 401, now)
    try:
        read = read_call(document, found)
    except UnreadableBody:
        keep_to_mend(row, found, reason("connector.body_unreadable"), now)
    except TooManyEntries:
        keep_to_mend(row, found, reason("connector.too_many_entries"), now)
    else:
        _keep(row, found, read, now)
    return Reply(200, document.answer.taken, document.answer.content_type)


def greet(row: Connector, call: Call, *, now: datetime) -> Reply:
    """Prove to the platform that the address is ours."""
    try:
        document = mapping_of(row)
        if document.signature.scheme == Scheme.WECOM:
            echo = authentic(document, call, sets_of(row, now), now=now)
            return Reply(200, echo.text, "text/plain; charset=utf-8")
    except (InvalidMapping, NotAuthentic):
        return Reply(403, "wrong signature", "text/plain; charset=utf-8")
    shake = document.handshake
    if shake is None:
        return Reply(405, "POST", "text/plain; charset=utf-8")
    if shake.when is not None and not holds(shake.when, call, {}, secrets=secrets_of(row)):
        return Reply(403, "wrong token", "text/plain; charset=utf-8")
    echo_text = text_at(shake.echo, call, {})[:200]
    if not echo_text.isascii() or not echo_text.replace("-", "").replace("_", "").isalnum():
        return Reply(400, "nothing to echo", "text/plain; charset=utf-8")
    if shake.as_json:
        return Reply(200, f'{{"{shake.as_json}":"{echo_text}"}}')
    return Reply(200, echo_text, "text/plain; charset=utf-8")


def _refused(
    row: Connector, document: Document, call: Call, why: Reason, status: int, now: datetime
) -> Reply:
    if not take(f"in-noted:{row.pk}", _NOTED_RATE, _NOTED_BURST):
        Delivery.objects.create(
            connector=row,
            at=now,
            outcome=Outcome.REFUSED,
            why=why.as_json(),
            body=call.text[:_SHORT],
        )
    answer = document.answer
    text = answer.refused.replace("{status}", str(status)).replace("{why}", why.code)
    return Reply(answer.refused_status or status, text, answer.content_type)


def _keep(row: Connector, call: Call, read: Read, now: datetime) -> None:
    """Keep what was read under its outcome; what is to be taken in is taken in now if it can."""
    ours = read.ours
    if not ours:
        is_test = any(one.is_test for one in read.entries)
        outcome = Outcome.TEST if is_test else Outcome.IGNORED
        why = None if is_test else reason("connector.not_ours").as_json()
        Delivery.objects.create(connector=row, at=now, outcome=outcome, why=why, body=call.text)
        return
    delivery = _first(row, call, read.mark or body_mark(call), now, Outcome.WAITING)
    if delivery is None or not row.is_on or any(one.wants_fetch for one in ours):
        if delivery is not None and row.is_on:
            Delivery.objects.filter(pk=delivery.pk).update(due_at=now)  # the job fetches
        return
    try:
        settle(delivery.pk, now=now)
    except Exception:
        # It is kept already: the job tries again, and says so if it cannot be done.
        log.exception("connector %s: delivery %s waits", row.pk, delivery.pk)


def keep_to_mend(row: Connector, call: Call, why: Reason, now: datetime) -> None:
    """Keep what nobody can read yet, and tell somebody."""
    delivery = _first(row, call, body_mark(call), now, Outcome.TO_MEND, why)
    if delivery is not None:
        tell_to_mend(row.pk, now=now)


def _first(
    row: Connector,
    call: Call,
    mark: str,
    now: datetime,
    outcome: Outcome,
    why: Reason | None = None,
) -> Delivery | None:
    """Keep a call; None and noted as a repetition where the same one is there already."""
    fields: dict[str, Any] = {"connector": row, "at": now}
    try:
        with transaction.atomic():
            return Delivery.objects.create(
                **fields,
                outcome=outcome,
                mark=mark,
                why=None if why is None else why.as_json(),
                body=call.text,
                due_at=now + PATIENCE if row.is_on and outcome == Outcome.WAITING else None,
            )
    except IntegrityError:
        repeated = reason("connector.came_before").as_json()
        Delivery.objects.create(**fields, outcome=Outcome.DUPLICATE, why=repeated)
        return None


def body_mark(call: Call) -> str:
    """The mark of a call whose entries have no numbers: the same body is the same call."""
    return sha256(call.body).hexdigest()
