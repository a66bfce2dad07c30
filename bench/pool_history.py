"""Leads in pools and with owners, and ninety days of what became of them, by SQL.

What an operation would write row by row is written in sets: with the guards of the tables off and
their indexes made afterwards, so that a million leads take a minute or two and not an hour.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]


def fill(superuser_url: str, leads: int) -> None:
    """Write so many leads and their past into a company that has reps and a live policy."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("SET session_replication_role = replica")
        with _unindexed(connection, *_TABLES):
            for statement in (_LEADS, _LYING, _PAST, _HELD, _HAD, _LOADS, _CALLED, _WON):
                connection.execute(statement.replace("%(leads)s", str(leads)))
        connection.execute("VACUUM (ANALYZE)")


@contextmanager
def _unindexed(connection: Connection, *tables: str) -> Iterator[None]:
    """Without the indexes of these tables that no constraint needs; they are made again after."""
    found = connection.execute(_INDEXES, [list(tables)]).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _, made_by in found:
        connection.execute(made_by)


_TABLES = ("lead", "pool_stay", "assignment", "activity", "opportunity")
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)
"""
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
    CASE WHEN n % 10 < 3 THEN now() - (n::bigint * 7919 % 7776000) * interval '1 second' END,
    '客户' || n, '139' || lpad((n % 100000000)::text, 8, '0'), 's' || n % 8, '浙江省/杭州市',
    substr('ABCD', 1 + (n / 10) % 4, 1), n % 100,
    (ARRAY[8000000, 5000000, 3000000, 1000000])[1 + (n / 10) % 4], '{}', '',
    now() - (n::bigint * 7919 % 7776000) * interval '1 second'
FROM generate_series(1, %(leads)s) AS n, (SELECT array_agg(user_id) AS ids FROM rep) AS who
"""
# Their stays, two of three given up by somebody.
_LYING = """
INSERT INTO pool_stay (item_kind, item_id, line_id, pool, entered_at, points, how, from_rep_id)
SELECT 'lead', id, line_id, pool, pooled_at, points,
    CASE id % 3 WHEN 0 THEN 'recycle' WHEN 1 THEN 'return' ELSE '' END,
    CASE WHEN id % 3 < 2 THEN ids[1 + id % array_length(ids, 1)] END
FROM lead, (SELECT array_agg(user_id) AS ids FROM rep) AS who WHERE state = 'pooled'
"""
# Stays that are over: some thirty thousand in ten days, claimed or given by an administrator.
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
# One in four of those who claimed had had the lead before.
_HAD = """
INSERT INTO assignment (item_kind, item_id, rep_id, cause, points, opened_at, closed_at, closed_by)
SELECT 'lead', item_id, taken_by_id, 'fair_share', points, entered_at - interval '10 days',
    entered_at, 'return'
FROM pool_stay WHERE left_by = 'claim' AND item_id % 4 = 0
"""
_LOADS = """
INSERT INTO load (rep_id, open_count, open_points)
SELECT rep_id, count(*), sum(points) FROM assignment WHERE closed_at IS NULL GROUP BY rep_id
"""
# Every second lead was called once, every sixth by two people.
_CALLED = """
INSERT INTO activity (item_kind, item_id, user_id, at, channel, direction, outcome)
SELECT 'lead', id, CASE WHEN n = 0 THEN coalesce(owner_id, ids[1]) ELSE
    ids[1 + id % array_length(ids, 1)] END,
    coalesce(assigned_at, pooled_at) + (n + 1) * interval '3 hours', 'call', 'out', 'reached'
FROM lead, generate_series(0, 1) AS n, (SELECT array_agg(user_id) AS ids FROM rep) AS who
WHERE id % 2 = 0 AND n <= CASE WHEN id % 3 = 0 THEN 1 ELSE 0 END
"""
# One in thirty of the leads became a sale, one in a hundred and fifty was won.
_WON = """
INSERT INTO opportunity (lead_id, owner_id, line_id, state, name, stage, value, currency, stage_at,
    closed_at, created_at)
SELECT id, owner_id, line_id, 'owned', '商机' || id,
    CASE WHEN id / 10 % 5 = 0 THEN 'won' ELSE 'proposal' END, 500000, 'CNY',
    assigned_at + interval '1 day',
    CASE WHEN id / 10 % 5 = 0 THEN assigned_at + interval '1 day' END,
    assigned_at
FROM lead WHERE id % 10 = 6 AND id / 10 % 3 = 0
"""
