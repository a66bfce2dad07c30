"""The sweep of clocks: many leads, some of them due at once, while somebody works on leads.

Leads and assignments are written by SQL; only those due have their clocks worked out by the
program, the others stand as if they had been. Meanwhile a second session locks leads as an edit
does, those that are due among them, and measures how long it waits.
"""

import os
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from time import perf_counter

import click
import psycopg

from bench.pool_options import Options
from bench.served import company, publish_more
from evenhand.platform.postgres.addresses import SUPERUSER, socket_url

MOST_SECONDS, MOST_WAIT_MS = 60.0, 200.0
_GROUPS, _REPS = 4, 50
_CLOCK = {"clock": "untouched", "after": "10d", "extends": "3d", "at_most": "20d"}


def measure(options: Options) -> list[str]:
    """A sweep over a million leads of which fifty thousand are due, or a tenth of that."""
    leads, due = (100_000, 5_000) if options.is_quick else (1_000_000, 50_000)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        os.chmod(name, 0o755)
        with company(Path(name), groups=_GROUPS, reps=_REPS) as server:
            return _sweep(socket_url(server.socket, role=SUPERUSER), leads, due)


def _sweep(url: str, leads: int, due: int) -> list[str]:
    from django.utils import timezone

    from evenhand.pool.operations.sweeping import sweep
    from evenhand.pool.winding import wind_all

    _publish()
    _fill(leads, due)
    started = perf_counter()
    wound = wind_all(most=due)
    click.echo(f"sweep: {leads:,} leads; {wound:,} wound in {perf_counter() - started:.1f} s")
    started = perf_counter()
    sweep(now=timezone.now() - timedelta(days=400))
    click.echo(f"sweep with nothing due: {1_000 * (perf_counter() - started):.1f} ms")
    rival = _Rival(url, due)
    rival.start()
    started = perf_counter()
    swept = sweep(most=leads)
    took = perf_counter() - started
    rival.stop()
    scale, longest = due / 50_000, rival.waits[-1]
    quick, short = took <= MOST_SECONDS * scale, longest <= MOST_WAIT_MS
    click.echo(
        f"{swept.pooled:,} of {due:,} due recycled in {took:.1f} s"
        f" (at most {MOST_SECONDS * scale:.0f}) {_verdict(quick)}\n"
        f"longest wait for a lead {longest:.0f} ms of {len(rival.waits):,} edits"
        f" (at most {MOST_WAIT_MS:.0f}) {_verdict(short)};"
        f" 99 of 100 within {rival.waits[len(rival.waits) * 99 // 100]:.0f} ms"
    )
    left = due - swept.pooled - len(rival.waits)  # what was being edited waits for the next sweep
    missed = [] if quick else ["sweep: seconds"]
    missed += [] if short else ["sweep: longest lock"]
    return missed if left <= 0 else [*missed, "sweep: leads left behind"]


def _verdict(is_reached: bool) -> str:
    return "ok" if is_reached else "MISSED"


def _publish() -> None:
    clocks = {"rules": [{"rule": "保护", "time": "real", "clocks": [_CLOCK]}]}
    publish_more({"pools": [{"pool": "公海"}], "clocks": clocks})


def _fill(leads: int, due: int) -> None:
    """Leads with owners; the first `due` have had them for long enough."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(_FILL, {"leads": leads, "due": due})
        cursor.execute(_LOADS)
        cursor.execute("ANALYZE")


_FILL = """
WITH who AS (SELECT array_agg(user_id) AS ids FROM rep), made AS (
    INSERT INTO lead (state, line_id, owner_id, assigned_at, name, phone, source, region, grade,
        points, extra, search, created_at)
    SELECT 'owned', (SELECT min(id) FROM line), ids[1 + (n::bigint * 7919) %% array_length(ids, 1)],
        CASE WHEN n <= %(due)s THEN now() - interval '11 days' ELSE now() - interval '1 day' END,
        '客户' || n, '139' || lpad((n %% 100000000)::text, 8, '0'), 's' || n %% 8, '浙江省/杭州市',
        substr('ABCD', 1 + n %% 4, 1), 3000000, '{}', '', now() - interval '20 days'
    FROM generate_series(1, %(leads)s) AS n, who RETURNING id, owner_id, assigned_at, points
)
INSERT INTO assignment (item_kind, item_id, rep_id, cause, points, opened_at, wound_at, clocks,
    clocks_policy_id, due_at, next_at)
SELECT 'lead', id, owner_id, 'imported', points, assigned_at, later, clocks, version, due, due
FROM (SELECT made.*, (SELECT id FROM policy_version WHERE state = 'live') AS version,
    assigned_at > now() - interval '2 days' AS is_new FROM made) AS m,
    LATERAL (SELECT CASE WHEN is_new THEN now() END AS later,
        CASE WHEN is_new THEN assigned_at + interval '10 days' END AS due,
        CASE WHEN is_new THEN '{"rule": "保护", "clocks": []}'::jsonb END AS clocks) AS c
"""
_LOADS = """
INSERT INTO load (rep_id, open_count, open_points)
SELECT rep_id, count(*), sum(points) FROM assignment WHERE closed_at IS NULL GROUP BY rep_id
ON CONFLICT (rep_id) DO UPDATE SET open_count = excluded.open_count,
    open_points = excluded.open_points
"""


@dataclass
class _Rival:
    """Somebody who edits leads, one after another, also those that are being swept.

    A process of its own, as whoever edits has one: it would otherwise wait for the program that
    sweeps and not for the lead.
    """

    url: str
    due: int
    waits: list[float] = field(default_factory=list)  # ms, the shortest first

    def start(self) -> None:
        """Begin editing."""
        alone = get_context("spawn")
        self._told, theirs = alone.Pipe()
        self._process = alone.Process(target=_edit, args=(self.url, self.due, theirs))
        self._process.start()
        self._told.recv()  # it is there

    def stop(self) -> None:
        """End, once the edit at hand is done."""
        self._told.send("stop")
        self.waits = sorted(self._told.recv())
        self._process.join()


def _edit(url: str, due: int, told: Connection) -> None:
    chosen, waits = Random(7), []
    with psycopg.connect(url, autocommit=True) as session:
        low = session.execute("SELECT min(id) FROM lead").fetchone()
        assert low is not None, "there are leads"
        told.send("ready")
        while not told.poll():
            lead = low[0] + chosen.randrange(due)
            started = perf_counter()
            session.execute("UPDATE lead SET note = 'edited' WHERE id = %s", [lead])
            waits.append(1_000 * (perf_counter() - started))
    told.send(waits)
