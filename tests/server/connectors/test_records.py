"""Calls and conversations that programs recorded: on the lead they are about, as evidence."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.connectors.models import Connector, Record
from evenhand.connectors.operations.again import settle_due
from evenhand.connectors.operations.records import match_waiting
from evenhand.connectors.operations.setup import CannotConnect, Settings, edit_connector
from evenhand.connectors.secrets import sealed
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Activity, Lead, Stage
from evenhand.leads.operations.erasing import erase_person
from evenhand.notify.channels.tokens import TOKENS
from evenhand.notify.models import ChatLink
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import User
from evenhand.people.scope import actor_of
from evenhand.routing.take_in import take_in
from tests.fakes import wecom as there
from tests.fakes.wecom import FakeWeCom
from tests.server.api.caller import company
from tests.server.cast import Cast, browser
from tests.server.connectors.platforms import PHONE, PLATFORMS, Sent, address, connector
from tests.server.notify.chats import HERE, connect_wecom

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return company()


@pytest.fixture
def alice(people: Cast) -> Actor:
    return actor_of(people.alice)


def call(**said: Any) -> Sent:
    """A call as the telephone system pushes it when it ended."""
    plain = {
        "call_id": "c1",
        "direction": "outbound",
        "state": "answered",
        "caller": "8001",
        "callee": PHONE,
        "started_at": timezone.now().isoformat(),
        "duration": 186,
    } | said
    return PLATFORMS["webhook"].push(said=plain)


def lead_of(phone: str = PHONE) -> Lead:
    take_in([LeadIn(name="王小测", phone=phone)], actor=SYSTEM)
    return Lead.objects.latest("pk")


def test_a_call_is_logged_with_its_length_and_ends_the_countdown(
    people: Cast, alice: Actor
) -> None:
    row, lead = connector("calls", alice), lead_of()
    assert lead.owner_id is not None
    assert lead.contact_due_at is not None
    owner = User.objects.get(pk=lead.owner_id)
    with pytest.raises(CannotConnect):
        edit_connector(row.pk, Settings("电话", numbers="8001"), actor=alice)
    edit_connector(row.pk, Settings("电话", numbers=f"8001 = {owner.email}"), actor=alice)

    # The customer called and nobody answered: noted, and the countdown runs on.
    missed = {"call_id": "c0", "direction": "inbound", "caller": PHONE, "callee": "8001"}
    assert call(**missed, state="missed", duration=0).post(row).status_code == 200
    lead.refresh_from_db()
    assert lead.contacted_at is None
    # Before the lead was his: noted, and ends nothing.
    earlier = (timezone.now() - timedelta(hours=3)).isoformat()
    call(call_id="c-old", started_at=earlier).post(row)
    lead.refresh_from_db()
    assert lead.contacted_at is None
    # Somebody else speaks with the customer: noted, and the owner has yet to call.
    call(call_id="c-else", agent="9999").post(row)
    lead.refresh_from_db()
    assert lead.contacted_at is None

    call().post(row)
    assert call().post(row).status_code == 200  # again: no second effect

    lead.refresh_from_db()
    assert (lead.contact_due_at, lead.stage) == (None, Stage.CONTACTED)
    assert row.deliveries.get(outcome="duplicate").items == []
    assert row.deliveries.filter(items=[lead.pk]).count() == 4
    logged = Activity.objects.filter(user_id=owner.pk, seconds=186, item_id=lead.pk).latest("pk")
    assert (logged.channel, logged.outcome, logged.evidence) == ("call", "reached", "call_record")
    assert Activity.objects.filter(channel="call").count() == 4
    assert Activity.objects.get(outcome="no_answer").direction == "in"
    line = browser(people.alice, "en").get(f"/leads/{lead.pk}/timeline").content.decode()
    assert "3 min" in line
    assert "The customer called; nobody answered · recorded by a system" in line
    assert list(row.deliveries.order_by("pk").values_list("outcome", flat=True)) == [
        *["accepted"] * 4,
        "duplicate",
    ]


def test_a_call_of_a_stranger_waits_for_his_lead(people: Cast, alice: Actor) -> None:
    row = connector("calls", alice)
    call(agent="no-one").post(row)
    call(call_id="c2", duration="long").post(row)
    call(call_id="c3", test=True).post(row)
    assert Activity.objects.count() == 0
    assert [one.outcome for one in row.deliveries.order_by("pk")] == ["accepted", "to_mend", "test"]
    assert match_waiting() == 0

    lead = lead_of()
    assert match_waiting() == 1
    assert match_waiting() == 0

    logged = Activity.objects.get(channel="call")
    assert (logged.item_id, logged.user_id, logged.seconds) == (lead.pk, None, 186)
    # What is erased is gone here too.
    call(call_id="c4", callee="13900000009").post(row)
    call(call_id="c5").post(row)
    Record.objects.filter(activity_id=None).update(phone_key="13800000101")
    erase_person(lead.pk, typed=str(lead.pk), actor=alice)
    assert not Record.objects.filter(phone_key="13800000101").exists()
    assert not row.deliveries.filter(body__contains=PHONE).exists()


@pytest.fixture
def wecom(settings: Any) -> Iterator[FakeWeCom]:
    settings.PRIVATE_TARGETS = HERE
    TOKENS.clear()
    fake = FakeWeCom({})
    fake.now = int(timezone.now().timestamp())
    with fake.running():
        yield fake


def push(row: Connector, said: Any) -> Any:
    return Client().post(address(row, said["query"]), said["body"], content_type="text/xml")


def test_a_customer_added_at_wecom_is_a_contact(
    people: Cast, alice: Actor, wecom: FakeWeCom
) -> None:
    keys = {"token": there.TOKEN, "aes_key": there.AES_KEY, "corp_id": there.CORP_ID}
    row = connector("wecom", alice)
    Connector.objects.filter(pk=row.pk).update(secrets=sealed(keys))
    connect_wecom(wecom)
    echo = Client().get(address(row, wecom.verification()))
    assert (echo.status_code, echo.content) == (200, b"echo-me-7")
    lead = lead_of()
    ChatLink.objects.create(user_id=lead.owner_id, channel="wecom", address="ownerwx")
    wecom.customers["wm1"] = {"follow_user": [{"userid": "ownerwx", "remark_mobiles": [PHONE]}]}

    answer = push(row, wecom.meet("ownerwx", "wm1"))
    assert (answer.status_code, answer.content) == (200, b"success")
    settle_due(timezone.now())

    lead.refresh_from_db()
    assert lead.contacted_at is not None
    logged = Activity.objects.get(channel="wechat")
    assert (logged.evidence, logged.outcome, logged.user_id) == ("reply", "replied", lead.owner_id)
    # From now on the customer is known by his id, whoever pushes his conversations.
    push(row, wecom.meet("ownerwx", "wm1", "add_half_external_contact"))
    push(row, wecom.meet("ownerwx", "wm2"))  # nobody may ask about him: kept by his id
    push(row, wecom.meet("ownerwx", "wm1", "del_follow_user"))
    settle_due(timezone.now())
    assert Activity.objects.filter(channel="wechat").count() == 2
    assert Record.objects.get(activity_id=None).customer == "wm2"
    assert row.deliveries.latest("pk").outcome == "ignored"
    forged = wecom.meet("ownerwx", "wm1")
    forged["query"]["msg_signature"] = "0" * 40
    assert push(row, forged).status_code == 401
