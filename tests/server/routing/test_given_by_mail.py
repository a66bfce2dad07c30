"""Who wants it gets a mail for what he is given: owed in the transaction of the act, once."""

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from evenhand.journal.models import Outbox
from evenhand.leads.models import Lead
from evenhand.notify.delivery import deliver_due
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
    User.objects.filter(pk__in=user_ids).update(mails_items=True, locale="en")


def owed() -> list[dict[str, object]]:
    rows = Outbox.objects.filter(kind="mail").order_by("pk")
    return [row.payload for row in rows if row.payload["message"] == "items"]


def test_without_the_switch_nobody_is_mailed() -> None:
    company(3)

    take_in(leads(6), actor=SYSTEM)

    assert owed() == []


def test_one_mail_for_all_that_came_together_and_none_to_who_did_not_want_it() -> None:
    first, second = company(2)
    wants_mail(first.pk)

    take_in(leads(4), actor=SYSTEM)

    assert Lead.objects.filter(owner=second).count() == 2
    (payload,) = owed()
    assert payload["to"] == first.user.email
    assert payload["params"]["count"] == 2  # type: ignore[index]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_mail_leads_to_the_item_and_says_nothing_of_the_customer(language: str) -> None:
    (rep,) = company(1)
    wants_mail(rep.pk)
    User.objects.filter(pk=rep.pk).update(locale=language)
    take_in(leads(1), actor=SYSTEM)
    lead = Lead.objects.get()

    assert deliver_due(timezone.now()).sent == 1
    assert deliver_due(timezone.now()).total == 0

    (sent,) = mail.outbox
    assert f"/leads/{lead.pk}" in sent.body
    for personal in (lead.name, lead.phone, lead.company_name):
        assert not personal or personal not in sent.subject + sent.body
    assert Outbox.objects.get().payload.get("params") is None


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


def test_nothing_is_owed_where_there_is_no_mail_server() -> None:
    (rep,) = company(1)
    wants_mail(rep.pk)

    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST=""
    ):
        take_in(leads(1), actor=SYSTEM)

    assert not Outbox.objects.exists()
