"""The frame of the pages in a real browser: every role, wide and narrow, light and dark."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from evenhand.journal.live import hint
from evenhand.leads.models import Lead, State
from evenhand.notify.operations import tell
from evenhand.people.models import User
from evenhand.web.live import STATION
from tests.browser.conftest import DESK, PHONE, Visitor, fits
from tests.server.cast import Cast

Barriers = Callable[[Page], list[str]]
LONG = "Internationale Maschinenbau- und Werkzeugvertriebsgesellschaft mbH & Co. KG"
LOOKS = [
    pytest.param(DESK, "light", "zh-Hans", id="desk-light-zh"),
    pytest.param(DESK, "dark", "en", id="desk-dark-en"),
    pytest.param(PHONE, "dark", "zh-Hant", id="phone-dark-zh-Hant"),
    pytest.param(PHONE, "light", "en", id="phone-light-en"),
]


def _busy_day(people: Cast) -> None:
    now = timezone.now()
    for number in range(24):
        owner = people.ren if number % 3 else people.rui
        Lead.objects.create(
            name=f"王芳{number}",
            company_name=LONG if number % 5 == 0 else "华东机械",
            phone="13800138000",
            region="江苏省/苏州市",
            product="注塑机",
            source="官网",
            grade="ABCD"[number % 4],
            state=State.OWNED,
            owner_id=owner.pk,
            assigned_at=now - timedelta(minutes=number),
            contact_due_at=now + timedelta(minutes=20 * (number - 9)) if number < 20 else None,
            receipt_id=number + 1,
        )
    with transaction.atomic():
        everybody = [one for one in vars(people).values() if isinstance(one, User)]
        for kind in ("assigned", "transferred_to_you", "returned", "escalated"):
            tell([one.pk for one in everybody], kind, params={"by": people.tom.pk})


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
@pytest.mark.parametrize(
    "name",
    [
        "ren",
        "tom",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("olga", "alice", "ada")),
    ],
)
def test_every_roles_first_page_is_whole_in_every_look(
    visitor: Visitor,
    people: Cast,
    serious_barriers: Barriers,
    name: str,
    width: int,
    theme: str,
    language: str,
) -> None:
    _busy_day(people)

    page = visitor.visit("/", getattr(people, name), width=width, theme=theme, language=language)

    visitor.shoot(page, f"today-{name}-{width}-{theme}-{language}")
    assert page.get_attribute("html", "data-bs-theme") == theme
    assert fits(page)
    assert serious_barriers(page) == []


@pytest.mark.parametrize("path", ["/help", "/notices", "/no/such/page"])
@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_pages_of_the_frame_are_whole_in_every_look(
    visitor: Visitor,
    people: Cast,
    serious_barriers: Barriers,
    path: str,
    width: int,
    theme: str,
    language: str,
) -> None:
    _busy_day(people)

    page = visitor.visit(path, people.ren, width=width, theme=theme, language=language)

    # Chromium itself says in the console that a page is missing.
    visitor.problems = [one for one in visitor.problems if "404" not in one]
    visitor.shoot(page, f"{path}-{width}-{theme}-{language}")
    assert fits(page)
    assert serious_barriers(page) == []


def test_a_quiet_day_and_an_empty_inbox_are_whole(
    visitor: Visitor, people: Cast, serious_barriers: Barriers
) -> None:
    for path in ("/", "/notices"):
        page = visitor.visit(path, people.ren, width=PHONE)

        visitor.shoot(page, f"empty-{path}")
        assert fits(page)
        assert serious_barriers(page) == []


def test_the_theme_changes_at_a_click_and_stays(visitor: Visitor, people: Cast) -> None:
    page = visitor.visit("/help", people.ren)

    page.get_by_role("button", name="切换到深色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_keys_walk_the_rows_and_show_what_they_do(visitor: Visitor, people: Cast) -> None:
    _busy_day(people)
    page = visitor.visit("/notices", people.ren)

    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-row]").nth(1).locator("a")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("[data-row]").nth(0).locator("a")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_on_a_phone_the_whole_menu_is_one_touch_away(visitor: Visitor, people: Cast) -> None:
    page = visitor.visit("/", people.tom, width=PHONE)

    page.locator(".bar").get_by_role("button").click()

    expect(page.locator("#more").get_by_role("link", name="帮助")).to_be_visible()


def test_a_pause_asks_first_and_only_a_yes_counts(visitor: Visitor, people: Cast) -> None:
    page = visitor.visit("/", people.ren)

    page.get_by_role("button", name="暂停接单").click()
    page.locator("#ask").get_by_role("button", name="取消").click()
    expect(page.get_by_text("正常接单")).to_be_visible()
    page.get_by_role("button", name="暂停接单").click()
    page.locator("#ask").get_by_role("button", name="确定").click()

    expect(page.get_by_text("接单开关已关闭")).to_be_visible()


def test_a_lead_and_a_notice_arrive_under_ones_eyes(visitor: Visitor, people: Cast) -> None:
    page = _with_stream_open(visitor, people)

    Lead.objects.create(
        name="刚来的王芳",
        state=State.OWNED,
        owner_id=people.ren.pk,
        contact_due_at=timezone.now() + timedelta(hours=1),
        assigned_at=timezone.now(),
    )
    with transaction.atomic():
        hint({"inbox": [people.ren.pk]})
        tell(people.ren.pk, "assigned")

    expect(page.get_by_text("刚来的王芳")).to_be_visible(timeout=20_000)
    expect(page.locator(".bell-count")).to_have_text("1", timeout=20_000)


def _with_stream_open(visitor: Visitor, people: Cast) -> Page:
    """A page of Ren's whose live stream has begun."""
    page = visitor.visit("/help", people.ren)
    with page.expect_response(re.compile(r"/live\b")):
        page.goto("/")
    assert STATION.is_listening.wait(30)
    return page


# A part that is just being exchanged would miss it: it is said again until one has asked.
_NEWS_UNTIL_REFUSED = """() => {
  const say = () => document.body.dispatchEvent(new CustomEvent("live:inbox"));
  const saying = setInterval(say, 500);
  const stop = () => clearInterval(saying);
  document.addEventListener("htmx:responseError", stop, { once: true });
}"""


def test_what_a_full_server_refuses_the_page_asks_again_without_a_word(
    visitor: Visitor, people: Cast
) -> None:
    page = _with_stream_open(visitor, people)
    refused: list[str] = []

    def answer(route: Route) -> None:
        is_live = "x-live" in route.request.headers
        if (is_live and not refused) or route.request.url.endswith("/help?by=hand"):
            refused.append(route.request.url)
            body = "<p data-failure-words>忙不过来</p>"
            route.fulfill(status=503, headers={"Retry-After": "1"}, body=body)
        else:
            route.continue_()

    page.route("**/*", answer)
    with page.expect_response(lambda one: one.ok and one.url in refused, timeout=30_000):
        page.evaluate(_NEWS_UNTIL_REFUSED)
    expect(page.locator("#toasts .note")).to_have_count(0)

    page.evaluate("htmx.ajax('GET', '/help?by=hand', '#toasts')")  # control: asked for by hand
    expect(page.locator("#toasts")).to_contain_text("忙不过来")
    visitor.problems[:] = [one for one in visitor.problems if "503" not in one]
