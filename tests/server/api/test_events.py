"""Following events by HTTP."""

import pytest
from django.db import transaction

from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.operations import record
from evenhand.people.actor import SYSTEM
from tests.server.api.caller import caller, error_of
from tests.server.cast import Cast
from tests.server.journal.settling import settled

pytestmark = pytest.mark.django_db


def _lost(*lead_ids: int) -> None:
    for lead_id in lead_ids:
        with transaction.atomic():
            record("lead.lost", actor=SYSTEM, object_kind="lead", object_id=lead_id)


def test_the_catalogue_is_published(people: Cast) -> None:
    said = caller(people.olga).get("/events/types").json()["items"]

    assert [one["type"] for one in said] == sorted(CATALOGUE)
    (lost,) = [one for one in said if one["type"] == "lead.lost"]
    assert lost["version"] == 1 and lost["object"] == "lead"
    assert set(lost["data"]["properties"]) == {"reason", "stage", "revive_on"}


def test_a_cursor_of_another_list_is_refused(people: Cast) -> None:
    answer = caller(people.olga).get("/events?cursor=abc")

    assert answer.status_code == 422
    assert error_of(answer)["fields"][0]["code"] == "bad_cursor"


def test_a_type_that_is_not_in_the_catalogue_is_named(people: Cast) -> None:
    answer = caller(people.olga).get("/events?type=lead.lost&type=moon.landed")

    assert answer.status_code == 422
    assert error_of(answer)["fields"][0]["value"] == "moon.landed"


def test_reps_follow_nothing(people: Cast) -> None:
    assert caller(people.ren).get("/events").status_code == 403
    assert caller(people.ren).get("/events/types").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_events_are_followed_from_a_position(people: Cast) -> None:
    olga = caller(people.olga)
    begun = olga.get("/events?start=now").json()
    _lost(1, 2, 3)
    settled()

    first = olga.get(f"/events?limit=2&cursor={begun['next']}").json()
    second = olga.get(f"/events?limit=2&cursor={first['next']}").json()
    third = olga.get(f"/events?limit=2&cursor={second['next']}").json()

    assert begun["items"] == []
    assert [one["object"]["id"] for one in (*first["items"], *second["items"])] == [1, 2, 3]
    assert (third["items"], third["next"]) == ([], second["next"])
    assert first["items"][0]["type"] == "lead.lost"
    assert first["items"][0]["actor"] == {"kind": "system", "id": None}


@pytest.mark.django_db(transaction=True)
def test_only_some_types(people: Cast) -> None:
    _lost(1)
    with transaction.atomic():
        record("form.closed", actor=SYSTEM, object_kind="line", object_id=9)
    settled()

    said = caller(people.olga).get("/events?type=form.closed&type=form.opened").json()

    assert [one["type"] for one in said["items"]] == ["form.closed"]
