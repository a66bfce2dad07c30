"""A real Chromium before a real server: pages are opened, watched, and looked at.

Every page that a test opens is watched: an error in the console, a request to anywhere else or a
breach of the policy of headers fails the test that opened it. Where Chromium is not installed the
tests are skipped, and say so. `EVENHAND_CHROMIUM` names another one; screenshots land in the folder
that `EVENHAND_SHOTS` names, else in pytest's own.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from evenhand.people.models import User
from evenhand.web.live import STATION
from tests.access.company import World
from tests.browser.lived_in import WHO, move_in
from tests.databases import empty
from tests.server.cast import Cast, browser, cast
from tests.server.conftest import forget, fresh_process

__all__ = ["fresh_process"]

PHONE, DESK = 390, 1440
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_WATCH = """addEventListener("securitypolicyviolation", event =>
    console.error("policy of headers:", event.violatedDirective, event.blockedURI))"""
# What looks for barriers is half a megabyte: given to a window once, it is read only when called.
AXE_AT_HAND = f"window.readAxe = () => {{ {AXE_SCRIPT} }}"
_READ_AXE = "() => { if (!window.axe && window.readAxe) readAxe(); return Boolean(window.axe); }"


def _chromium() -> str | None:
    return os.environ.get("EVENHAND_CHROMIUM") or next(
        filter(None, map(shutil.which, _NAMES)), None
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A server in a thread of its own needs rows that are committed."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            is_looking = "served" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.django_db(transaction=not is_looking))


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """The browser of this session."""
    path = _chromium()
    if path is None:
        pytest.skip("no Chromium here: apt install chromium, or name one by EVENHAND_CHROMIUM")
    if not (settings.ROOT / "node_modules").is_dir():
        pytest.skip("the assets are not installed: npm ci")
    # Playwright keeps an event loop in this thread; Django's guard takes our calls for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        found = playwright.chromium.launch(executable_path=path, args=arguments)
        yield found
        found.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    STATION.stop()


@dataclass
class Visitor:
    """Opens pages as somebody, and keeps what was wrong with them."""

    chromium: Browser
    address: str
    shots: Path
    problems: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def visit(
        self,
        path: str,
        user: User | None = None,
        *,
        width: int = DESK,
        theme: str = "light",
        language: str = "zh-Hans",
    ) -> Page:
        """A new browser window in which this page is open."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 844 if width == PHONE else 900},
            locale=language,
            color_scheme=theme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            is_mobile=width == PHONE,
            has_touch=width == PHONE,
            base_url=self.address,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(self.address, session_of(user))])
        page = context.new_page()
        watch(page, self.address, self.problems)
        page.goto(path, wait_until="load")
        return page

    def shoot(self, page: Page, name: str) -> Path:
        """A picture of the page, to be looked at."""
        self.shots.mkdir(parents=True, exist_ok=True)
        path = self.shots / f"{re.sub('[^A-Za-z0-9_-]+', '_', name)}.png"
        page.screenshot(path=path)
        return path


def watch(page: Page, address: str, problems: list[str]) -> None:
    """Add to `problems` what goes wrong with this page from now on."""
    home = urlsplit(address).netloc

    def asked(request: Any) -> None:
        if urlsplit(request.url).netloc not in (home, ""):
            problems.append(f"asked elsewhere: {request.url}")

    def said(message: Any) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text} ({message.location['url']})")

    page.add_init_script(_WATCH)
    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))


@pytest.fixture
def visitor(
    chromium: Browser, live_server: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visitor]:
    """Somebody at a browser; what is wrong with any page he opens fails the test."""
    shots = os.environ.get("EVENHAND_SHOTS")
    folder = Path(shots) if shots else tmp_path_factory.mktemp("shots")
    found = Visitor(chromium, live_server.url, folder)
    yield found
    for context in found.contexts:
        context.close()
    assert found.problems == []


@dataclass(frozen=True)
class Served:
    """A company that has been at work for a while, and the session of each who looks."""

    address: str
    world: World
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def served(chromium: Browser, django_db_blocker: Any) -> Iterator[Served]:
    """For a module that only looks."""
    server = None
    forget()
    try:
        with django_db_blocker.unblock():
            world = move_in()
            sessions = {who: session_of(getattr(world.people, name)) for who, name in WHO.items()}
            connections.close_all()
        server = LiveServer("127.0.0.1")
        with server._live_server_modified_settings:
            yield Served(server.url, world, sessions)
    finally:
        if server is not None:
            server.stop()
        with django_db_blocker.unblock():
            empty()
            connections.close_all()


def session_of(user: User) -> str:
    """The cookie of somebody who is logged in."""
    return browser(user).cookies[settings.SESSION_COOKIE_NAME].value


def session_cookie(address: str, value: str) -> Any:
    """The same as Playwright takes it."""
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """The cast of the server tests, committed."""
    return cast()


def serious(page: Page, *rules: str, contrast: bool = True) -> list[str]:
    """What axe finds serious or critical on a page; by these of its rules, if any are named.

    Without looking at the contrast of colors it takes a third of the time.
    """
    if not page.evaluate(_READ_AXE):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if not contrast:
        options["rules"] = {"color-contrast": {"enabled": False}}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    told = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node['html'][:160]}"
        for one in told
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.fixture
def serious_barriers() -> Callable[[Page], list[str]]:
    """`serious`, for whoever takes it as an argument."""
    return serious


# How wide the page is, and what runs into its neighbour in a table that a phone shows as cards.
_WIDTHS = """() => [document.documentElement.scrollWidth,
  [...document.querySelectorAll(".table-stack > tbody > tr > *")]
    .filter((cell) => getComputedStyle(cell).display === "block"
      && cell.scrollWidth > cell.clientWidth + 1)
    .map((cell) => cell.outerHTML.slice(0, 200))]"""


def fits(page: Page) -> bool:
    """Whether the page is no wider than the window, and no cell of a card than its place.

    A phone's own `innerWidth` grows with a page that is too wide.
    """
    assert page.viewport_size is not None
    wide, over = page.evaluate(_WIDTHS)
    print(*over, sep="\n")
    return bool(wide <= page.viewport_size["width"] and not over)
