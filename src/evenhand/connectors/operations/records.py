"""Calls and conversations that programs recorded: matched to an item, or kept until it comes.

The customer is found by his phone number, or by his id in the other system once that is known; the
person by his work number, phone, mail address or chat account.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from evenhand.connectors.mapping.document import Document
from evenhand.connectors.models import Connector, Delivery, Known, Outcome, Record
from evenhand.connectors.operations.ending import end, first_seen, mark_of
from evenhand.connectors.operations.programs import program
from evenhand.connectors.reading import Entry, Read
from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import Reason, reason
from evenhand.leads.keys import phone_key
from evenhand.leads.models import Direction
from evenhand.leads.operations.activities import LONGEST_NOTE, LONGEST_SECONDS
from evenhand.leads.operations.records import log_record
from evenhand.leads.queries.in_hand import InHand, item_in_hand
from evenhand.leads.work import OUTCOMES
from evenhand.notify.models import ChatLink
from evenhand.people.models import Organization, User

_CLOCKS_DIFFER = timedelta(minutes=5)
_AT_ONCE = 500


class UnusableRecord(Exception):
    """An entry is not a record of a contact; `why` says what is wrong with it."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.code)
        self.why = why


def take_records(delivery: Delivery, document: Document, read: Read, *, now: datetime) -> Outcome:
    """Keep the records of a delivery, matched if they can be; in the caller's transaction."""
    row = delivery.connector
    country = Organization.objects.values_list("country", flat=True).get(pk=1)
    good, bad = [], []
    for number, entry in enumerate(read.entries):
        if not entry.is_ours or entry.is_test:
            continue
        try:
            record = _record(row, document, entry, country, now)
        except UnusableRecord as error:
            bad.append(error.why)
            continue
        mark = mark_of(delivery, entry, number)
        record.entry_key = f"c{row.pk}-{mark}"[:40]
        good.append((mark, record))
    fresh = first_seen(row.pk, [mark for mark, _ in good])
    for mark, record in good:
        if mark in fresh:
            record.delivery = delivery
            record.save(force_insert=True)
            item = match(record)
            if item is not None and item.kind == ItemKind.LEAD:
                delivery.items.append(item.item_id)
    if bad:
        return end(delivery, Outcome.TO_MEND, bad[0])
    if not fresh:
        return end(delivery, Outcome.DUPLICATE, reason("connector.came_before"))
    return end(delivery, Outcome.ACCEPTED)


def _record(
    row: Connector, document: Document, entry: Entry, country: str, now: datetime
) -> Record:
    said = entry.values
    channel = said.get("channel") or "call"
    outcome = said.get("outcome") or next(iter(OUTCOMES.get(channel, ())), "")
    if outcome not in OUTCOMES.get(channel, ()):
        raise UnusableRecord(reason("connector.field_unusable", field="outcome"))
    direction = said.get("direction") or Direction.OUT
    if direction not in (Direction.IN, Direction.OUT):
        raise UnusableRecord(reason("connector.field_unusable", field="direction"))
    phone = phone_key(said.get("phone", ""), country)
    customer = said.get("customer", "")[:120]
    if not phone and not customer:
        raise UnusableRecord(reason("connector.field_unusable", field="phone"))
    rep = said.get("rep", "")[:120]
    return Record(
        connector=row,
        phone_key=phone,
        customer=customer,
        rep=rep,
        user=person_of(row, document.rep_is, rep, country),
        channel=channel,
        direction=direction,
        outcome=outcome,
        evidence=document.evidence,
        seconds=_seconds(said.get("seconds", "")),
        at=_at(said.get("at", ""), now),
        note=said.get("note", "")[:LONGEST_NOTE],
    )


def _seconds(text: str) -> int | None:
    whole = text.partition(".")[0]
    if not text:
        return None
    if not (whole.isascii() and whole.isdecimal()) or int(whole[:9]) > LONGEST_SECONDS:
        raise UnusableRecord(reason("connector.field_unusable", field="seconds"))
    return int(whole)


def _at(text: str, now: datetime) -> datetime:
    """When it was; a clock that is a little ahead is set back."""
    if not text:
        return now
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise UnusableRecord(reason("connector.field_unusable", field="at")) from None
    if at.tzinfo is None or at > now + _CLOCKS_DIFFER:
        raise UnusableRecord(reason("connector.field_unusable", field="at"))
    return min(at, now)


def person_of(row: Connector, rep_is: str, rep: str, country: str) -> User | None:
    """Who of ours somebody of the other system is: the numbers of the page, then as it says."""
    if not rep:
        return None
    known: Mapping[str, int] = row.numbers
    if rep in known:
        return User.objects.filter(pk=known[rep]).first()
    if rep_is == "email":
        return User.objects.filter(email=rep.lower()).first()
    if rep_is in ("number", "phone"):
        return _with_phone(phone_key(rep, country), country)
    link = ChatLink.objects.select_related("user").filter(channel=rep_is, address=rep).first()
    return None if link is None else link.user


def _with_phone(key: str, country: str) -> User | None:
    if not key:
        return None
    found = [
        user
        for user in User.objects.filter(phone__contains=key[-4:], is_active=True)
        if phone_key(user.phone, country) == key
    ]
    return found[0] if len(found) == 1 else None


def match(record: Record) -> InHand | None:
    """Put a record on the item it was about, if there is one; in the caller's transaction."""
    known = Known.objects.filter(connector_id=record.connector_id, customer=record.customer)
    contact_id = known.values_list("contact_id", flat=True).first() if record.customer else None
    item = item_in_hand(phone_key=record.phone_key, contact_id=contact_id, user_id=record.user_id)
    if item is None:
        return None
    activity = log_record(
        item.kind,
        item.item_id,
        user_id=record.user_id,
        contact_id=item.contact_id,
        channel=record.channel,
        direction=record.direction,
        outcome=record.outcome,
        evidence=record.evidence,
        seconds=record.seconds,
        at=record.at,
        note=record.note,
        entry_key=record.entry_key,
        actor=program(record.connector),
    )
    if record.customer:
        Known.objects.get_or_create(
            connector_id=record.connector_id,
            customer=record.customer,
            defaults={"contact_id": item.contact_id},
        )
    # What was said stands on the item from now on; here it need not be told twice.
    record.activity_id, record.phone_key, record.note = activity.pk, "", ""
    record.save(update_fields=["activity_id", "phone_key", "note"])
    return item


_WITH_ITEM = """
SELECT r.id FROM connector_record r WHERE r.activity_id IS NULL AND (
    r.phone_key <> '' AND EXISTS (SELECT 1 FROM contact c WHERE c.phone_key = r.phone_key)
    OR r.customer <> '' AND EXISTS (SELECT 1 FROM connector_known k
        WHERE k.connector_id = r.connector_id AND k.customer = r.customer))
ORDER BY r.id LIMIT %s
"""


def match_waiting() -> int:
    """Match records whose customer has come since; how many. For the job."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_ITEM, [_AT_ONCE])
        ids = [record_id for (record_id,) in cursor.fetchall()]
    return sum(map(_match_one, ids))


def _match_one(record_id: int) -> bool:
    with transaction.atomic():
        rows = Record.objects.select_for_update(skip_locked=True, of=("self",))
        record = rows.filter(pk=record_id, activity_id=None).first()
        return record is not None and match(record) is not None
