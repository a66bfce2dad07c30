"""Somebody leaves: his manager begins the sheet, a colleague accepts on the phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.handover.models import Departure
from evenhand.leads.models import Lead
from tests.browser.conftest import PHONE, Visitor, fits, serious
from tests.server.appeals.cases import case

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sheet_is_begun_at_the_desk_and_accepted_on_the_phone(visitor: Visitor) -> None:
    one = case()
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    page = visitor.visit("/handover", one.people.tom)
    page.get_by_label("姓名", exact=True).select_option(str(one.winner.pk))
    page.get_by_label("交接截止日").fill(day)
    page.get_by_role("button", name="开始离职交接").click()
    page.get_by_label("交给", exact=True).select_option(str(one.loser.pk))
    page.get_by_label("还没安排的全部").check()
    page.get_by_role("button", name="请对方确认").click()
    page.get_by_text("已请接手人确认 1 项").wait_for()
    assert fits(page) and serious(page) == []

    phone = visitor.visit("/handover", one.loser, width=PHONE, theme="dark")
    phone.get_by_role("link", name="有 1 项要交给你").click()
    phone.get_by_label("全部（每次最多").check()
    phone.get_by_role("button", name="确认接手").click()
    phone.get_by_text("已接手 1 项").wait_for()
    assert fits(phone) and serious(phone) == []

    assert Lead.objects.get().owner_id == one.loser.pk
    assert Departure.objects.get().state == "done"
    assert visitor.problems == []
