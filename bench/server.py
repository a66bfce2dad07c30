"""`bin/bench server`: intake, lists and search under load, beside what PostgreSQL itself can do.

Ratios within one run are what counts: the machine is shared, seconds swing by a factor of two.
Everything runs here at once: database, server and the clients that load it.
"""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

import click

from bench.history import DAYS, fill_history
from bench.history import pages as history_pages
from bench.http_load import Load, run_load
from bench.pg_baseline import Baseline
from bench.served import Served, serve

# What issue 3 asks for.
LEAST_SINGLE, LEAST_BULK = 0.35, 0.25
GROUPS, REPS_PER_GROUP = 8, 200

PARTS = ("intake", "bulk", "lists", "memory")
REPS_OF_PAGES = 1_000


@click.command()
@click.option("--seconds", default=8, show_default=True, help="How long each load lasts.")
@click.option("--leads", default=1_000_000, show_default=True, help="Rows behind the list page.")
@click.option(
    "--only", type=click.Choice(["intake", "bulk", "lists", "memory", "pages"]), multiple=True
)
@click.option("--decisions", default=1_000_000, show_default=True, help="Behind --only pages.")
@click.option("--check", is_flag=True, help="Exit with 1 on a missed promise.")
def main(seconds: int, leads: int, only: tuple[str, ...], decisions: int, check: bool) -> None:
    """Measure the server; prints what was promised beside what was reached."""
    parts = [one for one in only if one != "pages"] or (() if only else PARTS)
    missed: list[str] = []
    if "pages" in only:
        pages(decisions)
    if not parts:
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        os.chmod(folder, 0o755)
        served = stack.enter_context(serve(folder, groups=GROUPS, reps=REPS_PER_GROUP))
        if "intake" in parts:
            missed += intake(served, seconds)
        if "bulk" in parts:
            missed += bulk(served, seconds)
        if "lists" in parts:
            lists(served, leads)
        if "memory" in parts:
            memory(served)
    if missed:
        click.echo("missed: " + ", ".join(missed))
    if check and missed:
        raise SystemExit(1)


def intake(served: Served, seconds: int) -> list[str]:
    """Single intake with the owner in the answer, against the same writes by pgbench."""
    missed = []
    click.echo(f"\nsingle intake, {GROUPS} groups of {REPS_PER_GROUP} reps, {seconds} s each")
    click.echo("  connections   leads/s    p50 ms    p99 ms   pgbench/s   without balance   ratio")
    for connections in (1, 16, 64):
        load = run_load(Load.single(served, connections=connections, seconds=seconds))
        whole = Baseline(served).per_second(connections, seconds, with_balance=True)
        without = Baseline(served).per_second(connections, seconds, with_balance=False)
        ratio = load.per_second / whole
        verdict = ""
        if connections == 64:
            reached = ratio >= LEAST_SINGLE
            verdict = f"promised {LEAST_SINGLE:.0%}: {'ok' if reached else 'MISSED'}"
            missed += [] if reached else ["single intake at 64"]
        click.echo(
            f"  {connections:>11} {load.per_second:>9.0f} {load.p50:>9.1f} {load.p99:>9.1f}"
            f" {whole:>11.0f} {without:>17.0f} {ratio:>7.1%}   {verdict}"
        )
        if load.failed:
            click.echo(f"              {load.failed} of {load.count} requests failed")
    return missed


def bulk(served: Served, seconds: int) -> list[str]:
    """Bulk of 1,000 leads a request, against COPY of the same rows: all that it writes.

    Also printed: against COPY into the table of leads alone.
    """
    load = run_load(Load.bulk(served, connections=2, seconds=seconds))
    rate = load.per_second * 1_000
    same = Baseline(served).copied_whole_per_second(seconds)
    alone = Baseline(served).copied_per_second(seconds)
    reached = rate / same >= LEAST_BULK
    click.echo(f"\nbulk of 1,000: {rate:,.0f} leads/s")
    click.echo(f"  COPY of the same rows (six tables)   {same:>9,.0f} leads/s")
    click.echo(f"  {rate / same:.1%}   promised {LEAST_BULK:.0%}: {'ok' if reached else 'MISSED'}")
    click.echo(
        f"  COPY into the table of leads alone   {alone:>9,.0f} leads/s   {rate / alone:.1%}"
    )
    return [] if reached else ["bulk"]


def lists(served: Served, leads: int) -> None:
    """The list page and search over many leads: time, query count, index."""
    count = served.fill(leads)
    click.echo(f"\nlist page and search on {count:,} leads (20 requests each)")
    click.echo("  page                                        p50 ms    p95 ms   queries   index")
    for name, path in served.list_pages():
        found = served.look(path)
        click.echo(
            f"  {name:<42} {found.p50:>8.0f} {found.p95:>9.0f} {found.queries:>9}"
            f"   {'yes' if found.uses_index else 'NO'}"
        )


def pages(decisions: int) -> None:
    """Pages of managers over a long history, on a server of their own: time and query count."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        os.chmod(name, 0o755)
        served = stack.enter_context(serve(Path(name), groups=1, reps=REPS_OF_PAGES))
        start = perf_counter()
        served.fill(decisions)
        fill_history(decisions)
        click.echo(
            f"\npages on {REPS_OF_PAGES:,} reps and {decisions:,} decisions of {DAYS} days"
            f" (made in {perf_counter() - start:.0f} s; 20 requests each)"
        )
        click.echo("  page                                        p50 ms    p95 ms   queries")
        for title, path in history_pages():
            found = served.look(path)
            click.echo(f"  {title:<42} {found.p50:>8.0f} {found.p95:>9.0f} {found.queries:>9}")


def memory(served: Served) -> None:
    """What each process holds."""
    click.echo("\nmemory (proportional set size, MB)")
    for name, megabytes in served.memory():
        click.echo(f"  {name:<28} {megabytes:>7.0f}")


if __name__ == "__main__":
    main()
