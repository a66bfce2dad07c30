"""A wrong recycle is appealed and put right: the item is back, and was paid for once."""

from datetime import timedelta

import pytest

from evenhand.appeals.models import Appeal
from evenhand.appeals.operations.decide import uphold
from evenhand.appeals.operations.file import file_appeal
from evenhand.appeals.operations.handing import CannotAppeal
from evenhand.appeals.queries import taken_lately
from evenhand.journal.models import Event
from evenhand.leads.models import Assignment, PoolStay, State
from evenhand.people.actor import SYSTEM
from evenhand.platform.clock import now
from evenhand.policies.operations.publish import publish
from evenhand.pool.operations.sweeping import wind_and_sweep
from evenhand.routing.operations.give import assign
from tests.server.appeals.cases import POINTS, Case, case, owed, sums
from tests.server.appeals.test_deciding import broken
from tests.server.cast import act_as
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db


CLOCKS = {
    "rules": [{"rule": "保护", "time": "real", "clocks": [{"clock": "untouched", "after": "1d"}]}]
}


@pytest.fixture
def one() -> Case:
    found = case()
    publish("direct", policy(pools=[{"pool": "公海"}], clocks=CLOCKS), actor=SYSTEM)
    return found


def recycled(one: Case) -> None:
    """Its clock runs out: into the pool, without a refund."""
    Assignment.objects.update(opened_at=now() - timedelta(days=2), wound_at=None)
    assert wind_and_sweep().pooled == 1


def appealed(one: Case) -> Appeal:
    return file_appeal("lead", one.lead.pk, "recycled", "", actor=act_as(one.winner))


def test_upheld_the_item_is_back_and_was_paid_for_once(one: Case) -> None:
    before = owed(one.winner)
    winner = act_as(one.winner)
    with pytest.raises(CannotAppeal, match=r"appeal\.not_taken_away"):
        appealed(one)
    recycled(one)
    assert [found.act for found in taken_lately(winner, now())] == ["pool"]
    with pytest.raises(CannotAppeal, match=r"appeal\.not_taken_away"):
        file_appeal("lead", one.lead.pk, "recycled", "", receipt_id=one.receipt.pk, actor=winner)

    found = uphold(appealed(one).pk, actor=act_as(one.people.olga))

    one.lead.refresh_from_db()
    assert (one.lead.state, one.lead.owner_id) == (State.OWNED, one.winner.pk)
    assert found.credit == POINTS and abs(owed(one.winner) - before) <= 2
    assert sums() == {0} and broken() == []
    assert Event.objects.get(kind="appeal.upheld").data["given"] is not None
    assert PoolStay.objects.get().left_by == "assign"
    assert Assignment.objects.filter(closed_at=None).count() == 1
    assert taken_lately(winner, now()) == []


def test_what_somebody_has_taken_meanwhile_stays_his_and_the_points_come_back(one: Case) -> None:
    recycled(one)
    appeal = appealed(one)
    olga = act_as(one.people.olga)
    assign("lead", one.lead.pk, to=one.loser.pk, reason="waiting", actor=olga)
    before = owed(one.winner)

    found = uphold(appeal.pk, actor=act_as(one.people.alice))

    one.lead.refresh_from_db()
    assert one.lead.owner_id == one.loser.pk
    assert found.credit == POINTS and owed(one.winner) > before
    assert sums() == {0} and broken() == []
    assert Event.objects.get(kind="appeal.upheld").data["given"] is None
