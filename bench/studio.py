"""`bin/bench studio`: a draft compared with what is live on 90 days of 1,000 leads.

Printed beside the time to read the same rows, because the machine is shared and seconds swing:
the ratio is what counts. The comparison is the product's own job, reading, both runs, writing.
"""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from bench.served import company, policy

# A comparison reads the rows once, decides each of them twice and writes those that differ.
MOST_RATIO = 30.0
# Thousands of leads wait for working time and for room, and are looked at again and again.
MOST_WAITING_RATIO = 40.0
GROUPS, REPS_PER_GROUP = 8, 25


@click.command()
@click.option("--days", default=90, show_default=True)
@click.option("--per-day", default=1_000, show_default=True, help="Leads a day.")
@click.option("--check", is_flag=True, help="Exit with 1 on a missed promise.")
def main(days: int, per_day: int, check: bool) -> None:
    """Measure comparing; prints what was promised beside what was reached."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        os.chmod(folder, 0o755)
        stack.enter_context(company(folder, groups=GROUPS, reps=REPS_PER_GROUP))
        missed = measure(days, per_day)
    if missed:
        click.echo("missed: " + ", ".join(missed))
    if check and missed:
        raise SystemExit(1)


def measure(days: int, per_day: int) -> list[str]:
    """Compare a few drafts on the same intake; what was missed."""
    _fill(days, per_day)
    count = days * per_day
    click.echo(f"\ncomparing on {days} days × {per_day:,} leads, {GROUPS * REPS_PER_GROUP} reps")
    click.echo("  draft                              reading s   comparing s   ratio   leads/s")
    missed = []
    for name, draft in _drafts():
        reading, comparing = _read_rows(draft, days), _compare(draft, days)
        ratio = comparing / reading
        most = MOST_WAITING_RATIO if "availability" in draft else MOST_RATIO
        reached = ratio <= most
        verdict = "ok" if reached else "MISSED"
        missed += [] if reached else [name]
        click.echo(
            f"  {name:<34} {reading:>9.2f} {comparing:>13.2f} {ratio:>7.1f}"
            f" {count / comparing:>9,.0f}   promised ≤ {most:.0f}: {verdict}"
        )
    return missed


def _drafts() -> list[tuple[str, dict[str, Any]]]:
    """Names and documents."""
    live = policy(GROUPS)
    points = {"A": 9, "B": 5, "C": 2, "D": 1}
    everybody = {"group": "all", "who": True}
    capped = {
        "open_items": 200,
        "windows": [{"cap": "day", "per": "day", "items": 8}],
    }
    return [
        ("other points per grade", {**live, "points": {"base": points}}),
        (
            "one group instead of eight",
            {
                **live,
                "groups": [everybody],
                "rules": [
                    {
                        "rule": "all",
                        "to": {"strategy": "fair_share", "group": "all"},
                        "if_nobody": {"do": "wait"},
                    }
                ],
            },
        ),
        ("in turns", {**live, "rules": [_in_turns(rule) for rule in live["rules"]]}),
        ("open and daily limits", {**live, "capacity": capped}),
        (
            "limits, working time only",
            {**live, "capacity": capped, "availability": {"working_hours": "exclude"}},
        ),
    ]


def _in_turns(rule: dict[str, Any]) -> dict[str, Any]:
    return {**rule, "to": {"strategy": "rotation", "group": rule["to"]["group"]}}


def _read_rows(draft: dict[str, Any], days: int) -> float:
    """Seconds to read the same rows in the same way, and nothing else."""
    from django.db import transaction

    from evenhand.review.reading import columns_asked, statement, stream

    policies, line_id, since, until = _asked(draft, days)
    columns, with_company = columns_asked(policies)
    sql = statement(columns, with_company=with_company)
    start = perf_counter()
    with transaction.atomic():
        for _ in stream(sql, [line_id, since, until]):
            pass
    return perf_counter() - start


def _asked(draft: dict[str, Any], days: int) -> tuple[list[Any], int, Any, Any]:
    from datetime import timedelta

    from evenhand.engine.policy.compile import policy_from_json
    from evenhand.platform.clock import now
    from evenhand.policies.models import PolicyVersion

    base = PolicyVersion.objects.get(state="live")
    policies = [policy_from_json(base.document), policy_from_json(draft)]
    return policies, base.line_id, now() - timedelta(days=days), now()


def _compare(draft: dict[str, Any], days: int) -> float:
    """Seconds of the whole job."""
    from evenhand.engine.policy.load import policy_from_plain
    from evenhand.people.models import User
    from evenhand.people.scope import actor_of
    from evenhand.policies.models import Line
    from evenhand.review.models import Comparison
    from evenhand.review.operations import comparing

    comparing.DAYS = (*comparing.DAYS, days)
    actor = actor_of(User.objects.get(role="sales_ops"))
    row = comparing.start_comparison(
        Line.objects.get(), policy_from_plain(draft), days=days, actor=actor
    )
    start = perf_counter()
    comparing.compare(row.pk)
    taken = perf_counter() - start
    assert Comparison.objects.get(pk=row.pk).finished_at is not None
    return taken


def _fill(days: int, per_day: int) -> None:
    from django.db import connection

    from evenhand.people.models import Calendar

    office = ["09:00-18:00"] * 5 + ["", ""]
    Calendar.objects.create(name="office", zone="Asia/Shanghai", hours=office, is_default=True)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(_LEADS, {"count": days * per_day, "per_day": per_day})
        cursor.execute(_ASSIGNMENTS)
        cursor.execute("ANALYZE")


# From eight in the morning to eight in the evening; two of three are over after a few days.
_LEADS = """
INSERT INTO lead (state, line_id, owner_id, name, phone, source, region, industry, given_grade,
    points, extra, search, created_at, closed_at)
SELECT 'owned', l.id, r.ids[1 + (n::bigint * 7919) %% array_length(r.ids, 1)], '客户' || n,
    '139' || lpad(n::text, 8, '0'), 's' || (n::bigint * 7) %% 8, '浙江省/杭州市',
    (ARRAY['软件','机械','食品'])[1 + n %% 3], substr('ABCD', 1 + (n * 13) %% 4, 1), 3000000,
    '{}', '',
    came.at, CASE WHEN n %% 3 > 0 AND came.at < now() - '9 days'::interval
        THEN came.at + ((n %% 200) || ' hours')::interval END
FROM generate_series(0, %(count)s - 1) AS n,
    LATERAL (
        SELECT date_trunc('day', now()) - ((n / %(per_day)s + 1) || ' days')::interval
            + ((n %% %(per_day)s) * 43200 / %(per_day)s || ' seconds')::interval AS at
    ) AS came, (SELECT id FROM line LIMIT 1) AS l,
    (SELECT array_agg(user_id) AS ids FROM rep) AS r
"""
_ASSIGNMENTS = """
INSERT INTO assignment (item_kind, item_id, rep_id, cause, points, opened_at, closed_at)
SELECT 'lead', id, owner_id, 'fair_share', points, created_at, closed_at FROM lead
"""


if __name__ == "__main__":
    main()
