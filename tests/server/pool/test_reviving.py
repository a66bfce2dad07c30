"""What was lost keeps its reason, and comes back on its day: to its owner, a pool, or the queue."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.leads.access import NotFound
from evenhand.leads.models import Assignment, Company, Contact, Lead, Load, PoolStay, State
from evenhand.leads.operations.closing import (
    CannotClose,
    company_day,
    lose_account,
    lose_lead,
    set_revival,
)
from evenhand.leads.queries.today import revived_for
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.platform.invariants import examine
from evenhand.pool.operations.reviving import revive_due
from evenhand.routing.take_in import take_in
from tests.server.leads.company import account, contact, lead
from tests.server.routing.test_acts import as_rep
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db

POOLS = [{"pool": "线索公海"}, {"pool": "客户公海", "holds": ["account"]}]


def today() -> date:
    return company_day(timezone.now())


def leave(rep: Rep) -> None:
    Rep.objects.filter(pk=rep.pk).update(is_active=False)
    people_changed()


def test_a_lost_lead_comes_back_to_its_owner_on_its_day_and_once() -> None:
    (one,) = company(1)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    mine = taken.lead_id
    on = today() + timedelta(days=30)
    lose_lead(mine, why="no_budget", revive_on=on, actor=as_rep(one))
    assert revive_due(timezone.now()) == 0

    at = timezone.now() + timedelta(days=31)
    assert (revive_due(at), revive_due(at)) == (1, 0)

    found = Lead.objects.get(pk=mine)
    assert (found.state, found.owner_id, found.stage) == (State.OWNED, one.pk, "new")
    assert (found.close_reason, found.revive_on, found.closed_at) == ("", None, None)
    event = Event.objects.get(kind="lead.revived")
    assert event.data == {"reason": "no_budget", "rep": one.pk}
    assert Notice.objects.filter(user_id=one.pk, kind="revived", object_id=mine).count() == 1
    assert revived_for(as_rep(one), now=at) == [("lead", mine)]
    assert Load.objects.get(rep=one).open_count == 1
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def test_what_left_with_its_owner_goes_into_the_pool_that_takes_it() -> None:
    one, _ = company(2, policy(pools=POOLS))
    mine, customer = lead(one), account(one)
    lose_lead(mine.pk, why="no_need", revive_on=today(), actor=as_rep(one))
    lose_account(customer.pk, why="competitor", revive_on=today(), actor=as_rep(one))
    leave(one)

    assert revive_due(timezone.now()) == 2

    assert Lead.objects.get(pk=mine.pk).pool == "线索公海"
    assert Company.objects.get(pk=customer.pk).pool == "客户公海"
    stay = PoolStay.objects.get(item_kind="account")
    assert (stay.how, stay.why, stay.from_rep_id) == ("lost", "competitor", one.pk)
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def test_without_a_pool_it_waits_to_be_dealt() -> None:
    one, _ = company(2)
    mine = lead(one)
    lose_lead(mine.pk, why="no_need", revive_on=today(), actor=as_rep(one))
    leave(one)
    assert revive_due(timezone.now()) == 1
    assert Lead.objects.get(pk=mine.pk).state == State.QUEUED


def test_who_asked_for_peace_does_not_come_back_before_that_is_lifted() -> None:
    (one,) = company(1)
    mine = lead(one, contact=contact())
    lose_lead(mine.pk, why="no_need", revive_on=today(), actor=as_rep(one))
    Contact.objects.update(leave_in_peace_at=timezone.now())
    assert revive_due(timezone.now()) == 0
    Contact.objects.update(leave_in_peace_at=None)
    assert revive_due(timezone.now()) == 1


def test_a_lost_account_keeps_its_reason_and_its_owner_has_room() -> None:
    one, two = company(2)
    customer = account(one)
    with pytest.raises(NotFound):
        lose_account(customer.pk, why="no_need", actor=as_rep(two))
    with pytest.raises(CannotClose):
        lose_account(customer.pk, why="bored", actor=as_rep(one))
    with pytest.raises(CannotClose):
        yesterday = today() - timedelta(days=1)
        lose_account(customer.pk, why="no_need", revive_on=yesterday, actor=as_rep(one))
    with pytest.raises(CannotClose):
        set_revival("account", customer.pk, today(), actor=as_rep(one))
    assert Company.objects.get().state == State.OWNED

    lose_account(customer.pk, why="no_need", actor=as_rep(one))
    set_revival("account", customer.pk, today(), actor=as_rep(one))
    set_revival("account", customer.pk, None, actor=as_rep(one))

    found = Company.objects.get()
    assert (found.state, found.lost_reason, found.revive_on) == (State.CLOSED, "no_need", None)
    assert not Assignment.objects.filter(closed_at=None).exists()
    assert Load.objects.get(rep=one).open_count == 0
    assert Event.objects.filter(kind="account.revival_set").count() == 2
    assert revive_due(timezone.now()) == 0
