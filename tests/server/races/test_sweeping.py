"""C2: the sweep against itself and against whoever works on an item just now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event as Signal

import pytest
from django.db import connection, transaction

from evenhand.leads.models import Assignment, Lead, PoolStay, State
from evenhand.leads.operations.activities import log_activity
from evenhand.people.actor import SYSTEM
from evenhand.platform.invariants import examine
from evenhand.pool.models import Firing
from evenhand.pool.operations.sweeping import sweep, wind_and_sweep
from evenhand.pool.winding import wind_all
from evenhand.routing.take_in import take_in
from tests.server.pool.test_sweeping import PROTECTION, rules
from tests.server.races.waiting import waiting_for_locks
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
LEADS, SWEEPS = 24, 4


def test_sweeps_at_once_recycle_each_item_once_and_leave_alone_what_is_in_use() -> None:
    company(3, rules(PROTECTION))
    take_in(leads(LEADS), actor=SYSTEM)
    opened = Assignment.objects.earliest("opened_at").opened_at
    # As if it had all begun ten days ago, so that a contact of just now comes before the end.
    Assignment.objects.update(opened_at=opened - 10 * DAY + timedelta(minutes=5))
    wind_all()
    due = Assignment.objects.latest("due_at").due_at
    assert due is not None
    in_use = Lead.objects.latest("pk").pk
    logged, may_commit = Signal(), Signal()

    def work_on_it() -> None:
        try:
            with transaction.atomic():
                log_activity(
                    "lead", in_use, channel="call", outcome="reached", evidence="call_record",
                    seconds=60, actor=SYSTEM,
                )  # fmt: skip
                logged.set()
                assert may_commit.wait(60)
        finally:
            connection.close()

    def one_sweep() -> int:
        try:
            return sweep(now=due).pooled
        finally:
            connection.close()

    with ThreadPoolExecutor(SWEEPS + 1) as threads:
        working = threads.submit(work_on_it)
        assert logged.wait(60)
        pooled = [one.result() for one in [threads.submit(one_sweep) for _ in range(SWEEPS)]]
        may_commit.set()
        working.result()

    # Some may have been skipped by two sweeps that met; the next one finds them.
    swept = wind_and_sweep(now=due)
    assert sum(pooled) + swept.pooled == LEADS - 1
    assert PoolStay.objects.count() == LEADS - 1
    assert Firing.objects.filter(step="missed").count() == LEADS - 1
    kept = Assignment.objects.get(closed_at=None)
    assert Lead.objects.get(state=State.OWNED).pk == kept.item_id == in_use
    assert kept.due_at is not None and kept.due_at > due  # the call came in time
    with connection.cursor() as cursor:
        assert [one.invariant.message for one in examine(cursor)] == []


def test_a_contact_while_clocks_are_worked_out_sets_them_back() -> None:
    company(1, rules(PROTECTION))
    (taken,) = take_in(leads(1), actor=SYSTEM)
    held = Assignment.objects.get()
    assert held.wound_at is None

    def contact() -> None:
        try:
            log_activity(
                "lead", taken.lead_id, channel="call", outcome="reached",
                evidence="call_record", seconds=60, actor=SYSTEM,
            )  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            wind_all(most=1)  # it holds the row until the end, as whoever works clocks out does
            logging = threads.submit(contact)
            while not logging.done() and not waiting_for_locks():
                pass
        logging.result(60)

    assert Assignment.objects.get().wound_at is None
    wind_all()
    again = Assignment.objects.get()
    assert again.due_at is not None and again.wound_at is not None
