"""What the first hours share: a company at work, its words in a language, and a program outside."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from evenhand.people.models import Rep, User
from evenhand.people.operations.revision import people_changed
from evenhand.people.operations.tokens import issue_token
from evenhand.web.live import STATION
from evenhand.wording.catalogue import Words
from tests.access.company import World
from tests.browser.conftest import DESK, Visitor
from tests.browser.lived_in import move_in
from tests.server.cast import act_as

# What comes by the stream may take a moment on a busy machine.
LIVE = 20_000


@dataclass
class Hour:
    """Somebody's first hour, in a language."""

    visitor: Visitor
    world: World
    words: Words

    def say(self, message: str, **params: Any) -> str:
        """A sentence of the catalogue."""
        return self.words.text(message, **params)

    def open(self, path: str, user: User | None, *, width: int = DESK) -> Page:
        """A window of this person's."""
        return self.visitor.visit(path, user, width=width, language=self.words.locale)

    def turn(self, page: Page, path: str, *, live: bool = False) -> None:
        """Go on to a page; `live`: and wait until its stream is open."""
        if not live:
            page.goto(path)
            return
        with page.expect_response(re.compile(r"/live\b")):
            page.goto(path)
        assert STATION.is_listening.wait(30)

    def button(self, place: Page | Locator, message: str, **params: Any) -> Locator:
        """The button with these words."""
        return place.get_by_role("button", name=self.say(message, **params), exact=True).first

    def link(self, place: Page | Locator, message: str, **params: Any) -> Locator:
        """The link with these words."""
        return place.get_by_role("link", name=self.say(message, **params), exact=True).first

    def field(self, place: Page | Locator, message: str) -> Locator:
        """The field with this label."""
        return place.get_by_label(self.say(message), exact=True).first

    def reads(self, place: Page | Locator, message: str, **params: Any) -> None:
        """Somebody reads this sentence there."""
        expect(place.get_by_text(self.say(message, **params)).first).to_be_visible(timeout=LIVE)

    def heads(self, page: Page, message: str, **params: Any) -> None:
        """The page has this title."""
        heading = page.get_by_role("heading", level=1, name=self.say(message, **params))
        expect(heading).to_be_visible()

    def act(self, page: Page, message: str) -> Locator:
        """Unfold one of the acts of an item, and give its form."""
        summary = page.locator("details.act > summary", has_text=self.say(message)).first
        summary.click()
        return summary.locator("xpath=..")

    def only(self, *users: User) -> None:
        """From now on only these take new leads."""
        with transaction.atomic():
            Rep.objects.update(is_accepting=False)
            Rep.objects.filter(pk__in=[one.pk for one in users]).update(is_accepting=True)
            people_changed()

    def send(self, **lead: Any) -> dict[str, Any]:
        """A lead sent by a program, as docs/guide/api.md says, and the answer."""
        secret = issue_token("官网", ["intake"], actor=act_as(self.world.people.olga)).secret
        return send_lead(self.visitor.address, secret, lead)


def send_lead(address: str, secret: str, lead: dict[str, Any]) -> dict[str, Any]:
    """POST one lead with this token."""
    request = Request(
        f"{address}/api/v1/leads",
        data=json.dumps(lead).encode(),
        headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
    )
    with urlopen(request) as answer:
        told: dict[str, Any] = json.load(answer)
    return told


@pytest.fixture
def hour(
    visitor: Visitor, transactional_db: None, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Hour]]:
    """The hour in a language."""
    world = move_in()
    yield lambda language: Hour(visitor, world, Words(language))


def number_in(place: Locator) -> int:
    """The number that stands there."""
    found = re.search(r"\d+", place.inner_text().replace(",", ""))
    assert found is not None
    return int(found[0])
