"""The bench and one person's growth from outside: pages, files, notices, programs."""

from typing import Any

import pytest
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.ladder.models import Proposal
from evenhand.ladder.operations.counting import count_all
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep
from evenhand.policies.operations.publish import publish
from tests.server.api.caller import Caller, token_of
from tests.server.cast import Cast, browser, cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

LEVELS = [
    {"level": "新人", "takes": "lead.grade = B", "ramp": {"days": 90}, "stretch": {"percent": 10}},
    {"level": "资深", "mentees": 1},
]
EVIDENCE = {
    "days": 100, "outcomes": 20, "expected": 18_000_000, "probability": 900_000,
    "asked": {"days": 90, "expected": 15_000_000, "probability": 800_000},
}  # fmt: skip


@pytest.fixture
def people() -> Cast:
    """Ren is new and proposed for the next level; Rui and Carl are seniors."""
    people = cast()
    publish("direct", policy(levels=LEVELS), actor=SYSTEM)
    Rep.objects.update(level="资深", joined_on=company_day(timezone.now()))
    Rep.objects.filter(pk=people.ren.pk).update(level="新人")
    count_all(timezone.now())
    _proposed(people)
    return people


def _proposed(people: Cast) -> Proposal:
    return Proposal.objects.create(
        rep_id=people.ren.pk, from_level="新人", to_level="资深", evidence=EVIDENCE
    )


def test_a_manager_reads_the_bench_names_a_mentor_and_decides(people: Cast) -> None:
    tom, own = browser(people.tom), browser(people.ren)
    shown = tom.get("/bench").content.decode()
    assert "晋级建议" in shown and "Ren" in shown and "Rui" in shown
    assert "Carl" not in shown, "another branch"
    file = tom.post("/bench/export", {"purpose": "report", "format": "csv", "query": "level=新人"})
    lines = file.content.decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 2 and lines[1].startswith("Ren,上海,新人,资深,0,40,")
    assert Event.objects.get(kind="bench.exported").data["rows"] == 1

    proposal = Proposal.objects.get()
    at = f"/growth?rep={people.ren.pk}"
    assert tom.get(f"/growth?proposal={proposal.pk}").headers["Location"] == at
    assert own.get(f"/growth?proposal={proposal.pk}").headers["Location"] == "/growth"
    assert browser(people.rui).get(f"/growth?proposal={proposal.pk}").status_code == 404
    assert browser(people.rui).get(at).status_code == 403

    name = f"/growth/{people.ren.pk}/mentor"
    assert tom.post(name, {"mentor": people.ren.pk}).status_code == 422
    assert tom.post(name, {"mentor": people.dan.pk}).status_code == 422
    assert Rep.objects.get(pk=people.ren.pk).mentor_id is None
    assert tom.post(name, {"mentor": people.rui.pk}).status_code == 302
    assert Rep.objects.get(pk=people.ren.pk).mentor_id == people.rui.pk

    refused = tom.post(f"/bench/proposals/{proposal.pk}", {"act": "put_off", "note": ""})
    assert refused.status_code == 422 and "请写清楚还希望看到什么" in refused.content.decode()
    assert own.post(f"/bench/proposals/{proposal.pk}", {"act": "accept"}).status_code == 403
    assert Proposal.objects.get().state == "open"
    done = tom.post(f"/bench/proposals/{proposal.pk}", {"act": "accept", "note": "恭喜"})
    assert done.status_code == 302
    assert Rep.objects.get(pk=people.ren.pk).level == "资深"
    mine = own.get("/growth").content.decode()
    assert "恭喜" in mine and "已是最高职级" in mine


def test_a_program_reads_the_bench_and_decides_once(people: Cast) -> None:
    caller = Caller(token_of(people.tom, "people"))
    rows: list[dict[str, Any]] = caller.get("/bench").json()["items"]
    ren = next(one for one in rows if one["rep_id"] == people.ren.pk)
    assert (ren["level"], ren["next_level"], ren["ramp_percent"]) == ("新人", "资深", 40)
    assert {one["need"] for one in ren["needs"]} == {"days", "expected", "probability"}
    assert people.carl.pk not in {one["rep_id"] for one in rows}
    (told,) = caller.get("/graduations?state=open").json()["items"]
    assert [(one["found"], one["is_met"]) for one in told["needs"]] == [
        (100, True), (18, True), (0.9, True),
    ]  # fmt: skip
    path = f"/graduations/{told['id']}/decide"
    assert Caller(token_of(people.tom, "read")).post(path, {"is_accepted": True}).status_code == 403
    assert caller.post(path, {"is_accepted": False}).status_code in (409, 422)
    answer = caller.post(path, {"is_accepted": False, "note": "再看一个月"})
    assert answer.status_code == 200 and answer.json()["state"] == "put_off"
    assert answer.json()["again_on"]
    assert caller.post(path, {"is_accepted": True}).status_code == 409
    assert Rep.objects.get(pk=people.ren.pk).level == "新人"
