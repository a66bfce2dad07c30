"""集成: keys are sealed and never shown, tests say what is wrong in words, webhooks are managed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from evenhand.journal.models import Event, Outbox
from evenhand.notify.channels.tokens import TOKENS
from evenhand.notify.delivery import deliver_due
from evenhand.notify.models import ChannelSetup, ChatLink, Choice, Webhook
from evenhand.notify.operations.channels import reseal_all
from evenhand.people.sealing import unseal
from tests.fakes import wecom as there
from tests.fakes.others import FakeReceiver
from tests.fakes.server import Reply
from tests.fakes.wecom import FakeWeCom, error
from tests.server.cast import Cast, browser, cast
from tests.server.notify.chats import HERE, connect_wecom, owe_card

pytestmark = pytest.mark.django_db

PAGE = "/integrations/channels/wecom"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def wecom(settings: Any) -> Iterator[FakeWeCom]:
    settings.PRIVATE_TARGETS = HERE
    TOKENS.clear()
    fake = FakeWeCom({"alicewx": "", "renwx": "13800000001"})
    with fake.running():
        yield fake


@pytest.fixture
def receiver(settings: Any) -> Iterator[FakeReceiver]:
    settings.PRIVATE_TARGETS = HERE
    fake = FakeReceiver()
    with fake.running():
        yield fake


def keys(fake: FakeWeCom, **more: str) -> dict[str, str]:
    return {
        "is_on": "on",
        "corp_id": there.CORP_ID,
        "agent_id": str(there.AGENT_ID),
        "secret": there.SECRET,
        "callback_token": there.TOKEN,
        "callback_key": there.AES_KEY,
        "url": fake.url,
    } | more


def test_secrets_are_sealed_never_shown_and_kept_if_left_empty(
    people: Cast, wecom: FakeWeCom
) -> None:
    client = browser(people.alice)

    assert client.post(PAGE, keys(wecom)).status_code == 302
    row = ChannelSetup.objects.get()
    assert there.SECRET not in row.secrets and there.SECRET in unseal(row.secrets)
    page = client.get(PAGE).content.decode()
    assert there.CORP_ID in page
    assert not any(one in page for one in (there.SECRET, there.TOKEN, there.AES_KEY))

    client.post(PAGE, keys(wecom, secret="", callback_key="", corp_id="ww9"))
    kept = ChannelSetup.objects.get()
    assert there.SECRET in unseal(kept.secrets) and there.AES_KEY in unseal(kept.secrets)
    last = Event.objects.filter(kind="channel.edited").latest("pk")
    assert last.data == {"key": "wecom", "is_on": True, "fields": ["corp_id"]}
    before = kept.secrets
    assert reseal_all() == 1
    assert ChannelSetup.objects.get().secrets != before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("corp_id", ""),
        ("secret", ""),
        ("agent_id", "abc"),
        ("callback_key", "short"),
        ("url", "http://169.254.169.254"),
        ("url", "file:///etc/passwd"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_kept(
    people: Cast, wecom: FakeWeCom, field: str, value: str
) -> None:
    answer = browser(people.alice).post(PAGE, keys(wecom) | {field: value})

    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert not ChannelSetup.objects.exists()


def test_a_test_says_what_is_wrong_in_words(people: Cast, wecom: FakeWeCom) -> None:
    client = browser(people.alice, "en")
    client.post(PAGE, keys(wecom, secret="wrong"))

    said = client.post(f"{PAGE}/test", follow=True).content.decode()
    assert "An id or secret is wrong" in said and "40001" in said

    client.post(PAGE, keys(wecom))
    said = client.post(f"{PAGE}/test", follow=True).content.decode()
    assert "The test went well" in said and wecom.sent == []

    ChatLink.objects.create(user=people.alice, channel="wecom", address="alicewx")
    wecom.trouble("/cgi-bin/message/send", error(60020))
    said = client.post(f"{PAGE}/test", follow=True).content.decode()
    assert "trusted ones" in said
    client.post(f"{PAGE}/test")
    assert [one["touser"] for one in wecom.sent] == ["alicewx"]


def test_a_test_mail_goes_to_who_asks(people: Cast) -> None:
    browser(people.alice).post("/integrations/channels/mail/test")

    assert [one.to for one in mail.outbox] == [[people.alice.email]]


def test_what_was_parked_is_shown_and_sent_again(people: Cast, wecom: FakeWeCom) -> None:
    connect_wecom(wecom)
    row = owe_card("wecom", "newcomer")
    deliver_due(timezone.now())
    client = browser(people.alice, "en")

    page = client.get(PAGE).content.decode()
    assert "newcomer" in page and "There is no such person" in page
    assert "1 parked" in client.get("/integrations").content.decode()
    wecom.members["newcomer"] = ""
    client.post(f"{PAGE}/replay")

    assert deliver_due(timezone.now()).sent == 1
    row.refresh_from_db()
    assert row.parked_at is None and row.delivered_at is not None


def test_members_are_linked_by_hand_and_by_their_numbers(people: Cast, wecom: FakeWeCom) -> None:
    connect_wecom(wecom)
    people.ren.phone = "+86 138 0000 0001"
    people.ren.save()
    people.rui.phone = "13900000002"
    people.rui.save()
    client = browser(people.alice, "en")
    links = "/integrations/links/wecom"

    said = client.post(f"{links}/lookup", follow=True).content.decode()
    assert ChatLink.objects.get().user_id == people.ren.pk
    assert "Rui: There is no such person" in said

    taken = client.post(links, {"user": people.rui.pk, "address": "renwx"})
    assert taken.status_code == 422 and "linked to another member" in taken.content.decode()
    client.post(links, {"user": people.rui.pk, "address": "ruiwx"})
    client.post(links, {"user": people.ren.pk, "address": ""})

    assert [one.address for one in ChatLink.objects.all()] == ["ruiwx"]


def test_a_webhook_is_added_its_secret_shown_once_tested_rotated_removed(
    people: Cast, receiver: FakeReceiver
) -> None:
    client = browser(people.alice, "en")
    given = {"name": "CRM", "url": f"{receiver.url}/in", "kinds": ["lead.assigned"]}

    answer = client.post("/integrations/webhooks/new", given)
    hook = Webhook.objects.get()
    page = client.get(answer.headers["Location"]).content.decode()
    found = re.search(r"whsec_[A-Za-z0-9+/=]+", page)
    assert found is not None
    receiver.secret = found[0]
    assert "whsec_" not in client.get(answer.headers["Location"]).content.decode()
    assert receiver.secret not in hook.secret

    address = f"/integrations/webhooks/{hook.pk}"
    said = client.post(f"{address}/test", follow=True).content.decode()
    assert "took the test event" in said
    receiver.trouble("/in", Reply({}, 500))
    said = client.post(f"{address}/test", follow=True).content.decode()
    assert "The other side refused it (500)" in said

    client.post(f"{address}/rotate")
    assert "whsec_" in client.get(address).content.decode()
    client.post(address, given | {"name": "ERP", "kinds": []})
    hook.refresh_from_db()
    assert (hook.name, hook.kinds, hook.is_on) == ("ERP", [], False)
    client.post(f"{address}/remove")
    assert not Webhook.objects.exists()
    kinds = (
        Event.objects.filter(object_kind="webhook").order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == [
        "webhook.added",
        "webhook.secret_rotated",
        "webhook.edited",
        "webhook.removed",
    ]


@pytest.mark.parametrize(
    "url", ["http://crm.example/in", "https://u:p@crm.example/", "crm.example", "ftp://x/", ""]
)
def test_a_webhook_leads_to_an_encrypted_address_or_is_refused(people: Cast, url: str) -> None:
    answer = browser(people.alice).post("/integrations/webhooks/new", {"name": "x", "url": url})

    assert answer.status_code == 422
    assert not Webhook.objects.exists()
    assert not Event.objects.filter(kind="webhook.added").exists()


def test_the_company_sets_the_default(people: Cast) -> None:
    client = browser(people.alice)

    client.post(
        "/integrations/notices", {"items": ["mail"], "digest": "daily", "daily_at": "08:30"}
    )

    row = Choice.objects.get(user=None)
    assert (row.channels["items"], row.digest, f"{row.daily_at:%H:%M}") == (
        ["mail"],
        "daily",
        "08:30",
    )
    assert browser(people.tom).post("/integrations/notices", {"digest": "now"}).status_code == 403


def test_what_a_removed_webhook_is_owed_is_dropped(people: Cast, receiver: FakeReceiver) -> None:
    client = browser(people.alice)
    given = {"name": "CRM", "url": f"{receiver.url}/in"}
    client.post("/integrations/webhooks/new", given)
    hook = Webhook.objects.get()
    client.post(f"/integrations/webhooks/{hook.pk}", given | {"is_on": "on"})
    assert Outbox.objects.filter(kind="webhook").exists()

    client.post(f"/integrations/webhooks/{hook.pk}/remove")

    assert not Outbox.objects.filter(kind="webhook", payload__webhook=hook.pk).exists()


def test_old_messages_do_not_pour_out_when_a_channel_is_switched_on_again(
    people: Cast, wecom: FakeWeCom
) -> None:
    old, new = owe_card("wecom", "renwx"), owe_card("wecom", "renwx", title="新线索 18")
    Outbox.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=2))

    browser(people.alice).post(PAGE, keys(wecom))

    assert deliver_due(timezone.now()).sent == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.parked_at is not None and new.delivered_at is not None
