"""Rules of clocks by HTTP: put over what is held, switched off and on. A person does it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.leads.models import Assignment
from evenhand.people.actor import SYSTEM
from evenhand.policies.models import Line, PolicyVersion, PublishRequest, WorkingCopy
from evenhand.policies.operations.hold import take_hold
from evenhand.policies.operations.publish import publish
from evenhand.pool.models import Pause
from evenhand.pool.winding import wind_all
from tests.server.api.caller import caller, error_of
from tests.server.appeals.cases import Case, case
from tests.server.cast import act_as, browser
from tests.server.pool.test_keeping import rules

pytestmark = pytest.mark.django_db

REACH, SWITCH = "/policies/direct/reach", "/policies/direct/clock-rules"


@pytest.fixture
def one() -> Case:
    found = case()
    publish("direct", rules(), actor=SYSTEM)
    wind_all()
    return found


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"/api/v1{path}", body, content_type="application/json")


def under(one: Case) -> int:
    """The number of the version under which the clocks of the lead run."""
    held = Assignment.objects.get(item_id=one.lead.pk, closed_at=None)
    return int(PolicyVersion.objects.get(pk=held.clocks_policy_id).number)


def switching(**changes: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=30)
    said = {"note": "双节不回收", "expected": "节后照旧", "review_on": day.isoformat()}
    return {"rule": "保护", "is_on": False, **said, **changes}


def test_the_live_clocks_reach_back_as_far_as_was_seen(one: Case) -> None:
    olga = browser(one.people.olga)
    publish("direct", rules(note="新"), actor=SYSTEM)

    seen = olga.get(f"/api/v1{REACH}").json()
    assert seen == {
        "line": "direct", "version": 3, "count": 1, "leads": 1, "accounts": 0, "opportunities": 0,
    }  # fmt: skip

    assert post(olga, REACH, {"version": 2}).status_code == 409
    assert post(olga, REACH, {"version": 99}).status_code == 409
    assert under(one) == 2
    assert post(olga, REACH, {"version": 3}).json()["count"] == 1
    assert under(one) == 3
    assert olga.get(f"/api/v1{REACH}").json()["count"] == 0


def test_a_rule_is_switched_off_and_on_and_nothing_else_changes(one: Case) -> None:
    olga = browser(one.people.olga)
    before = PolicyVersion.objects.get(state="live").document

    off = post(olga, SWITCH, switching())
    assert off.json() == {"line": "direct", "version": 3, "request": None}, off.json()
    (pause,) = olga.get("/api/v1/pauses").json()["items"]
    assert (pause["scope"], pause["line"], pause["rule"]) == ("rule", "direct", "保护")
    assert post(olga, SWITCH, switching()).status_code == 422  # it is off already

    on = post(olga, SWITCH, switching(is_on=True, owner_id=one.people.alice.pk))
    assert on.json()["version"] == 4
    live = PolicyVersion.objects.get(state="live")
    assert live.owner_id == one.people.alice.pk
    assert {**live.document, "version": 2} == before
    assert Pause.objects.get().until_at is not None


def test_a_second_person_is_asked_and_no_draft_is_lost(one: Case) -> None:
    olga, line = browser(one.people.olga), Line.objects.get(key="direct")
    Line.objects.update(needs_second=True)

    asked = post(olga, SWITCH, switching()).json()
    assert asked["version"] is None
    assert PublishRequest.objects.get().pk == asked["request"] and not Pause.objects.exists()
    assert error_of(post(olga, SWITCH, switching()))["code"] == "studio.waiting"

    PublishRequest.objects.all().delete()
    take_hold(line.pk, actor=act_as(one.people.alice))
    refused = post(olga, SWITCH, switching())
    assert error_of(refused)["code"] == "studio.draft_open"
    assert WorkingCopy.objects.count() == 1 and not PublishRequest.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"rule": "没有"}, {"note": "  "}, {"review_on": "2020-01-01"}, {"owner_id": 999_999}],
)
def test_what_publishing_would_refuse_is_refused(one: Case, wrong: dict[str, Any]) -> None:
    answer = post(browser(one.people.olga), SWITCH, switching(**wrong))

    assert answer.status_code in (409, 422), answer.json()
    assert PolicyVersion.objects.get(state="live").number == 2


def test_programs_and_those_who_do_not_edit_rules_are_refused(one: Case) -> None:
    people = one.people
    ops = caller(people.olga)
    assert ops.get(REACH).status_code == 403
    assert ops.post(REACH, {"version": 2}).status_code == 403
    assert ops.post(SWITCH, switching()).status_code == 403
    for user in (people.tom, people.ren):
        assert browser(user).get(f"/api/v1{REACH}").status_code == 403
        assert post(browser(user), REACH, {"version": 2}).status_code == 403
        assert post(browser(user), SWITCH, switching()).status_code == 403
    nowhere = "/policies/nowhere/reach"
    assert browser(people.olga).get(f"/api/v1{nowhere}").status_code == 404
    assert post(browser(people.olga), nowhere, {"version": 2}).status_code == 404
    assert PolicyVersion.objects.get(state="live").number == 2
