"""Every page there is, from one file: no serious barrier, nothing cut off, nothing untranslated.

`pages.toml` names who looks at which page. Which pages there are is found by asking every route of
the server, so that a page without a row fails.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, Route, expect

from evenhand.web import errors
from evenhand.wording.catalogue import Words
from tests.access.company import Ask, World
from tests.access.test_matrix import APART, routes
from tests.browser.conftest import (
    AXE_AT_HAND,
    DESK,
    PHONE,
    Served,
    fits,
    serious,
    session_cookie,
    watch,
)
from tests.wording.catalogues import messages

ROWS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "pages.toml").read_text(encoding="utf-8")
)
FIRST = [(route, all_who[0]) for route, all_who in ROWS["seen"].items()]
EVERY = [
    *((route, who) for route, all_who in ROWS["seen"].items() for who in all_who),
    *ROWS["also"].items(),
]
# Whoever reads these writes programs.
FOR_PROGRAMS = ("/api/docs",)
# Words with a hyphen, a dot or an underscore inside, as message ids, codes and kinds have.
_KEY = re.compile(r"(?<![\w./@+-])[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)+(?![\w/@-])")
# Chromium itself calls such an answer an error.
_REFUSED = re.compile(r"status of (?:40[034]|50[03])")
_ASKS_BY_ITSELF = """() =>
    Boolean(document.querySelector("[hx-trigger^=load], [hx-trigger^=every]"))"""
_WORDS = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text = walker.nextNode(); text; text = walker.nextNode())
        if (!text.parentElement.closest("script, style, code, pre, kbd, textarea"))
            found.push(text.data);
    for (const one of document.querySelectorAll("[aria-label], [title], [placeholder]"))
        found.push(one.ariaLabel ?? "", one.title, one.placeholder ?? "");
    return found.join("\\n");
}"""


# Colors are the same in every language: their contrast is looked at once for a desk in each theme,
# of which the light one is that of the test which runs every day, and for a light phone. A dark
# phone has the colors of a dark desk in the shape of a light phone.
_OTHER_LOOKS = {
    "zh-Hans": ((DESK, "dark"),),
    "zh-Hant": ((DESK, "dark"), (PHONE, "light")),
    "en": ((DESK, "light"), (PHONE, "dark")),
}
# How axe looks: at everything, or at all but contrast, which takes a third of the time.
_WHOLE, _FORM = True, False
_LOOKED_INTO = {
    ("zh-Hans", DESK): _WHOLE,
    ("zh-Hant", PHONE): _WHOLE,
    ("en", PHONE): _FORM,
}


def look(page: Page, width: int, theme: str) -> None:
    """Another width and theme of a page that is open."""
    page.set_viewport_size({"width": width, "height": 844 if width == PHONE else 900})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]


@dataclass
class Windows:
    """One window per person and language, kept open for what it has fetched."""

    chromium: Browser
    served: Served
    problems: list[str] = field(default_factory=list)
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    used: set[Page] = field(default_factory=set)

    def open(self, path: str, who: str, language: str, *, width: int, theme: str) -> Page:
        """The page at this path, as somebody sees it."""
        page = self.pages.get((who, language)) or self._window(who, language)
        self.pages[who, language] = page
        self.used.add(page)
        look(page, width, theme)
        page.goto(path, wait_until="load")
        return page

    def leave(self) -> None:
        """Close what would go on asking the server, which between two tests has no database."""
        for page in self.used:
            if page.evaluate(_ASKS_BY_ITSELF):
                page.wait_for_load_state("networkidle")
                page.goto("about:blank")
        self.used.clear()

    def _window(self, who: str, language: str) -> Page:
        address = self.served.address
        context = self.chromium.new_context(
            locale=language, base_url=address, reduced_motion="reduce"
        )
        if who != "anon":
            context.add_cookies([session_cookie(address, self.served.sessions[who])])
        page = context.new_page()
        # Nothing may change under axe: without a stream a page asks for nothing by itself.
        page.add_init_script("delete window.EventSource")
        page.add_init_script(AXE_AT_HAND)
        watch(page, address, self.problems)
        return page


@pytest.fixture(scope="module")
def shared_windows(chromium: Browser, served: Served) -> Iterator[Windows]:
    windows = Windows(chromium, served)
    yield windows
    for page in windows.pages.values():
        page.context.close()
    assert _wrong(windows) == []


@pytest.fixture
def windows(shared_windows: Windows) -> Iterator[Windows]:
    """The windows; what goes wrong with a page fails the test that opened it, or the next one."""
    yield shared_windows
    shared_windows.leave()
    problems = _wrong(shared_windows)
    shared_windows.problems.clear()
    assert problems == []


def _wrong(windows: Windows) -> list[str]:
    return [one for one in windows.problems if not _REFUSED.search(one)]


def untranslated(page: Page) -> set[str]:
    """Message ids, codes and names of columns that a reader sees among the words."""
    found = {one for one in _KEY.findall(page.evaluate(_WORDS)) if "_" in one or one in _ids()}
    return found if urlsplit(page.url).path not in FOR_PROGRAMS else set()


def _ids() -> frozenset[str]:
    return frozenset(messages("en", others=True))


def _address(world: World, row: str) -> str:
    return row if row.startswith("/") else world.address(row)


@pytest.mark.parametrize(
    ("row", "who"),
    [pytest.param(*one, marks=[] if one in FIRST else pytest.mark.slow) for one in EVERY],
)
def test_a_page_is_whole_for_everybody_who_reads_it(windows: Windows, row: str, who: str) -> None:
    path = _address(windows.served.world, row)

    page = windows.open(path, who, "zh-Hans", width=DESK, theme="light")
    assert fits(page)
    assert serious(page) == []
    look(page, PHONE, "dark")
    assert fits(page), "too wide for a phone"
    assert untranslated(page) == set()
    page = windows.open(path, who, "en", width=PHONE, theme="light")
    assert fits(page), "too wide for a phone, in English"
    assert untranslated(page) == set()


@pytest.mark.slow
@pytest.mark.parametrize(("row", "who"), [*FIRST, *ROWS["also"].items()])
def test_a_page_is_whole_in_every_other_look(windows: Windows, row: str, who: str) -> None:
    path = _address(windows.served.world, row)

    for language, looks in _OTHER_LOOKS.items():
        page = windows.open(path, who, language, width=DESK, theme="light")
        assert untranslated(page) == set(), language
        for width, theme in looks:
            look(page, width, theme)
            assert fits(page), (language, width)
            if (language, width) in _LOOKED_INTO:
                found = serious(page, contrast=_LOOKED_INTO[language, width])
                assert found == [], (language, width, theme)


def test_every_page_that_the_server_has_is_looked_at(served: Served) -> None:
    world = served.world
    known = set(ROWS["seen"]) | set(ROWS["elsewhere"])
    asked = {route.partition(" ")[2]: route for route in routes() if route.startswith("GET ")}
    found = {route for route, line in asked.items() if line not in APART and _is_page(world, route)}

    assert found - known == set(), "pages that pages.toml does not know"
    assert known - set(asked) == set(), "pages that are no more"


def _is_page(world: World, route: str) -> bool:
    """Whether somebody is shown a document there; also if nobody could be, for want of a key."""
    answers = [_answer(ask, world.address(route)) for ask in _askers(world)]
    statuses = {status for status, _ in answers}
    return any(is_document for _, is_document in answers) or statuses == {404}


def _askers(world: World) -> list[Ask]:
    return [world.askers[name] for name in ("anon", "own", "peer", "ops", "admin", "auditor")]


def _answer(ask: Ask, address: str) -> tuple[int, bool]:
    with transaction.atomic():
        answer = ask("GET", address)
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        is_shown = answer.status_code == 200 and is_html and b"<html" in answer.content
        transaction.set_rollback(True)
    return answer.status_code, is_shown


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_drawer_beside_a_list_is_whole(windows: Windows, language: str) -> None:
    page = windows.open("/leads", "own", language, width=DESK, theme="light")
    page.locator("td.who a").first.click()
    expect(page.locator("#drawer .beside")).to_be_visible()
    assert serious(page) == [] and fits(page)
    look(page, PHONE, "dark")
    assert serious(page) == [] and fits(page)
    assert untranslated(page) == set()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_pages_for_what_went_wrong_are_whole(windows: Windows, rf: Any, language: str) -> None:
    request = rf.get("/", HTTP_ACCEPT_LANGUAGE=language)
    bodies = {
        "bad-request": errors.bad_request(request, ValueError()),
        "failed": errors.failed(request),
        "unavailable": errors.unavailable(request),
    }
    page = windows.open("/login", "anon", language, width=PHONE, theme="light")
    for name, answer in bodies.items():
        body = answer.content.decode()
        page.route(f"**/{name}", _answer_with(body))
        _whole(windows, f"/{name}", "anon", language)
    _whole(windows, "/no/such/page", "anon", language)
    _whole(windows, "/journal", "own", language)
    page = windows.open("/login", "anon", language, width=PHONE, theme="light")
    page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').value = 'forged'")
    page.locator("main input[type=email]").fill("ren@cast.example")
    page.locator("main input[type=password]").fill("x")
    page.locator("main form button").first.click()
    expect(
        page.get_by_role("heading", name=Words(language).text("web-csrf-failed-title"))
    ).to_be_visible()
    assert serious(page) == [] and fits(page)


def _answer_with(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8")


def _whole(windows: Windows, path: str, who: str, language: str) -> None:
    for width, theme in ((DESK, "light"), (PHONE, "dark")):
        page = windows.open(path, who, language, width=width, theme=theme)
        assert fits(page), path
        assert serious(page) == [], path
        assert untranslated(page) == set(), path
