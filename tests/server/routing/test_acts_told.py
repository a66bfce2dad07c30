"""Who gains or loses an item by somebody else's hand finds it in his inbox."""

import pytest

from evenhand.leads.models import Lead
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Team
from evenhand.routing.operations.give import transfer
from evenhand.routing.operations.give_up import hand_back, void
from evenhand.routing.take_in import take_in
from tests.server.routing.test_acts import as_manager, as_rep
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company, hire

pytestmark = pytest.mark.django_db


def told() -> list[tuple[int, str, int | None]]:
    return sorted(Notice.objects.values_list("user_id", "kind", "object_id"))


def test_a_transfer_is_told_to_both_sides_and_not_to_who_did_it() -> None:
    first, second, boss = company(3)
    take_in(leads(1), actor=SYSTEM)
    lead = Lead.objects.get()
    was = lead.owner_id
    to = next(rep.pk for rep in (first, second, boss) if rep.pk != was)
    manager = as_manager(hire(Team.objects.get(), "主管"))
    Notice.objects.all().delete()

    transfer("lead", lead.pk, to=to, reason="overload", actor=manager)

    assert told() == sorted(
        [(was, "transferred_away", lead.pk), (to, "transferred_to_you", lead.pk)]
    )
    assert {one.params["by"] for one in Notice.objects.all()} == {manager.user_id}


def test_a_void_is_told_to_who_held_it() -> None:
    company(2)
    take_in(leads(1), actor=SYSTEM)
    lead = Lead.objects.get()
    manager = as_manager(hire(Team.objects.get(), "主管"))

    void("lead", lead.pk, reason="duplicate", actor=manager)

    assert told() == [(lead.owner_id, "voided", lead.pk)]


def test_a_return_is_told_to_the_manager_of_the_team() -> None:
    reps = company(2)
    boss = hire(Team.objects.get(), "主管").user
    Team.objects.update(manager=boss)
    take_in(leads(1), actor=SYSTEM)
    lead = Lead.objects.get()
    owner = next(rep for rep in reps if rep.pk == lead.owner_id)

    hand_back("lead", lead.pk, reason="wrong_region", actor=as_rep(owner))

    assert told() == [(boss.pk, "returned", lead.pk)]
