"""Stored batches decided again, in the cases where a book can be remembered wrongly."""

import pytest

from evenhand.ledger.models import Checkpoint
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, Team
from evenhand.people.snapshot import CACHE
from evenhand.routing.audit import decide_again, every_batch
from evenhand.routing.take_in import take_in
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company, hire

pytestmark = pytest.mark.django_db


def test_a_batch_that_booked_nothing_is_read_from_the_book_as_it_found_it() -> None:
    company(2)
    Rep.objects.update(is_accepting=False)
    take_in(leads(1), actor=SYSTEM)
    for number in (1, 2):
        hire(Team.objects.get(), f"new{number}")
        Rep.objects.update(is_accepting=False)
        CACHE.forget()
        take_in(leads(1, f"137000{number}"), actor=SYSTEM)
    take_in(leads(1, "1370009"), actor=SYSTEM)

    # All of them before the first posting, each with others in the book.
    assert Checkpoint.objects.filter(number=1).count() > 2
    assert {one.batch_id: one.wrong for one in decide_again(every_batch()) if one.wrong} == {}
