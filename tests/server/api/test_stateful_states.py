"""F1, what can only be done in a certain state: agreed to, approved, decided, undone, assigned.

A company in which something waits for each of them; histories begin there and must reach all.
"""

import pytest
from django.db import transaction

from evenhand.appeals.operations.file import file_appeal
from evenhand.handover.operations.cover import Class, plan_cover
from evenhand.leads.intake import LeadIn
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.policies.operations.publish import publish
from evenhand.pool.operations.extending import ask_extension
from evenhand.pool.winding import wind_all
from evenhand.routing.take_in import take_in
from tests.server.api.fuzzed import Api
from tests.server.api.test_stateful_api import at_once as at_once
from tests.server.api.test_stateful_api import busy as busy
from tests.server.api.test_stateful_api import follow
from tests.server.cast import act_as
from tests.server.conftest import forget
from tests.server.rebalance.uneven import caps
from tests.server.routing.world import policy
from tests.server.tasks.rules import LEVELS, TASKS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CLOCKS = {
    "rules": [
        {
            "rule": "保护",
            "time": "real",
            "clocks": [{"clock": "untouched", "after": "10d"}],
            "extension": {"by": "2d", "needs_manager": True},
        }
    ]
}


@pytest.fixture
def waiting(busy: Api) -> Api:
    """Ren has asked for a cover, for more time and for justice, and carries more than he may."""
    people, values = busy.world.people, busy.world.values
    rules = policy(pools=[{"pool": "公海"}], levels=LEVELS, tasks=TASKS, clocks=CLOCKS)
    publish("direct", rules, actor=SYSTEM)
    ren = act_as(people.ren)
    # He alone receives anything.
    taken = take_in(
        [LeadIn(name=f"客户{n}", phone=f"1390000000{n}") for n in range(4)], actor=SYSTEM
    )
    wind_all()
    asked = ask_extension("lead", taken[0].lead_id, clock="untouched", reason="tender", actor=ren)
    filed = file_appeal("lead", taken[1].lead_id, "other", "x", actor=ren)
    plan_cover(int(values["leave_id"]), [Class(substitute=people.rui.pk)], actor=ren)
    values |= {"extension_id": str(asked.pk), "appeal_id": str(filed.pk)}
    Rep.objects.update(is_accepting=True)
    caps(people, ren=2, rui=20, carl=20)
    forget()
    return busy


@pytest.fixture
def idle(busy: Api) -> Api:
    """Nobody receives anything: what comes in waits for whoever assigns it."""
    Rep.objects.update(is_accepting=False)
    with transaction.atomic():
        people_changed()
    forget()
    return busy


DECIDED = {
    ("appeals", "rep"): ("appeals_file", "appeals_withdraw"),
    ("appeals", "ops"): ("appeals_file", "appeals_get", "appeals_decide"),
    ("covers", "ops"): ("covers_plan", "covers_agree", "covers_drop"),
    ("extensions", "rep"): ("extensions_ask",),
    ("extensions", "ops"): ("extensions_ask", "extensions_decide"),
    ("rebalances", "ops"): tuple(
        f"rebalances_{act}" for act in ("propose", "moves", "edit", "approve", "undo", "drop")
    ),
}
POOLED = ("pools_put", "pools_assign")
ASSIGNED = {"leads": "leads_assign", "tasks": "tasks_assign"}


@pytest.mark.parametrize(("noun", "who"), DECIDED)
def test_what_waits_for_an_answer_gets_one_as_the_document_says(
    waiting: Api, noun: str, who: str
) -> None:
    followed = follow(waiting, who, noun, histories=8, asker="rep")

    assert followed.found == {}
    assert [one for one in DECIDED[noun, who] if not followed.reached[one]] == []


@pytest.mark.parametrize("noun", ASSIGNED)
def test_what_waits_for_somebody_is_assigned_as_the_document_says(idle: Api, noun: str) -> None:
    followed = follow(idle, "ops", noun, histories=6)

    assert followed.found == {}
    assert followed.reached[ASSIGNED[noun]]


def test_what_lies_in_a_pool_is_put_there_and_assigned_as_the_document_says(idle: Api) -> None:
    idle.world.values["lead_id"] = idle.world.values["pooled_id"]

    followed = follow(idle, "ops", "pools", histories=8)

    assert followed.found == {}
    assert [one for one in POOLED if not followed.reached[one]] == []
    assert followed.lacks(*(f"{one} > receipts_get" for one in POOLED)) == []


@pytest.mark.parametrize("noun", sorted({noun for noun, _ in DECIDED} | {*ASSIGNED}))
def test_who_may_only_read_decides_and_assigns_nothing(waiting: Api, noun: str) -> None:
    followed = follow(waiting, "read", noun, histories=2)

    assert followed.found == {}
    reached = {one for one, count in followed.reached.items() if count}
    assert not reached & {*ASSIGNED.values(), *(one for of in DECIDED.values() for one in of)} - {
        "appeals_get",
        "rebalances_moves",
    }
