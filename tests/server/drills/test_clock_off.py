"""K9: the clock of one machine is wrong. What is due, the clock of the database decides."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.jobs import app as jobs
from evenhand.leads.models import Lead, State
from evenhand.people.actor import SYSTEM
from evenhand.platform import clock
from evenhand.pool.models import Firing
from evenhand.pool.operations.sweeping import wind_and_sweep
from evenhand.pool.winding import wind_all
from evenhand.routing.take_in import take_in
from evenhand.tasks.operations.absence import settle_absences
from evenhand.tasks.operations.reminding import remind
from evenhand.tasks.operations.series import make_ahead
from evenhand.tasks.operations.waiting import deal_waiting
from tests.server.drills.conftest import finds_nothing
from tests.server.drills.to_dos import PREPARED
from tests.server.pool.test_sweeping import rules
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company
from tests.server.simulated.virtual import virtual_time

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFF = (-DAY, -HOUR, HOUR, DAY)
CLOCK = {"clock": "untouched", "after": "30m", "at_most": "2h", "missed": ["pool"]}


def held(*, received: timedelta) -> datetime:
    """Somebody received a lead so long ago; when its clock runs out."""
    company(1, rules(CLOCK))
    take_in(leads(1), actor=SYSTEM, now=clock.database_now() - received)
    wind_all()
    return clock.database_now() - received + timedelta(minutes=30)


def swept(off: timedelta) -> bool:
    """Whether the job of a machine whose clock is wrong takes the lead away."""
    with virtual_time(clock.database_now() + off):
        jobs.sweep_clocks.func(0)
    return Lead.objects.get().state == State.POOLED


@pytest.mark.parametrize("off", OFF)
def test_a_machine_whose_clock_is_wrong_does_nothing_early(off: timedelta) -> None:
    held(received=timedelta(minutes=20))

    assert not swept(off)
    assert not Firing.objects.exists()
    assert finds_nothing()


@pytest.mark.parametrize("off", OFF)
def test_and_nothing_late(off: timedelta) -> None:
    due = held(received=timedelta(minutes=31))

    assert swept(off)
    assert abs(Firing.objects.get().at - due) < timedelta(minutes=5)
    assert finds_nothing()


# By job: in how long it will be to do, so that a clock that is ahead would have it early; and since
# how long it is to do, so that one that is behind would have it late. Series go by whole days.
TO_DOS = {
    "absent_tasks": (HOUR / 2, -HOUR / 2),
    "deal_tasks": (HOUR / 2, -HOUR / 2),
    "remind_tasks": (HOUR / 2, -HOUR / 2),
    "tasks_ahead": (DAY, 0 * DAY),
}


@pytest.mark.parametrize("off", OFF)
@pytest.mark.parametrize("is_due", [False, True], ids=["early", "late"])
@pytest.mark.parametrize("name", PREPARED)
def test_nor_does_it_do_anything_about_to_dos_early_or_late(
    name: str, is_due: bool, off: timedelta
) -> None:
    job = getattr(jobs, name).func
    done = PREPARED[name](TO_DOS[name][is_due])

    with virtual_time(clock.database_now() + off):
        job(0)

    assert done() == is_due
    assert finds_nothing()


@pytest.mark.parametrize(
    ("name", "by_itself", "off"),
    [
        ("absent_tasks", settle_absences, HOUR),
        ("deal_tasks", deal_waiting, HOUR),
        ("remind_tasks", remind, HOUR),
        ("tasks_ahead", make_ahead, DAY),
    ],
)
def test_by_its_own_clock_it_would_have_been_early_with_to_dos(
    name: str, by_itself: Callable[[], Any], off: timedelta
) -> None:
    done = PREPARED[name](TO_DOS[name][0])

    with virtual_time(clock.database_now() + off):
        by_itself()

    assert done() == 1


@pytest.mark.parametrize("off", [HOUR, DAY])
def test_by_its_own_clock_it_would_have_been_early(off: timedelta) -> None:
    held(received=timedelta(minutes=20))

    with virtual_time(clock.database_now() + off):
        wind_and_sweep()

    assert Lead.objects.get().state == State.POOLED


@pytest.mark.parametrize("off", OFF)
def test_a_machine_whose_clock_is_wrong_is_not_ready(off: timedelta, client: Client) -> None:
    with virtual_time(clock.database_now() + off):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"status": "clock_differs"})
    assert client.get("/readyz").json() == {"status": "ok"}
