"""`bin/bench load`: a large company under load, beside what one bare statement takes here.

Database, web process, the worker of sweeps and the clients run here at once. A data set that lies
in --folder is used again; without it one is made and thrown away. Exit code 1 with --check where a
count is wrong; times are told and decide nothing, because the machine is shared.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter

import click

from bench.load_data import (
    Size,
    count_ahead,
    fill_up,
    read_note,
    settle,
    start_small,
    write_note,
    writing,
)
from bench.load_intake import burst, steady
from bench.load_lists import Asked, Page, ask, measure
from bench.load_mixed import mixed
from bench.load_table import Promise, at_most, exactly, show
from bench.served import Served, company, web_before
from evenhand.platform.postgres.addresses import SUPERUSER, socket_url
from evenhand.platform.postgres.server import Server

PARTS = ("intake", "mixed", "burst", "lists", "doctor")
# Of the product itself, a process: what one token may send in a second.
_LIMITS = {"EVENHAND_INTAKE_PER_SECOND": ""}
_SECONDS = {"intake": 600, "mixed": 1_800}
_QUICK_SECONDS = 30
_WEB_PROCESSES = 2  # about one per core, as docs/operate/processes.md says
_DOCTOR_SECONDS = 60
_TOOK = re.compile(r"^(\w+) .*?: (.*) \(([0-9.]+) s\)$")


@click.command()
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="A part; default all.")
@click.option("--quick", is_flag=True, help="Half a minute of each load.")
@click.option("--seconds", type=int, help="How long each load lasts.")
@click.option("--leads", default=1_000_000, show_default=True, type=click.IntRange(100))
@click.option("--reps", default=1_000, show_default=True, type=click.IntRange(2))
@click.option("--teams", default=50, show_default=True, type=click.IntRange(1))
@click.option("--events", default=0, help="At least so many in the journal.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where the data are kept.")
@click.option("--check", is_flag=True, help="Exit with 1 where a count is wrong.")
def main(
    only: tuple[str, ...],
    quick: bool,
    seconds: int | None,
    leads: int,
    reps: int,
    teams: int,
    events: int,
    folder: Path | None,
    check: bool,
) -> None:
    """Put a large company under load; prints what was promised beside what was reached."""
    size = Size(leads, reps, teams, events)
    parts = only or PARTS
    lasting = {
        part: seconds or (_QUICK_SECONDS if quick else full) for part, full in _SECONDS.items()
    }
    with ExitStack() as stack:
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        promises = run(place, size, parts, lasting, times=10 if quick else 40)
    show(promises)
    missed = [one.name for one in promises if not one.is_kept]
    if missed:
        click.echo("missed: " + ", ".join(missed))
    if check and any(one.is_count and not one.is_kept for one in promises):
        raise SystemExit(1)


def run(
    folder: Path, size: Size, parts: Sequence[str], lasting: dict[str, int], *, times: int
) -> list[Promise]:
    """Make the data where there are none, and measure the parts."""
    folder.mkdir(parents=True, exist_ok=True)
    os.chmod(folder, 0o755)
    with company(folder, groups=size.teams, reps=size.per_team, environ=_LIMITS) as server:
        url = socket_url(server.socket, role=SUPERUSER)
        small = _make(folder, size, url)
        if "lists" in parts:
            count_ahead()
        large = ask(url) if "lists" in parts else {}
        promises: list[Promise] = []
        if set(parts) - {"doctor"}:
            with web_before(
                server, folder, groups=size.teams, processes=_WEB_PROCESSES, log=folder / "web.log"
            ) as served:
                promises += _of_web(served, parts, lasting, small, large, times)
        if "doctor" in parts:
            promises += doctor(server)
        return promises


def _of_web(
    served: Served,
    parts: Sequence[str],
    lasting: dict[str, int],
    small: dict[str, int],
    large: dict[Page, Asked],
    times: int,
) -> list[Promise]:
    """What needs a web process; loads with the worker of sweeps beside it."""
    promises = measure(served, small, large, times=times) if "lists" in parts else []
    loads: dict[str, Callable[[], list[Promise]]] = {
        "intake": lambda: steady(served, seconds=lasting["intake"]),
        # Before the mixed load: what that leaves waiting would count against it.
        "burst": lambda: burst(served),
        "mixed": lambda: mixed(served, seconds=lasting["mixed"]),
    }
    if not set(parts) & set(loads):
        return promises
    with _sweeping(served.server):
        for part, load in loads.items():
            if part in parts:
                promises += load()
    return promises


def _make(folder: Path, size: Size, url: str) -> dict[str, int]:
    """The data, where there are none yet; how many queries each page took while they were few."""
    note = read_note(folder)
    if not note:
        with writing(url) as session:
            start_small(size, session)
            settle(session)
            note = {"small": {page.name: one.statements for page, one in ask(url).items()}}
            fill_up(size, session)
            settle(session)
        write_note(folder, note)
    found: dict[str, int] = note["small"]
    return found


@contextmanager
def _sweeping(server: Server) -> Iterator[None]:
    """The worker that does what is due, as in production."""
    command = [sys.executable, "-P", "-m", "evenhand.cli", "worker", "sweeps"]
    environ = {**os.environ, "DATABASE_URL": server.database.app_url}
    worker = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def doctor(server: Server) -> list[Promise]:
    """`evenhand doctor` on it all: how long, and the five dearest promises."""
    command = [sys.executable, "-P", "-m", "evenhand.cli", "doctor", "--lang", "en"]
    environ = {**os.environ, "DATABASE_URL": server.database.owner_url}
    start = perf_counter()
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    taken = perf_counter() - start
    told = [found.groups() for line in done.stdout.splitlines() if (found := _TOOK.match(line))]
    click.echo(f"doctor: {len(told)} promises kept in {taken:.1f} s; the dearest:")
    for name, promise, seconds in sorted(told, key=lambda one: -float(one[2]))[:5]:
        click.echo(f"  {float(seconds):>6.2f} s  {name}  {promise}")
    broken = [line for line in done.stderr.splitlines() if " is not kept: " in line]
    if done.returncode:
        click.echo(done.stderr[-2_000:])
    return [
        exactly("doctor: promises broken", len(broken)),
        exactly("doctor: exit code", done.returncode),
        at_most("doctor: the whole", taken, _DOCTOR_SECONDS, "s"),
    ]


if __name__ == "__main__":
    main()
