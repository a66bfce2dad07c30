"""The first hour of a manager, as docs/guide/first-hour.md tells it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from evenhand.leads.models import Lead, State
from tests.browser.hour import LIVE, Hour, hour, number_in

__all__ = ["hour"]


def overrides(own: Hour, page: Page) -> tuple[int, int]:
    """How often Tom assigned and transferred by hand, as everybody reads it."""
    own.turn(page, "/overrides")
    own.heads(page, "web-overrides-title")
    row = page.locator("tbody tr", has_text="Tom")
    return number_in(row.locator("td").nth(1)), number_in(row.locator("td").nth(2))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_manager_watches_gives_transfers_and_is_counted_in_public(
    hour: Callable[[str], Hour], language: str
) -> None:
    own = hour(language)
    people = own.world.people
    own.only(people.rui)
    page = own.open("/", people.tom)
    own.heads(page, "web-nav-today")
    own.reads(page, "web-today-people")
    assigned, transferred = overrides(own, page)

    # Live decisions: one more, as it happens.
    own.turn(page, "/distribution", live=True)
    sent = own.send(name="沈立夏", phone="19900001234", source="官网")
    row = page.locator("#decisions tr", has_text="沈立夏")
    expect(row).to_be_visible(timeout=LIVE)
    own.reads(row, "web-outcome-assigned")

    # Its receipt, and why not a colleague.
    own.link(row, "web-distribution-receipt").click()
    own.reads(page, "receipt-title-won", winner="Rui")
    page.locator("#rep").select_option(label="Ren · 上海")
    own.button(page, "web-receipts-ask-button").click()
    own.reads(page, "receipt-title-lost", rep="Ren")
    own.reads(page, "receipt-title-change", rep="Ren")

    # Unassigned: the reason, the remedy, and somebody for one of them.
    own.turn(page, "/unassigned")
    own.reads(page, "web-heap-rule-group-empty")
    own.reads(page, "web-remedy-rule-group-empty")
    waiting = page.locator("tbody tr:has(input[name=item])")
    count = waiting.count()
    waiting.first.locator("input").check()
    page.locator("#to").select_option(label="Rui · 上海")
    page.locator("#reason").select_option("language")
    own.button(page, "web-unassigned-give").click()
    own.reads(page, "web-unassigned-given", count=1)
    expect(waiting).to_have_count(count - 1)
    assert Lead.objects.filter(state=State.QUEUED).count() == count - 1

    # Transfer, with a reason.
    own.turn(page, f"/leads/{sent['lead_id']}")
    act = own.act(page, "web-leads-act-transfer")
    own.field(act, "web-leads-to-whom").select_option("Ren")
    own.button(act, "act-reason-transfer-customer-wish").click()
    expect(page.locator(".note[role=status]")).to_be_visible()
    own.reads(page.locator(".item-line"), "web-leads-ended-transfer", name="Rui")
    assert Lead.objects.get(pk=sent["lead_id"]).owner_id == people.ren.pk

    # Everybody with these rights reads how often he did.
    assert overrides(own, page) == (assigned + 1, transferred + 1)
    hers = own.open("/overrides", people.hua)
    assert overrides(own, hers) == (assigned + 1, transferred + 1)

    own.turn(page, "/teams")
    own.heads(page, "web-nav-teams")
    own.link(page, "web-nav-members").click()
    expect(page.locator("td.who", has_text="Ren")).to_be_visible()
