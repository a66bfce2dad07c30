"""K8: every job is delivered three times, and late ones after what came later: one end."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from procrastinate.contrib.django import app

from evenhand.fairness.models import Counted
from evenhand.imports.models import Import
from evenhand.jobs import app as jobs
from evenhand.journal.models import Outbox
from evenhand.leads.models import Lead
from evenhand.rebalance.models import Rebalance
from evenhand.rebalance.operations.approve import undo as undo_rebalance
from evenhand.routing.models import LongAct
from evenhand.routing.operations.long_acts import stop_long_act
from tests.conftest import ROOT
from tests.server.cast import act_as
from tests.server.drills import acts
from tests.server.drills.conftest import everything, finds_nothing
from tests.server.drills.crashes import DRILLS, Ready
from tests.server.drills.to_dos import PREPARED

pytestmark = pytest.mark.django_db(transaction=True)

# What jobs do; all else is done by whoever sends a request.
JOBS = (
    "a_file_is_taken_back",
    "a_file_is_taken_in",
    "a_lost_lead_comes_back",
    "clocks_run_out",
    "events_make_to_dos",
    "leave_begins",
    "leave_ends",
    "many_leads_are_transferred",
    "rows_leave_as_a_file",
    "somebody_leaves",
    "the_days_of_books_are_counted",
    "to_dos_that_wait_are_dealt",
    "work_is_rebalanced",
)


@pytest.fixture(autouse=True)
def mails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where mails go."""
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", tmp_path, raising=False)
    return tmp_path


def deliver(ready: Ready) -> None:
    """The job arrives."""
    getattr(acts, ready.act.name)(**ready.act.args)


def differing(before: list[tuple[str, str]]) -> list[str]:
    """Tables that are not as they were."""
    return [name for (name, was), (_, now) in zip(before, everything(), strict=True) if was != now]


@pytest.mark.parametrize("name", JOBS)
def test_a_job_that_comes_three_times_is_done_once(name: str, tmp_path: Path) -> None:
    ready = DRILLS[name].prepare(tmp_path)
    deliver(ready)
    ready.ends()
    once = everything()

    deliver(ready)
    deliver(ready)

    assert differing(once) == []
    assert finds_nothing()


@pytest.mark.parametrize("name", PREPARED)
def test_a_job_of_to_dos_that_comes_three_times_is_done_once(name: str) -> None:
    done = PREPARED[name](timedelta())
    job = getattr(jobs, name).func
    job(0)
    assert done() == 1
    once = everything()

    job(0)
    job(0)

    assert differing(once) == []
    assert finds_nothing()


@pytest.mark.parametrize(
    ("name", "wipe"),
    [
        ("the_days_of_books_are_counted", lambda: Counted.objects.update(number=0)),
        ("work_is_rebalanced", lambda: Rebalance.objects.update(state="approved")),
        ("many_leads_are_transferred", lambda: LongAct.objects.update(finished_at=None)),
    ],
)
def test_without_the_mark_that_it_is_done_the_second_is_noticed(
    name: str, wipe: Callable[[], Any], tmp_path: Path
) -> None:
    ready = DRILLS[name].prepare(tmp_path)
    deliver(ready)
    once = everything()
    wipe()

    deliver(ready)

    assert differing(once) != []


def test_a_job_that_comes_after_what_undid_it_does_nothing(tmp_path: Path) -> None:
    """Taken in, taken back; then both jobs arrive once more, in the wrong order."""
    deliver(DRILLS["a_file_is_taken_back"].prepare(tmp_path))
    row = Import.objects.get()
    undone = everything()

    for late in (acts.take_back, acts.import_rows, jobs.import_leads.func):
        late(row.pk)

    assert differing(undone) == []
    assert set(Lead.objects.values_list("state", flat=True)) == {"closed"}
    assert finds_nothing()


def test_the_moves_of_a_rebalance_that_was_undone_are_not_made_again(tmp_path: Path) -> None:
    ready = DRILLS["work_is_rebalanced"].prepare(tmp_path)
    deliver(ready)
    found = Rebalance.objects.get()
    assert found.approved_by is not None
    undo_rebalance(found.pk, actor=act_as(found.approved_by))
    jobs.make_rebalance.func(found.pk)
    undone = everything()

    deliver(ready)

    assert differing(undone) == []
    assert finds_nothing()


def test_an_act_on_many_that_was_stopped_before_its_job_came_does_nothing(tmp_path: Path) -> None:
    ready = DRILLS["many_leads_are_transferred"].prepare(tmp_path)
    owners = list(Lead.objects.order_by("pk").values_list("owner_id", flat=True))
    row = LongAct.objects.get()
    stop_long_act(row.pk, actor=act_as(row.user))

    deliver(ready)
    deliver(ready)

    assert list(Lead.objects.order_by("pk").values_list("owner_id", flat=True)) == owners
    assert finds_nothing()


def test_sweeps_in_any_order_leave_nothing_for_the_next_ones(tmp_path: Path) -> None:
    """All that periodic jobs do, backwards and forwards, over what is settled already."""
    DRILLS["clocks_run_out"].prepare(tmp_path)
    waiting = Outbox.objects.count()
    for sweep in SWEEPS:
        sweep(0)
    settled = _without_cursors(everything())

    for sweep in (*reversed(SWEEPS), *SWEEPS):
        sweep(0)

    assert _without_cursors(everything()) == settled
    assert Outbox.objects.count() == waiting
    assert finds_nothing()


SWEEPS: list[Callable[[int], None]] = [
    jobs.retry_unassigned.func,
    jobs.sweep_clocks.func,
    jobs.tell_waiting.func,
    jobs.hand_over.func,
    jobs.settle_deliveries.func,
    jobs.match_records.func,
    jobs.count_fairness.func,
    jobs.overdue_appeals.func,
    jobs.release_portions.func,
    jobs.reviews.func,
    jobs.revive_lost.func,
    jobs.follow_tasks.func,
    jobs.deal_tasks.func,
    jobs.absent_tasks.func,
    jobs.tasks_ahead.func,
    jobs.settle_work_weeks.func,
    jobs.check_fairness_targets.func,
    jobs.make_fairness_report.func,
    jobs.count_rule_use.func,
    jobs.remind_tasks.func,
    jobs.count_pools.func,
    jobs.count_ladder.func,
    jobs.find_duplicates.func,
    jobs.tell_of_incidents.func,
    jobs.tidy.func,
]
# What is not among them: an act of `JOBS`, or the test that has it come again.
ELSEWHERE = {
    "anchor_journal": "tests/server/journal/test_verifying.py",
    "comparison": "tests/server/review/test_comparing.py",
    "deliver": "tests/server/drills/test_crash_points.py",
    "derive_caps": "tests/server/work/test_load.py",
    "import_leads": "a_file_is_taken_in",
    "long_act": "many_leads_are_transferred",
    "make_export": "rows_leave_as_a_file",
    "rebalance": "work_is_rebalanced",
    "release_portion": "tests/server/imports/test_plans.py",
    "rescue_stalled": "tests/server/test_jobs.py",
    "seal_journal": "tests/server/journal/test_writers.py",
}


def test_every_job_comes_again_somewhere() -> None:
    known = {one.func for name, one in app.tasks.items() if name.startswith("evenhand:")}
    apart = {app.tasks[f"evenhand:{name}"].func for name in ELSEWHERE}

    assert known == {*SWEEPS} | apart
    assert not {*SWEEPS} & apart
    for where in ELSEWHERE.values():
        assert where in JOBS or (ROOT / where).is_file()


# Where a job has read up to moves on by itself.
_CURSORS = ("task_follower",)


def _without_cursors(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [one for one in rows if one[0] not in _CURSORS]
