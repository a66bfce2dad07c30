"""What was refused stands in the journal, counted, and no flood of it does."""

from typing import Any

import pytest

from evenhand.journal.models import Event
from evenhand.people.models import Incident, User
from evenhand.people.operations.incidents import source_of, tell_incidents
from evenhand.people.operations.login import CannotLogIn, prove_again, prove_password
from evenhand.people.operations.throttle import TriedTooOften
from evenhand.people.operations.tokens import issue_token
from tests.server.cast import PASSWORD, Cast, act_as, browser, cast, give_password

pytestmark = pytest.mark.django_db

HERE, THERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def people() -> Cast:
    found = cast()
    give_password(found.ren)
    return found


def guess(email: str, times: int, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises((CannotLogIn, TriedTooOften)):
            prove_password(email, "wrong", address=address)


def told() -> list[tuple[str, int | None, dict[str, Any]]]:
    """What the journal was told of refusals."""
    tell_incidents()
    kinds = ("login.failed", "access.refused", "limit.reached")
    events = Event.objects.filter(kind__in=kinds).order_by("object_id", "pk")
    return [(one.kind, one.object_id, one.data) for one in events]


def test_wrong_guesses_are_told_with_their_number_and_without_the_address(people: Cast) -> None:
    guess(people.ren.email, 3)

    expected = {"why": "password", "count": 3, "source": source_of(HERE)}
    assert told() == [("login.failed", people.ren.pk, expected)]
    assert HERE not in str(told()) and source_of(HERE) != source_of(THERE)


def test_accounts_that_nobody_has_share_one_event_however_many_are_tried(people: Cast) -> None:
    for number in range(20):
        guess(f"nobody{number}@cast.example", 1, address=f"198.51.100.{number}")

    assert [(who, data["count"]) for _, who, data in told()] == [(None, 20)]


def test_who_goes_on_beyond_the_limit_is_told_apart(people: Cast) -> None:
    guess(people.ren.email, 14)

    assert {data["why"]: data["count"] for _, _, data in told()} == {"password": 10, "wait": 4}


def test_a_wrong_answer_to_being_asked_again_is_told(people: Cast) -> None:
    with pytest.raises(CannotLogIn):
        prove_again(people.ren, "wrong", address=HERE)

    assert [data["why"] for _, _, data in told()] == ["again"]


def test_who_gets_in_is_told_of_no_failure(people: Cast) -> None:
    """The control."""
    prove_password(people.ren.email, PASSWORD, address=HERE)
    prove_again(people.ren, PASSWORD, address=HERE)

    assert told() == []


def test_what_was_told_is_counted_anew(people: Cast) -> None:
    guess(people.ren.email, 2)
    tell_incidents()
    guess(people.ren.email, 1)

    assert [data["count"] for _, _, data in told()] == [2, 1]
    assert tell_incidents() == 0 and not Incident.objects.exists()


def test_closed_doors_of_pages_are_told_by_what_was_wanted(people: Cast) -> None:
    client = browser(people.ren)
    for path in ("/company", "/company", "/leads/987654"):
        assert client.get(path).status_code in (403, 404)
    browser(people.ren).get("/help")

    assert told() == [
        (
            "access.refused",
            people.ren.pk,
            {"why": "not_allowed", "what": "edit_company", "count": 2},
        ),
        ("access.refused", people.ren.pk, {"why": "out_of_reach", "what": "lead", "count": 1}),
    ]


def test_closed_doors_of_the_api_are_told_with_the_token(people: Cast) -> None:
    User.objects.filter(pk=people.olga.pk).update(totp_secret="x")
    issued = issue_token("x", ["read"], actor=act_as(people.olga))
    headers = {"Authorization": f"Bearer {issued.secret}"}

    answer = browser().get("/api/v1/leads/987654", headers=headers)

    assert answer.status_code == 404
    expected = {"why": "out_of_reach", "what": "lead", "token": issued.token.pk, "count": 1}
    assert told() == [("access.refused", people.olga.pk, expected)]
