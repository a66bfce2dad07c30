"""Getting in with a real browser: each page wide and narrow, light and dark; a whole login."""

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from evenhand.people.actor import SYSTEM
from evenhand.people.models import LinkKind, User
from evenhand.people.operations.links import issue_link
from evenhand.people.operations.set_up import first_run_link
from evenhand.people.operations.tokens import issue_token
from tests.browser.conftest import DESK, PHONE, Visitor, fits
from tests.server.cast import PASSWORD, Cast, act_as, browser, give_password

Barriers = Callable[[Page], list[str]]
LOOKS = [
    pytest.param(DESK, "light", "zh-Hans", id="desk-light-zh"),
    pytest.param(DESK, "dark", "en", id="desk-dark-en"),
    pytest.param(PHONE, "dark", "zh-Hant", id="phone-dark-zh-Hant"),
    pytest.param(PHONE, "light", "en", id="phone-light-en"),
]


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_doors_look_right(
    visitor: Visitor,
    people: Cast,
    serious_barriers: Barriers,
    width: int,
    theme: str,
    language: str,
) -> None:
    give_password(people.ren)
    paths = {
        "login": "/login?next=/leads",
        "forgot": "/forgot",
        "invitation": f"/link/{issue_link(LinkKind.INVITE, user=people.rui, actor=SYSTEM)}",
        "reset": f"/link/{issue_link(LinkKind.RESET, user=people.rui, actor=SYSTEM)}",
    }
    for name, path in paths.items():
        page = visitor.visit(path, width=width, theme=theme, language=language)
        assert serious_barriers(page) == [], name
        assert fits(page), name
        visitor.shoot(page, f"account-{name}-{width}-{theme}-{language}")


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_the_account_looks_right(
    visitor: Visitor,
    people: Cast,
    serious_barriers: Barriers,
    width: int,
    theme: str,
    language: str,
) -> None:
    people.organization.is_demo = True
    people.organization.save()
    for name in (
        "官网表单",
        "A nightly report with a very long name for the whole Asia-Pacific region",
    ):
        issue_token(name, ["intake", "read", "work"], actor=act_as(people.olga))
    for _ in range(3):
        browser(people.olga)
    pages = {
        "profile": ("/account", people.ren),
        "security": ("/account/security", people.olga),
        "security-off": ("/account/security", people.ren),
        "tokens": ("/account/tokens", people.olga),
    }
    for name, (path, user) in pages.items():
        page = visitor.visit(path, user, width=width, theme=theme, language=language)
        assert serious_barriers(page) == [], name
        assert fits(page), name
        visitor.shoot(page, f"account-{name}-{width}-{theme}-{language}")


def test_the_first_day_of_an_administrator(visitor: Visitor, serious_barriers: Barriers) -> None:
    page = visitor.visit(f"/link/{first_run_link()}", width=PHONE, language="en")
    assert serious_barriers(page) == [] and fits(page)
    visitor.shoot(page, "account-set-up")
    page.get_by_label("Company", exact=True).fill("Calm River Trading")
    page.get_by_label("Your name").fill("Fang Wang")
    page.get_by_label("Your mail address").fill("fang@firm.example")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("At least 12 characters, please")).to_be_visible()
    expect(page.get_by_label("Company", exact=True)).to_have_value("Calm River Trading")
    assert [one for one in visitor.problems if "422" not in one] == []
    visitor.problems.clear()  # Chromium calls the answer to a mistake an error
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()

    expect(page.get_by_role("heading", name="Two-step login")).to_be_visible()
    assert serious_barriers(page) == [] and fits(page)
    visitor.shoot(page, "account-second-factor")
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Code from the app").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", name="Keep these codes")).to_be_visible()
    assert serious_barriers(page) == [] and fits(page)
    visitor.shoot(page, "account-recovery-codes")
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(f"{visitor.address}/")

    again = visitor.visit("/account", width=PHONE, language="en")
    again.get_by_label("Mail address").fill("fang@firm.example")
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Log in").click()
    expect(again.get_by_role("heading", name="One more step")).to_be_visible()
    assert serious_barriers(again) == [] and fits(again)
    visitor.shoot(again, "account-code")
    again.get_by_label("Code").fill(recovery)
    again.get_by_role("button", name="Continue").click()
    expect(again).to_have_url(f"{visitor.address}/account")
    assert User.objects.get().last_login is not None
