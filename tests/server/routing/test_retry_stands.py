"""The look at what waits stands where dealing does: on owners, windows and books as they are."""

from typing import Any

import pytest

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead, State
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.routing.models import Receipt
from evenhand.routing.retry import retry_all
from evenhand.routing.take_in import take_in
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import SHARE, company, policy

pytestmark = pytest.mark.django_db

OWNER: dict[str, Any] = {
    "rule": "老客户",
    "to": {"strategy": "owner", "of": "company", "if_absent": "wait", "if_departed": "wait"},
    "if_nobody": {"do": "next_rule"},
}


def test_a_lead_that_waits_for_its_companys_owner_goes_to_nobody_else() -> None:
    company(3, policy(rules=[OWNER, SHARE]))
    (first,) = take_in([LeadIn(name="甲", phone="13800000001", company="大通")], actor=SYSTEM)
    Rep.objects.filter(pk=first.owner_id).update(is_accepting=False)
    people_changed()
    (second,) = take_in([LeadIn(name="乙", phone="13800000002", company="大通")], actor=SYSTEM)
    assert second.owner_id is None

    assert retry_all() == 0
    Rep.objects.filter(pk=first.owner_id).update(is_accepting=True)
    people_changed()
    assert retry_all() == 1

    assert Lead.objects.get(pk=second.lead_id).owner_id == first.owner_id


def test_what_a_window_keeps_waiting_leaves_no_receipts() -> None:
    company(1, policy(capacity={"windows": [{"cap": "日", "per": "day", "items": 2}]}))
    take_in(leads(5), actor=SYSTEM)
    count = Receipt.objects.count()

    assert retry_all() == 0

    assert Lead.objects.filter(state=State.QUEUED).count() == 3
    assert Receipt.objects.count() == count
