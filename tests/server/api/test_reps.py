"""Reps by HTTP: whom a program sees, and whose leave it may enter."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.people.models import Leave, Organization, Rep
from tests.server.api.caller import Caller, caller, error_of
from tests.server.cast import Cast, browser

pytestmark = pytest.mark.django_db

AWAY = {"from_at": "2099-03-16T00:00:00+08:00", "until_at": "2099-03-18T00:00:00+08:00"}


def names(answer: Any) -> set[str]:
    return {one["name"] for one in answer.json()["items"]}


def test_reps_are_listed_within_reach(people: Cast) -> None:
    assert names(caller(people.olga).get("/reps")) == {"Ren", "Rui", "Carl"}
    assert names(caller(people.olga).get("/reps?active=false")) == {"Dan"}
    assert names(caller(people.olga).get(f"/reps?team={people.east.pk}")) == {"Ren", "Rui"}
    assert names(caller(people.olga).get("/reps?q=ca")) == {"Carl"}
    assert names(caller(people.tom).get("/reps")) == {"Ren", "Rui"}
    assert caller(people.ren).get("/reps").status_code == 403
    assert caller(people.olga, "intake").get("/reps").status_code == 403


def test_a_switch_is_turned_and_routing_notices(people: Cast, ops: Caller) -> None:
    before = Organization.objects.get().people_revision

    answer = ops.send("PUT", f"/reps/{people.ren.pk}/availability", {"is_accepting": False})

    assert (answer.status_code, answer.json()["is_accepting"]) == (200, False)
    assert Organization.objects.get().people_revision == before + 1


def test_leave_is_entered_once_per_key(people: Cast, ops: Caller) -> None:
    path = f"/reps/{people.ren.pk}/leave"

    first = ops.post(path, {**AWAY, "reason": "年假"}, Idempotency_Key="hr-1")
    again = ops.post(path, {**AWAY, "reason": "年假"}, Idempotency_Key="hr-1")
    overlap = ops.post(path, AWAY)

    assert first.status_code == 201 and again.json() == first.json()
    assert overlap.status_code == 422 and error_of(overlap)["code"] == "people.away_already"
    assert Leave.objects.get().rep_id == people.ren.pk


def test_leave_and_switches_stay_within_reach_and_scope(people: Cast, ops: Caller) -> None:
    far, nowhere = people.carl.pk, 999_999
    head = caller(people.tom)
    answers = [head.post(f"/reps/{one}/leave", AWAY) for one in (far, nowhere)]
    answers += [
        head.send("PUT", f"/reps/{one}/availability", {"is_accepting": False})
        for one in (far, nowhere)
    ]
    answers += [head.get(f"/reps/{one}") for one in (far, nowhere)]

    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    refused = caller(people.olga, "read").post(f"/reps/{people.ren.pk}/leave", AWAY)
    assert refused.status_code == 403
    assert not Leave.objects.exists()
    assert not Rep.objects.filter(is_accepting=False).exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"from_at": AWAY["from_at"]}, "until_at"),
        ({**AWAY, "until_at": "2099-03-16"}, "until_at"),
        ({**AWAY, "until_at": 4_077_000_000}, "until_at"),
        ({**AWAY, "until_at": AWAY["from_at"]}, "until_at"),
        ({**AWAY, "rep_id": 3}, "rep_id"),
    ],
)
def test_unusable_leave_is_refused_and_nothing_is_entered(
    people: Cast, ops: Caller, body: dict[str, Any], field: str
) -> None:
    answer = ops.post(f"/reps/{people.ren.pk}/leave", body)

    assert answer.status_code == 422
    assert [one["field"] for one in error_of(answer)["fields"]] == [field]
    assert not Leave.objects.exists()


def test_load_is_read_and_a_cap_set_and_ended(people: Cast) -> None:
    tom, path = caller(people.tom), f"/reps/{people.ren.pk}/cap"
    cap = {"open_items": 7, "until_date": "2020-01-01", "note": "x"}
    until = (timezone.now() + timedelta(days=5)).date().isoformat()

    assert error_of(tom.send("PUT", path, cap))["code"] == "people.over_already"
    held = tom.send("PUT", path, {**cap, "until_date": until}).json()
    assert (held["most_items"], held["most_by"], held["band"]) == (7, "hand", "unknown")
    assert names(tom.get("/workload")) == {"Ren", "Rui"}
    assert tom.post(f"{path}/end", {}).json()["most_by"] == "derived"
    assert caller(people.ren).get(f"/workload/{people.rui.pk}").status_code == 403
    assert caller(people.rui).send("PUT", path, {**cap, "until_date": until}).status_code == 403


def test_the_word_of_a_week_is_said_read_and_answered(people: Cast) -> None:
    tom, place = caller(people.tom), f"/workload/{people.ren.pk}"
    ren = browser(people.ren)

    def own(path: str, body: Any = None) -> Any:
        if body is None:
            return ren.get(f"/api/v1{path}")
        return ren.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")

    assert own("/me/word", {"word": "lazy"}).status_code == 422
    assert tom.post("/me/word", {"word": "much"}).status_code == 403  # he receives nothing
    # It is his own word: no program says it.
    assert caller(people.ren).post("/me/word", {"word": "much"}).status_code == 403
    said = own("/me/word", {"word": "much"}).json()
    assert (said["rep_id"], said["word"], said["answer"]) == (people.ren.pk, "much", None)

    wanted = {"week": said["week"], "answer": "less", "note": "周三聊"}
    assert own(f"{place}/answer", wanted).status_code == 403
    assert caller(people.carl).get(f"{place}/words").status_code == 403
    answered = tom.post(f"{place}/answer", wanted).json()
    assert (answered["answer"], answered["answered_by"]) == ("less", people.tom.pk)
    assert tom.get(f"{place}/words").json()["items"] == [answered]
    assert own(f"{place}/words").json()["items"][0]["note"] == "周三聊"
    late = own("/me/word", {"word": "more"})
    assert error_of(late)["fields"][0]["code"] == "load.answered_already"
