"""One act on all leads that a filter shows: begun on the list, watched on a page of its own."""

import re

import pytest
from django.test import Client

from evenhand.leads.models import Lead
from evenhand.routing.models import LongAct
from evenhand.routing.operations.long_acts import work_on
from tests.server.cast import browser
from tests.server.leads.company import Firm, firm, lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def the_firm() -> Firm:
    found = firm()
    for number in range(30):
        lead(found.rep("li"), name=f"客户{number}", phone=f"1390013{number:04}", email="")
    lead(found.rep("chen"), name="别人的", phone="13700137000", email="")
    return found


def begin(client: Client, **more: str) -> str:
    """Set the stage of all that the filter shows; the address of the page."""
    sent = {"act": "stage", "stage": "contacted", "all": "1", "query": ""} | more
    answer = client.post("/leads/several", sent)
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_all_pages_of_the_filter_are_meant_and_nothing_beyond_it(the_firm: Firm) -> None:
    client = browser(the_firm.users["ops"], "en")
    assert 'data-all-number="31"' in client.get("/leads").content.decode()

    page = begin(client, query=f"owner={the_firm.users['li'].pk}&page=2")
    work_on(LongAct.objects.get().pk)

    assert Lead.objects.filter(stage="contacted").count() == 30
    assert Lead.objects.get(name="别人的").stage == "new"
    assert "done for 30" in client.get(page).content.decode()


def test_a_rep_means_his_own_alone_whatever_he_asks_for(the_firm: Firm) -> None:
    begin(browser(the_firm.users["chen"]), query="")

    assert LongAct.objects.get().items.count() == 1


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_asks_again_until_it_is_over(the_firm: Firm, language: str) -> None:
    client = browser(the_firm.users["ops"], language)
    page = begin(client)
    act = LongAct.objects.get()

    before = client.get(page).content.decode()
    assert 'hx-trigger="every 2s"' in before
    assert re.search(r'<progress[^>]* max="31" value="0"', before)
    work_on(act.pk)
    after = client.get(page).content.decode()

    assert "hx-trigger" not in after.partition('id="long-act"')[2]
    assert re.search(r'<progress[^>]* max="31" value="31"', after)


def test_refusals_stand_on_the_page_with_their_reason(the_firm: Firm) -> None:
    client = browser(the_firm.users["ops"], "en")
    waiting = lead(None, name="没人的", phone="13600136000", email="")
    page = begin(client)
    work_on(LongAct.objects.get().pk)

    shown = client.get(page).content.decode()

    assert f'href="/leads/{waiting.pk}"' in shown
    assert "refused for 1" in shown


def test_it_is_stopped_by_who_began_it_alone(the_firm: Firm) -> None:
    client = browser(the_firm.users["ops"], "en")
    page = begin(client)
    other = browser(the_firm.users["admin"])

    assert other.get(page).status_code == 404
    assert other.post(f"{page}/stop").status_code == 404
    assert LongAct.objects.get().stopped_at is None
    assert client.post(f"{page}/stop").status_code == 302
    assert LongAct.objects.get().stopped_at is not None
