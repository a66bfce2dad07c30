"""Mail is sent at least once, tried again with growing pauses, and parked at last."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from evenhand.journal.models import Outbox
from evenhand.notify.delivery import PAUSES, deliver_due
from evenhand.notify.operations import owe_mail

pytestmark = pytest.mark.django_db

NOW = datetime(2126, 3, 2, 9, tzinfo=UTC)
PARAMS = {"name": "王芳", "company": "华东机械", "hours": 72, "link": "https://e.example/l/secret"}


class Broken(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("nobody there")


def _owe(locale: str = "zh-Hans") -> Outbox:
    with transaction.atomic():
        assert owe_mail("wang@example.com", "invite", locale=locale, params=PARAMS)
    return Outbox.objects.latest("pk")


def test_what_is_owed_is_sent_once_in_the_language_of_its_reader() -> None:
    row = _owe("en")

    assert deliver_due(NOW).sent == 1
    assert deliver_due(NOW).total == 0
    (sent,) = mail.outbox
    assert sent.to == ["wang@example.com"]
    assert sent.subject == "华东机械 invites you to Evenhand"
    assert "https://e.example/l/secret" in sent.body
    row.refresh_from_db()
    assert row.delivered_at == NOW


def test_a_link_is_forgotten_once_it_was_sent() -> None:
    row = _owe()

    deliver_due(NOW)

    row.refresh_from_db()
    assert "secret" not in str(row.payload)


def test_what_is_not_due_yet_waits() -> None:
    row = _owe()
    Outbox.objects.filter(pk=row.pk).update(due_at=NOW + timedelta(seconds=1))

    assert deliver_due(NOW).total == 0
    assert mail.outbox == []


def test_a_run_takes_no_more_than_its_limit() -> None:
    for _ in range(3):
        _owe()

    assert deliver_due(NOW, limit=2).sent == 2
    assert deliver_due(NOW, limit=2).sent == 1


def test_eight_tries_in_a_day_and_then_it_is_parked(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    row = _owe()
    at, tries = NOW, 0

    while not row.parked_at:
        tries += deliver_due(at).total
        row.refresh_from_db()
        at = max(at, row.due_at)

    assert tries == row.attempts == 8
    assert sum(PAUSES, timedelta()) == timedelta(hours=24)
    assert row.last_error == "unreachable: ConnectionRefusedError: nobody there"
    assert row.delivered_at is None
    assert deliver_due(at + timedelta(days=9)).total == 0


def test_a_mail_that_fails_does_not_hold_up_the_next() -> None:
    first, second = _owe(), _owe()
    Outbox.objects.filter(pk=first.pk).update(payload={"to": "x@example.com", "message": "no-such"})

    done = deliver_due(NOW)

    assert (done.sent, done.postponed) == (1, 1)
    second.refresh_from_db()
    assert second.delivered_at == NOW


def test_without_a_mail_server_nothing_is_owed(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = ""

    with transaction.atomic():
        assert not owe_mail("wang@example.com", "invite", locale="en", params=PARAMS)

    assert not Outbox.objects.exists()
