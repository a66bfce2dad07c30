"""Handing over by HTTP: cover planned and agreed to, a sheet offered and accepted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.people.models import Leave
from tests.server.api.caller import caller
from tests.server.appeals.cases import Case, case

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Case:
    return case()


def test_cover_and_departure_by_programs(one: Case) -> None:
    ops, heir = caller(one.people.olga), caller(one.loser)
    now = timezone.now()
    leave = Leave.objects.create(
        rep=one.winner.rep, from_at=now + timedelta(days=1), until_at=now + timedelta(days=3)
    )
    plan = {"leave_id": leave.pk, "classes": [{"kind": "lead", "substitute": one.loser.pk}]}
    made = ops.post("/covers", plan)
    assert made.status_code == 200 and made.json()["state"] == "agreed", made.json()
    assert [found["leave_id"] for found in ops.get("/covers").json()["items"]] == [leave.pk]
    assert heir.post("/covers", plan).status_code == 404  # not his leave
    assert ops.post(f"/covers/{leave.pk}/agree", {}).status_code == 409
    assert ops.post(f"/covers/{leave.pk}/drop", {}).json()["state"] == "dropped"

    until = (now + timedelta(days=5)).isoformat()
    opened = ops.post("/departures", {"rep_id": one.winner.pk, "deadline": until})
    assert opened.status_code == 201, opened.json()
    place = f"/departures/{opened.json()['id']}"
    assert heir.get(f"{place}/lines").status_code == 404
    (line,) = ops.get(f"{place}/lines").json()["items"]
    assert heir.post(f"{place}/lines", {"title": "报备"}).status_code in (403, 404)
    made = ops.post(f"{place}/lines", {"title": "报备", "count": 12})
    assert made.status_code == 201 and made.json()["kind"] == "by_hand", made.json()
    assert (made.json()["title"], made.json()["count"]) == ("报备", 12)
    alone = {"lines": [line["id"]]}
    assert ops.post(f"{place}/leave-out", alone).status_code == 409  # a lead needs somebody
    left = ops.post(f"{place}/leave-out", {"lines": [made.json()["id"]]})
    assert left.json() == {"lines": 1}
    offered = ops.post(f"{place}/offer", {"lines": [line["id"]], "to": [one.loser.pk]})
    assert offered.json() == {"lines": 1}
    taken = heir.post(f"{place}/answer", {"lines": [line["id"]], "accepts": True})
    assert taken.json() == {"lines": 1}
    assert heir.get("/departures?state=done").json()["items"][0]["rep_id"] == one.winner.pk
    one.lead.refresh_from_db()
    assert one.lead.owner_id == one.loser.pk
