"""Pages of public pools and lists by deadline over a million leads, as reps and managers see them.

Three pools: one with its list, a blind one, and one that shows three items at a time. Behind them
ninety days of stays, and clocks over everything that has an owner.
"""

import os
import tempfile
from pathlib import Path
from time import perf_counter

import click

from bench.pool_options import Options
from bench.served import Served, serve

MOST_MS = 300.0
_GROUPS, _REPS = 4, 50
_OPEN, _BLIND, _FEW = "公海", "盲领", "三选一"
_CLOCK = {"clock": "untouched", "after": "10d", "extends": "3d", "at_most": "20d"}


def measure(options: Options) -> list[str]:
    """The pages over a million leads, or a tenth of that."""
    leads = 100_000 if options.is_quick else 1_000_000
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        os.chmod(name, 0o755)
        with serve(Path(name), groups=_GROUPS, reps=_REPS) as served:
            started = perf_counter()
            fill(leads)
            click.echo(
                f"pages of pools: {leads:,} leads (made in {perf_counter() - started:.0f} s)"
            )
            return [*_look_at("manager", served), *_look_at("rep", served)]


def _look_at(role: str, served: Served) -> list[str]:
    missed = []
    click.echo(f"  as {role:<50} p50 ms    p95 ms   queries   index")
    for title, path in pages(role):
        found = served.look(path, 10, role=role)
        is_quick = found.p50 <= MOST_MS
        click.echo(
            f"  {title:<53} {found.p50:>6.0f} {found.p95:>9.0f} {found.queries:>9}"
            f"   {'yes' if found.uses_index else 'NO'} {'' if is_quick else 'MISSED'}"
        )
        missed += [] if is_quick else [f"pages: {title} ({role})"]
    return missed


def pages(role: str) -> list[tuple[str, str]]:
    """Title and address of what somebody of a role looks at."""
    from evenhand.policies.models import Line

    line = Line.objects.values_list("pk", flat=True).get()
    at = {name: f"{line}:{name}" for name in (_OPEN, _BLIND, _FEW)}
    pool = f"/pool?at={at[_OPEN]}"
    found = [
        ("a pool, newest first", pool),
        ("a pool, oldest first", f"{pool}&order=pooled"),
        ("a pool by score", f"{pool}&order=-score"),
        ("a pool, one grade", f"{pool}&grade=A"),
        ("a pool, page 20", f"{pool}&page=20"),
        ("a pool, what may be claimed now", f"{pool}&ready=1"),
        ("the blind pool", f"/pool?at={at[_BLIND]}"),
        ("three of a pool", f"/pool?at={at[_FEW]}"),
        ("leads whose clock runs out soon", "/leads?ends=soon"),
        ("leads whose clock runs out soon, page 20", "/leads?ends=soon&page=20"),
        ("leads by first contact", "/leads?sort=due"),
        ("leads that are overdue", "/leads?due=overdue&sort=due"),
        ("today", "/"),
    ]
    if role == "rep":
        return found
    rows = [(f"rows of {one}", f"/pools/rows?what={one}") for one in _FIGURES]
    return [*found, ("figures of the pools", "/pools"), *rows]


_FIGURES = ("came", "left", "lies", "revived", "claims", "gave_up", "reclaimed", "hoarded")


def fill(leads: int) -> None:
    """Leads with owners, in pools, and their past, by SQL."""
    from django.db import connection

    _publish()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for statement in (_LEADS, _STAYS, _PAST, _HELD, _LOADS, "ANALYZE"):
            cursor.execute(statement.replace("%(leads)s", str(leads)))


def _publish() -> None:
    from evenhand.people.actor import SYSTEM
    from evenhand.policies.models import PolicyVersion
    from evenhand.policies.operations.publish import publish

    live = PolicyVersion.objects.select_related("line").get(state="live")
    fresh = {"fresh_for": "1d", "cool_down": "7d"}
    sections = {
        "pools": [
            {"pool": _OPEN, "claim": fresh},
            {"pool": _BLIND, "claim": {"blind": True}},
            {"pool": _FEW, "claim": {"choose_of": 3, **fresh}},
        ],
        "clocks": {"rules": [{"rule": "保护", "time": "real", "clocks": [_CLOCK]}]},
    }
    publish(live.line.key, {**live.document, **sections}, actor=SYSTEM)


# Of ten leads three lie in pools (two in the open one) and seven have owners.
_LEADS = """
INSERT INTO lead (state, line_id, owner_id, assigned_at, contact_due_at, pool, pooled_at, name,
    phone, source, region, grade, score, points, extra, search, created_at)
SELECT CASE WHEN n % 10 < 3 THEN 'pooled' ELSE 'owned' END, (SELECT min(id) FROM line),
    CASE WHEN n % 10 >= 3 THEN ids[1 + (n / 10 + n % 10 * 7) % array_length(ids, 1)] END,
    CASE WHEN n % 10 >= 3 THEN now() - (n % 864000) * interval '1 second' END,
    CASE WHEN n % 10 = 3 THEN now() + (n % 86400 - 43200) * interval '1 second' END,
    CASE WHEN n % 10 < 3 THEN CASE n % 20 WHEN 2 THEN '盲领' WHEN 12 THEN '三选一' ELSE '公海' END
        ELSE '' END,
    CASE WHEN n % 10 < 3 THEN now() - (n % 7776000) * interval '1 second' END,
    '客户' || n, '139' || lpad((n % 100000000)::text, 8, '0'), 's' || n % 8, '浙江省/杭州市',
    substr('ABCD', 1 + (n / 10) % 4, 1), n % 100, 3000000, '{}', '',
    now() - (n % 7776000) * interval '1 second'
FROM generate_series(1, %(leads)s) AS n, (SELECT array_agg(user_id) AS ids FROM rep) AS who
"""
# How they came, where the trigger that opened the stays cannot know.
_STAYS = """
UPDATE pool_stay SET how = CASE item_id % 3 WHEN 0 THEN 'recycle' WHEN 1 THEN 'return' ELSE '' END,
    from_rep_id = CASE WHEN item_id % 3 < 2 THEN ids[1 + item_id % array_length(ids, 1)] END
FROM (SELECT array_agg(user_id) AS ids FROM rep) AS who
"""
# Stays that are over: some thirty thousand in a month, claimed or given by an administrator.
_PAST = """
INSERT INTO pool_stay (item_kind, item_id, line_id, pool, entered_at, how, from_rep_id, points,
    left_at, left_by, taken_by_id, price)
SELECT 'lead', id, line_id, '公海', assigned_at - (1 + id % 80) * interval '1 day',
    CASE WHEN id % 2 = 0 THEN 'recycle' ELSE 'return' END, owner_id, points, assigned_at,
    CASE WHEN id % 5 = 0 THEN 'assign' ELSE 'claim' END, owner_id,
    CASE WHEN id % 5 > 0 THEN points / 2 END
FROM lead WHERE state = 'owned' AND id % 21 = 0
"""
_HELD = """
INSERT INTO assignment (item_kind, item_id, rep_id, cause, points, opened_at, stay_id, wound_at,
    clocks, clocks_policy_id, due_at, next_at)
SELECT 'lead', l.id, l.owner_id, CASE WHEN s.id IS NULL THEN 'imported' ELSE 'claimed' END,
    l.points, l.assigned_at, s.id, now(), '{"rule": "保护", "clocks": []}',
    (SELECT id FROM policy_version WHERE state = 'live'),
    l.assigned_at + interval '10 days', l.assigned_at + interval '10 days'
FROM lead AS l LEFT JOIN pool_stay AS s ON s.item_id = l.id AND s.left_at IS NOT NULL
WHERE l.state = 'owned'
"""
_LOADS = """
INSERT INTO load (rep_id, open_count, open_points)
SELECT rep_id, count(*), sum(points) FROM assignment WHERE closed_at IS NULL GROUP BY rep_id
"""
