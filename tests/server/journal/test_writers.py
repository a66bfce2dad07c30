"""A2: many writers at once, some of whom give up or are killed: the seal has every event, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from threading import Event as Flag
from typing import Any

import psycopg
import pytest
from django.db import connection

from evenhand.journal.models import Event
from evenhand.journal.seals.reading import walk
from evenhand.journal.seals.sealing import seal_on
from evenhand.journal.seals.verify_alone import Chain
from tests.server.journal.settling import settled

pytestmark = pytest.mark.django_db(transaction=True)

_ONE_IN = 20  # transactions that are rolled back


class _Writer:
    """Somebody who acts again and again; what was acknowledged is noted."""

    def __init__(self, number: int, acts: int, params: dict[str, Any]) -> None:
        self.number, self.acts, self.params = number, acts, params
        self.acknowledged: list[int] = []
        self.unknown: list[int] = []  # the connection was lost while they were committed
        self.pid = 0
        self.lives = 0

    def work(self, first_is_sealed: Flag) -> None:
        some = Random(self.number)
        done = 0
        while done < self.acts:
            with suppress(psycopg.OperationalError), psycopg.connect(**self.params) as own:
                self.pid = own.info.backend_pid
                self.lives += 1
                while done < self.acts:
                    done += 1
                    self._act(own, some, done)
                    if done == self.acts // 2:
                        # Half of everything is written after something was sealed.
                        assert first_is_sealed.wait(60)

    def _act(self, own: psycopg.Connection[Any], some: Random, done: int) -> None:
        ids = [self.number * 1_000_000 + done * 10 + one for one in range(some.randint(1, 4))]
        for one in ids:
            own.execute(
                "INSERT INTO event (kind, actor_kind, object_kind, object_id, data)"
                " VALUES ('a.b', 'system', 'lead', %s, '{}')",
                [one],
            )
        if some.randrange(_ONE_IN) == 0:
            own.rollback()
            return
        self.unknown += ids
        own.commit()
        del self.unknown[-len(ids) :]
        self.acknowledged += ids


def _race(writers: int, acts: int, disturb: Callable[[list[_Writer]], None]) -> list[_Writer]:
    """Writers write, and meanwhile it is sealed again and again."""
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    settings.pop("context", None)
    people = [_Writer(number, acts, settings) for number in range(1, writers + 1)]
    is_sealed = Flag()
    with ThreadPoolExecutor(writers) as threads:
        running = [threads.submit(one.work, is_sealed) for one in people]
        while not all(one.done() for one in running):
            if seal_on() and not is_sealed.is_set():
                is_sealed.set()
                disturb(people)
        for one in running:
            one.result()
    settled()
    seal_on()
    return people


def _check(people: list[_Writer]) -> None:
    chain, told = Chain(), []
    for seal, events in walk():
        chain.check(seal, events)
        told += [events[one][7] for one in seal.ids]
    written = list(Event.objects.values_list("object_id", flat=True))
    acknowledged = {one for who in people for one in who.acknowledged}
    perhaps = {one for who in people for one in who.unknown}
    assert chain.end() == []
    assert sorted(told) == sorted(written)  # every event once, none that was rolled back
    assert acknowledged <= set(told) <= acknowledged | perhaps
    assert chain.number > 1


def test_eight_writers_are_sealed_without_a_gap() -> None:
    _check(_race(8, 40, lambda people: None))


@pytest.mark.slow
def test_thirty_two_writers_one_of_whom_is_killed_are_sealed_without_a_gap() -> None:
    def kill(people: list[_Writer]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [people[3].pid])

    people = _race(32, 400, kill)

    _check(people)
    assert [one.lives for one in people].count(2) == people[3].lives - 1 == 1
