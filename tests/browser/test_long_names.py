"""People are called what they are called: no list grows wider than a phone for it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from evenhand.leads.models import Assignment
from evenhand.people.models import User
from tests.browser.conftest import DESK, PHONE, Served, fits, session_cookie

LONG = "Wolfeschlegelsteinhausenbergerdorff-Montgomery"
LISTS = ("/", "/leads", "/members", "/team", "/distribution", "/overrides", "/fairness", "/journal")
COMPARISON = "policies/comparisons/<int:comparison_id>"
# Charts are drawn anew some time after the window has changed: here, never.
_NEVER_ANEW = "window.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} }"


@pytest.mark.slow
@pytest.mark.django_db  # said here, so that it comes before the test that empties the database
def test_a_chart_drawn_for_a_desk_does_not_widen_the_page_on_a_phone(
    chromium: Browser, served: Served
) -> None:
    context = chromium.new_context(
        locale="zh-CN", base_url=served.address, viewport={"width": DESK, "height": 900}
    )
    context.add_cookies([session_cookie(served.address, served.sessions["ops"])])
    page = context.new_page()
    page.add_init_script(_NEVER_ANEW)
    page.goto(served.world.address(COMPARISON))
    drawn = page.locator(".chart canvas").bounding_box()
    assert drawn is not None and drawn["width"] > PHONE

    page.set_viewport_size({"width": PHONE, "height": 844})

    assert fits(page)
    context.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_lists_with_long_names_fit_a_phone(chromium: Browser, served: Served) -> None:
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(name=f"{user.name} {LONG}"[:80])
    context = chromium.new_context(
        locale="zh-CN", base_url=served.address, viewport={"width": PHONE, "height": 844}
    )
    context.add_cookies([session_cookie(served.address, served.sessions["ops"])])
    page = context.new_page()

    wide = []
    for path in (*LISTS, served.world.address(COMPARISON)):
        page.goto(path)
        assert LONG in page.content() or path in ("/", "/fairness", "/overrides"), path
        wide += [] if fits(page) else [path]

    assert wide == []
    context.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_longest_countdown_fits_beside_a_lead(chromium: Browser, served: Served) -> None:
    rep = served.world.people.ren
    held = Assignment.objects.filter(item_kind="lead", rep_id=rep.pk, closed_at=None)
    due = timezone.now() + timedelta(hours=1)
    held.update(due_at=due, next_at=due, wound_at=timezone.now())
    context = chromium.new_context(
        locale="en-GB", base_url=served.address, viewport={"width": DESK, "height": 900}
    )
    context.add_cookies([session_cookie(served.address, served.sessions["own"])])
    page = context.new_page()
    page.goto(f"/leads/{held[0].item_id}")
    clock = page.locator(".facts .countdown").first
    longest = page.evaluate("document.querySelector('#phrases').dataset.overHours")

    clock.evaluate(
        "(one, text) => { one.textContent = text }",
        longest.replace("{h}", "9").replace("{m}", "59"),
    )

    assert fits(page)
    context.close()
