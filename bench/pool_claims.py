"""Claims per second at 1, 8 and 32 sessions beside the bare conditional UPDATE of one row, and
of many at once.

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

LEAST_OF_UPDATE = 0.30
SESSIONS = (1, 8, 32)
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
            click.echo("sessions  claims/s  p99 ms  bare UPDATE/s  ratio")
            for sessions in SESSIONS:
                bare = _bare(server, folder, sessions, seconds)
                rate, slowest = _claims(sessions, seconds)
                ratio = rate / bare
                click.echo(
                    f"{sessions:8d}  {rate:8.0f}  {slowest:6.1f}  {bare:13.0f}  {ratio:5.2f}"
                )
                if ratio < LEAST_OF_UPDATE:
                    missed.append(f"claims at {sessions} sessions: {ratio:.2f} of the bare UPDATE")
            rate, slowest = _bulk(seconds)
            click.echo(f"{BULK} at once by one session: {rate:.0f} claims/s, p99 {slowest:.0f} ms")
            _check()
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
    script = folder / "bare_claim.sql"
    script.write_text(_BARE, encoding="utf-8")
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
