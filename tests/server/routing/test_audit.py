"""Stored batches decided again, in the cases where a book can be remembered wrongly."""

import pytest

from bench.statements import statements
from evenhand.leads.intake import LeadIn
from evenhand.ledger.models import Checkpoint
from evenhand.ledger.recall import books_before
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, Team
from evenhand.people.snapshot import CACHE
from evenhand.routing.audit import decide_again, every_batch
from evenhand.routing.models import Batch
from evenhand.routing.take_in import take_in
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company, hire, policy

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


def test_all_books_of_a_batch_are_recalled_together() -> None:
    """However many groups a batch dealt to: one after the other they were two statements each."""
    sources = [f"s{number}" for number in range(6)]
    groups = [{"group": one, "who": True} for one in sources]
    rules = [
        {
            "rule": one,
            "when": f'lead.source = "{one}"',
            "to": {"strategy": "fair_share", "group": one},
            "if_nobody": {"do": "wait"},
        }
        for one in sources
    ]
    company(3, policy(rules=rules, groups=groups))
    for day in (1, 2, 3):
        sent = [
            LeadIn(name="x", phone=f"1370000{day}{number:03}", source=one, grade="A")
            for number, one in enumerate(sources)
        ]
        take_in(sent, actor=SYSTEM)
    batch = Batch.objects.latest("pk")
    numbers = dict(batch.books.values())

    with statements() as asked:
        found = books_before(numbers, batch_id=batch.pk)

    assert len(found) == 6 and len(asked) == 3
    for book, number in numbers.items():
        (alone,) = books_before({book: number}, batch_id=batch.pk).values()
        assert found[book].as_json() == alone.as_json()
    assert [one.wrong for one in decide_again(every_batch()) if one.wrong] == []
