"""Numbers in addresses and forms, whoever wrote them there."""

import pytest

from evenhand.leads.models import Lead
from evenhand.people.models import Role
from evenhand.web.asked import number_of, numbers_of
from tests.server.cast import browser
from tests.server.routing.world import company
from tests.server.web.staff import hire

MANY_DIGITS = "9" * 5_000  # more than Python turns into a number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17", 17),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        (MANY_DIGITS, None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("１７", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_is_read_if_it_can_be_an_id(text: str | None, number: int | None) -> None:
    assert number_of(text) == number


def test_what_is_no_number_is_left_out_of_several() -> None:
    assert numbers_of(["3", "x", MANY_DIGITS, "5"]) == (3, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/journal?actor={}&id={}",
        "/distribution?rep={}&line={}&page={}",
        "/unassigned?page={}",
        "/overrides?days={}",
        "/notices?before={}",
        "/members?team={}&page={}",
        "/leads?owner={}&page={}",
    ],
)
def test_a_page_answers_whatever_number_stands_in_its_address(address: str) -> None:
    company(1)
    client = browser(hire(Role.ADMIN))

    for number in (MANY_DIGITS, "9" * 18, "²", "-1"):
        assert client.get(address.replace("{}", number)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("item", "to"), [(MANY_DIGITS, "1"), ("1", MANY_DIGITS), ("1", "²")])
def test_giving_with_a_number_that_is_none_gives_nothing(item: str, to: str) -> None:
    company(1)
    client = browser(hire(Role.ADMIN))

    answer = client.post("/unassigned/assign", {"item": item, "to": to})

    assert answer.status_code == 302
    assert not Lead.objects.filter(owner__isnull=False).exists()
