"""K9: the clock of one machine is wrong. What is due, the clock of the database decides."""

from datetime import datetime, timedelta

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
from tests.server.drills.conftest import finds_nothing
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
