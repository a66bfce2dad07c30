"""People are called what they are called: no list grows wider than a phone for it."""

import pytest
from playwright.sync_api import Browser

from evenhand.people.models import User
from tests.browser.conftest import DESK, PHONE, Served, fits, session_cookie

LONG = "Wolfeschlegelsteinhausenbergerdorff-Montgomery"
LISTS = ("/", "/leads", "/members", "/team", "/distribution", "/overrides", "/fairness", "/journal")
COMPARISON = "policies/comparisons/<int:comparison_id>"
# Charts are drawn anew some time after the window has changed: here, never.
_NEVER_ANEW = "window.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} }"

# A deadline beside a lead that was missed by as much as is told to the minute.
_LONGEST = """() => {
  const clock = document.createElement("time");
  clock.className = "countdown is-over";
  clock.textContent = document.querySelector("#phrases").dataset.overHours
    .replace("{h}", "9").replace("{m}", "59");
  document.querySelector(".item .facts dd").replaceChildren(clock);
  return clock.textContent;
}"""


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
@pytest.mark.django_db  # as above
def test_the_longest_countdown_fits_beside_a_lead(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(
        locale="en-GB", base_url=served.address, viewport={"width": DESK, "height": 900}
    )
    context.add_cookies([session_cookie(served.address, served.sessions["own"])])
    page = context.new_page()
    page.goto(served.world.address("leads/<int:lead_id>"))

    longest = page.evaluate(_LONGEST)

    assert "9 h 59 min" in longest and fits(page)
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
