"""Taking in what a delivery says: leads, or contacts that were recorded.

The entries and where the delivery ended are written in one transaction, and an entry that was
taken in is marked as seen: nothing is taken in twice, however often it comes or is tried.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from evenhand.connectors.calls import Call, UnreadableBody
from evenhand.connectors.mapping.document import Document, Kind
from evenhand.connectors.mapping.load import InvalidMapping, read_mapping
from evenhand.connectors.models import Connector, Delivery, Outcome
from evenhand.connectors.operations.ending import end, first_seen, mark_of
from evenhand.connectors.operations.programs import program
from evenhand.connectors.operations.records import take_records
from evenhand.connectors.operations.telling import tell_to_mend
from evenhand.connectors.reading import (
    Read,
    TooManyEntries,
    lead_of,
    read_call,
    why_not,
)
from evenhand.engine.reasons import Reason, reason
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.intake import InvalidIntake
from evenhand.people.models import Organization
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.routing.recognize import Arrival
from evenhand.routing.take_in import take_in_now

log = logging.getLogger(__name__)

# So long a delivery belongs to whoever takes it in; then the job does.
PATIENCE = timedelta(minutes=1)
OPEN = (Outcome.WAITING, Outcome.TO_MEND)


def settle(delivery_id: int, *, now: datetime, fetched: Mapping[str, Any] | None = None) -> Outcome:
    """Take in what a kept delivery says, by the mapping as it stands now; says where it ended."""
    try:
        outcome = in_transaction(
            lambda: _settle(delivery_id, now, fetched or {}), again=(LoadsMoved,)
        )
    except Refused as refusal:
        outcome = _mend(delivery_id, refusal.why)
    if outcome == Outcome.TO_MEND:
        row = Delivery.objects.only("connector_id").get(pk=delivery_id)
        tell_to_mend(row.connector_id, now=now)
    return outcome


def kept_call(delivery: Delivery) -> Call:
    """A kept delivery as the call that it was; its headers are gone."""
    return Call("POST", "", body=delivery.body.encode())


def mapping_of(row: Connector) -> Document:
    """The mapping of a connector as it stands.

    :raises InvalidMapping: it cannot be read any more.
    """
    zone = Organization.objects.values_list("zone", flat=True).filter(pk=1).first()
    return _read(row.mapping, zone or "Asia/Shanghai")


@lru_cache(maxsize=200)
def _read(text: str, zone: str) -> Document:
    return read_mapping(text, zone=zone)


def _settle(delivery_id: int, now: datetime, fetched: Mapping[str, Any]) -> Outcome:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("connector__line")
    delivery = rows.get(pk=delivery_id)
    if delivery.outcome not in OPEN or not delivery.body:
        return Outcome(delivery.outcome)
    try:
        document = mapping_of(delivery.connector)
        read = read_call(document, kept_call(delivery), fetched, is_kept=True)
    except InvalidMapping:
        return end(delivery, Outcome.TO_MEND, reason("connector.mapping_wrong", count=1))
    except UnreadableBody:
        return end(delivery, Outcome.TO_MEND, reason("connector.body_unreadable"))
    except TooManyEntries:
        return end(delivery, Outcome.TO_MEND, reason("connector.too_many_entries"))
    if not read.ours:
        if any(one.is_test for one in read.entries):
            return end(delivery, Outcome.TEST)
        return end(delivery, Outcome.IGNORED, reason("connector.not_ours"))
    if document.kind == Kind.ACTIVITIES:
        return take_records(delivery, document, read, now=now)
    return _take_leads(delivery, read)


def _take_leads(delivery: Delivery, read: Read) -> Outcome:
    row = delivery.connector
    line = row.line.key if row.line is not None else ""
    good, bad = [], []
    for number, entry in enumerate(read.entries):
        if not entry.is_ours or entry.is_test:
            continue
        try:
            good.append(
                (mark_of(delivery, entry, number), lead_of(entry, line=line, source=row.source))
            )
        except InvalidIntake as error:
            bad.append(why_not(error))
    fresh = first_seen(row.pk, [mark for mark, _ in good])
    new = [lead for mark, lead in good if mark in fresh]
    actor = program(row)
    taken = take_in_now([Arrival(lead, actor) for lead in new]) if new else []
    delivery.items = [*delivery.items, *(one.lead_id for one in taken)]
    if bad:
        return end(delivery, Outcome.TO_MEND, bad[0])
    if not new and not delivery.items:
        return end(delivery, Outcome.DUPLICATE, reason("connector.came_before"))
    return end(delivery, Outcome.ACCEPTED)


def _mend(delivery_id: int, why: Reason) -> Outcome:
    Delivery.objects.filter(pk=delivery_id).update(
        outcome=Outcome.TO_MEND, why=why.as_json(), due_at=None
    )
    return Outcome.TO_MEND
