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
