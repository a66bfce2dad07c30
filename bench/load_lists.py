"""L7: every list page on the full data, as an operator, as a manager of everything and as a rep.

Which pages there are stands in tests/access/matrix.toml, which of them are no lists in lists.toml.
In this process each is asked for twice: while the company is small and when it is large; the same
number of statements both times is what is promised. What the database read for it is what its own
counters say.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import monotonic
from typing import Any

import click
import psycopg

from bench.history import pages as pages_of_history
from bench.history import values as values_of_history
from bench.load_table import Promise, exactly
from bench.pool_pages import pages as pages_of_pools
from bench.served import Served, counted_here, first_of

MOST_MS = 300.0
# What a page asks once it has something to show: how much there is, whose it is, what it is called.
# A statement for each row would be twenty at least.
SLACK = 5
MOST_STATEMENTS = 40  # a statement for each row of a full page would be more
_MATRIX = Path(__file__).parents[1] / "tests" / "access" / "matrix.toml"
_TOLD: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "lists.toml").read_text(encoding="utf-8")
)
# Who looks, and what he is called in the matrix; and who else where none of these three may.
_LOOKING = {"rep": "own", "manager": "head", "sales_ops": "ops"}
_ELSE = {"auditor": "auditor", "admin": "admin"}
_BIG_ROWS = 50_000  # of fewer all may be read in good faith
_TELL_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and who looks at it."""

    path: str
    role: str
    route: str = ""  # where the address has the id of something in it

    @property
    def name(self) -> str:
        """What it is called in the note beside the data."""
        return f"{self.role} {self.route or self.path}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asked the database for."""

    statements: int
    rows: int  # that were read: in the order of a table, or entries of an index
    scanned: tuple[str, ...]  # big tables of which more was read in their order than is shown


def lists() -> Iterator[tuple[str, str]]:
    """Route and role of every list: what somebody may open, less what lists.toml leaves out."""
    for route, who in may_open().items():
        if route in left_out():
            continue
        looking = [role for role, known in _LOOKING.items() if known in who]
        looking = looking or [role for role, known in _ELSE.items() if known in who][:1]
        for role in looking:
            yield route, role


def may_open() -> dict[str, list[str]]:
    """Who may open each page that somebody may open, by its route."""
    allowed = tomllib.loads(_MATRIX.read_text(encoding="utf-8"))["allowed"]
    return {
        route.removeprefix("GET "): who
        for route, who in allowed.items()
        if route.startswith("GET ") and who
    }


def left_out() -> frozenset[str]:
    """The routes of pages that are no lists."""
    return frozenset(route for routes in _TOLD["left_out"].values() for route in routes)


def pages(session: "psycopg.Cursor[Any]") -> Iterator[Page]:
    """Every list page once for each who looks, and other faces of the big lists."""
    seen = set()
    for page in (*_of_routes(session), *_faces()):
        if page not in seen:
            seen.add(page)
            yield page


def _of_routes(session: "psycopg.Cursor[Any]") -> Iterator[Page]:
    for route, role in lists():
        if "<" in route:
            yield Page(f"/{address_of(route, role, session)}", role, route)
        else:
            yield Page(f"/{route}", role)


def address_of(route: str, role: str, session: "psycopg.Cursor[Any]") -> str:
    """The address of the page about the thing that lists.toml names for a route."""
    session.execute(_HOLDER, [first_of(role).pk])
    holder = session.fetchall()[0][0]
    session.execute(_TOLD["of_one"][route], {"holder": holder})
    parts = iter(session.fetchall()[0])
    found = [str(next(parts)) if part.startswith("<") else part for part in route.split("/")]
    if "None" in found:
        raise LookupError(f"the company has nothing for {route} as {role}")
    return "/".join(found)


_HOLDER = "SELECT user_id FROM rep ORDER BY user_id = %s DESC, user_id LIMIT 1"


def _faces() -> Iterator[Page]:
    faces, values = _TOLD["faces"], values_of_history()
    for role in _LOOKING:
        for path in faces["all"]:
            yield Page(path, role)
        for _, path in pages_of_pools(role):
            yield Page(path, role)
        if role != "rep":
            for _, path in pages_of_history():
                yield Page(path, role)
    for path in faces["journal"]:
        yield Page(path.format(**values), "sales_ops", path)


def _telling(pages: Sequence[Page], what: str) -> Iterator[Page]:
    """The pages in turn; now and then how far it is, because a million leads take their time."""
    begun = told = monotonic()
    for number, page in enumerate(pages):
        if monotonic() - told > _TELL_SECONDS:
            told = monotonic()
            gone = f"{told - begun:.0f} s"
            click.echo(f"  {what} {number} of {len(pages)} pages in {gone}: next {page.name}")
        yield page
    click.echo(f"  {what} {len(pages)} pages in {monotonic() - begun:.0f} s")


def ask(url: str) -> dict[Page, Asked]:
    """Ask for each page in this process; nobody else may be reading."""
    with psycopg.connect(url, autocommit=True) as outside, _nobody_else(outside):
        session = outside.cursor()
        session.execute(_SIZES)
        big = {name for name, rows in session if rows >= _BIG_ROWS}
        wanted = list(pages(session))
        # What was read before is counted a second later, and would be told of the first page.
        session.execute("SELECT pg_sleep(2)")
        # Who is led elsewhere has no such page: a manager has no share of his own.
        return {
            page: _ask(page, session, big)
            for page in _telling(wanted, "asked here for")
            if counted_here(page.path, page.role)[0] != 302
        }


@contextmanager
def _nobody_else(outside: "psycopg.Connection[Any]") -> Iterator[None]:
    """Without autovacuum, which reads tables in their order, too."""
    try:
        outside.execute("ALTER SYSTEM SET autovacuum = off")
        outside.execute("SELECT pg_reload_conf()")
        yield
    finally:
        outside.execute("ALTER SYSTEM RESET autovacuum")
        outside.execute("SELECT pg_reload_conf()")


def _ask(page: Page, outside: "psycopg.Cursor[Any]", big: set[str]) -> Asked:
    """What it reads, the second time: what is kept by the process was fetched before."""
    before = _read_so_far(outside)
    _, statements = counted_here(page.path, page.role)
    read = {
        name: (scanned - before.get(name, (0, 0))[0], entries - before.get(name, (0, 0))[1])
        for name, (scanned, entries) in _read_so_far(outside).items()
    }
    scanned = [name for name, (rows, _) in sorted(read.items()) if rows > 1_000 and name in big]
    return Asked(statements, sum(map(sum, read.values())), tuple(scanned))


def _read_so_far(outside: "psycopg.Cursor[Any]") -> dict[str, tuple[int, int]]:
    """Rows of each table that were read in its order, and entries of its indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    outside.execute(_COUNTERS)
    return {name: (scanned, entries) for name, scanned, entries in outside}


_COUNTERS = """
SELECT relname, coalesce(seq_tup_read, 0), coalesce((
    SELECT sum(idx_tup_read)::bigint FROM pg_stat_user_indexes AS i WHERE i.relid = t.relid), 0)
FROM pg_stat_user_tables AS t
"""
_SIZES = "SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'"


def measure(
    served: Served, small: Mapping[str, int], large: Mapping[Page, Asked], *, times: int
) -> list[Promise]:
    """Ask for each page over HTTP so often; the table, dearest first."""
    rows, failed = [], []
    for page in _telling(list(large), f"asked {times} times over HTTP for"):
        asked = large[page]
        spent = sum(served.spent())
        try:
            taken = served.timed(page.path, times, role=page.role)
        except RuntimeError as error:
            failed.append(f"{page.name}: {error}")
            continue
        cuts = quantiles(taken, n=100, method="inclusive")
        core = (sum(served.spent()) - spent) * 1e3 / times
        rows.append(Row(cuts[94], cuts[49], core, page, small.get(page.name), asked))
    _show(sorted(rows, key=lambda row: -row.core), times)
    for one in failed:
        click.echo(f"  FAILED {one}")
    return [exactly("L7 pages that failed", len(failed)), *promises_of(rows)]


@dataclass(frozen=True, slots=True)
class Row:
    """How a page answered; times in milliseconds."""

    p95: float
    p50: float
    core: float  # of a core, web and database together: less swayed than times
    page: Page
    small: int | None  # statements while there was little; None = not counted then
    asked: Asked

    @property
    def grew(self) -> bool:
        """Whether much data costs more statements than little."""
        return self.small is not None and self.asked.statements > self.small + SLACK


def promises_of(rows: Sequence[Row]) -> list[Promise]:
    """What L7 promises, of all pages together."""
    slow = {
        "p95": sum(1 for row in rows if row.p95 > MOST_MS),
        "of a core": sum(1 for row in rows if row.core > MOST_MS),
    }
    return [
        exactly("L7 pages whose statements grow", sum(1 for row in rows if row.grew)),
        exactly(
            f"L7 pages of more than {MOST_STATEMENTS} statements",
            sum(1 for row in rows if row.asked.statements > MOST_STATEMENTS),
        ),
        exactly("L7 pages not counted with few leads", sum(1 for row in rows if row.small is None)),
        exactly("L7 pages that scan a big table", sum(1 for row in rows if row.asked.scanned)),
        *(
            Promise(f"L7 pages over {MOST_MS:.0f} ms ({what})", "0", f"{n} of {len(rows)}", not n)
            for what, n in slow.items()
        ),
    ]


def _show(rows: Sequence[Row], times: int) -> None:
    click.echo(f"L7: {len(rows)} pages, {times} requests each, dearest first")
    click.echo(
        "  of a core   p50 ms   p95 ms   statements (few leads)   rows read  role       page"
    )
    for row in rows:
        statements = f"{row.asked.statements}{f' ({row.small})' if row.grew else ''}"
        scanned = f"   SCANS {', '.join(row.asked.scanned)}" if row.asked.scanned else ""
        click.echo(
            f"  {row.core:>9.0f}{row.p50:>9.0f}{row.p95:>9.0f}   {statements:<22}"
            f"{row.asked.rows:>12,}  {row.page.role:<10} {row.page.path}{scanned}"
        )
