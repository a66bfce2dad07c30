"""Jobs do what is due, and can run again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

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
