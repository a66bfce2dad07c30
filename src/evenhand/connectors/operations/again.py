"""What waits: deliveries that are due, and those a person sends through the mapping again."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.connectors.access import connector_for, delivery_for
from evenhand.connectors.models import Delivery, Outcome
from evenhand.connectors.operations.ending import end
from evenhand.connectors.operations.fetching import NotFetched, fetched_of
from evenhand.connectors.operations.settle import PATIENCE, settle
from evenhand.connectors.operations.telling import tell_to_mend
from evenhand.engine.reasons import Reason, reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand

log = logging.getLogger(__name__)

MOST_TRIES = 8
_AT_ONCE = 200


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
        fetched = fetched_of(delivery)
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
