"""Pushes that carry numbers only: their fields are fetched by the job, and nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.connectors.models import Connector
from evenhand.connectors.operations.again import MOST_TRIES, send_again, settle_due
from evenhand.connectors.operations.setup import save_mapping
from evenhand.connectors.secrets import sealed
from evenhand.leads.models import Lead
from evenhand.people.scope import actor_of
from tests.fakes.lead_forms import FakeForms
from tests.fakes.server import Reply
from tests.server.api.caller import company
from tests.server.connectors.platforms import PLATFORMS, SECRETS, address, connector
from tests.server.notify.chats import HERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def forms(settings: Any) -> Iterator[FakeForms]:
    settings.PRIVATE_TARGETS = HERE
    fake = FakeForms()
    with fake.running():
        yield fake


def ids_only(number: str) -> dict[str, Any]:
    """Meta's push as it documents it."""
    value = {"leadgen_id": number, "page_id": "15", "form_id": "12", "created_time": 1772672400}
    return {"object": "page", "entry": [{"changes": [{"field": "leadgen", "value": value}]}]}


def fields(name: str) -> dict[str, Any]:
    data = [("full_name", name), ("phone_number", "+8613800000101"), ("budget?", "10k")]
    said = [{"name": key, "values": [value]} for key, value in data]
    return {"id": "1", "created_time": "2026-03-05T01:00:00+0000", "field_data": said}


def here(row: Connector, forms: FakeForms, host: str, actor: Any) -> None:
    save_mapping(row.pk, row.mapping.replace(f"https://{host}", forms.url), actor=actor)


def test_a_lead_of_meta_is_fetched_and_one_that_cannot_be_waits(forms: FakeForms) -> None:
    people = company()
    alice = actor_of(people.alice)
    row, meta = connector("meta", alice), PLATFORMS["meta"]
    here(row, forms, "graph.facebook.com", alice)
    forms.leads = {"1": fields("王小测"), "2": fields("<test lead: dummy data for full_name>")}
    forms.trouble("/v23.0/1", Reply({}, status=500))

    # Answered at once, before anything is fetched.
    answer = meta.push(said=ids_only("1")).post(row)
    assert (answer.status_code, answer.content, forms.asked) == (200, b"EVENT_RECEIVED", [])
    now = timezone.now()
    settle_due(now)
    assert row.deliveries.get().outcome == "waiting"  # there was trouble
    settle_due(now + timedelta(minutes=5))
    assert row.deliveries.get().outcome == "accepted"
    assert (Lead.objects.get().name, Lead.objects.get().extra["budget?"]) == ("王小测", "10k")

    meta.push(said=ids_only("2")).post(row)
    settle_due(timezone.now())
    assert row.deliveries.latest("pk").outcome == "test"

    # Without a token, or of a lead that is not there: kept, told, and sent again.
    meta.push(said=ids_only("3")).post(row)
    Connector.objects.filter(pk=row.pk).update(secrets=sealed(SECRETS | {"access_token": ""}))
    settle_due(timezone.now())
    last = row.deliveries.latest("pk")
    assert (last.outcome, last.why["code"]) == ("to_mend", "connector.no_token")
    Connector.objects.filter(pk=row.pk).update(secrets=sealed(SECRETS))
    assert send_again(row.pk, actor=alice) == 0
    forms.leads["3"] = fields("李四")
    assert send_again(row.pk, last.pk, actor=alice) == 1


def test_what_stays_out_of_reach_is_given_up_and_told(forms: FakeForms) -> None:
    alice = actor_of(company().alice)
    row = connector("hubspot", alice)
    here(row, forms, "api.hubapi.com", alice)
    event = {"objectId": 77, "subscriptionType": "contact.creation", "eventId": 1}
    other = {"objectId": 78, "subscriptionType": "contact.deletion", "eventId": 2}

    PLATFORMS["hubspot"].push(said=[other]).post(row)
    assert row.deliveries.get().outcome == "ignored"
    PLATFORMS["hubspot"].push(said=[event, other]).post(row)
    forms.trouble("/crm/v3/objects/contacts/77", *[Reply({}, status=503)] * MOST_TRIES)
    now = timezone.now()
    for hours in range(MOST_TRIES + 1):
        settle_due(now + timedelta(hours=4 * hours))
    assert row.deliveries.latest("pk").outcome == "to_mend"
    forms.leads["77"] = {"id": "77", "properties": {"firstname": "Ann", "email": "a@b.example"}}
    assert send_again(row.pk, actor=alice) == 1
    assert Lead.objects.get().name == "Ann"


def test_meta_is_shown_that_the_address_is_ours() -> None:
    row = connector("meta", actor_of(company().alice))
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}

    good = Client().get(address(row, asked | {"hub.verify_token": SECRETS["token"]}))
    assert (good.status_code, good.content) == (200, b"1158201444")
    assert Client().get(address(row, asked | {"hub.verify_token": "guessed"})).status_code == 403
    odd = {"hub.challenge": "<script>", "hub.verify_token": SECRETS["token"]}
    assert Client().get(address(row, odd)).status_code == 400
    assert Client().put(address(row), b"{}").status_code == 405
