"""An item comes into a pool: the owner is refunded once, the stay says why, the books add up."""

import pytest

from evenhand.engine.facts import ItemKind
from evenhand.journal.models import Event
from evenhand.leads.models import Assignment, Lead, PoolStay, State
from evenhand.people.actor import SYSTEM
from evenhand.platform.transactions import in_transaction
from evenhand.routing.desk import CannotAct, open_desk
from evenhand.routing.models import Receipt
from evenhand.routing.operations.pooling import destination_of, pool_item
from evenhand.routing.take_in import take_in
from tests.server.routing.test_acts import loads_are_their_recount, owed
from tests.server.routing.test_take_in import everything_replays, leads
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db


def into(pool: str, lead_id: int, *, how: str = "recycle", refund: int = 0) -> int:
    """Put a lead into a pool, as the sweep does."""

    def work() -> int:
        desk = open_desk(ItemKind.LEAD, lead_id)
        assert destination_of(desk, wanted=pool) == pool
        return pool_item(
            desk, pool=pool, how=how, why="untouched", refund_percent=refund, actor=SYSTEM
        )

    return in_transaction(work)


def test_an_item_comes_into_a_pool_and_moves_on_without_a_second_refund() -> None:
    company(3, policy(pools=[{"pool": "公海"}, {"pool": "老客户"}]))
    before = owed() if Receipt.objects.exists() else {}
    (taken,) = take_in(leads(1), actor=SYSTEM)

    receipt_id = into("公海", taken.lead_id, refund=100)

    lead = Lead.objects.get()
    assert (lead.state, lead.pool, lead.owner_id) == (State.POOLED, "公海", None)
    assert lead.receipt_id == receipt_id and not any(owed().values()) and not any(before.values())
    stay = PoolStay.objects.get()
    assert (stay.how, stay.why, stay.from_rep_id) == ("recycle", "untouched", taken.owner_id)
    assert Assignment.objects.get().closed_by == "recycle"
    event = Event.objects.latest("pk")
    assert event.kind == "lead.pooled" and event.data["pool"] == "公海"
    loads_are_their_recount()

    into("老客户", taken.lead_id, how="moved", refund=100)
    first, second = PoolStay.objects.order_by("pk")
    assert first.left_by == "moved" and (second.how, second.from_rep_id) == ("moved", None)
    assert not any(owed().values())
    take_in(leads(3, "1390000"), actor=SYSTEM)
    assert everything_replays() == 4


def test_a_pool_that_is_not_there_refuses_and_nothing_changes() -> None:
    company(2, policy(pools=[{"pool": "公海"}]))
    (taken,) = take_in(leads(1), actor=SYSTEM)
    into("公海", taken.lead_id)
    before = (Event.objects.count(), Receipt.objects.count(), PoolStay.objects.count())

    for pool in ("公海", "没有"):
        with pytest.raises(CannotAct):
            in_transaction(
                lambda pool=pool: pool_item(  # type: ignore[misc]
                    open_desk(ItemKind.LEAD, taken.lead_id),
                    pool=pool,
                    how="moved",
                    why="other",
                    refund_percent=0,
                    actor=SYSTEM,
                )
            )

    assert (Event.objects.count(), Receipt.objects.count(), PoolStay.objects.count()) == before
