"""Clocks on the page of a lead, the page of clocks, and new clocks over what is held."""

import pytest
from django.utils import timezone

from evenhand.leads.models import Assignment
from evenhand.people.actor import SYSTEM
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.pool.models import Extension, Pause
from tests.server.appeals.cases import Case, case
from tests.server.cast import browser
from tests.server.pool.test_keeping import rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Case:
    found = case()
    terms = {"by": "2d", "cost_percent": 50, "needs_manager": True}
    publish("direct", rules(extension=terms), actor=SYSTEM)
    return found


def test_an_owner_asks_on_the_page_of_his_lead_and_a_manager_answers_on_his(one: Case) -> None:
    own, olga = browser(one.winner), browser(one.people.olga)
    place = f"/leads/{one.lead.pk}"
    page = own.get(place).content.decode()
    for word in ("不接", "延期", "锁定", "延 2 天"):
        assert word in page

    own.post(f"{place}/keep", {"act": "accept"})
    own.post(f"{place}/keep", {"act": "lock"})
    asked = {"act": "extend", "clock": "untouched", "reason": "tender"}
    assert own.post(f"{place}/keep", asked).status_code == 302
    page = own.get(place).content.decode()
    assert "已申请延期" in page and "解锁" in page and "不接" not in page
    assert own.post(f"{place}/keep", {"act": "fly"}).status_code == 400

    row = Extension.objects.get()
    page = olga.get("/clocks").content.decode()
    # Of whom more time is asked, and how much, stands beside what it costs.
    assert all(
        word in page for word in ("正在招投标", one.lead.name, '<td data-label="延长多久">2 天')
    )
    olga.post("/clocks", {"act": "grant", "request": row.pk})
    row.refresh_from_db()
    assert row.is_granted
    again = olga.post("/clocks", {"act": "grant", "request": row.pk})
    assert again.status_code == 409 and "已经有答复" in again.content.decode()


def test_clocks_are_stopped_and_set_going_and_what_was_typed_stays(one: Case) -> None:
    olga = browser(one.people.olga)
    today = timezone.localdate().isoformat()
    wrong = olga.post(
        "/clocks", {"act": "freeze", "first": today, "last": "2020-01-01", "reason": "holiday"}
    )
    assert wrong.status_code == 422 and "2020-01-01" in wrong.content.decode()
    assert not Pause.objects.exists()

    olga.post("/clocks", {"act": "freeze", "reason": "holiday"})
    olga.post("/clocks", {"act": "stop", "rep": one.winner.pk, "reason": "training"})
    olga.post(f"/leads/{one.lead.pk}/keep", {"act": "pause", "reason": "customer_wish"})

    page = olga.get("/clocks").content.decode()
    assert all(word in page for word in ("全公司暂停计时", "培训", "客户要求", one.lead.name))
    assert "恢复计时" in olga.get(f"/leads/{one.lead.pk}").content.decode()
    for row in Pause.objects.all():
        olga.post("/clocks", {"act": "end", "pause": row.pk})
    assert "全部正常计时" in olga.get("/clocks").content.decode()


def test_new_clocks_reach_back_from_their_page(one: Case) -> None:
    olga, line = browser(one.people.olga), Line.objects.get()
    page = olga.get(f"/policies/{line.pk}/reach").content.decode()
    version = line.versions.get(state="live").pk
    assert "用到 1 条" in page

    olga.post(f"/policies/{line.pk}/reach", {"version": version})

    assert Assignment.objects.get().clocks_policy_id == version
    assert "全部都按生效的时限计时" in olga.get(f"/policies/{line.pk}/reach").content.decode()
