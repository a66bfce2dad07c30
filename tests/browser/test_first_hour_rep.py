"""The first hour of a rep, as docs/guide/first-hour.md tells it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenhand.leads.models import Activity, Lead
from tests.browser.conftest import PHONE, fits
from tests.browser.hour import LIVE, Hour, hour, number_in
from tests.server.cast import PASSWORD, give_password

__all__ = ["hour"]

COMPANY = "苏州青禾桥机械有限公司"


def log_in(own: Hour) -> Page:
    """By mail address and password, on a phone."""
    ren = give_password(own.world.people.ren)
    page = own.open("/login", None, width=PHONE)
    own.field(page, "web-account-email").fill(ren.email)
    own.field(page, "web-account-password").fill(PASSWORD)
    own.button(page, "web-login").click()
    own.heads(page, "web-nav-today")
    return page


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_rep_receives_a_lead_reads_why_calls_and_hands_it_back(
    hour: Callable[[str], Hour], language: str
) -> None:
    own = hour(language)
    own.only(own.world.people.ren)
    page = log_in(own)
    own.turn(page, "/", live=True)
    due = page.locator(".figures .figure").first
    before = number_in(due.locator(".figure-number"))

    # Today: the lead arrives while the page is open.
    sent = own.send(name="沈立夏", company=COMPANY, phone="19900001234", source="官网")
    line = page.locator(".lead-line", has_text="沈立夏")
    expect(line).to_be_visible(timeout=LIVE)
    assert sent["owner"]["name"] == "Ren"
    expect(due.locator(".figure-number")).to_have_text(str(before + 1))
    countdown = line.locator(".countdown")
    expect(countdown).to_be_visible()
    expect(page.locator(".bell-count")).to_be_visible(timeout=LIVE)

    # Why me.
    own.link(line, "web-today-why").click()
    own.reads(page, "web-receipts-why-me")
    own.reads(page, "receipt-title-worth")
    own.reads(page, "receipt-title-won", winner="Ren")
    own.reads(page, "web-receipts-holds")
    assert fits(page)

    # Two taps: how, and how it went.
    own.link(page, "web-receipts-to-item").click()
    expect(page.get_by_role("heading", level=1, name="沈立夏")).to_be_visible()
    expect(page.locator(".item-signs .countdown")).to_be_visible()
    call = page.locator(".log-channel", has_text=own.say("web-leads-channel-call"))
    call.locator("summary").click()
    own.button(call, "web-leads-outcome-reached").click()
    own.reads(page.locator(".item-line"), "web-leads-log-call-reached")
    expect(page.locator(".item-signs .countdown")).to_have_count(0)
    assert Activity.objects.filter(item_id=sent["lead_id"], channel="call").count() == 1
    own.turn(page, "/")
    expect(due.locator(".figure-number")).to_have_text(str(before))

    # Hand it back: a reason, and it is somebody else's.
    own.only(own.world.people.ren, own.world.people.rui)
    own.turn(page, f"/leads/{sent['lead_id']}")
    back = own.act(page, "web-leads-act-return")
    own.button(back, "act-reason-return-wrong-region").click()
    page.wait_for_url(lambda url: not url.endswith(f"/leads/{sent['lead_id']}"))
    expect(page.locator(".note[role=status]")).to_be_visible()
    own.turn(page, "/leads")
    expect(page.locator("td.who").first).to_be_visible()
    expect(page.locator("td.who", has_text="沈立夏")).to_have_count(0)
    assert Lead.objects.get(pk=sent["lead_id"]).owner_id != own.world.people.ren.pk


def test_a_rep_in_taiwan_finds_his_day_in_his_words(hour: Callable[[str], Hour]) -> None:
    own = hour("zh-Hant")
    own.only(own.world.people.ren)
    page = log_in(own)
    own.send(name="林雅婷", company="台北精密", phone="19900004321")

    own.turn(page, "/leads?q=林雅婷")
    own.heads(page, "web-nav-my-leads")
    page.locator("td.who a", has_text="林雅婷").click()
    expect(page.locator("#drawer .beside")).to_be_visible()
    own.link(page.locator("#drawer"), "web-leads-why-me").click()
    own.reads(page, "web-receipts-why-me")
    own.link(page, "web-nav-today").click()
    page.locator(".switch-card button").click()
    page.locator("#ask-yes").click()
    own.reads(page, "web-today-switch-on")
