"""Who goes on too fast waits: 429 with a time, on pages and in the API, and the journal is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from evenhand.journal.models import Event
from evenhand.people.models import Bucket, User
from evenhand.people.operations.incidents import tell_incidents
from evenhand.people.operations.pace import (
    CALLS,
    CLAIMS,
    EXPORTS,
    SEARCHES,
    Pace,
    TooFast,
    keep_pace,
)
from tests.server.api.caller import caller, error_of
from tests.server.cast import Cast, act_as, browser, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def exhaust(pace: Pace, user: User) -> None:
    """As after far too many: what has run out does not fill while the test runs."""
    keep_pace(pace, act_as(user))
    Bucket.objects.filter(key=f"{pace.name}:user:{user.pk}").update(tokens=-1_000)


def assert_waits(answer: Any) -> None:
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("pace", [CALLS, CLAIMS, SEARCHES, EXPORTS], ids=lambda pace: pace.name)
def test_what_has_run_out_comes_back_with_time_up_to_the_burst_and_for_each_alone(
    people: Cast, pace: Pace
) -> None:
    ren, rui = act_as(people.ren), act_as(people.rui)
    exhaust(pace, people.ren)

    with pytest.raises(TooFast) as refused:
        keep_pace(pace, ren)
    keep_pace(pace, rui)

    bucket = Bucket.objects.filter(key=f"{pace.name}:user:{people.ren.pk}")
    assert 1 < refused.value.seconds <= 1_001 / pace.rate + 1
    bucket.update(at=F("at") - timedelta(seconds=1_001 / pace.rate))
    keep_pace(pace, ren)
    bucket.update(at=F("at") - timedelta(days=30))
    keep_pace(pace, ren)
    assert bucket.get().tokens == pace.burst - 1


def test_who_searches_too_fast_waits_and_who_looks_does_not(people: Cast) -> None:
    exhaust(SEARCHES, people.ren)
    client = browser(people.ren, "en")

    refused = client.get("/leads?q=abc")

    assert_waits(refused)
    assert "too fast" in refused.content.decode()
    assert client.get("/leads").status_code == 200
    assert browser(people.rui).get("/leads?q=abc").status_code == 200


def test_a_program_that_searches_too_fast_waits(people: Cast) -> None:
    program = caller(people.olga)
    assert program.get("/leads?q=abc").status_code == 200
    Bucket.objects.filter(key__startswith="search:token:").update(tokens=-1_000)

    refused = program.get("/leads?q=abc")

    assert_waits(refused)
    assert error_of(refused)["code"] == "too_many_requests"
    assert program.get("/leads").status_code == 200


@pytest.mark.parametrize(
    ("path", "sent"), [("/pool/claim", {"item": "lead:1"}), ("/market/claim", {"id": "1"})]
)
def test_who_claims_too_fast_on_a_page_waits(people: Cast, path: str, sent: Any) -> None:
    client = browser(people.ren)
    assert client.post(path, sent).status_code != 429
    exhaust(CLAIMS, people.ren)

    assert_waits(client.post(path, sent))


def test_who_exports_too_fast_waits(people: Cast) -> None:
    client, sent = browser(people.olga), {"query": "", "purpose": "report"}
    assert client.post("/leads/export", sent).status_code != 429
    exhaust(EXPORTS, people.olga)

    assert_waits(client.post("/leads/export", sent))


def test_reached_limits_are_told_to_the_journal_once_with_their_number(people: Cast) -> None:
    exhaust(SEARCHES, people.ren)
    for _ in range(3):
        browser(people.ren).get("/leads?q=abc")

    tell_incidents()

    event = Event.objects.get(kind="limit.reached")
    assert (event.object_id, event.data) == (people.ren.pk, {"what": "search", "count": 3})
