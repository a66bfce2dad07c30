"""The first hour of sales operations, as docs/guide/first-hour.md tells it."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evenhand.leads.models import Lead
from evenhand.people.clocks import company_day
from evenhand.people.models import Leave, User
from evenhand.platform.clock import now
from evenhand.policies.models import PolicyVersion
from evenhand.web.intake import tickets
from tests.browser.hour import LIVE, Hour, hour, send_lead

__all__ = ["hour"]

LANGUAGES = pytest.mark.parametrize("language", ["zh-Hans", "en"])


@LANGUAGES
def test_operations_adds_people_leave_and_a_day_off(
    hour: Callable[[str], Hour], language: str
) -> None:
    own = hour(language)
    page = own.open("/members", own.world.people.olga)
    own.link(page, "web-paste-title").click()
    rows = [("name", "email", "team"), ("周海棠", "haitang@cast.example", "华东/苏州")]
    cells = own.field(page, "web-paste-cells")
    cells.fill("\n".join("\t".join(row) for row in rows))
    own.button(page, "web-paste-look").click()
    own.reads(page, "web-paste-new-teams")
    assert not User.objects.filter(name="周海棠").exists()
    own.button(page, "web-paste-apply", new=1, changed=0).click()
    own.reads(page, "web-members-link-once")
    expect(page.locator("input[value*='/link/']")).to_have_count(1)
    own.turn(page, "/members?state=invited&q=haitang")
    expect(page.locator("td.who", has_text="周海棠")).to_be_visible()

    rui = own.world.people.rui
    own.turn(page, "/leave")
    form = page.locator("form[action='/leave/enter']")
    own.field(form, "web-members-field-rep").select_option(str(rui.pk))
    first = company_day(now()) + timedelta(days=30)
    own.field(form, "web-members-field-from-at").fill(first.isoformat())
    own.field(form, "web-members-field-until-at").fill((first + timedelta(days=2)).isoformat())
    own.button(form, "web-leave-enter").click()
    own.reads(page.locator("tr", has_text="Rui"), "web-leave-cancel")
    assert Leave.objects.filter(rep_id=rui.pk).count() == 1

    own.turn(page, "/calendars")
    page.locator("td a").first.click()
    form = page.locator("#days form").filter(has=page.locator("input[name=on]")).last
    own.field(form, "web-members-field-on").fill(first.isoformat())
    own.field(form, "web-members-field-title").fill("公司周年庆")
    own.button(form, "web-calendars-set-day").click()
    expect(page.locator("table", has_text="公司周年庆")).to_be_visible()


@LANGUAGES
def test_operations_reads_changes_checks_and_publishes_the_policy(
    hour: Callable[[str], Hour], language: str
) -> None:
    own = hour(language)
    page = own.open("/policies", own.world.people.olga)
    page.locator("td a").first.click()
    own.reads(page, "web-policies-rules")
    own.reads(page, "web-strategy-fair-share")
    own.button(page, "web-policies-edit").click()
    text = page.locator("#text")
    before = text.input_value()

    text.fill(before.replace("group: 会葡萄牙语的", "group: 没有这个组", 1))
    own.reads(page, "policy-gravity-error")
    text.fill(before)
    own.reads(page, "web-policies-same")

    page.locator("#points").get_by_role("link").click()
    page.locator("#id_grade_0").fill("8")
    own.button(page, "web-studio-apply").click()
    expect(text).to_have_value(re.compile(r"\bA: 8\b"))
    own.link(page, "web-studio-to-publish").click()
    page.locator("#note").fill("A 级更值")
    page.locator("#expected").fill("A 级分得更开")
    count = PolicyVersion.objects.count()
    own.button(page, "web-policies-publish").click()
    expect(page.locator("tr", has_text="A 级更值")).to_contain_text(own.say("web-policies-live"))
    assert PolicyVersion.objects.count() == count + 1
    sent = own.send(name="沈立夏", phone="19900001234", grade="A")
    own.turn(page, f"/leads/{sent['lead_id']}")
    own.reads(page, "web-points", points="8.00")


@LANGUAGES
def test_operations_sends_leads_three_ways_watches_them_land_and_takes_a_list(
    hour: Callable[[str], Hour], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(tickets, "FEWEST_SECONDS", 0)
    own = hour(language)
    own.only(own.world.people.ren, own.world.people.rui)
    page = own.open("/account/tokens", own.world.people.olga)
    watching = own.open("/help", own.world.people.tom)
    own.turn(watching, "/distribution", live=True)

    secret = _new_token(own, page)
    sent = send_lead(own.visitor.address, secret, {"name": "程序送来的", "phone": "19900001111"})
    assert sent["owner"] and sent["receipt"]
    expect(watching.locator("#decisions tr", has_text="程序送来的")).to_be_visible(timeout=LIVE)

    own.turn(page, "/intake")
    own.field(page, "web-intake-field-name").fill("手工录入的")
    own.field(page, "web-leads-field-phone").fill("19900002222")
    own.button(page, "web-intake-submit").click()
    own.heads(page, "web-intake-done")
    own.link(page, "web-intake-receipt").click()
    own.reads(page, "receipt-title-worth")

    own.turn(page, "/intake/forms")
    address = page.locator("main p a").first.get_attribute("href")
    assert address is not None
    visitor = own.open(f"{address[address.index('/f/') :]}?lang={language}", None)
    own.field(visitor, "web-intake-field-name").fill("表单里的")
    own.field(visitor, "web-leads-field-phone").fill("19900003333")
    visitor.locator("input[type=checkbox]").check()
    own.button(visitor, "web-intake-send").click()
    own.reads(visitor, "web-intake-thanks")
    for name in ("手工录入的", "表单里的"):
        expect(watching.locator("#decisions tr", has_text=name)).to_be_visible(timeout=LIVE)

    _export(own, page, "19900003333")


def _new_token(own: Hour, page: Page) -> str:
    """A token for intake; it is shown once."""
    own.field(page, "web-tokens-name").fill("官网")
    page.get_by_label(own.say("web-tokens-scope-intake"), exact=True).check()
    own.button(page, "web-tokens-issue").click()
    own.reads(page, "web-tokens-once")
    secret = page.locator("input.secret").input_value()
    own.turn(page, "/account/tokens")
    expect(page.locator("tbody tr", has_text="官网").first).to_be_visible()
    expect(page.locator("input.secret")).to_have_count(0)
    assert secret not in page.content()
    return secret


def _export(own: Hour, page: Page, phone: str) -> None:
    """Exactly what the filter shows, with a reason."""
    own.turn(page, f"/leads?q={phone}")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("summary", has_text=own.say("web-exports-export")).click()
    own.reads(page, "web-exports-count", count=1)
    own.field(page, "web-exports-why").select_option("check")
    with page.expect_download() as loading:
        page.get_by_role("button", name="CSV").click()
    text = Path(loading.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) == 2 and Lead.objects.get(phone=phone).name in rows[1]
