"""Changing a rule, as docs/guide/rules.md tells it: sales operations, a second person, a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenhand.leads.models import Lead
from evenhand.policies.models import PolicyVersion, WorkingCopy
from evenhand.policies.operations.lines import set_second_person
from tests.browser.conftest import PHONE
from tests.browser.hour import Hour, hour
from tests.server.cast import act_as

__all__ = ["hour"]

LANGUAGES = pytest.mark.parametrize("language", ["zh-Hans", "en"])
LINE_KEPT = 15_000


def begin(own: Hour) -> Page:
    """Sales operations opens the rules of the line and begins to edit."""
    page = own.open("/policies", own.world.people.olga)
    page.locator("td a").first.click()
    own.reads(page, "web-policies-rules")
    own.button(page, "web-policies-edit").click()
    own.reads(page, "web-studio-rules-title")
    return page


def publish(own: Hour, page: Page, button: str) -> None:
    """Fill in what goes with it."""
    own.link(page, "web-studio-to-publish").click()
    own.reads(page, "web-studio-publish-changes")
    page.locator("#note").fill("官网的单独轮")
    page.locator("#expected").fill("首响快 10%")
    page.locator("#owner").select_option(label="Tom")
    page.locator("[data-day]").last.click()
    own.button(page, button).click()


@LANGUAGES
def test_a_rule_is_added_by_form_read_as_a_sentence_and_published(
    hour: Callable[[str], Hour], language: str
) -> None:
    own = hour(language)
    owners = dict(Lead.objects.values_list("pk", "owner_id"))
    page = begin(own)
    own.link(page, "web-studio-add-rule").click()
    page.locator("#id_name").fill("官网的")
    when = page.locator("#id_when")
    when.fill("lead.source in")
    expect(page.locator("[data-said-of=id_when] .field-error")).to_be_visible(timeout=LINE_KEPT)
    when.fill("")
    page.locator("details.condition-help summary").first.click()
    page.locator("[data-insert='lead.source in (官网, 展会)']").first.click()
    expect(page.locator("[data-said-of=id_when]")).to_contain_text("官网", timeout=LINE_KEPT)
    expect(page.locator("#id_pool")).to_be_hidden()
    page.locator("#id_strategy").select_option("rotation")
    page.locator("#id_group").select_option("全体")
    own.button(page, "web-studio-apply").click()

    expect(page.locator("#rules")).to_contain_text("官网的")
    expect(page.locator("#text")).to_have_value(re.compile("官网的"))
    own.reads(page, "web-studio-findings")
    count = PolicyVersion.objects.count()
    publish(own, page, "web-policies-publish")

    expect(page.locator("tr", has_text="官网的单独轮")).to_contain_text(
        own.say("web-policies-live")
    )
    version = PolicyVersion.objects.get(state="live")
    assert PolicyVersion.objects.count() == count + 1
    assert version.owner == own.world.people.tom and version.review_on is not None
    assert dict(Lead.objects.values_list("pk", "owner_id")) == owners
    assert not WorkingCopy.objects.exists()


def test_typing_is_kept_checked_and_turned_into_the_form(hour: Callable[[str], Hour]) -> None:
    own = hour("zh-Hans")
    page = begin(own)
    text = page.locator("#text")
    before = text.input_value()

    text.fill(before.replace("group: 会葡萄牙语的", "group: 没有这个组", 1))
    own.reads(page, "policy-gravity-error")
    own.reads(page, "web-studio-unreadable")
    page.locator("#findings [data-line]").first.click()
    text.fill(before.replace("rule: 葡萄牙语询盘", "rule: 巴西询盘", 1))
    expect(page.locator("#rules")).to_contain_text("巴西询盘", timeout=LINE_KEPT)
    assert "巴西询盘" in WorkingCopy.objects.get().text

    own.button(page, "web-studio-discard").click()
    page.locator("#ask-yes").click()
    own.button(page, "web-studio-restore").click()
    expect(page.locator("#rules")).to_contain_text("巴西询盘")


def test_a_second_person_reads_the_differences_and_approves(hour: Callable[[str], Hour]) -> None:
    own = hour("zh-Hans")
    people = own.world.people
    set_second_person(int(own.world.values["line_id"]), True, actor=act_as(people.alice))
    page = begin(own)
    page.locator("#rules").get_by_role("button", name=own.say("web-studio-copy")).last.click()
    expect(page.locator("#rules li.rule")).to_have_count(3)
    own.button(page, "web-studio-release").click()
    own.button(page, "web-policies-edit").click()
    publish(own, page, "web-studio-ask")
    own.reads(page, "web-studio-asked")

    other = own.open("/notices", people.alice)
    other.locator("main .lines a").first.click()
    own.link(other, "web-studio-waiting-open").click()
    own.reads(other, "web-studio-publish-changes")
    own.button(other, "web-studio-approve").click()
    own.reads(other, "web-policies-live")
    version = PolicyVersion.objects.get(state="live")
    assert (version.created_by, version.approved_by) == (people.olga, people.alice)


def test_the_rules_are_read_and_changed_on_a_phone(hour: Callable[[str], Hour]) -> None:
    own = hour("zh-Hans")
    page = own.open("/policies", own.world.people.olga, width=PHONE)
    page.locator("td a").first.click()
    own.button(page, "web-policies-edit").click()
    expect(page.locator("#text")).to_be_hidden()
    page.locator("#rules").get_by_role("button", name=own.say("web-studio-down")).first.click()
    expect(page.locator("#rules li.rule").last).to_contain_text("葡萄牙语询盘")

    page.locator("[data-pane=yaml]").click()

    expect(page.locator("#text")).to_be_visible()
    expect(page.locator("#rules")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
