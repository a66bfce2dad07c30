"""Claims per second at 1, 8 and 32 sessions, and of many at once, beside what PostgreSQL alone does
of the same writes, and beside the bare conditional UPDATE of one row.

What is promised, and why it is not the bare UPDATE that it is measured by: docs/adr/0016.

Sessions are threads that claim as the threads of a server do; database, sessions and baseline share
the machine, so the ratio within one run is what counts. fsync is on.
"""

import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

import click
import psycopg

from bench.pool_options import Options
from bench.served import company, policy
from evenhand.platform.postgres.addresses import SUPERUSER, socket_url
from evenhand.platform.postgres.server import Server

if TYPE_CHECKING:
    from evenhand.people.actor import Actor

# Of the same writes by pgbench, at so many sessions.
LEAST_OF_SAME = {1: 0.30, 8: 0.50, 32: 1.00}
BULK = 50  # items that somebody marks in the list and claims together
REPS = 40
ROWS = 300_000
_BARE = f"""\\set id random(1, {ROWS})
UPDATE bench_claim SET owner_id = 1, version = version + 1 WHERE id = :id AND owner_id IS NULL;
"""
# A month in the pool: what is claimed costs nothing, and is booked like anything else.
_ADRIFT = """
INSERT INTO lead (state, line_id, pool, pooled_at, name, company_name, phone, source, region, grade,
    given_grade, extra, search)
SELECT 'pooled', l.id, '公海', now() - interval '30 days', '客户' || n, '海川' || n || '有限公司',
    '139' || lpad(n::text, 8, '0'), 's0', '浙江省/杭州市', 'B', 'B', '{}', '客户' || n
FROM generate_series(1, %s) AS n, (SELECT id FROM line LIMIT 1) AS l RETURNING id
"""
# The rows that one claim writes, as one statement: the stay ends, the lead changes hands, and
# assignment, receipt, posting, event, load and the book's row. Nothing is judged, nobody's limits
# are read, nothing is worked out; the shares are always the same.
_SAME = """\\set k random(0, {reps})
WITH n AS MATERIALIZED (SELECT nextval('bench_next') AS id), w AS MATERIALIZED (
  SELECT n.id, s.id AS stay, s.line_id, (SELECT ids[1 + :k] FROM bench_reps) AS rep
  FROM n JOIN pool_stay s ON s.item_kind = 'lead' AND s.item_id = n.id AND s.left_at IS NULL
), b AS (
  UPDATE book SET sequence = sequence + 1, postings = postings + 1
  WHERE id = (SELECT min(id) FROM book) RETURNING id, postings, sequence
), r AS (
  INSERT INTO receipt (line_id, at, item_kind, item_id, outcome, cause, act, rep_id, book_id, grade,
    points, actor_id, body)
  SELECT line_id, now(), 'lead', w.id, 'assigned', 'claimed', 'claim', rep, b.id, 'B', 0, rep,
    repeat('x', 1050) FROM w, b RETURNING id
), s AS (
  UPDATE pool_stay AS s SET left_at = now(), left_by = 'claim', taken_by_id = rep, price = 0
  FROM w WHERE s.id = w.stay
), l AS (
  UPDATE lead AS l SET state = 'owned', owner_id = w.rep, assigned_at = now(), pool = '',
    pooled_at = NULL, points = 3000000, receipt_id = r.id, contact_due_at = now()
  FROM w, r WHERE l.id = w.id
), a AS (
  INSERT INTO assignment (item_kind, item_id, rep_id, cause, points, receipt_id, stay_id)
  SELECT 'lead', w.id, rep, 'claimed', 3000000, r.id, stay FROM w, r
), p AS (
  INSERT INTO posting (book_id, number, act, row, item_kind, item_id, taker_id, points, shares_id,
    sequence, receipt_id)
  SELECT b.id, b.postings, 'claimed', 1, 'lead', w.id, rep, 0, (SELECT min(id) FROM shares),
    b.sequence, r.id FROM w, b, r
), o AS (
  INSERT INTO load (rep_id, open_count, open_points) SELECT rep, 1, 3000000 FROM w
  ON CONFLICT (rep_id) DO UPDATE SET open_count = load.open_count + 1,
    open_points = load.open_points + 3000000
)
INSERT INTO event (kind, actor_kind, actor_id, object_kind, object_id, data)
SELECT 'lead.claimed', 'user', w.rep, 'lead', w.id,
  jsonb_build_object('rep', w.rep, 'pool', '公海', 'price', 0, 'receipt', r.id) FROM w, r;
"""
_TPS = re.compile(r"tps = ([0-9.]+)")


def measure(options: Options) -> list[str]:
    """Claims beside the baseline; returns what was missed."""
    seconds = 3 if options.is_quick else 10
    missed = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        os.chmod(folder, 0o755)
        with company(folder, groups=1, reps=REPS) as server:
            _publish()
            _prepare_bare(server)
            reached = {
                sessions: (_claims(sessions, seconds), _bare(server, folder, sessions, seconds))
                for sessions in LEAST_OF_SAME
            }
            rate, slowest = _bulk(seconds)
            _check()  # before writes that keep no books
            click.echo("sessions  claims/s  p99 ms  same writes/s  ratio  bare UPDATE/s  ratio")
            for sessions, ((claims, p99), bare) in reached.items():
                same = _same(server, folder, sessions, seconds)
                click.echo(
                    f"{sessions:8d}  {claims:8.0f}  {p99:6.1f}  {same:13.0f}  {claims / same:5.2f}"
                    f"  {bare:13.0f}  {claims / bare:5.2f}"
                )
                if claims / same < LEAST_OF_SAME[sessions]:
                    missed.append(f"claims at {sessions} sessions: {claims / same:.2f} of them")
            click.echo(f"{BULK} at once by one session: {rate:.0f} claims/s, p99 {slowest:.0f} ms")
    return missed


def _publish() -> None:
    from evenhand.people.actor import SYSTEM
    from evenhand.policies.operations.publish import publish

    pool = {"pool": "公海", "group": "g0", "claim": {"at_once": BULK}}
    document = {**policy(1), "pools": [pool]}
    publish("default", document, actor=SYSTEM)


def _prepare_bare(server: Server) -> None:
    with psycopg.connect(socket_url(server.socket, role=SUPERUSER), autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE bench_claim (id bigint PRIMARY KEY, owner_id bigint, version int)"
        )
        connection.execute(
            "INSERT INTO bench_claim SELECT n, NULL, 0 FROM generate_series(1, %s) AS n", [ROWS]
        )


def _bare(server: Server, folder: Path, clients: int, seconds: int) -> float:
    return _pgbench(server, folder, _BARE, clients, seconds)


def _same(server: Server, folder: Path, clients: int, seconds: int) -> float:
    """The same writes a second, of leads that nobody claimed yet."""
    first = _adrift(seconds * 4_000)[0]
    with psycopg.connect(socket_url(server.socket, role=SUPERUSER), autocommit=True) as connection:
        connection.execute("DROP SEQUENCE IF EXISTS bench_next")
        connection.execute(f"CREATE SEQUENCE bench_next START {first}")
        connection.execute("DROP TABLE IF EXISTS bench_reps")
        connection.execute("CREATE TABLE bench_reps AS SELECT array_agg(user_id) AS ids FROM rep")
    return _pgbench(server, folder, _SAME.format(reps=REPS - 1), clients, seconds)


def _pgbench(server: Server, folder: Path, statement: str, clients: int, seconds: int) -> float:
    """Transactions a second of one statement, prepared."""
    script = folder / "claim.sql"
    script.write_text(statement, encoding="utf-8")
    command = [
        str(server.binaries / "pgbench"), "-n", "-M", "prepared", "-c", str(clients),
        "-j", "2" if clients > 1 else "1", "-T", str(seconds), "-f", str(script),
        socket_url(server.socket, role=SUPERUSER),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _TPS.search(done.stdout)
    if found is None:
        raise RuntimeError(done.stderr[-2000:])
    return float(found[1])


def _adrift(count: int) -> list[int]:
    """So many more leads in the pool, by id."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_ADRIFT, [count])
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute("ANALYZE")
    connection.close()
    return ids


def _bulk(seconds: int) -> tuple[float, float]:
    """Claims a second by one who claims many at once, and the 99th percentile of that in ms."""
    from evenhand.pool.operations.claim import claim

    ids, actors = _adrift(seconds * 4_000), _actors()
    taken: list[float] = []
    start = perf_counter()
    for first in range(0, len(ids) - BULK, BULK):
        began = perf_counter()
        items = [("lead", one) for one in ids[first : first + BULK]]
        answers = claim(items, actor=actors[first // BULK % len(actors)])
        if any(one.refused for one in answers):
            raise RuntimeError(f"refused: {answers[0].refused}")
        taken.append((perf_counter() - began) * 1e3)
        if perf_counter() - start > seconds:
            break
    return BULK * len(taken) / (perf_counter() - start), quantiles(taken, n=100)[98]


def _claims(sessions: int, seconds: int) -> tuple[float, float]:
    """Claims a second, and the 99th percentile of one in milliseconds."""
    from django.db import connection

    from evenhand.pool.operations.claim import claim_one

    ids, actors = _adrift(seconds * 4_000), _actors()
    following = count()
    taken: list[float] = []
    until = perf_counter() + seconds

    def session(number: int) -> int:
        done = 0
        while perf_counter() < until:
            item = ids[next(following)]
            start = perf_counter()
            claim_one("lead", item, actor=actors[number % len(actors)])
            taken.append((perf_counter() - start) * 1e3)
            done += 1
        connection.close()
        return done

    start = perf_counter()
    with ThreadPoolExecutor(sessions) as threads:
        done = sum(threads.map(session, range(sessions)))
    return done / (perf_counter() - start), quantiles(taken, n=100)[98]


def _actors() -> "list[Actor]":
    from evenhand.people.models import User
    from evenhand.people.scope import actor_of

    return [actor_of(one) for one in User.objects.filter(role="rep").select_related("rep")]


def _check() -> None:
    """What was claimed is whole: one owner each, loads add up, every grade sums to zero."""
    from django.db import connection

    from evenhand.platform.invariants import examine

    with connection.cursor() as cursor:
        broken = [str(one) for one in examine(cursor)]
    if broken:
        raise RuntimeError(f"promises broken: {broken[:3]}")
