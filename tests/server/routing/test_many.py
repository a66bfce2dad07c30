"""Several items by hand at once: all or none."""

import pytest

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Lead, Load
from evenhand.people.actor import SYSTEM
from evenhand.platform.refusal import Refused
from evenhand.routing.models import Receipt
from evenhand.routing.operations.many import assign_many, transfer_many
from evenhand.routing.take_in import take_in
from tests.server.leads.company import lead as lead_row
from tests.server.routing.test_acts import OPS
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db


def dealt(number: int) -> list[int]:
    """So many leads, dealt by the rules."""
    leads = [LeadIn(line="direct", name=f"n{i}", phone=f"1380013{i:04}") for i in range(number)]
    return [done.lead_id for done in take_in(leads, actor=SYSTEM)]


def test_several_are_transferred_each_with_its_receipt() -> None:
    reps = company(3)
    ids = dealt(6)
    moving = list(Lead.objects.exclude(owner=reps[0]).values_list("pk", flat=True))

    count = transfer_many("lead", moving, to=reps[0].pk, why="leave", actor=OPS)

    assert count == len(moving) == 4
    assert set(Lead.objects.filter(pk__in=ids).values_list("owner_id", flat=True)) == {reps[0].pk}
    assert Receipt.objects.filter(act="transfer").count() == count
    assert Load.objects.get(rep=reps[0]).open_count == 6


def test_one_that_cannot_be_moved_refuses_them_all() -> None:
    reps = company(2)
    moving = dealt(2)
    waiting = lead_row(None).pk
    before = list(Assignment.objects.order_by("pk").values())

    with pytest.raises(Refused):
        transfer_many("lead", [*moving, waiting], to=reps[0].pk, why="leave", actor=OPS)
    for ids in ([], range(1, 300)):
        with pytest.raises(Refused):
            assign_many("lead", list(ids), to=reps[0].pk, why="waiting", actor=OPS)

    assert list(Assignment.objects.order_by("pk").values()) == before
    assert not Receipt.objects.exclude(act="").exists()
