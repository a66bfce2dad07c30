"""What waits: deliveries that are due, and those a person sends through the mapping again."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.connectors.access import connector_for, delivery_for
from evenhand.connectors.calls import UnreadableBody
from evenhand.connectors.mapping.document import Fetch
from evenhand.connectors.mapping.load import InvalidMapping
from evenhand.connectors.models import Delivery, Outcome
from evenhand.connectors.operations.ending import end
from evenhand.connectors.operations.settle import PATIENCE, kept_call, mapping_of, settle
from evenhand.connectors.operations.telling import tell_to_mend
from evenhand.connectors.reading import TooManyEntries, read_call
from evenhand.connectors.secrets import secrets_of
from evenhand.engine.reasons import Reason, reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.http_out import NotAllowedThere, Unreachable, send

log = logging.getLogger(__name__)

MOST_TRIES = 8
_AT_ONCE = 200
_MOST_FETCHED = 100


class NotFetched(Exception):
    """The fields of an entry could not be fetched; `may_come`: later perhaps."""

    def __init__(self, why: Reason, *, may_come: bool) -> None:
        super().__init__(why.code)
        self.why = why
        self.may_come = may_come


def settle_due(now: datetime, most: int = _AT_ONCE) -> int:
    """Take in deliveries that wait and are due; how many. For the job."""
    due = Delivery.objects.filter(outcome=Outcome.WAITING, due_at__lte=now)
    ids = list(due.order_by("due_at").values_list("pk", flat=True)[:most])
    for delivery_id in ids:
        if due.filter(pk=delivery_id).update(due_at=now + PATIENCE):
            _try(delivery_id, now)
    return len(ids)


def _try(delivery_id: int, now: datetime) -> None:
    delivery = Delivery.objects.select_related("connector__line").get(pk=delivery_id)
    try:
        fetched = _fetched(delivery)
        settle(delivery_id, now=now, fetched=fetched)
    except NotFetched as error:
        _later(delivery, error.why, now, may_come=error.may_come)
    except Exception:
        # One that cannot be taken in must not hold up the others.
        log.exception("connector delivery %s failed", delivery_id)
        _later(delivery, reason("connector.failed"), now, may_come=True)


def _later(delivery: Delivery, why: Reason, now: datetime, *, may_come: bool) -> None:
    delivery.tries += 1
    if not may_come or delivery.tries >= MOST_TRIES:
        with transaction.atomic():
            end(delivery, Outcome.TO_MEND, why)
            tell_to_mend(delivery.connector_id, now=now)
    delivery.due_at = (
        now + timedelta(seconds=30 * 2**delivery.tries)
        if delivery.outcome == Outcome.WAITING
        else None
    )
    delivery.why = why.as_json()
    delivery.save(update_fields=["tries", "due_at", "why"])


def _fetched(delivery: Delivery) -> dict[str, Any]:
    """The fields of entries that came as numbers only.

    :raises NotFetched: they could not be had.
    """
    row = delivery.connector
    try:
        document = mapping_of(row)
        read = read_call(document, kept_call(delivery), is_kept=True)
    except (InvalidMapping, UnreadableBody, TooManyEntries):
        return {}  # settling says it
    wanted = [one.id for one in read.ours if one.wants_fetch][:_MOST_FETCHED]
    if document.fetch is None or not wanted:
        return {}
    token = secrets_of(row).get(document.fetch.token, "")
    if not token:
        raise NotFetched(reason("connector.no_token", key=document.fetch.token), may_come=False)
    return {number: _fetch(document.fetch, number, token) for number in wanted}


def _fetch(fetch: Fetch, number: str, token: str) -> Mapping[str, Any]:
    url, headers = fetch.url.replace("<id>", quote(number, safe="")), {}
    if fetch.query:
        url += f"{'&' if '?' in url else '?'}{fetch.query}={quote(token, safe='')}"
    else:
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = send("GET", url, headers=headers, allowed=settings.PRIVATE_TARGETS)
    except NotAllowedThere:
        raise NotFetched(
            reason("connector.fetch_unusable", value=fetch.url), may_come=False
        ) from None
    except Unreachable:
        raise NotFetched(reason("connector.fetch_failed", status=0), may_come=True) from None
    if answer.status != 200:
        may_come = answer.status == 429 or answer.status >= 500
        raise NotFetched(reason("connector.fetch_failed", status=answer.status), may_come=may_come)
    try:
        found = json.loads(answer.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotFetched(reason("connector.fetch_failed", status=answer.status), may_come=False)
    return found


def send_again(connector_id: int, delivery_id: int | None = None, *, actor: Actor) -> int:
    """Send what is to mend through the mapping as it is now (one, or all); how many went in.

    :raises NotAllowed, NotFound: as `connector_for`.
    """
    demand(actor, Right.EDIT_COMPANY)
    row = connector_for(actor, connector_id)
    rows = Delivery.objects.filter(connector=row, outcome=Outcome.TO_MEND).exclude(body="")
    if delivery_id is not None:
        rows = rows.filter(pk=delivery_for(actor, connector_id, delivery_id).pk)
    now, done = timezone.now(), 0
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:1_000])
    for one in ids:
        Delivery.objects.filter(pk=one, outcome=Outcome.TO_MEND).update(
            outcome=Outcome.WAITING, due_at=now + PATIENCE, tries=0
        )
        _try(one, now)
    done = Delivery.objects.filter(pk__in=ids).exclude(outcome=Outcome.TO_MEND).count()
    with transaction.atomic():
        data = {"name": row.name, "count": len(ids)}
        record(
            "connector.sent_again",
            actor=actor,
            object_kind="connector",
            object_id=row.pk,
            data=data,
        )
    return done
