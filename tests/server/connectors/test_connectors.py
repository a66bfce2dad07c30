"""Platforms push leads: authentic ones are taken in once, the others are refused with a reason."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.connectors.models import Connector, Delivery, Outcome
from evenhand.connectors.operations.again import send_again, settle_due
from evenhand.connectors.operations.erasing import drop_old
from evenhand.connectors.operations.setup import (
    CannotConnect,
    MappingRefused,
    Settings,
    edit_connector,
    reseal_all,
    rotate_secrets,
    save_mapping,
)
from evenhand.connectors.secrets import secrets_of
from evenhand.connectors.templates import TEMPLATES
from evenhand.leads.models import Lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.notify.models import Notice
from evenhand.people.actor import Actor
from evenhand.people.scope import actor_of
from tests.server.api.caller import company
from tests.server.cast import Cast, browser
from tests.server.connectors.platforms import PLATFORMS, SECRETS, Sent, connector

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return company()


@pytest.fixture
def alice(people: Cast) -> Actor:
    return actor_of(people.alice)


def outcomes(row: Connector) -> list[str]:
    return list(row.deliveries.order_by("pk").values_list("outcome", flat=True))


def codes(row: Connector) -> list[str]:
    return [one.why["code"] for one in row.deliveries.order_by("pk") if one.why]


def shuffled(said: Any) -> Any:
    """The same with its fields in another order, and fields nobody told us of."""
    if isinstance(said, list):
        return [shuffled(one) for one in said]
    if not isinstance(said, dict):
        return said
    pairs = [(name, shuffled(value)) for name, value in said.items()]
    random.Random(7).shuffle(pairs)
    return dict([("new_field", {"a": [1, None, True]}), *pairs])


@pytest.mark.parametrize("template", [one for one in TEMPLATES if one in PLATFORMS])
def test_a_platform_pushes_leads(template: str, alice: Actor) -> None:
    platform = PLATFORMS[template]
    row = connector(template, alice)

    # A push is a lead; the answer is what the platform waits for.
    answer = platform.push().post(row)
    assert (answer.status_code, outcomes(row)) == (200, ["accepted"]), answer.content
    lead = Lead.objects.get()
    assert (lead.name, lead.via, lead.source) == (platform.name, "connector", "测试渠道")
    assert {name: getattr(lead, name) for name in platform.expected} == platform.expected
    assert row.deliveries.get().items == [lead.pk]

    # The same again, exactly or repeated by the platform later, has no second effect.
    assert platform.push().post(row).status_code == 200
    # Fields in another order and new ones do not matter.
    more = platform.push(said=shuffled(platform.lead("1002")))
    assert more.post(row).status_code == 200
    assert outcomes(row)[1:] == ["duplicate", "accepted"]
    assert Lead.objects.count() == 1  # of the same person: a touch of the open lead

    # Nobody else gets in, old calls neither, and the platform's test goes to nobody.
    if platform.forge is not None:
        forged = platform.forge(platform.push("1003"))
        assert forged.post(row).status_code == 401
        assert codes(row)[-1] in ("connector.wrong_signature", "connector.no_time")
    if platform.has_stamp:
        platform.push("1004", age=3_600).post(row)
        assert codes(row)[-1] == "connector.too_old"
    tested = platform.push(said=platform.test(platform.lead("1005")))
    assert tested.post(row).status_code == 200
    assert outcomes(row)[-1] == "test"
    assert Lead.objects.count() == 1


def test_what_cannot_be_mapped_is_kept_told_and_taken_in_once_it_is_mended(
    people: Cast, alice: Actor
) -> None:
    row = connector("webhook", alice)
    webhook = PLATFORMS["webhook"]
    said = {"id": "x1", "kontakt": {"navn": "Ole", "tlf": PHONE_ABROAD}}

    answer = webhook.push(said=said).post(row)

    assert (answer.status_code, outcomes(row)) == (200, ["to_mend"])
    assert Notice.objects.get(kind="connector_to_mend").user_id == people.alice.pk
    # Told once, however many come.
    webhook.push(said=said | {"id": "x2"}).post(row)
    assert Notice.objects.count() == 1

    with pytest.raises(MappingRefused):
        save_mapping(row.pk, row.mapping.replace("fields:", "felder:"), actor=alice)
    text = row.mapping.replace("name: name", "name: kontakt.navn").replace(
        "[phone, mobile, telephone]", "[phone, kontakt.tlf]"
    )
    save_mapping(row.pk, text, actor=alice)
    assert send_again(row.pk, actor=alice) == 2
    assert outcomes(row) == ["accepted", "accepted"]
    assert Lead.objects.get().name == "Ole"
    assert send_again(row.pk, actor=alice) == 0


PHONE_ABROAD = "+47 22 12 34 56"


def test_a_paused_connector_keeps_what_comes_until_it_is_on_again(alice: Actor) -> None:
    row = connector("webhook", alice, is_on=False)
    answer = PLATFORMS["webhook"].push().post(row)
    assert (answer.status_code, outcomes(row), Lead.objects.count()) == (200, ["waiting"], 0)
    settle_due(timezone.now() + timedelta(minutes=5))
    assert outcomes(row) == ["waiting"]

    edit_connector(row.pk, Settings(row.name), actor=alice)
    settle_due(timezone.now())

    assert (outcomes(row), Lead.objects.count()) == (["accepted"], 1)


def test_replaced_secrets_are_good_for_a_day_and_can_be_sealed_anew(alice: Actor) -> None:
    row = connector("webhook", alice)
    made = rotate_secrets(row.pk, actor=alice)
    assert made["secret"] != SECRETS["secret"]

    assert PLATFORMS["webhook"].push().post(row).status_code == 200
    row.refresh_from_db()
    row.old_until = timezone.now() - timedelta(seconds=1)
    row.save()

    assert PLATFORMS["webhook"].push("1002").post(row).status_code == 401
    assert codes(row) == ["connector.wrong_signature"]
    assert reseal_all() == 1
    row.refresh_from_db()
    assert secrets_of(row)["secret"] == made["secret"]


def test_no_body_whatever_makes_a_server_error_and_none_is_lost(alice: Actor) -> None:
    chance = random.Random(11)
    rows = {one: connector(one, alice) for one in TEMPLATES}
    bad: list[tuple[str, int, bytes]] = []
    for template, row in rows.items():
        platform = PLATFORMS.get(template)
        for body in _bodies(chance):
            sent = Sent(body) if platform is None else platform.sign(body, {}, 0)
            answer = sent.post(row)
            if answer.status_code >= 500:
                bad.append((template, answer.status_code, body[:80]))
    assert bad == []
    webhook = rows["webhook"]
    assert Outcome.WAITING not in outcomes(webhook)
    assert set(outcomes(webhook)) >= {"to_mend"}
    assert "connector.too_large" in codes(webhook)
    assert Sent(b"{}").post(replace_key(webhook, "nobody")).status_code == 404


def replace_key(row: Connector, key: str) -> Connector:
    return Connector(key=key, name=row.name)


def _bodies(chance: random.Random) -> list[bytes]:
    """Bodies that no platform sends."""
    odd: list[Any] = [
        *(None, 0, "", [], {}, [[]], {"id": None}, [1, "a", None], {"id": {"a": [{}]}}),
        {"id": "\ud800", "name": "\x00a", "phone": "138\u0000"},
        {"id": "9" * 5_000, "name": "长" * 5_000, "phone": "1" * 500, "email": "x"},
        {"name": ["a", {"b": 1}], "phone": 13800000101, "budget": "1e999", "extra": ["x"]},
        {"test": "yes", "id": 1.5, "budget": -3, "name": True},
    ]
    bodies = [json.dumps(one).encode() for one in odd]
    bodies += [b"", b"\xff\xfe", b"{", b"[" * 5_000, b'{"a":' * 500, b"a=1&a=2&b", b"<a", b"NaN"]
    bodies += [b"<!DOCTYPE x><x/>", b"<x>" + b"<y>" * 200, b'"' + b"x" * 300_000 + b'"']
    bodies += [
        bytes(chance.randrange(256) for _ in range(chance.randrange(1, 60))) for _ in "12345"
    ]
    return bodies


def test_erasing_a_person_reaches_what_was_delivered(people: Cast, alice: Actor) -> None:
    row = connector("webhook", alice)
    webhook = PLATFORMS["webhook"]
    webhook.push().post(row)
    webhook.push(said={"id": "odd", "other": "138 0000 0101"}).post(row)
    webhook.push(said={"id": "odder", "other": "other"}).post(row)
    lead = Lead.objects.get()

    erase_person(lead.pk, typed=str(lead.pk), actor=alice)

    kept = list(Delivery.objects.exclude(body="").values_list("body", flat=True))
    assert len(kept) == 1
    assert "odder" in kept[0]
    drop_old(timezone.now() + timedelta(days=200))
    assert not Delivery.objects.exclude(body="").exists()


def test_the_page_makes_shows_tries_and_removes_a_connector(people: Cast, alice: Actor) -> None:
    client = browser(people.alice)
    page = "/integrations/connectors"
    assert client.post(page, {"template": "none"}).status_code == 422
    made = client.post(page, {"template": "webhook", "name": "官网", "line": "", "source": "官网"})
    row = Connector.objects.get()
    shown = client.get(made["Location"]).content.decode()
    assert secrets_of(row)["secret"] in shown
    assert f"/in/{row.key}" in shown
    one = f"{page}/{row.pk}"
    assert secrets_of(row)["secret"] not in client.get(f"{one}?tab=settings").content.decode()
    PLATFORMS["webhook"].push(said={"id": "x"}).post(connector("webhook", alice))

    tried = client.post(
        one, {"act": "try", "text": row.mapping, "body": '{"name":"李四","phone":"13900000001"}'}
    )
    assert tried.status_code == 200
    assert "李四" in tried.content.decode()
    assert Lead.objects.count() == 0
    broken = client.post(one, {"act": "save", "text": "platform: x\nfields: {a: [1}", "body": ""})
    assert broken.status_code == 422
    saved = client.post(one, {"act": "save", "text": row.mapping + "\n# 改过\n", "body": ""})
    assert saved.status_code == 302
    assert row.versions.count() == 2
    assert client.post(one, {"name": "", "is_on": "on"}).status_code == 422
    assert client.post(one, {"name": "官网 2", "is_on": "on", "source": "x"}).status_code == 302
    assert client.post(one, {"act": "rotate"}).status_code == 302
    assert client.post(one, {"act": "copy"}).status_code == 302
    copy = Connector.objects.latest("pk")
    assert (copy.mapping, copy.source) == (Connector.objects.get(pk=row.pk).mapping, "x")
    assert secrets_of(copy)["secret"] != secrets_of(row)["secret"]
    copy.delete()
    for tab in ("deliveries", "mapping", "settings"):
        assert client.get(f"{one}?tab={tab}&outcome=to_mend").status_code == 200
    assert client.post(one, {"act": "remove"}).status_code == 302
    assert not Connector.objects.filter(pk=row.pk).exists()
    with pytest.raises(CannotConnect):
        edit_connector(Connector.objects.get().pk, Settings(""), actor=alice)
