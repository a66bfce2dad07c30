"""Sending what is owed by mail: at least once, with pauses that grow, then parked.

One row, one transaction: whoever dies in between sends that one mail twice and no other.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from evenhand.journal.models import Outbox
from evenhand.wording.catalogue import DEFAULT_LOCALE, LOCALES, UnknownMessage, Words

log = logging.getLogger(__name__)

MAIL = "mail"
# Pauses after each failed try: eight tries within 24 hours.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 819))
_SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one run did: sent, to be tried again, given up."""

    sent: int = 0
    postponed: int = 0
    parked: int = 0

    @property
    def total(self) -> int:
        """How many it looked at."""
        return self.sent + self.postponed + self.parked


def mail_is_set_up() -> bool:
    """Whether there is a mail server; without one, links are copied by hand."""
    return settings.EMAIL_BACKEND != _SMTP or bool(settings.EMAIL_HOST)


def deliver_due(now: datetime, limit: int = 100) -> Delivered:
    """Send the mail that is due, at most `limit`. Several may run at once."""
    counts = {"sent": 0, "postponed": 0, "parked": 0}
    if not mail_is_set_up():
        return Delivered()
    for _ in range(limit):
        outcome = _deliver_one(now)
        if outcome is None:
            break
        counts[outcome] += 1
    return Delivered(**counts)


@transaction.atomic
def _deliver_one(now: datetime) -> str | None:
    row = (
        Outbox.objects.select_for_update(skip_locked=True)
        .filter(kind=MAIL, delivered_at=None, parked_at=None, due_at__lte=now)
        .order_by("due_at", "id")
        .first()
    )
    if row is None:
        return None
    try:
        _message(row).send()
    except (OSError, SMTPException, KeyError, ValueError, UnknownMessage) as error:
        return _postpone(row, now, error)
    row.delivered_at = now
    row.payload = _without_secrets(row)
    row.save(update_fields=["delivered_at", "payload"])
    return "sent"


def _postpone(row: Outbox, now: datetime, error: Exception) -> str:
    """Try again later; after the last try it is parked, where operators see it."""
    row.attempts += 1
    row.last_error = f"{type(error).__name__}: {error}"[:300]
    log.warning("mail %s was not sent (try %s): %s", row.pk, row.attempts, row.last_error)
    is_last = row.attempts > len(PAUSES)
    if is_last:
        row.parked_at = now
        row.payload = _without_secrets(row)
    else:
        row.due_at = now + PAUSES[row.attempts - 1]
    row.save(update_fields=["attempts", "last_error", "due_at", "parked_at", "payload"])
    return "parked" if is_last else "postponed"


def _message(row: Outbox) -> EmailMessage:
    mail = row.payload
    locale = mail.get("locale")
    words = Words(locale if locale in LOCALES else DEFAULT_LOCALE)
    params = {str(name): value for name, value in mail.get("params", {}).items()}
    return EmailMessage(
        subject=words.text(f"mail-{mail['message']}-subject", **params),
        body=words.text(f"mail-{mail['message']}-text", **params),
        to=[mail["to"]],
    )


def _without_secrets(row: Outbox) -> dict[str, str]:
    """A mail may carry a link that logs somebody in: once it is done with, that is forgotten."""
    return {name: str(row.payload.get(name, "")) for name in ("to", "message", "locale")}
