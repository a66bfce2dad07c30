"""C6, C4: many writers at once never break a limit; without the guard they do.

Each worker stands for a web process: it has a connection of its own and takes leads in by itself.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from evenhand.leads import custody
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Lead, Load, State
from evenhand.ledger.models import Balance, Book, Posting
from evenhand.people.actor import SYSTEM
from evenhand.routing import deal
from evenhand.routing.take_in import take_in
from tests.server.races.guards import unlock_books
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 3  # of four connections (tests/conftest.py) the test holds one: more would only wait


def storm(count: int) -> None:
    """So many leads, one a transaction, from all workers at once."""

    def one(number: int) -> None:
        try:
            take_in([LeadIn(name=f"n{number}", phone=f"1391000{number:04d}")], actor=SYSTEM)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, range(count)))


def broken() -> list[str]:
    """Which promises the rows break now."""
    found = []
    open_ones = Assignment.objects.filter(closed_at=None)
    for load in Load.objects.all():
        if load.open_count != open_ones.filter(rep_id=load.pk).count():
            found.append("a load is not its recount")
        if load.open_count > 10:
            found.append("somebody is over capacity")
    if any(sum(one.amounts) for one in Balance.objects.all()):
        found.append("a grade does not sum to zero")
    book = Book.objects.get()
    if book.postings != Posting.objects.filter(book=book).count():
        found.append("a posting is missing")
    if open_ones.count() != Lead.objects.filter(state=State.OWNED).count():
        found.append("an owned lead has no assignment")
    return found


def test_fifty_leads_for_three_reps_with_ten_places_each_leave_twenty_waiting() -> None:
    company(3, policy(capacity={"open_items": 10}))

    storm(50)

    assert Lead.objects.filter(state=State.OWNED).count() == 30
    assert Lead.objects.filter(state=State.QUEUED).count() == 20
    assert broken() == []


@pytest.fixture
def guards_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Books are read without a lock, and nobody looks whether a load moved."""

    def add(changes: Any, *, expected: Any = None) -> None:
        custody.add_loads(changes)

    unlock_books(monkeypatch)
    monkeypatch.setattr(deal, "add_loads", add)
    yield


def test_without_the_guard_the_same_storm_breaks_a_promise(guards_off: None) -> None:
    company(3, policy(capacity={"open_items": 10}))

    try:
        storm(200)
    except Exception as error:  # whatever breaks first is a violation found
        assert "posting_once" in str(error) or "load" in str(error)
    else:
        assert broken() != []
