"""To-dos by HTTP: listed, made, finished, moved, claimed."""

import pytest

from evenhand.people.actor import SYSTEM
from evenhand.tasks.making import MARKET, Wish, make_all
from tests.server.api.caller import caller
from tests.server.builders import person
from tests.server.tasks.rules import company_with_tasks

pytestmark = pytest.mark.django_db


def test_a_rep_makes_finishes_and_claims_and_who_assigns_moves() -> None:
    ren, rui = (one.user for one in company_with_tasks(2))
    own, other, boss = caller(ren), caller(rui), caller(person("Boss", "manager", "all"))

    made = own.post("/tasks", {"type": "电话回访", "title": "约样机"})
    assert made.status_code == 201, made.json()
    place = f"/tasks/{made.json()['id']}"
    assert own.get("/tasks").json()["total"] == 1
    assert other.get(place).status_code == 404
    assert own.post(f"{place}/time", {"due_at": "2020-01-01T00:00:00Z"}).status_code == 422
    assert boss.post(f"{place}/assign", {"to": rui.pk}).json()["owner"]["id"] == rui.pk
    assert own.post(f"{place}/done", {}).status_code == 404
    assert other.post(f"{place}/done", {"minutes": 9}).json()["state"] == "done"

    (offered,) = make_all([Wish("电话回访", MARKET)], via="hand", actor=SYSTEM)
    (market,) = own.get("/market").json()["items"]
    assert [one["id"] for one in market["items"]] == [offered.id]
    (won,) = own.post("/market/claims", {"ids": [offered.id]}).json()["items"]
    (lost,) = other.post("/market/claims", {"ids": [offered.id]}).json()["items"]
    assert won["is_claimed"] and lost["reason"]["code"] == "task.gone"
    back = own.post(f"/tasks/{offered.id}/give-back", {"reason": "overload"})
    assert back.json()["state"] == "offered"


def test_a_series_is_made_changed_stopped_and_taken_up_by_who_assigns() -> None:
    (ren,) = (one.user for one in company_with_tasks(1))
    own, boss = caller(ren), caller(person("Boss", "manager", "all"))

    body = {"type": "电话回访", "unit": "week", "weekdays": [1, 4], "from_on": "2027-03-01"}
    assert own.post("/series", body).status_code == 403
    made = boss.post("/series", {**body, "to": "rep", "rep_id": ren.pk})
    assert made.status_code == 201, made.json()
    place = f"/series/{made.json()['id']}"
    assert own.get(place).json()["weekdays"] == [1, 4]  # his own work
    changed = boss.post(
        f"{place}/edit", {"weekdays": [2], "title": "周二回访", "edition": 1}
    ).json()
    assert (changed["weekdays"], changed["title"]) == ([2], "周二回访")
    assert (changed["every"], changed["rep"]["id"]) == (1, ren.pk)  # what was left out stays
    late = boss.post(f"{place}/edit", {"title": "x", "edition": 1})
    assert late.status_code == 409
    assert boss.post(f"{place}/edit", {"unit": "month"}).json()["weekdays"] == []
    assert boss.post(f"{place}/stop", {}).json()["is_on"] is False
    assert boss.post(f"{place}/stop", {}).status_code == 409
    assert own.post(f"{place}/resume").status_code == 403
    assert boss.post(f"{place}/resume").json()["is_on"] is True
    assert own.get("/series").json()["total"] == 1
