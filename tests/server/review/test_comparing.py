"""A draft beside what is live: begun by a person, done by a job, written nowhere else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.engine.policy.load import policy_from_plain
from evenhand.jobs.tidy import tidy_up
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.platform.refusal import NotFound
from evenhand.policies.live import policy_of_version
from evenhand.policies.models import Line
from evenhand.review.access import comparison_for
from evenhand.review.models import ComparedLead, Comparison
from evenhand.review.operations import comparing
from evenhand.review.operations.comparing import (
    CannotCompare,
    compare,
    start_comparison,
    stop_comparison,
)
from evenhand.review.reading import columns_asked, statement
from evenhand.routing.take_in import take_in
from tests.server.cast import person
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import SHARE, company, policy

pytestmark = pytest.mark.django_db

# Whatever a comparison might touch by mistake.
TABLES = (
    "lead",
    "company",
    "contact",
    "assignment",
    "load",
    "receipt",
    "batch",
    "posting",
    "balance",
    "book",
    "checkpoint",
    "activity",
    "shared",
    "outbox",
    "notice",
)
FIRST_ALWAYS = policy(
    rules=[
        {
            "rule": "都给 r1",
            "to": {"strategy": "person", "rep": "r1", "if_absent": "next_rule"},
            "if_nobody": {"do": "next_rule"},
        },
        SHARE,
    ]
)


def begun(number: int = 12, draft: dict[str, Any] | None = None) -> tuple[Actor, Comparison]:
    company(3)
    take_in(leads(number), actor=SYSTEM)
    olga = actor_of(person("Olga", "sales_ops", "all"))
    document = policy_from_plain(draft or FIRST_ALWAYS)
    return olga, start_comparison(Line.objects.get(), document, days=30, actor=olga)


def rows_of(tables: tuple[str, ...]) -> dict[str, list[Any]]:
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def test_it_says_who_gains_who_loses_and_which_leads_go_elsewhere() -> None:
    _, row = begun()

    compare(row.pk)

    row.refresh_from_db()
    assert row.finished_at is not None and row.leads == 12 and row.done == 24
    live, draft = row.result["live"], row.result["draft"]
    assert live["assigned"] == draft["assigned"] == 12
    first, second, third = sorted(live["reps"])
    assert [live["reps"][who]["items"] for who in (first, second, third)] == [4, 4, 4]
    assert draft["reps"][first]["items"] == 12
    assert draft["rules"] == {"都给 r1": 12} and draft["all_rules"] == ["都给 r1", "全部"]
    assert live["evenness"] == 1_000_000 > draft["evenness"]
    assert row.result["moved"] == 8 and row.result["apart"] == 12
    assert ComparedLead.objects.filter(comparison=row).count() == 12


def test_the_same_document_changes_nothing_but_the_draws_of_chance() -> None:
    _, row = begun(draft=policy())

    compare(row.pk)

    row.refresh_from_db()
    live, draft = row.result["live"], row.result["draft"]
    assert live["rules"] == draft["rules"]
    assert {who: one["points"] for who, one in live["reps"].items()} == {
        who: one["points"] for who, one in draft["reps"].items()
    }


def test_nothing_is_written_but_the_comparison() -> None:
    _, row = begun()
    before = rows_of(TABLES)

    compare(row.pk)

    assert rows_of(TABLES) == before


def test_the_job_is_owed_with_the_row_and_asking_again_is_the_same_comparison() -> None:
    olga, row = begun()

    again = start_comparison(row.line, policy_from_plain(FIRST_ALWAYS), days=30, actor=olga)

    assert again.pk == row.pk
    (job,) = ProcrastinateJob.objects.filter(task_name="evenhand:comparison")
    assert (job.queue_name, job.args) == ("long", {"comparison_id": row.pk})


def test_a_job_that_dies_begins_anew_and_says_everything_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, row = begun()
    real = comparing._write_apart

    def dies(*args: Any) -> None:
        real(*args)
        raise RuntimeError("the worker died")

    monkeypatch.setattr(comparing, "_write_apart", dies)
    with pytest.raises(RuntimeError):
        compare(row.pk)
    row.refresh_from_db()
    assert row.failed_at is not None and row.result is None
    monkeypatch.setattr(comparing, "_write_apart", real)

    compare(row.pk)
    compare(row.pk)  # a job may run twice

    row.refresh_from_db()
    assert row.failed_at is None and row.finished_at is not None
    assert ComparedLead.objects.filter(comparison=row).count() == 12


def test_stopped_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    olga, row = begun()
    real = comparing.read_intakes

    def stopped_meanwhile(*args: Any, **more: Any) -> Any:
        stop_comparison(comparison_for(olga, row.pk))
        return real(*args, **more)

    monkeypatch.setattr(comparing, "read_intakes", stopped_meanwhile)
    compare(row.pk)

    row.refresh_from_db()
    assert row.stopped_at is not None and row.finished_at is None and row.result is None


def test_only_whoever_edits_rules_may_begin_or_see_one() -> None:
    _, row = begun()
    tom = actor_of(person("Tom", "manager", "all"))
    count = Comparison.objects.count()

    with pytest.raises(NotAllowed):
        start_comparison(row.line, policy_from_plain(policy()), actor=tom)
    with pytest.raises(NotAllowed):
        comparison_for(tom, row.pk)

    assert Comparison.objects.count() == count


def test_days_that_are_not_offered_and_lines_without_rules_are_refused() -> None:
    olga, row = begun()
    bare = Line.objects.create(key="空", name="空")
    count = Comparison.objects.count()

    with pytest.raises(CannotCompare) as days:
        start_comparison(row.line, policy_from_plain(policy()), days=7, actor=olga)
    with pytest.raises(CannotCompare) as nothing:
        start_comparison(bare, policy_from_plain(policy()), actor=olga)
    with pytest.raises(NotFound):
        comparison_for(olga, row.pk + 1)

    codes = (days.value.why.code, nothing.value.why.code)
    assert codes == ("compare.days", "compare.nothing_live")
    assert Comparison.objects.count() == count


def test_no_leads_is_a_result_too() -> None:
    _, row = begun(0)

    compare(row.pk)

    row.refresh_from_db()
    assert row.leads == 0 and row.result["apart"] == 0 and row.result["live"]["evenness"] is None


def test_the_intake_is_read_in_order_by_its_index() -> None:
    _, row = begun()
    columns, with_company = columns_asked([policy_of_version(row.base_id).policy])
    sql = statement(columns, with_company=with_company)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a handful of rows needs no index
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}", [row.line_id, row.since, row.until])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "lead_by_arrival" in plan and "Sort" not in plan


def test_comparisons_are_forgotten_after_ninety_days() -> None:
    _, row = begun()
    compare(row.pk)
    Comparison.objects.filter(pk=row.pk).update(started_at=timezone.now() - timedelta(days=91))

    tidy_up()

    assert not Comparison.objects.exists() and not ComparedLead.objects.exists()
