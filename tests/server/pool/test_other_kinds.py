"""Dormant accounts and sales take the same way as leads: recycled, offered, claimed, given back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.leads.models import Activity, Assignment, Company, Opportunity, PoolStay, State
from evenhand.leads.operations.activities import log_activity
from evenhand.people.actor import SYSTEM
from evenhand.platform.invariants import examine
from evenhand.pool.access import pools_of
from evenhand.pool.operations.claim import claim_one
from evenhand.pool.operations.sweeping import sweep
from evenhand.pool.winding import wind_all
from evenhand.routing.models import Receipt
from evenhand.web.leads.detail import PLACES
from tests.server.cast import act_as, browser
from tests.server.leads.company import account, lead, opportunity
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_a_dormant_account_and_a_still_sale_go_through_their_pools_to_somebody_else() -> None:
    clocks = [
        {
            "rule": f"{kind}保护",
            "kind": kind,
            "time": "real",
            "clocks": [{"clock": "untouched", "after": "10d", "extends": "5d", "at_most": "40d"}],
        }
        for kind in ("account", "opportunity")
    ]
    pools = [
        {"pool": "线索公海"},
        {"pool": "客户公海", "holds": ["account"]},
        {"pool": "商机公海", "holds": ["opportunity"]},
    ]
    one, two = company(2, policy(pools=pools, clocks={"rules": clocks}))
    customer = account(one)
    sale = opportunity(one, company=customer)
    new = lead(one, company=customer)
    began = timezone.now() - 20 * DAY
    Assignment.objects.update(opened_at=began, wound_at=None)
    wind_all()
    assert set(Assignment.objects.exclude(item_kind="lead").values_list("item_kind", "due_at")) == {
        ("account", began + 10 * DAY),
        ("opportunity", began + 10 * DAY),
    }

    # A conversation over a lead of the company keeps the company, and nothing else.
    log_activity(
        "lead", new.pk, channel="call", outcome="reached", evidence="call_record", seconds=90,
        actor=SYSTEM,
    )  # fmt: skip
    Activity.objects.update(at=began + 8 * DAY)
    wind_all()
    swept = sweep(now=began + 10 * DAY)
    assert (swept.pooled, Opportunity.objects.get().pool) == (1, "商机公海")
    assert Company.objects.get().owner_id == one.pk

    assert sweep(now=began + 13 * DAY).pooled == 1

    assert (Company.objects.get().state, Company.objects.get().pool) == ("pooled", "客户公海")
    assert set(PoolStay.objects.values_list("item_kind", "how", "why", "from_rep")) == {
        ("account", "recycle", "untouched", one.pk),
        ("opportunity", "recycle", "untouched", one.pk),
    }
    assert {"客户公海", "商机公海"} <= {seen.name for seen in pools_of(act_as(two.user))}
    for kind, item in (("account", customer), ("opportunity", sale)):
        claim_one(kind, item.pk, actor=act_as(two.user))
        held = Assignment.objects.get(item_kind=kind, item_id=item.pk, closed_at=None)
        assert (held.rep_id, held.cause) == (two.pk, "claimed")
        assert browser(two.user).get(f"{PLACES[kind]}/{item.pk}").status_code == 200
    assert Company.objects.get().state == Opportunity.objects.get().state == State.OWNED
    assert Receipt.objects.filter(item_kind="account").count() == 2
    with connection.cursor() as cursor:
        assert [found.invariant.message for found in examine(cursor)] == []
