"""People are called what they are called: no list grows wider than a phone for it."""

import pytest
from playwright.sync_api import Browser

from evenhand.people.models import User
from tests.browser.conftest import PHONE, Served, fits, session_cookie

LONG = "Wolfeschlegelsteinhausenbergerdorff-Montgomery"
LISTS = ("/", "/leads", "/members", "/team", "/distribution", "/overrides", "/fairness", "/journal")


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
    for path in LISTS:
        page.goto(path)
        assert LONG in page.content() or path in ("/", "/fairness", "/overrides"), path
        wide += [] if fits(page) else [path]

    assert wide == []
    context.close()
