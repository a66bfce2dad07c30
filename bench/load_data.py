"""A whole company of a given size by SQL: leads, who holds them, how they came, what was done.

What is dealt rests on one real decision per group and grade: those make the books, and their
receipts and shares stand behind all the others, so that postings, balances and loads add up. Left
out: batches behind the decisions that were made up (their receipts are read, never replayed), past
clocks, policies other than the first, imports, appeals, covers, rebalances.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import click
import psycopg

from bench.pool_pages import SECTIONS
from bench.served import publish_more
from evenhand.platform.invariants import Cursor

GRADES = "ABCD"
# Kept beside the data: how large they are, and what was found of the pages when they were small.
NOTE = "load.json"
_FEW_PER_REP = 100  # so many leads fill the first page of everybody's list
_DAYS = 365


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    leads: int
    reps: int
    teams: int
    events: int

    @property
    def per_team(self) -> int:
        """Reps in each team."""
        return self.reps // self.teams

    @property
    def few(self) -> int:
        """How many leads there are when pages are looked at for the first time."""
        return min(self.leads, _FEW_PER_REP * self.reps)


def read_note(folder: Path) -> dict[str, Any]:
    """What is kept beside the data; empty = there are none yet."""
    path = folder / NOTE
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_note(folder: Path, note: dict[str, Any]) -> None:
    """Keep something beside the data."""
    (folder / NOTE).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")


def start_small(size: Size, session: Cursor) -> None:
    """Teams in a tree, rules of pools and clocks, a decision per book and grade, a few leads."""
    from evenhand.people.models import User

    # Who keeps the rules has a second factor, else he sees no page but that.
    User.objects.filter(role="sales_ops").update(totp_secret="bench")
    _grow_tree(size.teams)
    publish_more(SECTIONS)
    _decide(size)
    fill(1, size.few, size, session)


def fill_up(size: Size, session: Cursor) -> None:
    """All the rest, and the events up to the number asked for."""
    started = perf_counter()
    if size.leads > size.few:
        fill(size.few + 1, size.leads, size, session)
    session.execute(_MORE_EVENTS, {"most": size.events})
    _count_on(session, ("event",))
    click.echo(f"  {size.leads:,} leads written in {perf_counter() - started:.0f} s")


def settle(session: Cursor) -> None:
    """What jobs would have done by now, and what PostgreSQL would know of its tables."""
    started = perf_counter()
    _count_as_jobs()
    counted = perf_counter()
    sealed = _seal()
    session.execute("VACUUM (ANALYZE)")
    click.echo(
        f"  figures counted in {counted - started:.0f} s;"
        f" {sealed:,} events sealed in {perf_counter() - counted:.0f} s"
    )


def fill(first: int, last: int, size: Size, session: Cursor) -> None:
    """Leads of these numbers with everything around them; loads and balances are counted anew.

    No trigger fires in the session and no key is looked up: the rows fit by themselves.
    """
    asked = {
        "first": first, "last": last, "leads": size.leads, "teams": size.teams,
        "per_team": size.per_team, "reps": size.reps, "days": _DAYS,
    }  # fmt: skip
    session.execute("SET session_replication_role = replica")
    indexes = _take_off_indexes(session) if last - first > 100_000 else []
    for statement in (*_PLAN, *_ROWS, *_SUMS):
        session.execute(statement, asked)
    for index in indexes:
        session.execute(index)
    _count_on(session, _TABLES)
    session.execute("RESET session_replication_role")
    session.execute("ANALYZE")


@contextmanager
def writing(url: str) -> Iterator[Cursor]:
    """A superuser's session for much at once."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in (
            "statement_timeout = 0", "work_mem = '256MB'", "maintenance_work_mem = '512MB'",
            "synchronous_commit = off",
        ):  # fmt: skip
            connection.execute(f"SET {setting}")
        yield connection.cursor()


def _grow_tree(teams: int) -> None:
    """Five teams at the top, the others below them."""
    from evenhand.people.models import Team

    found = list(Team.objects.order_by("pk"))
    tops = found[: max(1, teams // 10)]
    for number, team in enumerate(found[len(tops) :]):
        above = tops[number % len(tops)]
        Team.objects.filter(pk=team.pk).update(parent=above, path=[above.pk, team.pk])


def _decide(size: Size) -> None:
    """One real decision per group and grade."""
    from evenhand.leads.intake import LeadIn
    from evenhand.people.actor import SYSTEM
    from evenhand.routing.take_in import take_in

    take_in(
        [
            LeadIn(
                name="种子", phone=str(13_700_000_000 + 4 * group + row), source=f"s{group}",
                grade=grade,
            )
            for group in range(size.teams)
            for row, grade in enumerate(GRADES)
        ],
        actor=SYSTEM,
    )  # fmt: skip


def _count_as_jobs() -> None:
    from django.utils import timezone

    from evenhand.fairness.counting import count_all
    from evenhand.fairness.rules import count_rules

    count_all()
    count_rules(timezone.now())
    count_ahead()


def count_ahead() -> None:
    """The figures of very full pools, as a worker does every ten minutes; pages read them."""
    from evenhand.jobs.app import count_pools

    count_pools(0)


def _seal() -> int:
    from evenhand.journal.seals.sealing import seal_on

    total = 0
    while sealed := seal_on():
        total += sealed
    return total


def _take_off_indexes(session: Cursor) -> list[str]:
    """Drop what can be made anew at the end; what makes it."""
    session.execute(_INDEXES, [list(_TABLES)])
    found = session.fetchall()
    for name, _ in found:
        session.execute(f"DROP INDEX {name}")
    return [text for _, text in found]


def _count_on(session: Cursor, tables: Sequence[str]) -> None:
    """Let ids go on after those that were written."""
    for table in tables:
        session.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
        )


_TABLES = (
    *("company", "contact", "lead", "receipt", "posting", "assignment", "pool_stay"),
    *("activity", "event", "opportunity", "task", "notice", "likeness"),
)
_INDEXES = """
SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index AS i JOIN pg_class AS c ON c.oid = indexrelid
WHERE indrelid::regclass::text = ANY(%s) AND NOT EXISTS (
    SELECT FROM pg_constraint WHERE conindid = c.oid)
"""

# What becomes of which lead, in tables that last as long as the session.
_PLAN = (
    "DROP TABLE IF EXISTS who, seed, plan",
    """
    CREATE TEMP TABLE who AS
    SELECT r.user_id AS id, substring(t.name FROM '[0-9]+')::int AS g,
        row_number() OVER (PARTITION BY t.id ORDER BY r.user_id) - 1 AS place,
        row_number() OVER (ORDER BY r.user_id) - 1 AS number
    FROM rep AS r JOIN person AS p ON p.id = r.user_id JOIN team AS t ON t.id = p.team_id
    """,
    """
    CREATE TEMP TABLE seed AS
    SELECT DISTINCT ON (p.book_id, p.row) p.book_id, p.row, p.shares_id, p.points, r.body, r.rule,
        substring(b.key FROM '[0-9]+')::int AS g, b.postings, b.line_id
    FROM posting AS p JOIN book AS b ON b.id = p.book_id JOIN receipt AS r ON r.id = p.receipt_id
    WHERE b.key LIKE 'g%%|value' ORDER BY p.book_id, p.row, p.id
    """,
    # Of a hundred leads 55 are owned as they were dealt, 5 claimed, 25 pooled, 1 waits, 14 over.
    """
    CREATE TEMP TABLE plan AS
    WITH drawn AS (
        SELECT n, (n %% %(teams)s)::int AS g, abs(hashint4(n)::bigint) AS h
        FROM generate_series(%(first)s::int, %(last)s::int) AS n
    ), fated AS (
        SELECT *, CASE WHEN h %% 100 < 55 THEN 'owned' WHEN h %% 100 < 60 THEN 'claimed'
            WHEN h %% 100 < 85 THEN 'pooled' WHEN h %% 100 = 85 THEN 'queued' ELSE 'closed' END
            AS fate FROM drawn
    ), turned AS (
        SELECT *, fate IN ('owned', 'closed') AS is_dealt,
            row_number() OVER (PARTITION BY g, fate IN ('owned', 'closed') ORDER BY n) - 1 AS turn
        FROM fated
    )
    SELECT t.n, t.g, t.h, t.fate, t.is_dealt, t.turn, w.id AS rep, s.row, s.points, s.book_id,
        s.shares_id, s.line_id, s.postings, s.rule, substr('ABCD', 1 + s.row, 1) AS grade,
        t.h %% 97 = 0 AND t.is_dealt AS by_hand,
        now() - interval '1 hour'
            - (%(leads)s - t.n) * (86400.0 * %(days)s / %(leads)s) * interval '1 second' AS at,
        (SELECT max(id) FROM lead) + 1 - %(first)s + t.n AS id,
        (SELECT max(id) FROM receipt) + 1 - %(first)s + t.n AS receipt_id,
        (SELECT max(id) FROM contact) + 1 - %(first)s + t.n AS contact_id,
        (SELECT coalesce(max(id), 0) FROM pool_stay) + 1 - %(first)s + t.n AS stay_id,
        (SELECT coalesce(max(id), 0) FROM company) + 1 + (t.n - 1) / 4 - (%(first)s - 1) / 4
            AS company_id,
        (ARRAY['海川', '华锐', '信达', '恒通', '瑞丰', '博远', '天合', '立新'])[1 + t.n / 4 %% 8]
            || (t.n - 1) / 4 AS firm
    FROM turned AS t
    JOIN who AS w ON w.g = t.g AND w.place = t.turn %% %(per_team)s
    JOIN seed AS s ON s.g = t.g AND s.row = t.turn / %(per_team)s %% 4
    """,
    "CREATE INDEX ON plan (n)",
    "ANALYZE plan",
)

_ROWS = (
    """
    INSERT INTO company (id, state, name, name_key, core_key, line_id, owner_id, assigned_at,
        grade, points, region, industry, created_at)
    SELECT company_id, CASE WHEN n %% 20 = 0 THEN 'owned' ELSE 'untended' END,
        firm || '机械有限公司', firm || '机械', firm, line_id,
        CASE WHEN n %% 20 = 0 THEN rep END, CASE WHEN n %% 20 = 0 THEN at END, 'B', 0,
        '浙江省/杭州市', 'machinery', at
    FROM plan WHERE n %% 4 = 0
    """,
    """
    INSERT INTO contact (id, company_id, name, phone, phone_key, created_at)
    SELECT contact_id, company_id, '客户' || n, 13900000000 + n, 13900000000 + n, at FROM plan
    """,
    """
    INSERT INTO lead (id, state, line_id, owner_id, assigned_at, pool, pooled_at, queued_at,
        why_unassigned, grade, score, points, receipt_id, contact_id, company_id, name,
        company_name, phone, region, industry, source, campaign, extra, given_grade, via, stage,
        created_at, contact_due_at, contacted_at, active_at, closed_at, close_reason, lost_stage,
        search)
    SELECT id,
        CASE fate WHEN 'claimed' THEN 'owned' ELSE fate END, line_id,
        CASE WHEN fate IN ('owned', 'claimed', 'closed') THEN rep END,
        CASE WHEN fate IN ('owned', 'claimed', 'closed') THEN at + interval '1 second' END,
        CASE WHEN fate <> 'pooled' THEN '' WHEN h / 100 %% 10 = 0 THEN '盲领'
            WHEN h / 100 %% 10 = 1 THEN '三选一' ELSE '公海' END,
        CASE WHEN fate = 'pooled' THEN at - interval '1 day' END,
        CASE WHEN fate = 'queued' THEN at END,
        CASE WHEN fate = 'queued' THEN '{"code": "unassigned.no_rule"}'::jsonb END,
        grade, h / 7 %% 100 * 100, points, CASE WHEN is_dealt THEN receipt_id END, contact_id,
        company_id, '客户' || n, firm || '机械有限公司', 13900000000 + n, '浙江省/杭州市',
        'machinery', 's' || g, CASE WHEN n %% 9 = 0 THEN '春季展会' ELSE '' END, '{}', grade, 'api',
        CASE WHEN fate = 'closed' THEN CASE WHEN n %% 2 = 0 THEN 'converted' ELSE 'lost' END
            WHEN fate IN ('pooled', 'queued') OR is_new THEN 'new'
            WHEN h %% 3 = 0 THEN 'qualified' ELSE 'contacted' END,
        at,
        CASE WHEN is_new AND fate IN ('owned', 'claimed')
            THEN now() + (h %% 172800 - 7200) * interval '1 second' END,
        CASE WHEN NOT is_new AND fate IN ('owned', 'claimed', 'closed')
            THEN at + interval '1 hour' END,
        CASE WHEN NOT is_new AND fate IN ('owned', 'claimed', 'closed')
            THEN at + interval '1 hour' END,
        CASE WHEN fate = 'closed' THEN at + interval '2 hours' END,
        CASE WHEN fate = 'closed' AND n %% 2 = 1 THEN 'price' ELSE '' END,
        CASE WHEN fate = 'closed' AND n %% 2 = 1 THEN 'contacted' ELSE '' END,
        '客户' || n || ' ' || firm || '机械有限公司 ' || 13900000000 + n
    FROM (SELECT *, n > 0.97 * %(leads)s AS is_new FROM plan) AS p ORDER BY n
    """,
    """
    INSERT INTO receipt (id, line_id, item_kind, item_id, at, outcome, cause, rule, rep_id,
        book_id, grade, points, actor_id, act, reason, body)
    SELECT receipt_id, p.line_id, 'lead', id, at + interval '1 second', 'assigned',
        CASE WHEN by_hand THEN 'manual' ELSE 'fair_share' END,
        CASE WHEN by_hand THEN '' ELSE p.rule END, rep, p.book_id, grade, p.points,
        CASE WHEN by_hand THEN (SELECT max(id) FROM person WHERE role = 'manager') END,
        CASE WHEN by_hand THEN 'assign' ELSE '' END,
        CASE WHEN by_hand THEN 'expertise' ELSE '' END, s.body
    FROM plan AS p JOIN seed AS s USING (g, row) WHERE is_dealt ORDER BY n
    """,
    """
    INSERT INTO posting (book_id, number, at, act, row, item_kind, item_id, taker_id, points,
        shares_id, sequence, receipt_id)
    SELECT book_id, postings + turn + 1, at + interval '1 second',
        CASE WHEN by_hand THEN 'charged' ELSE 'dealt' END, row, 'lead', id, rep, points, shares_id,
        postings + turn + 1, receipt_id
    FROM plan WHERE is_dealt ORDER BY n
    """,
    """
    INSERT INTO pool_stay (id, item_kind, item_id, line_id, pool, entered_at, how, from_rep_id,
        points, left_at, left_by, taken_by_id, price)
    SELECT p.stay_id, 'lead', p.id, p.line_id, CASE fate WHEN 'claimed' THEN '公海' ELSE l.pool END,
        p.at - interval '1 day', CASE p.n %% 3 WHEN 0 THEN 'recycle' WHEN 1 THEN 'return' ELSE ''
        END, CASE WHEN p.n %% 3 < 2 THEN (SELECT id FROM who WHERE number = p.h %% %(reps)s) END,
        p.points, CASE WHEN fate = 'claimed' THEN at + interval '1 second' END,
        CASE WHEN fate = 'claimed' THEN 'claim' ELSE '' END,
        CASE WHEN fate = 'claimed' THEN rep END, CASE WHEN fate = 'claimed' THEN 0 END
    FROM plan AS p JOIN lead AS l ON l.id = p.id WHERE fate IN ('pooled', 'claimed') ORDER BY p.n
    """,
    # Clocks stand as if worked out; none runs out within a day.
    """
    INSERT INTO assignment (item_kind, item_id, rep_id, cause, points, receipt_id, opened_at,
        closed_at, closed_by, stay_id, wound_at, clocks, clocks_policy_id, due_at, next_at)
    SELECT 'lead', id, rep, CASE WHEN fate = 'claimed' THEN 'claimed' WHEN by_hand THEN 'manual'
        ELSE 'fair_share' END, points, CASE WHEN is_dealt THEN receipt_id END,
        at + interval '1 second', CASE WHEN fate = 'closed' THEN at + interval '2 hours' END,
        CASE WHEN fate = 'closed' THEN 'close' ELSE '' END,
        CASE WHEN fate = 'claimed' THEN stay_id END, CASE WHEN fate <> 'closed' THEN now() END,
        CASE WHEN fate <> 'closed' THEN '{"rule": "保护", "clocks": []}'::jsonb END,
        CASE WHEN fate <> 'closed' THEN (SELECT max(id) FROM policy_version WHERE state = 'live')
        END,
        CASE WHEN fate <> 'closed' THEN now() + (86400 + h %% 777600) * interval '1 second' END,
        CASE WHEN fate <> 'closed' THEN now() + (86400 + h %% 777600) * interval '1 second' END
    FROM plan WHERE fate IN ('owned', 'claimed', 'closed') ORDER BY n
    """,
    """
    INSERT INTO assignment (item_kind, item_id, rep_id, cause, opened_at, wound_at, clocks)
    SELECT 'account', company_id, rep, 'imported', at, now(), '{"rule": "", "clocks": []}'
    FROM plan WHERE n %% 20 = 0
    """,
    """
    WITH made AS (
        INSERT INTO opportunity (state, line_id, owner_id, assigned_at, name, stage, value,
            currency, lead_id, contact_id, company_id, created_at, closed_at, close_on)
        SELECT CASE WHEN n %% 20 < 12 THEN 'owned' ELSE 'closed' END, line_id, rep, at,
            '产线改造' || n,
            CASE WHEN n %% 20 < 4 THEN 'discovery' WHEN n %% 20 < 8 THEN 'proposal'
                WHEN n %% 20 < 12 THEN 'negotiation' WHEN n %% 20 < 16 THEN 'won' ELSE 'lost' END,
            10000000 + h %% 100000000, 'CNY', id, contact_id, company_id, at,
            CASE WHEN n %% 20 >= 12 THEN at + interval '1 day' END, current_date + (h %% 90)::int
        FROM plan WHERE fate = 'closed' AND n %% 2 = 0 RETURNING id, state, owner_id, created_at
    )
    INSERT INTO assignment (item_kind, item_id, rep_id, cause, opened_at, closed_at, closed_by,
        wound_at, clocks)
    SELECT 'opportunity', id, owner_id, 'imported', created_at,
        CASE WHEN state = 'closed' THEN created_at + interval '1 day' END,
        CASE WHEN state = 'closed' THEN 'close' ELSE '' END, now(), '{"rule": "", "clocks": []}'
    FROM made
    """,
    """
    INSERT INTO activity (item_kind, item_id, company_id, contact_id, user_id, at, channel,
        direction, outcome, evidence, seconds)
    SELECT 'lead', id, company_id, contact_id, rep, at + interval '1 hour', 'call', 'both',
        'reached', 'said', 60 + h %% 600
    FROM plan WHERE fate IN ('owned', 'claimed', 'closed') AND n <= 0.97 * %(leads)s ORDER BY n
    """,
    """
    INSERT INTO task (type, title, state, line_id, owner_id, assigned_at, cause, skills, minutes,
        starts_at, due_at, item_kind, item_id, checklist, why_unassigned, done_at, handled_minutes,
        created_by_id, created_at)
    SELECT '', '回访客户' || n, CASE WHEN n %% 50 = 0 THEN 'open' ELSE 'done' END, line_id, rep, at,
        'own', '[]', 15, at, CASE WHEN n %% 50 = 0 THEN now() + (h %% 1296000 - 86400)
        * interval '1 second' ELSE at + interval '1 day' END, 'lead', id, '[]', 'null',
        CASE WHEN n %% 50 > 0 THEN at + interval '1 day' END, CASE WHEN n %% 50 > 0 THEN 15 END,
        rep, at
    FROM plan WHERE n %% 10 = 0 ORDER BY n
    """,
    """
    INSERT INTO notice (user_id, kind, params, object_kind, object_id, at, read_at)
    SELECT rep, 'assigned', '{}', 'lead', id, at, CASE WHEN n < 0.99 * %(leads)s THEN at END
    FROM plan WHERE n %% 50 = 0 ORDER BY n
    """,
    """
    INSERT INTO likeness (item_kind, one_id, other_id, percent, found_at)
    SELECT 'account', company_id - 1, company_id, 90, at FROM plan
    WHERE n %% 1000 = 0 AND company_id > 1
    """,
    # An act has its event; ids and moments go together.
    """
    INSERT INTO event (at, kind, actor_kind, actor_id, object_kind, object_id, data, xact)
    SELECT at, kind, CASE WHEN kind = 'lead.logged' THEN 'user' ELSE 'token' END,
        CASE WHEN kind = 'lead.logged' THEN rep ELSE 1 END, 'lead', id, data,
        (pg_current_xact_id()::text)::bigint
    FROM (
        SELECT n, at, 'lead.taken_in' AS kind, rep, id, jsonb_build_object('state',
            CASE fate WHEN 'claimed' THEN 'owned' ELSE fate END, 'rep', CASE WHEN is_dealt THEN rep
            END, 'receipt', CASE WHEN is_dealt THEN receipt_id END, 'via', 'api') AS data FROM plan
        UNION ALL
        SELECT n, at + interval '1 second', 'lead.claimed', rep, id, jsonb_build_object('rep', rep,
            'pool', '公海', 'price', 0) FROM plan WHERE fate = 'claimed'
        UNION ALL
        SELECT n, at + interval '1 hour', 'lead.logged', rep, id, jsonb_build_object('channel',
            'call', 'outcome', 'reached') FROM plan WHERE fate IN ('owned', 'claimed', 'closed')
    ) AS told ORDER BY at
    """,
)

# More of what is told of leads, until the journal is as long as asked for.
_MORE_EVENTS = """
INSERT INTO event (at, kind, actor_kind, actor_id, object_kind, object_id, data, xact)
SELECT now() - interval '1 hour', 'lead.logged', 'user', 1 + n % 100, 'lead',
    (SELECT max(id) FROM lead) - n % (SELECT count(*) FROM lead),
    '{"channel": "call", "outcome": "no_answer"}', (pg_current_xact_id()::text)::bigint
FROM generate_series(1, %(most)s - (SELECT count(*) FROM event)) AS n
""".replace("% ", "%% ")

_SUMS = (
    """
    UPDATE book SET postings = p.count, sequence = p.count, needs_checkpoint = true
    FROM (SELECT book_id, max(number) AS count FROM posting GROUP BY book_id) AS p
    WHERE p.book_id = book.id
    """,
    """
    WITH shared AS (
        SELECT book_id, row, shares_id, count(*) AS n FROM posting WHERE moves IS NULL
        GROUP BY book_id, row, shares_id
    ), moves AS (
        SELECT c.book_id, c.row, m.member, m.amount * c.n AS amount
        FROM shared AS c JOIN shares AS s ON s.id = c.shares_id,
            unnest(s.members, s.amounts) AS m(member, amount)
        UNION ALL
        SELECT book_id, row, taker_id, -sum(points) FROM posting WHERE moves IS NULL
        GROUP BY book_id, row, taker_id
    ), sums AS (
        SELECT book_id, row, member, sum(amount)::bigint AS amount FROM moves
        GROUP BY book_id, row, member
    )
    UPDATE balance SET amounts = (
        SELECT array_agg(coalesce(s.amount, 0) ORDER BY m.place)
        FROM book AS b, unnest(b.members) WITH ORDINALITY AS m(id, place)
        LEFT JOIN sums AS s
            ON s.book_id = balance.book_id AND s.row = balance.row AND s.member = m.id
        WHERE b.id = balance.book_id)
    """,
    """
    INSERT INTO load (rep_id, open_count, open_points)
    SELECT rep_id, count(*), sum(points) FROM assignment WHERE closed_at IS NULL GROUP BY rep_id
    ON CONFLICT (rep_id) DO UPDATE SET open_count = excluded.open_count,
        open_points = excluded.open_points
    """,
)
