"""Parts of lists that are kept from page to page say what they would say if they were not."""

from datetime import UTC, datetime, timedelta
from html import escape as escape_all
from itertools import product
from random import Random

import pytest
from django.test import Client

from evenhand.engine.calendar.hours import WeekHours, parse_hours
from evenhand.engine.calendar.worktime import Calendar
from evenhand.people.countdown import Countdown, Counting, countdown
from evenhand.people.models import Rep
from evenhand.web.escaping import escape
from evenhand.web.templatetags.moments import countdown_words
from evenhand.wording.catalogue import LOCALES, Words
from tests.server.cast import Cast, browser, cast
from tests.server.leads import company

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize("locale", LOCALES)
def test_time_that_is_left_is_said_as_the_catalogue_says_it(locale: str) -> None:
    words = Words(locale)
    said = set()
    for minutes in (0, 1, 59, 60, 61, 125, 599, 600, 601, 59_999, 60_000, 1_234_567):
        for sign, side in ((1, "left"), (-1, "over")):
            left = Countdown(NOON, sign * (minutes * 60 + 3), True, None)
            hours, rest = divmod(minutes, 60)
            form = "minutes" if rest else "now"
            if hours:
                form = "hours" if rest and hours < 10 else "many"
            expected = words.text(f"web-countdown-{side}-{form}", hours=hours, minutes=rest)
            assert countdown_words(words, left) == expected
            said.add(expected)

    assert any("1,000" in one for one in said)


def test_what_is_special_in_a_page_is_escaped_and_the_rest_stays() -> None:
    chosen = Random(1)
    for _ in range(300):
        text = "".join(chosen.choices("&<>\"'ab海;#", k=chosen.randint(0, 6)))
        assert escape(text) == escape_all(text)


def test_countdowns_counted_together_are_those_counted_one_by_one() -> None:
    office = Calendar(zone="Asia/Shanghai", hours=WeekHours.weekdays("09:00-18:00"))
    night = Calendar(zone="Asia/Shanghai", hours=WeekHours((parse_hours("22:00-06:00"),) * 7))
    shut = Calendar(zone="Asia/Shanghai", hours=WeekHours(((),) * 7))
    ends = [NOON + timedelta(hours=hours) for hours in (-200, -1, 0, 3, 90)]
    said = set()
    for now in (NOON, NOON - timedelta(hours=6), NOON + timedelta(hours=3)):
        together = Counting(now)
        for due_at, calendar in product(ends, (office, night, shut)):
            counted = together.until(due_at, calendar)
            assert counted == countdown(calendar, now, due_at)
            said.add((counted.is_running, counted.is_over))

    assert len(said) == 4


@pytest.fixture
def people() -> Cast:
    return cast()


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["leads", "accounts"])
def test_what_is_chosen_stands_among_the_choices_of_its_filter(people: Cast, page: str) -> None:
    client = browser(people.ren)
    for region in ('浙江省/"><b>', ""):
        shown = text(client, f"/{page}?region={region}")
        chosen = f'<option value="{escape_all(region)}" selected>{escape_all(region)}</option>'
        assert (chosen in shown) is bool(region)
        assert ('name="region"' in shown) is bool(region)  # nothing else to choose from


@pytest.mark.django_db
def test_links_of_a_list_keep_what_the_address_asks_for(people: Cast) -> None:
    owner = Rep.objects.get(pk=people.ren.pk)
    for number in range(45):
        company.lead(owner, name=f"<n{number}>", contact_due_at=NOON + timedelta(hours=number))
    client = browser(people.ren)

    first, sorted_by, second = (
        text(client, path)
        for path in ("/leads", "/leads?sort=due&state=owned", "/leads?page=2&size=20")
    )

    assert 'href="?page=2"' in first and 'href="?sort=-due"' in first
    assert 'href="?sort=due&amp;state=owned&amp;page=2"' in sorted_by
    assert 'aria-sort="ascending"' in sorted_by and "ascending" not in first
    assert 'href="?sort=-due&amp;state=owned"' in sorted_by
    assert 'href="?page=3&amp;size=20"' in second and 'href="?size=50"' in second
    assert second.count("&lt;n") and "<n" not in second.replace("<nav", "")
