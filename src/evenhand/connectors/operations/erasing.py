"""What erasing a person reaches here: bodies that tell of him, records of talks with him."""

from datetime import datetime, timedelta

from django.db import connection

from evenhand.connectors.models import Delivery, Known, Outcome, Record, Seen
from evenhand.leads.operations.erasing import ALSO, Person

# So long the body of what was taken in is kept, to look at and to send again.
KEPT_TAKEN = timedelta(days=14)
KEPT_TO_MEND = timedelta(days=90)
KEPT_ROWS = timedelta(days=90)
# Records of talks with people who are not here yet wait so long.
KEPT_RECORDS = timedelta(days=30)
_DIGITS_AT_LEAST = 7


def start() -> None:
    """Reach these tables from now on, in this process."""
    if forget_person not in ALSO:
        ALSO.append(forget_person)


def forget_person(person: Person) -> None:
    """Drop the bodies of deliveries that tell of this person, and records of talks with him.

    Bodies that became his leads are known; others are found by his phone numbers and mail
    addresses, however those are written there. One that waited to be taken in goes with him.
    """
    mails = sorted(person.emails)
    digits = sorted(
        {
            "".join(sign for sign in phone.partition("x")[0] if sign.isdecimal())
            for phone in person.phones
        }
    )
    numbers = [one for one in digits if len(one) >= _DIGITS_AT_LEAST]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE connector_delivery SET body = '', due_at = NULL,"
            " outcome = CASE WHEN outcome IN ('waiting', 'to_mend') THEN 'ignored' ELSE outcome END"
            " WHERE body <> '' AND (items && %s::bigint[]"
            " OR EXISTS (SELECT 1 FROM unnest(%s::text[]) AS m"
            "  WHERE position(m IN lower(body)) > 0)"
            " OR EXISTS (SELECT 1 FROM unnest(%s::text[]) AS d"
            "  WHERE position(d IN regexp_replace(body, '[^0-9]+', '', 'g')) > 0))",
            [list(person.leads), mails, numbers],
        )
    Record.objects.filter(phone_key__in=person.phones - {""}).delete()
    Known.objects.filter(contact_id__in=person.contacts).delete()


def drop_old(now: datetime) -> None:
    """Drop bodies, rows and marks whose time is over."""
    with_body = Delivery.objects.exclude(body="")
    waiting = (Outcome.TO_MEND, Outcome.WAITING)
    with_body.filter(at__lt=now - KEPT_TAKEN).exclude(outcome__in=waiting).update(body="")
    old = Delivery.objects.filter(at__lt=now - KEPT_ROWS)
    old.exclude(outcome=Outcome.WAITING).delete()
    Seen.objects.filter(at__lt=now - KEPT_ROWS).delete()
    Record.objects.filter(at__lt=now - KEPT_RECORDS, activity_id=None).delete()
    Record.objects.filter(at__lt=now - KEPT_ROWS).delete()
