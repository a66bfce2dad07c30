"""Sweeps rest while leads come in, do all that is due all the same, and else do not rest at all."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection

from evenhand.jobs.app import sweep_clocks
from evenhand.leads.models import Assignment, Lead
from evenhand.people.actor import SYSTEM
from evenhand.pool.giving_way import MANY, GivingWay, leads_come_in
from evenhand.pool.operations import sweeping
from evenhand.pool.operations.sweeping import wind_and_sweep
from evenhand.routing.take_in import take_in
from tests.server.pool.test_sweeping import DAY, PROTECTION, rules
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db


JUST_NOW = -60.0  # however long a busy machine takes until somebody looks


def came(seconds: float) -> None:
    """All leads came so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE lead SET created_at = clock_timestamp() - %s", [timedelta(seconds=seconds)]
        )


def ticks(step: float) -> Iterator[float]:
    return (step * n for n in count())


def test_many_single_leads_of_the_last_second_are_seen_and_nothing_else() -> None:
    company(2, rules(PROTECTION))
    assert not leads_come_in()
    take_in(leads(MANY), actor=SYSTEM)

    seen = {}
    for age in (JUST_NOW, 1.5):
        came(age)
        seen[age] = leads_come_in()
    came(JUST_NOW)
    Lead.objects.filter(pk=Lead.objects.latest("pk").pk).update(via="import")

    assert seen == {JUST_NOW: True, 1.5: False}
    assert not leads_come_in()  # of the newest twenty one came in a file


@pytest.mark.parametrize(("age", "rested"), [(JUST_NOW, 4), (1.5, 0)])
def test_it_rests_after_every_portion_while_leads_come_in(
    age: float, rested: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", MANY // 2)  # portions as a backlog has them
    company(2, rules(PROTECTION))
    take_in(leads(3 * MANY // 2), actor=SYSTEM)
    rests: list[float] = []
    clock = ticks(0.25)

    def rest(seconds: float) -> None:
        rests.append(seconds)
        came(age)  # they go on coming in, or not

    came(age)
    way = GivingWay(clock=lambda: next(clock), rest=rest)
    due = Assignment.objects.earliest("opened_at").opened_at + 30 * DAY
    swept = wind_and_sweep(now=due, after_portion=way)

    assert (len(rests), set(rests)) == (rested, {1.0} if rested else set())
    assert swept.pooled == 3 * MANY // 2  # all that was due is done
    assert not Assignment.objects.filter(closed_at=None).exists()


def test_a_rest_is_never_longer_than_two_seconds() -> None:
    company(2, rules(PROTECTION))
    take_in(leads(MANY), actor=SYSTEM)
    came(JUST_NOW)
    rests: list[float] = []
    clock = ticks(60.0)

    GivingWay(clock=lambda: next(clock), rest=rests.append)()

    assert rests == [2.0]


def test_the_job_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    kept = GivingWay.__init__.__kwdefaults__
    monkeypatch.setitem(kept, "rest", rests.append)
    company(2, rules(PROTECTION))
    take_in(leads(MANY), actor=SYSTEM)
    came(JUST_NOW)

    sweep_clocks(timestamp=0)

    assert len(rests) == 1  # what came was worked out in one portion
