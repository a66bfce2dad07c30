"""Clocks by HTTP: looked at, accepted, locked, lengthened, stopped."""

import pytest

from evenhand.people.actor import SYSTEM
from evenhand.policies.operations.publish import publish
from evenhand.pool.winding import wind_all
from tests.server.api.caller import caller
from tests.server.appeals.cases import Case, case
from tests.server.cast import browser
from tests.server.pool.test_keeping import rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Case:
    found = case()
    publish("direct", rules(extension={"by": "2d", "needs_manager": True}), actor=SYSTEM)
    wind_all()
    return found


def test_an_owner_keeps_what_he_has_and_a_manager_answers(one: Case) -> None:
    own, ops = caller(one.winner), caller(one.people.olga)
    item = {"kind": "lead", "id": one.lead.pk}
    where = f"/clocks?kind=lead&id={one.lead.pk}"

    before = own.get(where).json()
    assert [found["clock"] for found in before["clocks"]] == ["accept", "untouched"]
    assert before["due_at"] is not None and before["accepted_at"] is None
    assert own.post("/clocks/accept", item).json()["accepted_at"] is not None
    assert own.post("/clocks/lock", item).json()["locked_until"] is not None
    assert own.post("/clocks/unlock", item).json()["locked_until"] is None
    declined = own.post("/clocks/decline", {**item, "reason": "overload"})
    assert declined.status_code == 409, declined.json()

    asked = own.post("/extensions", {**item, "clock": "untouched", "reason": "tender"})
    assert asked.status_code == 201 and asked.json()["is_granted"] is None
    (waiting,) = ops.get("/extensions").json()["items"]
    place = f"/extensions/{waiting['id']}/decide"
    assert own.post(place, {"is_granted": True}).status_code == 403
    assert ops.post(place, {"is_granted": True}).json()["is_granted"] is True

    paused = ops.post("/pauses", {**item, "reason": "customer_wish"})
    assert paused.status_code == 201 and len(ops.get("/pauses").json()["items"]) == 1
    assert ops.post("/pauses", {"reason": "training"}).status_code == 422
    everything = {"everybody": True, "reason": "holiday"}
    assert ops.post("/pauses", everything).status_code == 403  # no program stops the company
    olga = browser(one.people.olga)
    frozen = olga.post("/api/v1/pauses", everything, content_type="application/json")
    assert frozen.status_code == 201 and frozen.json()["scope"] == "company"
    assert ops.post(f"/pauses/{frozen.json()['id']}/end", {}).status_code in (403, 404)
    olga.post(f"/api/v1/pauses/{frozen.json()['id']}/end", {}, content_type="application/json")
    assert ops.post(f"/pauses/{paused.json()['id']}/end", {}).json()["items"] == []
    assert caller(one.loser).get(where).status_code == 404
