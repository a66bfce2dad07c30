"""Items into pools, from one to another and out of them, by owners and administrators."""

from typing import Any

import pytest
from django.utils import timezone

from evenhand.leads.models import Assignment, Lead, PoolStay, State
from evenhand.ledger.models import Balance
from evenhand.people.actor import SYSTEM
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound
from evenhand.policies.operations.publish import publish
from evenhand.pool.operations.claim import claim_one
from evenhand.pool.operations.placing import give_back, hand_out, put_in
from evenhand.routing.desk import CannotAct
from evenhand.routing.operations.acts import ReasonMissing
from tests.server.builders import person
from tests.server.cast import act_as
from tests.server.pool.deep import POOL, actor, adrift, waters
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db
COLD = "冷线索"


def stays(item: Lead) -> list[tuple[Any, ...]]:
    rows = PoolStay.objects.filter(item_id=item.pk).order_by("pk")
    return list(rows.values_list("pool", "how", "why", "from_rep_id", "left_by", "taken_by_id"))


def balances() -> list[int]:
    rows = [one.amounts for one in Balance.objects.order_by("row")]
    return [sum(both) for both in zip(*rows, strict=True)]


def test_an_owner_returns_to_the_pool_that_takes_it_and_is_refunded_unless_late() -> None:
    rep, *_ = waters(pool={"takes": "lead.grade = A"})
    timely, late = adrift(2)
    for one in (timely, late):
        claim_one("lead", one.pk, actor=actor(rep))
    paid = balances()
    give_back("lead", timely.pk, reason="no_demand", note="明年再说", actor=actor(rep))
    assert balances() == [one // 2 for one in paid]
    Assignment.objects.filter(item_id=late.pk).update(due_at=timezone.now())
    give_back("lead", late.pk, reason="no_answer", actor=actor(rep))
    assert balances() == [one // 2 for one in paid]
    assert stays(timely) == [
        (POOL, "", "", None, "claim", rep.pk),
        (COLD, "return", "no_demand", rep.pk, "", None),
    ]
    assert set(Lead.objects.values_list("state", "owner_id")) == {(State.POOLED, None)}


def test_what_is_not_ones_own_or_no_pool_takes_stays_where_it_is() -> None:
    rep, other, _ = waters(pools=[{"pool": POOL, "takes": "lead.grade = C"}])
    item = adrift()[0]
    claim_one("lead", item.pk, actor=actor(rep))
    with pytest.raises(NotFound):
        give_back("lead", item.pk, reason="no_demand", actor=actor(other))
    with pytest.raises(CannotAct, match="none_takes"):
        give_back("lead", item.pk, reason="no_demand", actor=actor(rep))
    with pytest.raises(ReasonMissing):
        give_back("lead", item.pk, reason="weather", actor=actor(rep))
    item.refresh_from_db()
    assert (item.state, item.owner_id) == (State.OWNED, rep.pk)


def test_administrators_move_between_their_pools_and_assign_out_of_them() -> None:
    rep, named, other = waters()
    pools = [
        {"pool": POOL, "group": "全体", "administrators": [str(named.pk)]},
        {"pool": COLD, "administrators": [str(named.pk)], "mode": "assign_only"},
        {"pool": "别的"},
    ]
    publish("direct", policy(pools=pools), actor=SYSTEM)
    item = adrift()[0]
    with pytest.raises(NotAllowed):
        put_in("lead", item.pk, pool=COLD, reason="tidying", actor=actor(rep))
    with pytest.raises(NotAllowed):
        put_in("lead", item.pk, pool="别的", reason="tidying", actor=actor(named))
    put_in("lead", item.pk, pool=COLD, reason="tidying", actor=actor(named))
    with pytest.raises(NotFound):
        hand_out("lead", item.pk, to=other.pk, reason="expertise", actor=actor(rep))
    hand_out("lead", item.pk, to=other.pk, reason="expertise", actor=actor(named))
    item.refresh_from_db()
    assert (item.state, item.owner_id) == (State.OWNED, other.pk)
    assert stays(item) == [
        (POOL, "", "", None, "moved", None),
        (COLD, "moved", "tidying", None, "assign", other.pk),
    ]
    olga = act_as(person("Olga", "sales_ops"))
    put_in("lead", item.pk, pool=POOL, reason="other", note="重来", actor=olga)
    assert stays(item)[-1] == (POOL, "moved", "other", other.pk, "", None)
