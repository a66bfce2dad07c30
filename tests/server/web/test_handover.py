"""The pages of handing over: planning cover, agreeing, offering and accepting on a sheet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.handover.models import Cover, Departure
from evenhand.handover.operations.covering import cover_due
from evenhand.leads.models import Activity, Company, Contact, Lead
from evenhand.people.models import Leave
from tests.server.appeals.cases import Case, case
from tests.server.cast import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Case:
    return case()


def test_cover_is_asked_for_agreed_to_and_seen_on_the_pages(one: Case) -> None:
    now = timezone.now()
    leave = Leave.objects.create(
        rep=one.winner.rep, from_at=now - timedelta(hours=1), until_at=now + timedelta(days=2)
    )
    place = f"/handover/leaves/{leave.pk}"
    own, tom = browser(one.winner), browser(one.people.tom)
    assert "安排代班" in own.get("/handover").content.decode()
    wrong = own.post(place, {"act": "plan", "comes_back": "all", "back_per_day": "x"})
    assert wrong.status_code == 422 and not Cover.objects.exists()

    plan = {"act": "plan", "comes_back": "all", "substitute_0": one.loser.pk, "back_per_day": "5"}
    if one.loser.team_id == one.winner.team_id:
        assert own.post(place, plan).status_code == 302
    else:
        assert own.post(place, plan).status_code == 422
        tom.post(place, plan)
    page = tom.get(place).content.decode()
    assert "不同意" in page or "已安排" in page
    tom.post(place, {"act": "agree"})
    assert cover_due(timezone.now()) == 1

    page = browser(one.loser).get(place).content.decode()
    assert one.lead.name in page and "代班中" in page
    assert "已开始" not in page and tom.post(place, {"act": "drop"}).status_code == 409
    assert browser(one.people.carl).get(place).status_code in (200, 404)


def test_a_sheet_is_begun_offered_and_accepted_on_its_page(one: Case) -> None:
    tom, heir = browser(one.people.tom), browser(one.loser)
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    wrong = tom.post("/handover", {"rep": one.winner.pk, "last_day": ""})
    assert wrong.status_code == 422 and not Departure.objects.exists()
    tom.post("/handover", {"rep": one.winner.pk, "last_day": day, "at_deadline": "give"})
    sheet = Departure.objects.get()
    place = f"/handover/departures/{sheet.pk}"

    page = tom.post(place, {"act": "offer", "all": "yes"})
    assert page.status_code == 422 and "请选择交给谁" in page.content.decode()
    tom.post(place, {"act": "offer", "all": "yes", "to": [one.loser.pk]})
    assert "要交给你" in heir.get("/handover").content.decode()
    page = heir.get(place).content.decode()
    assert "确认接手" in page and one.lead.name not in page  # not his customer yet
    heir.post(place, {"act": "accept", "all": "yes"})

    assert Lead.objects.get().owner_id == one.loser.pk
    assert "已完成" in tom.get(place).content.decode()
    file = tom.post(f"{place}/export", {"purpose": "report", "format": "csv"})
    assert file.status_code == 200 and "已接手" in file.content.decode("utf-8-sig")


def test_what_is_in_another_system_is_written_down_and_ticked_by_who_did_it(one: Case) -> None:
    tom, heir, leaver = browser(one.people.tom), browser(one.loser), browser(one.winner)
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    tom.post("/handover", {"rep": one.winner.pk, "last_day": day, "at_deadline": "give"})
    sheet = Departure.objects.get()
    place = f"/handover/departures/{sheet.pk}"
    assert "在别的系统里交接的" in tom.get(place).content.decode()

    wrong = tom.post(place, {"act": "add", "title": "报备", "count": "很多"})
    assert wrong.status_code == 422 and 'value="报备"' in wrong.content.decode()
    tom.post(place, {"act": "add", "title": "厂家报备", "count": "12"})
    twice = tom.post(place, {"act": "add", "title": " 厂家报备 "})
    assert twice.status_code == 422 and "已经有这一项" in twice.content.decode()
    leaver.post(place, {"act": "add", "title": "共享网盘"})
    assert heir.post(place, {"act": "add", "title": "别的"}).status_code == 404

    page = tom.get(place).content.decode()
    assert "厂家报备 · 12 个" in page and "共享网盘" in page
    drive = sheet.lines.get(title="共享网盘")
    done = tom.post(place, {"act": "leave_out", "line": [drive.pk]}, follow=True)
    assert "已标记 1 项不用接手" in done.content.decode()
    tom.post(place, {"act": "offer", "all": "yes", "to": [one.loser.pk]})
    assert "在别的系统里交接的" not in heir.get(place).content.decode()
    heir.post(place, {"act": "accept", "all": "yes"})
    sheet.refresh_from_db()
    assert sheet.state == "done"
    file = tom.post(f"{place}/export", {"purpose": "report", "format": "csv"})
    assert "厂家报备" in file.content.decode("utf-8-sig")


def test_a_chat_customer_of_an_account_is_named_to_whoever_sees_the_account(one: Case) -> None:
    account = Company.objects.create(name="远大", name_key="yuanda", state="untended")
    person = Contact.objects.create(company=account, name="采购王工")
    Activity.objects.create(
        item_kind="account", item_id=account.pk, user=one.winner, channel="wechat", contact=person
    )
    olga = browser(one.people.olga)
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    olga.post("/handover", {"rep": one.winner.pk, "last_day": day, "at_deadline": "give"})

    page = olga.get(f"/handover/departures/{Departure.objects.get().pk}").content.decode()

    assert "微信客户 采购王工" in page
