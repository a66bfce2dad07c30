"""A rep on a phone: what was due to him, what he received, and why something was not his."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from evenhand.fairness.counting import count_all
from tests.browser.conftest import PHONE, fits, serious
from tests.browser.hour import Hour, hour

__all__ = ["hour"]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_rep_understands_his_balance_and_asks_why_something_was_not_his(
    hour: Callable[[str], Hour], language: str
) -> None:
    own = hour(language)
    count_all()
    page = own.open("/", own.world.people.ren, width=PHONE)

    # By the menu of the phone.
    page.locator(".bar a[data-bs-toggle]").click()
    own.link(page.locator("#more"), "web-nav-share").click()
    own.heads(page, "web-nav-share")
    own.reads(page, "web-share-how")
    card = page.locator(".share-groups .figure").first
    expect(card.locator("[class^=balance-]")).to_be_visible()
    meaning = page.get_by_text(own.say("web-share-means-owed")).or_(
        page.get_by_text(own.say("web-share-means-ahead"))
    )
    expect(meaning.or_(page.get_by_text(own.say("web-share-means-even"))).first).to_be_visible()
    expect(page.locator("[data-chart] canvas")).to_be_visible()
    assert fits(page) and serious(page) == []

    # The same figures as a table, and posting by posting.
    page.locator("summary", has_text=own.say("web-fairness-as-table")).click()
    expect(page.locator("details[open] tbody tr").first).to_be_visible()
    mine = page.locator("tr.is-own").last  # dealt, not given by hand
    own.link(mine, "web-distribution-receipt").click()
    own.reads(page, "web-receipts-why-me")
    page.go_back()

    # What went to others, and why.
    own.link(page, "web-share-tab-missed").click()
    own.heads(page, "web-share-missed-title")
    assert fits(page)
    own.link(page, "web-receipts-why-not-me").click()
    own.heads(page, "web-receipts-why-not-me")
    expect(page.locator(".receipt-part").first).to_be_visible()
    own.link(page, "web-share-tab-missed").click()
    own.heads(page, "web-share-missed-title")
