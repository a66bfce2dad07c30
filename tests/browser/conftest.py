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
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from evenhand.people.models import User
from evenhand.web.live import STATION
from tests.server.cast import Cast, browser, cast
from tests.server.conftest import fresh_process

__all__ = ["fresh_process"]

PHONE, DESK = 390, 1440
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_WATCH = """addEventListener("securitypolicyviolation", event =>
    console.error("policy of headers:", event.violatedDirective, event.blockedURI))"""


def _chromium() -> str | None:
    return os.environ.get("EVENHAND_CHROMIUM") or next(
        filter(None, map(shutil.which, _NAMES)), None
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A server in a thread of its own needs rows that are committed."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.django_db(transaction=True))


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
            is_mobile=width == PHONE,
            has_touch=width == PHONE,
            base_url=self.address,
        )
        self.contexts.append(context)
        if user is not None:
            cookie = browser(user).cookies[settings.SESSION_COOKIE_NAME].value
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": cookie, "url": self.address}])
        context.add_init_script(_WATCH)
        page = context.new_page()
        self._watch(page)
        page.goto(path, wait_until="load")
        return page

    def _watch(self, page: Page) -> None:
        home = urlsplit(self.address).netloc

        def asked(request: Any) -> None:
            if urlsplit(request.url).netloc not in (home, ""):
                self.problems.append(f"asked elsewhere: {request.url}")

        def said(message: Any) -> None:
            if message.type == "error":
                self.problems.append(f"console: {message.text} ({message.location['url']})")

        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))

    def shoot(self, page: Page, name: str) -> Path:
        """A picture of the page, to be looked at."""
        self.shots.mkdir(parents=True, exist_ok=True)
        path = self.shots / f"{re.sub('[^A-Za-z0-9_-]+', '_', name)}.png"
        page.screenshot(path=path)
        return path


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


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """The cast of the server tests, committed."""
    return cast()


def _serious(page: Page) -> list[str]:
    told = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node['html'][:160]}"
        for one in told
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.fixture
def serious_barriers() -> Callable[[Page], list[str]]:
    """What axe finds serious or critical on a page."""
    return _serious


def fits(page: Page) -> bool:
    """Whether the page is no wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
