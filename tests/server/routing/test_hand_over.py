"""Somebody leaves: nothing more reaches him, nothing of his work is lost."""

import pytest

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Lead, State
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, Role
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.routing.operations.hand_over import deactivate, open_work
from evenhand.routing.take_in import take_in
from tests.server.routing.test_acts import as_rep, loads_are_their_recount, owed
from tests.server.routing.test_take_in import everything_replays, leads
from tests.server.routing.world import company
from tests.server.web.staff import hire

pytestmark = pytest.mark.django_db


def test_open_work_is_dealt_anew_and_nothing_more_reaches_who_left() -> None:
    reps = company(3)
    ops = actor_of(hire(Role.ADMIN))
    take_in(leads(30), actor=SYSTEM)
    leaver = reps[0].pk
    assert open_work(leaver) == 10

    done = deactivate(leaver, to=None, actor=ops)

    assert (done.items, done.dealt, done.waiting) == (10, 10, 0)
    assert not Lead.objects.filter(owner_id=leaver).exists()
    assert not Assignment.objects.filter(rep_id=leaver, closed_at=None).exists()
    later = take_in(leads(10, "1390000"), actor=SYSTEM)
    assert leaver not in {one.owner_id for one in later}
    assert set(owed()) == {reps[1].pk, reps[2].pk}
    loads_are_their_recount()
    assert everything_replays() == 50


def test_open_work_goes_to_the_colleague_who_is_named() -> None:
    reps = company(3)
    ops = actor_of(hire(Role.ADMIN))
    take_in(leads(9), actor=SYSTEM)
    leaver, heir = reps[0].pk, reps[1].pk

    done = deactivate(leaver, to=heir, actor=ops)

    assert (done.items, done.to_colleague) == (3, 3)
    assert Lead.objects.filter(owner_id=heir).count() == 6
    loads_are_their_recount()


def test_without_anybody_left_the_work_waits() -> None:
    reps = company(1)
    ops = actor_of(hire(Role.ADMIN))
    take_in([LeadIn(name="a", phone="13800000000")], actor=SYSTEM)

    done = deactivate(reps[0].pk, to=None, actor=ops)

    assert (done.items, done.waiting) == (1, 1)
    lead = Lead.objects.get()
    assert lead.state == State.QUEUED and lead.why_unassigned["code"]


def test_a_rep_may_not_deactivate_anybody_and_nothing_changes() -> None:
    reps = company(2)
    take_in(leads(2), actor=SYSTEM)

    with pytest.raises(NotAllowed):
        deactivate(reps[0].pk, to=None, actor=as_rep(reps[1]))

    assert Rep.objects.filter(is_active=True).count() == 2
    assert Lead.objects.filter(owner_id=reps[0].pk).count() == 1
