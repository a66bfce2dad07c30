"""By HTTP: who is left in peace, and what is given up until a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.leads.models import Lead
from evenhand.leads.operations.closing import company_day
from tests.server.api.caller import caller
from tests.server.appeals.cases import case

pytestmark = pytest.mark.django_db


def test_peace_is_asked_for_lifted_and_a_lead_given_up_until_a_day() -> None:
    one = case()
    own, ops = caller(one.winner), caller(one.people.olga)
    item = {"kind": "lead", "id": one.lead.pk}
    where = f"/peace?kind=lead&id={one.lead.pk}"

    assert own.get(where).json()["may_contact"] is True
    left = own.post("/peace", {**item, "is_left": True})
    assert left.status_code == 200 and left.json()["left_in_peace_since"] is not None
    called = {"channel": "call", "outcome": "no_answer"}
    assert own.post(f"/leads/{one.lead.pk}/activities", called).status_code == 422
    assert own.post("/peace", {**item, "is_left": False}).status_code == 403
    assert ops.post("/peace", {**item, "is_left": False}).json()["may_contact"] is True
    assert caller(one.loser).get(where).status_code == 404

    on = (company_day(timezone.now()) + timedelta(days=90)).isoformat()
    lost = own.post("/lost", {**item, "reason": "no_budget", "revive_on": on})
    assert lost.json() == {**item, "reason": "no_budget", "revive_on": on}
    assert Lead.objects.get(pk=one.lead.pk).revive_on is not None
    past = own.post("/lost", {**item, "reason": "no_budget", "revive_on": "2020-01-01"})
    assert past.status_code == 422
