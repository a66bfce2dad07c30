"""Two who decide one appeal at once: one of them does, and one credit is booked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import QuerySet

from evenhand.appeals.models import Appeal
from evenhand.appeals.operations.decide import uphold
from evenhand.appeals.operations.file import file_appeal
from evenhand.appeals.operations.handing import CannotAppeal
from evenhand.ledger.models import Posting
from evenhand.people.actor import Actor
from tests.server.appeals.cases import case, dealt, sums
from tests.server.builders import person
from tests.server.cast import act_as

pytestmark = pytest.mark.django_db(transaction=True)

DECIDERS = 8


def ruled(appeals: int) -> list[str]:
    """What is wrong when all deciders reach for every appeal at once."""
    one = case()
    deciders = [act_as(person(f"Olga{k}", "sales_ops", "all")) for k in range(DECIDERS)]
    ids = [
        file_appeal("lead", lead.pk, "excluded", "", actor=act_as(one.loser)).pk
        for lead in [one.lead, *(dealt(number) for number in range(1, appeals))]
    ]
    found = []
    for appeal_id in ids:
        start = Barrier(DECIDERS)

        def decide(actor: Actor, appeal_id: int = appeal_id, start: Barrier = start) -> bool:
            try:
                start.wait()
                uphold(appeal_id, actor=actor)
                return True
            except CannotAppeal:
                return False
            finally:
                connection.close()

        with ThreadPoolExecutor(DECIDERS) as pool:
            won = sum(pool.map(decide, deciders))
        if won != 1:
            found.append(f"appeal {appeal_id} was decided {won} times")
    if Posting.objects.filter(act="credited").count() != len(ids):
        found.append("not one credit an appeal")
    if sums() != {0}:
        found.append("a grade does not sum to zero")
    if Appeal.objects.filter(state="upheld").count() != len(ids):
        found.append("an appeal is not decided")
    return found


def test_of_all_who_decide_an_appeal_exactly_one_does() -> None:
    assert ruled(appeals=4) == []


@pytest.fixture
def guards_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The appeal is not locked; the books are, by SQL of their own."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    yield


def test_without_the_guard_somebody_is_credited_twice(guards_off: None) -> None:
    assert ruled(appeals=4) != []
