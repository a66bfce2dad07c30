"""Many clients at once: every lead once, in order of arrival, each key with one answer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from random import Random
from threading import Event

import pytest
from django.db import connection

from evenhand.engine.reasons import reason
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Lead, Load
from evenhand.ledger.models import Balance
from evenhand.people.actor import SYSTEM
from evenhand.platform.refusal import Refused
from evenhand.platform.together import Overloaded, Together
from evenhand.routing.intake import WRITER, Answered, KeyReused, submit
from tests.server.routing.test_take_in import everything_replays
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def writer_ends() -> Iterator[None]:
    """The writer's own connection must not outlive the test."""
    yield
    WRITER.stop()


def lead(number: int) -> LeadIn:
    return LeadIn(name=f"客户{number}", phone=f"1390001{number:04d}")


def send(number: int) -> Answered:
    try:
        return submit(lead(number), actor=SYSTEM)
    finally:
        connection.close()


@pytest.mark.parametrize("clients", [1, 4, 8])
def test_three_hundred_leads_from_many_clients_go_fifteen_each(clients: int) -> None:
    company(20)

    with ThreadPoolExecutor(clients) as pool:
        answers = list(pool.map(send, range(300)))

    assert len({one.taken.lead_id for one in answers}) == 300
    assert set(Counter(one.taken.owner_id for one in answers).values()) == {15}
    in_order = list(Lead.objects.order_by("receipt_id").values_list("owner_id", flat=True))
    assert all(a != b for a, b in pairwise(in_order))
    assert Assignment.objects.filter(closed_at=None).count() == 300
    assert sum(Load.objects.values_list("open_count", flat=True)) == 300
    assert all(sum(one.amounts) == 0 for one in Balance.objects.all())
    assert everything_replays() == 300


def test_an_idempotency_storm_gives_every_key_one_lead_and_one_answer() -> None:
    company(5)
    storm = [number for number in range(60) for _ in range(1 + number % 5)]
    Random(7).shuffle(storm)

    def once(number: int) -> tuple[int, Answered]:
        try:
            key, digest = f"key-{number}", f"body-{number}"
            return number, submit(lead(number), actor=SYSTEM, key=key, digest=digest)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(once, storm))

    assert Lead.objects.count() == 60
    by_key: dict[int, set[int]] = {}
    for number, answer in answers:
        by_key.setdefault(number, set()).add(answer.taken.lead_id)
    assert all(len(ids) == 1 for ids in by_key.values())
    assert sum(not answer.is_repeat for _, answer in answers) == 60


def test_the_same_key_with_another_body_is_refused_and_nothing_is_written() -> None:
    company(2)
    submit(lead(1), actor=SYSTEM, key="k", digest="a")

    with pytest.raises(KeyReused):
        submit(lead(2), actor=SYSTEM, key="k", digest="b")

    assert Lead.objects.count() == 1


def test_a_lead_that_cannot_be_taken_in_fails_alone() -> None:
    company(2)

    def one(number: int) -> str:
        line = "nowhere" if number % 3 == 0 else ""
        try:
            submit(LeadIn(name=f"n{number}", line=line), actor=SYSTEM)
        except Refused as refusal:
            assert refusal.why == reason("intake.no_such_line", line="nowhere")
            return "refused"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(12) as pool:
        found = Counter(pool.map(one, range(60)))

    assert found == {"refused": 20, "taken": 40}
    assert Lead.objects.count() == 40


def test_who_is_told_to_come_again_is_not_served_as_well() -> None:
    done: list[str] = []
    has_begun, may_go_on = Event(), Event()

    def settle(asked: Sequence[str]) -> list[None]:
        has_begun.set()
        assert may_go_on.wait(60)
        done.extend(asked)
        return [None for _ in asked]

    one: Together[str, None] = Together("late", settle, patience=0.2)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(one.ask, "under way")
        assert has_begun.wait(60)
        late = pool.submit(one.ask, "waits behind it")
        assert isinstance(late.exception(), Overloaded)
        assert isinstance(first.exception(), Overloaded)
    may_go_on.set()
    one.stop()

    assert done == ["under way"]  # begun, so done; the other is nowhere
