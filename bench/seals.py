"""Sealing the journal and verifying it: events per second, and what ten million would take.

    bin/bench seals [--events 200000] [--check]

Measured on two busy cores: 15,300 sealed/s, 23,700 verified/s (421 s for ten million), 37 bytes of
seals per event. Events are written by SQL, a hundred to a transaction number, with the particulars
that a dealt lead has. Nothing else runs on the database.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import click
import psycopg

from evenhand.cli.operate.database import django_on
from evenhand.cli.operate.migrate import migrate_quietly
from evenhand.platform.postgres.addresses import SUPERUSER, socket_url
from evenhand.platform.postgres.launch import embedded

# A3: events sealed per second; seconds for ten million verified.
SEALED_PER_SECOND, VERIFIED_IN_SECONDS, VERIFIED = 500, 600, 10_000_000

_FILL = """
INSERT INTO event (at, kind, actor_kind, actor_id, object_kind, object_id, data, xact)
SELECT now() + n * interval '1 ms', 'lead.assigned', 'token', 7, 'lead', n,
    jsonb_build_object('to', n %% 50, 'cause', 'fair_share', 'receipt', n, 'points', 1200000,
        'pool', '', 'from', NULL),
    n / 100 - 1000000000
FROM generate_series(1, %s) AS n
"""


@click.command()
@click.option("--events", default=200_000, show_default=True, type=click.IntRange(1_000))
@click.option("--check", "is_check", is_flag=True, help="Fail where a promise is missed.")
def main(events: int, is_check: bool) -> None:
    """Measure sealing and verifying."""
    with _database() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_FILL, [events])
            connection.execute("ANALYZE event")
        sealed, verified = _rates(events)
        with psycopg.connect(url) as connection:
            size = connection.execute("SELECT pg_total_relation_size('seal')").fetchone()
    whole = VERIFIED / verified
    is_kept = sealed >= SEALED_PER_SECOND and whole <= VERIFIED_IN_SECONDS
    click.echo(
        f"{events:,} events: {sealed:,.0f} sealed/s (at least {SEALED_PER_SECOND:,}), "
        f"{verified:,.0f} verified/s = {whole:,.0f} s for {VERIFIED:,}"
        f" (at most {VERIFIED_IN_SECONDS}),"
        f" {(size or [0])[0] / events:.0f} bytes of seals per event"
    )
    if is_check and not is_kept:
        raise SystemExit(1)


def _rates(events: int) -> tuple[float, float]:
    from evenhand.journal.seals.sealing import seal_on
    from evenhand.journal.seals.verifying import verify

    started = perf_counter()
    sealed = seal_on(seals=events)
    sealing = perf_counter() - started
    assert sealed == events
    started = perf_counter()
    found = verify((), notes=Path(tempfile.gettempdir()) / f"seals.{os.getpid()}.json")
    verifying = perf_counter() - started
    assert (found.position, found.findings) == (events, [])
    return events / sealing, events / verifying


@contextmanager
def _database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        os.chmod(name, 0o755)
        os.environ.setdefault("EVENHAND_SECRET_KEY", "bench-only-" + "0123456789" * 5)
        with embedded(Path(name) / "postgres") as server:
            url = socket_url(server.socket, role=SUPERUSER)
            with django_on(url, needs_tables=False):
                migrate_quietly()
                yield url


if __name__ == "__main__":
    main()
