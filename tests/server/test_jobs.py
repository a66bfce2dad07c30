"""Jobs do what is due, and can run again."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.jobs.app import rescue_stalled
from evenhand.jobs.tidy import tidy_up
from evenhand.journal.models import Answer

pytestmark = pytest.mark.django_db


SWEEPS = (
    "check_targets",
    "fairness_report",
    "overdue_appeals",
    "count_fairness",
    "count_ladder",
    "count_pools",
    "count_rules",
    "deliver",
    "derive_caps",
    "find_duplicates",
    "hand_over",
    "match_records",
    "settle_deliveries",
    "release_portions",
    "retry_unassigned",
    "rescue_stalled",
    "anchor_journal",
    "seal_journal",
    "reviews",
    "settle_weeks",
    "sweep_clocks",
    "revive_lost",
    "tell_waiting",
    "tell_incidents",
    "absent_tasks",
    "deal_tasks",
    "follow_tasks",
    "remind_tasks",
    "tasks_ahead",
    "tidy",
)


def test_every_job_is_known_to_the_worker() -> None:
    assert app.import_paths == ["evenhand.jobs.app"]  # what a worker reads before it begins
    names = {name for name in app.tasks if name.startswith("evenhand:")}

    assert names == {
        f"evenhand:{name}"
        for name in (
            *SWEEPS,
            "comparison",
            "import_leads",
            "long_act",
            "make_export",
            "rebalance",
            "release_portion",
        )
    }


def test_old_answers_are_forgotten_and_new_ones_kept() -> None:
    now = timezone.now()
    for days in (1, 8):
        Answer.objects.create(
            caller="token:1",
            key=f"k{days}",
            body_digest="d",
            status=201,
            body={},
            at=now - timedelta(days=days),
        )

    tidy_up()
    tidy_up()

    assert list(Answer.objects.values_list("key", flat=True)) == ["k1"]


_DEAD = """
WITH gone AS (
    INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')
    RETURNING id
)
INSERT INTO procrastinate_jobs
    (queue_name, task_name, lock, queueing_lock, status, worker_id)
SELECT 'sweeps', 'evenhand:' || name, name, name, 'doing', gone.id
FROM gone, unnest(%s::text[]) AS name
"""
_NEXT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status)
SELECT 'sweeps', 'evenhand:' || name, name, name, 'todo' FROM unnest(%s::text[]) AS name
"""
_LEFT = "SELECT lock, status::text FROM procrastinate_jobs ORDER BY lock, status"


@pytest.mark.django_db(transaction=True)
def test_what_died_with_its_worker_is_tried_again_and_blocks_nothing_that_waits_already() -> None:
    """A database that is killed takes its workers along; the next tick of a sweep is queued."""
    with connection.cursor() as cursor:
        cursor.execute(_DEAD, [["retry_unassigned", "sweep_clocks", "deliver"]])
        cursor.execute(_NEXT, [["retry_unassigned", "deliver"]])

    _rescue()
    _rescue()

    with connection.cursor() as cursor:
        cursor.execute(_LEFT)
        assert cursor.fetchall() == [
            ("deliver", "todo"),
            ("retry_unassigned", "todo"),
            ("sweep_clocks", "todo"),
        ]


def test_the_rescue_and_the_seal_die_with_no_lock() -> None:
    """Else nobody would be left to take it from them, and none of the sweeps would run again."""
    found = {name: app.tasks[f"evenhand:{name}"].lock for name in SWEEPS}

    assert {name for name, lock in found.items() if lock is None} >= {
        "rescue_stalled",
        "seal_journal",
    }
    assert found["sweep_clocks"] == "sweep_clocks"  # the control


def _rescue() -> None:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:

        async def work() -> None:
            async with working.open_async():
                await rescue_stalled.func(SimpleNamespace(app=working), 0)

        # A browser test of the same process leaves a loop that runs in its thread.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(lambda: asyncio.run(work())).result()
