"""A manager sees signs of fake follow-up in what his people typed, and in nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.leads.models import Assignment
from evenhand.leads.operations.activities import log_activity
from evenhand.leads.queries.suspected import suspected
from evenhand.people.actor import SYSTEM
from evenhand.people.scope import NotAllowed
from evenhand.policies.operations.publish import publish
from tests.server.api.caller import caller
from tests.server.cast import browser
from tests.server.leads import company
from tests.server.routing.test_acts import as_rep
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db


def test_signs_come_from_what_ones_people_typed() -> None:
    firm = company.firm()
    now = timezone.now()
    mine = [company.lead(firm.rep("li"), name=f"客户{n}") for n in range(8)]
    Assignment.objects.update(due_at=now + timedelta(minutes=30))
    for one in mine:
        log_activity(
            "lead", one.pk, channel="call", outcome="no_answer", note="客户暂时没有需求",
            entry_key=f"k{one.pk}", actor=firm.actor("li"),
        )  # fmt: skip
    other = company.lead(firm.rep("chen"))
    for _ in range(9):  # an import, and a program
        log_activity(
            "lead", other.pk, channel="note", outcome="noted", note="客户暂时没有需求",
            actor=firm.actor("chen"),
        )  # fmt: skip

    since = now - timedelta(days=1)
    found = suspected(firm.actor("lead"), since=since)

    assert {(one.kind, one.user_id, len(one.items)) for one in found} == {
        ("burst", firm.users["li"].pk, 8),
        ("copies", firm.users["li"].pk, 8),
        ("deadline", firm.users["li"].pk, 8),
    }
    assert suspected(firm.actor("ops"), since=since, team=firm.users["chen"].team_id) == []
    with pytest.raises(NotAllowed):
        suspected(as_rep(firm.rep("li")), since=since)

    items = caller(firm.users["lead"]).get("/suspected").json()["items"]
    assert {(one["sign"], one["user_id"]) for one in items} == {
        (kind, firm.users["li"].pk) for kind in ("burst", "copies", "deadline")
    }
    assert {"kind": "lead", "id": mine[0].pk} in items[0]["items"]
    assert caller(firm.users["li"]).get("/suspected").status_code == 403

    client = browser(firm.users["lead"])
    page = client.get("/team/suspected?days=7").content.decode()
    assert f"/leads/{mine[0].pk}" in page
    assert f"/leads/{other.pk}" not in page
    sent = {"purpose": "report", "format": "csv", "query": "days=7"}
    taken = client.post("/team/suspected/export", sent)
    assert taken.status_code == 200 and "客户0" not in taken.content.decode("utf-8-sig")
    assert len(taken.content.decode("utf-8-sig").strip().splitlines()) == 4
    assert taken.content.decode().count("+08:00") == 6  # as the page shows them, not in UTC


def test_each_line_says_itself_from_where_on_something_is_a_sign() -> None:
    firm = company.firm()
    now = timezone.now()
    for n in range(3):
        one = company.lead(firm.rep("li"), name=f"客户{n}")
        log_activity(
            "lead", one.pk, channel="call", outcome="no_answer", entry_key=f"k{n}",
            actor=firm.actor("li"),
        )  # fmt: skip
    since = now - timedelta(days=1)
    assert suspected(firm.actor("lead"), since=since) == []

    signs = {"burst_items": 3, "burst_within": "5m"}
    publish("direct", policy(clocks={"signs": signs}), actor=SYSTEM)

    (found,) = suspected(firm.actor("lead"), since=since)
    assert (found.kind, len(found.items), found.limits.burst_minutes) == ("burst", 3, 5)
