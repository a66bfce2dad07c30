"""Who wants it gets a mail for what he is given: owed in the transaction of the act, once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from evenhand.journal.models import Outbox
from evenhand.leads.models import Lead
from evenhand.notify.delivery import deliver_due
from evenhand.notify.letters import WAITS, gather
from evenhand.notify.models import Choice, Letter
from evenhand.people.actor import SYSTEM
from evenhand.people.models import User
from evenhand.platform.transactions import in_transaction
from evenhand.routing.operations.give import transfer
from evenhand.routing.take_in import take_in
from tests.server.routing.test_acts import as_manager
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company, hire

pytestmark = pytest.mark.django_db


def wants_mail(*user_ids: int) -> None:
    User.objects.filter(pk__in=user_ids).update(locale="en")
    for user_id in user_ids:
        Choice.objects.create(user_id=user_id, channels={"items": ["mail"]})


def owed() -> list[dict[str, object]]:
    """What is owed when everything has settled."""
    gather(timezone.now() + timedelta(days=2))
    return [row.payload for row in Outbox.objects.filter(kind="mail").order_by("pk")]


def test_without_a_choice_nobody_is_mailed() -> None:
    company(3)

    take_in(leads(6), actor=SYSTEM)

    assert not Letter.objects.exists()
    assert owed() == []


def test_two_hundred_leads_of_an_import_are_one_message() -> None:
    first, second = company(2)
    wants_mail(first.pk)

    take_in(leads(100), actor=SYSTEM)
    take_in(leads(100), actor=SYSTEM)

    count = Lead.objects.filter(owner=first).count()
    assert Lead.objects.filter(owner=second).exists()
    (payload,) = owed()
    assert payload["to"] == first.user.email
    assert payload["subject"] == f"{count} new messages"


def test_what_still_streams_in_waits_until_it_settles_but_not_for_long() -> None:
    (rep,) = company(1)
    wants_mail(rep.pk)
    take_in(leads(1), actor=SYSTEM)
    at = Letter.objects.get().at

    assert gather(at + timedelta(seconds=1)) == 0
    Letter.objects.update(due_at=at - WAITS)
    assert gather(at + timedelta(seconds=1)) == 1
    assert not Letter.objects.exists()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_mail_leads_to_the_item_and_says_nothing_of_the_customer(language: str) -> None:
    (rep,) = company(1)
    wants_mail(rep.pk)
    User.objects.filter(pk=rep.pk).update(locale=language)
    take_in(leads(1), actor=SYSTEM)
    lead = Lead.objects.get()
    owed()

    assert deliver_due(timezone.now()).sent == 1
    assert deliver_due(timezone.now()).total == 0

    (sent,) = mail.outbox
    assert f"/leads/{lead.pk}" in sent.body
    for personal in (lead.name, lead.phone, lead.company_name):
        assert not personal or personal not in sent.subject + sent.body
    assert "text" not in Outbox.objects.get().payload


def test_what_is_rolled_back_is_never_mailed() -> None:
    (rep,) = company(1)
    wants_mail(rep.pk)

    def take_in_and_fail() -> None:
        take_in(leads(1), actor=SYSTEM)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_transaction(take_in_and_fail)

    assert owed() == []
    assert not Lead.objects.exists()


def test_what_a_manager_gives_is_mailed_to_who_gets_it_alone() -> None:
    first, second = company(2)
    take_in(leads(1), actor=SYSTEM)
    lead = Lead.objects.get()
    to = second if lead.owner_id == first.pk else first
    wants_mail(first.pk, second.pk)

    transfer(
        "lead", lead.pk, to=to.pk, reason="overload", actor=as_manager(hire(to.user.team, "主管"))
    )

    assert [payload["to"] for payload in owed()] == [to.user.email]


def test_what_was_taken_away_meanwhile_is_not_told_of() -> None:
    first, second = company(2)
    take_in(leads(1), actor=SYSTEM)
    lead = Lead.objects.get()
    was, to = (first, second) if lead.owner_id == first.pk else (second, first)
    Lead.objects.all().delete()
    wants_mail(was.pk)
    take_in(leads(1), actor=SYSTEM)
    Lead.objects.update(owner=to)

    assert owed() == []


def test_nothing_is_owed_where_there_is_no_mail_server() -> None:
    (rep,) = company(1)
    wants_mail(rep.pk)

    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST=""
    ):
        take_in(leads(1), actor=SYSTEM)
        assert owed() == []
