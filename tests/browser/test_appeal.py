"""An appeal from a phone: two taps, his manager upholds it, the rep reads the answer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from evenhand.appeals.models import Appeal
from tests.browser.conftest import PHONE, fits
from tests.browser.hour import Hour, hour

__all__ = ["hour"]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_rep_appeals_in_two_taps_and_reads_the_answer(
    hour: Callable[[str], Hour], language: str
) -> None:
    own = hour(language)
    people = own.world.people
    receipt = own.world.values["receipt_id"]
    rui = own.open(f"/receipts/{receipt}/why-not", people.rui, width=PHONE)

    # Two taps: open, and the reason.
    own.act(rui, "web-appeals-begin")
    own.button(rui, "act-reason-credit-excluded").click()
    own.heads(rui, "web-nav-my-appeals")
    own.reads(rui, "web-appeals-done-filed", days=3)
    assert fits(rui)

    appeal = Appeal.objects.get(person=people.rui)
    tom = own.open("/appeals?only=mine", people.tom)
    tom.locator(f'a[href="/appeals/{appeal.pk}"]').click()
    own.field(tom, "web-appeals-answer-optional").fill("OK 17")
    own.button(tom, "web-appeals-uphold").click()
    own.reads(tom, "web-appeals-done-upheld")

    own.turn(rui, "/appeals/mine")
    expect(rui.get_by_text("OK 17")).to_be_visible()
    own.reads(rui, "web-appeals-state-upheld")
    appeal.refresh_from_db()
    assert appeal.state == "upheld"
