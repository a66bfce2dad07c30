"""Entering a lead, the public form, and the API's page in a real browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from evenhand.forms.operations.edit import open_form
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.policies.operations.publish import publish
from evenhand.routing.intake import WRITER
from evenhand.web.intake import tickets
from tests.browser.conftest import DESK, PHONE, Visitor, fits
from tests.server.cast import Cast
from tests.server.routing.world import policy

Barriers = Callable[[Page], list[str]]
# The API's page, which alone takes seconds, is looked at in `test_pages.py`.
LOOKS = [
    pytest.param(PHONE, "light", "zh-Hans", id="phone-light-zh"),
    pytest.param(DESK, "light", "zh-Hans", id="desk-light-zh", marks=pytest.mark.slow),
    pytest.param(DESK, "dark", "en", id="desk-dark-en", marks=pytest.mark.slow),
    pytest.param(PHONE, "dark", "zh-Hant", id="phone-dark-zh-Hant", marks=pytest.mark.slow),
]


@pytest.fixture
def form(people: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a public form that may be filled in at once."""
    publish("direct", policy(), actor=SYSTEM)
    monkeypatch.setattr(tickets, "FEWEST_SECONDS", 0)
    yield f"/f/{open_form('direct', actor=SYSTEM)}"
    WRITER.stop()


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_the_pages_fit_and_have_no_serious_barriers(
    visitor: Visitor,
    people: Cast,
    form: str,
    serious_barriers: Barriers,
    width: int,
    theme: str,
    language: str,
) -> None:
    places = {
        "by-hand": ("/intake", people.ren),
        "forms": ("/intake/forms", people.olga),
        "public": (form, None),
        "thanks": (f"{form}/thanks", None),
        "embedded": (f"{form}?embed=1", None),
    }
    for name, (place, who) in places.items():
        page = visitor.visit(place, who, width=width, theme=theme, language=language)
        visitor.shoot(page, f"{name}-{width}-{theme}-{language}")
        assert fits(page), name
        assert serious_barriers(page) == [], name


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_lead_is_entered_and_its_owner_stands_there(
    visitor: Visitor, people: Cast, form: str, serious_barriers: Barriers, width: int
) -> None:
    page = visitor.visit("/intake", people.tom, width=width, language="en")
    page.get_by_label("Email").fill("nobody")
    page.get_by_role("button", name="Enter and deal").click()
    expect(page.locator("#id_email-error")).to_contain_text("not an email address")
    visitor.shoot(page, f"by-hand-error-{width}")
    _forgive_422(visitor)
    assert serious_barriers(page) == []

    page.get_by_label("Email").fill("wang@example.com")
    page.get_by_label("Name", exact=True).fill("王芳")
    page.get_by_role("button", name="Enter and deal").click()

    lead = Lead.objects.select_related("owner__user").get()
    assert lead.owner is not None
    expect(page.locator(".intake-who")).to_contain_text(lead.owner.user.name)
    visitor.shoot(page, f"result-{width}")
    assert fits(page) and serious_barriers(page) == []


def test_a_visitor_fills_in_the_form_inside_a_frame(
    visitor: Visitor, people: Cast, form: str
) -> None:
    page = visitor.visit(f"{form}?embed=1&lang=zh-Hans", width=PHONE)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#id_name-error")).to_be_visible()
    visitor.shoot(page, "public-error")
    _forgive_422(visitor)

    page.get_by_label("姓名").fill("王芳")
    page.get_by_label("电话").fill("13800138000")
    page.get_by_label(re.compile("我同意")).check()
    page.get_by_role("button", name="提交").click()

    expect(page.get_by_text("感谢您的咨询")).to_be_visible()
    assert Lead.objects.get().via == "form"
    assert page.context.cookies() == []


def test_an_example_of_the_api_is_copied_with_one_click(visitor: Visitor, people: Cast) -> None:
    page = visitor.visit("/api/docs", language="en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    button = page.locator("#leads_take_in").get_by_role("button", name="Copy").first
    button.click()

    expect(page.locator("#toasts")).to_contain_text("Copied")
    visitor.shoot(page, "docs-call")
    assert "curl -X POST" in page.evaluate("navigator.clipboard.readText()")


def _forgive_422(visitor: Visitor) -> None:
    """Chromium itself says in the console that a form was answered with its errors."""
    visitor.problems = [one for one in visitor.problems if "422" not in one]
