"""`bin/bench intake`: a file taken in beside COPY of the same rows, memory, and duplicate look-up.

Ratios within one run are what counts: the machine is shared, seconds swing by a factor of two.
The import runs here as its job does, in one process; the database has fsync on.
"""

import os
import resource
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

import click

from bench.pg_baseline import Baseline
from bench.served import company
from evenhand.platform.postgres.addresses import SUPERUSER, socket_url

if TYPE_CHECKING:
    from evenhand.leads.arrivals import Keys
    from evenhand.leads.intake import LeadIn

# An import books every lead in the ledger and writes its receipt, row by row; COPY only writes.
LEAST_OF_COPY = 0.10
# An index a hundred times as large may take so much longer.
MOST_GROWTH = 3.0
MOST_MEGABYTES = 300
GROUPS, REPS_PER_GROUP = 8, 50
_LEADS_PER_COMPANY = 4
_SINGLES, _BATCHES, _PER_BATCH = 300, 40, 100


@click.command()
@click.option("--rows", default=1_000_000, show_default=True, help="Rows of the file.")
@click.option(
    "--sizes",
    default="10000,100000,1000000",
    show_default=True,
    help="Leads in the table at each look-up.",
)
@click.option("--seconds", default=8, show_default=True, help="How long COPY is measured.")
@click.option("--check", is_flag=True, help="Exit with 1 on a missed promise.")
def main(rows: int, sizes: str, seconds: int, check: bool) -> None:
    """Measure intake; prints what was promised beside what was reached."""
    missed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        os.chmod(name, 0o755)
        with company(Path(name), groups=GROUPS, reps=REPS_PER_GROUP) as server:
            url = socket_url(server.socket, role=SUPERUSER)
            missed += look_ups([int(size) for size in sizes.split(",") if size])
            missed += import_file(Path(name), url, rows, seconds)
    if missed:
        click.echo("missed: " + ", ".join(missed))
    if check and missed:
        raise SystemExit(1)


# -- a file ------------------------------------------------------------------------------------


@dataclass
class _Database:
    superuser_url: str


def import_file(folder: Path, url: str, rows: int, seconds: int) -> list[str]:
    """A file read, recognized, dealt and written, against COPY of all that it wrote."""
    from evenhand.imports.models import Outcome
    from evenhand.imports.operations.begin import start, upload
    from evenhand.imports.operations.run import run
    from evenhand.leads.whereabouts import warm_up
    from evenhand.people.models import User
    from evenhand.people.scope import actor_of

    path = folder / "leads.csv"
    size = _write(path, rows)
    actor = actor_of(User.objects.get(role="sales_ops"))
    warm_up()
    before, begin = _megabytes(), perf_counter()
    imported = upload(path.name, path.read_bytes(), actor=actor)
    looked = perf_counter() - begin
    start(imported.pk, actor=actor)
    begin = perf_counter()
    run(imported.pk)
    taken = perf_counter() - begin
    created = imported.rows.filter(outcome=Outcome.CREATED).count()
    rate = rows / taken
    more = _megabytes() - before
    database = Baseline(_Database(url))
    copied = database.copied_whole_per_second(
        seconds, more=(("lead_import_row", ("id", "number")),)
    )
    reached, is_small = rate / copied >= LEAST_OF_COPY, more <= MOST_MEGABYTES
    click.echo(f"\na file of {rows:,} rows, {size / 1e6:.1f} MB ({created:,} leads made)")
    click.echo(f"  uploaded and understood   {looked:>9.1f} s")
    click.echo(f"  read and taken in         {rate:>9,.0f} rows/s")
    click.echo(f"  COPY of the same rows     {copied:>9,.0f} rows/s (seven tables)")
    click.echo(f"  {rate / copied:.1%}   promised {LEAST_OF_COPY:.0%}: {_verdict(reached)}")
    click.echo(f"  memory: {more} MB more   promised ≤ {MOST_MEGABYTES}: {_verdict(is_small)}")
    return [*([] if reached else ["rows per second"]), *([] if is_small else ["memory"])]


def _write(path: Path, rows: int) -> int:
    """A file as a fair or a platform gives it; every fourth lead begins a company."""
    with path.open("w", encoding="utf-8") as file:
        file.write("姓名,手机,公司,来源\n")
        for n in range(rows):
            firm = n // _LEADS_PER_COMPANY
            file.write(f"客户{n},{13_000_000_000 + n},博远{firm}机械,s{n % GROUPS}\n")
    return path.stat().st_size


# -- look-ups ----------------------------------------------------------------------------------


def look_ups(sizes: Sequence[int]) -> list[str]:
    """Contacts, companies and open leads found by their keys, at growing tables."""
    click.echo("\nlook-up of duplicates: half known people, a third new names of companies")
    click.echo(
        "       leads   one lead p50 ms   p95 ms   in a batch, ms/lead   whole intake p50 ms"
    )
    ones, fresh = [], count()
    for size in sorted(sizes):
        _fill(size)
        single = _timed([_keys([n * 7919 % size], fresh) for n in range(_SINGLES)])
        batches = [
            _keys([(n * _PER_BATCH + k) * 104_729 % size for k in range(_PER_BATCH)], fresh)
            for n in range(_BATCHES)
        ]
        cuts = quantiles(single, n=100)
        together = sum(_timed(batches)) / (_BATCHES * _PER_BATCH)
        ones.append(cuts[49])
        click.echo(
            f"  {size:>10,} {cuts[49]:>17.2f} {cuts[94]:>8.2f} {together:>21.3f}"
            f" {_whole(size, fresh):>21.2f}"
        )
    growth = ones[-1] / ones[0]
    reached = growth <= MOST_GROWTH
    click.echo(f"  largest / smallest {growth:.2f}   promised ≤ {MOST_GROWTH}: {_verdict(reached)}")
    return [] if reached else ["look-up"]


def _leads(numbers: Sequence[int], fresh: "count[int]") -> list["LeadIn"]:
    from evenhand.leads.intake import LeadIn

    found = []
    for place, n in enumerate(numbers):
        new = next(fresh)
        phone = str(13_900_000_000 + n) if place % 2 == 0 else str(15_000_000_000 + new)
        firm = f"杭州天合{n}机械有限公司" if place % 3 else f"立新{new}贸易有限公司"
        found.append(LeadIn(name=f"客户{n}", phone=phone, company=firm, source="s1"))
    return found


def _keys(numbers: Sequence[int], fresh: "count[int]") -> list["Keys"]:
    from evenhand.leads.arrivals import keys_of

    return [keys_of(one, "CN") for one in _leads(numbers, fresh)]


def _timed(batches: Sequence[Sequence["Keys"]]) -> list[float]:
    """Milliseconds of each look-up."""
    from django.db import transaction

    from evenhand.leads.arrivals import look_up

    taken = []
    with transaction.atomic():
        for keys in batches:
            begin = perf_counter()
            look_up(keys, alike=True)
            taken.append((perf_counter() - begin) * 1e3)
    return taken


def _whole(size: int, fresh: "count[int]") -> float:
    """Milliseconds of one lead taken in as a whole, at the median."""
    from evenhand.people.actor import SYSTEM
    from evenhand.routing.take_in import take_in

    taken = []
    for n in range(_SINGLES // 3):
        leads = _leads([n * 7919 % size], fresh)
        begin = perf_counter()
        take_in(leads, actor=SYSTEM)
        taken.append((perf_counter() - begin) * 1e3)
    return quantiles(taken, n=100)[49]


def _fill(size: int) -> None:
    """Companies, contacts and open leads up to a count, by SQL."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT count(*) FROM contact WHERE phone LIKE '139%%'")
        there = cursor.fetchone()[0]
        cursor.execute(_FILL, {"first": there, "last": size - 1})
        cursor.execute("ANALYZE contact, company, lead")


_FILL = """
WITH c AS (
    INSERT INTO company (state, name, name_key, core_key, created_at)
    SELECT 'untended', '天合' || n || '机械有限公司', '天合' || n || '机械', '天合' || n, now()
    FROM generate_series(%(first)s::int, %(last)s::int) AS n RETURNING id, name_key
), p AS (
    INSERT INTO contact (company_id, name, phone, phone_key, email, email_key)
    SELECT c.id, '客户' || n, 13900000000 + n, 13900000000 + n, 'k' || n || '@t' || n || '.example',
        'k' || n || '@t' || n || '.example'
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
    JOIN c ON c.name_key = '天合' || n || '机械' RETURNING id, company_id, name, phone
)
INSERT INTO lead (state, line_id, contact_id, company_id, name, phone, extra, search,
    why_unassigned, queued_at)
SELECT 'queued', (SELECT min(id) FROM line), id, company_id, name, phone, '{}', '',
    '{"code": "unassigned.no_rule"}', now() FROM p
"""


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


def _verdict(is_reached: bool) -> str:
    return "ok" if is_reached else "MISSED"


if __name__ == "__main__":
    main()
