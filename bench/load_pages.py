"""L7: every list page on the full data, as a rep, as a manager of everything, and as who else may.

Which pages there are stands in tests/access/matrix.toml. In this process each is asked for twice:
while the company is small and when it is large; the same number of queries both times is what is
promised. What the database read for it is what its own counters say.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import click
import psycopg

from bench.history import pages as pages_of_history
from bench.load_table import Promise, exactly
from bench.pool_pages import pages as pages_of_pools
from bench.served import Served, queries_of

MOST_MS = 300.0
_ROUTES = Path(__file__).parents[1] / "tests" / "access" / "matrix.toml"
# Forms, files, pages of oneself: no lists.
_LEFT_OUT = re.compile(
    r"login|account|forgot|theme|help|healthz|readyz|metrics|wecom|f/|api/docs|api/v1/openapi"
    r"|imports/template|.*/new$|.*/invite$|.*/paste$|notices/bell|company"
)
_BIG_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and who looks at it."""

    path: str
    role: str

    @property
    def name(self) -> str:
        """What it is called in the note beside the data."""
        return f"{self.role} {self.path}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asked the database for."""

    queries: int
    rows: int  # that were read, in the order of a table or by an index
    scanned: tuple[str, ...]  # big tables of which more was read in their order than is shown


def pages() -> Iterator[Page]:
    """Every list page once for each who may see it, and other faces of the big lists."""
    seen = set()
    for page in (*_of_matrix(), *_faces()):
        if page not in seen:
            seen.add(page)
            yield page


def _of_matrix() -> Iterator[Page]:
    allowed = tomllib.loads(_ROUTES.read_text(encoding="utf-8"))["allowed"]
    for route, who in allowed.items():
        method, _, path = route.partition(" ")
        if method != "GET" or "<" in path or _LEFT_OUT.match(path) or path == "live":
            continue
        if "own" in who:
            yield Page(f"/{path}", "rep")
        if "head" in who:
            yield Page(f"/{path}", "manager")
        elif "ops" in who:
            yield Page(f"/{path}", "sales_ops")


def _faces() -> Iterator[Page]:
    for _, path in pages_of_history():
        yield Page(path, "manager")
    for role in ("manager", "rep"):
        for path in _LISTS:
            yield Page(path, role)
        for _, path in pages_of_pools(role):
            yield Page(path, role)


_LISTS = (
    "/leads?page=20", "/leads?source=s3", "/leads?sort=created", "/leads?sort=-score",
    "/leads?sort=-active", "/leads?sort=due", "/leads?campaign=春季展会", "/leads?q=海川",
    "/leads?q=13900004711", "/leads?stage=qualified", "/leads?state=closed", "/leads?view=board",
    "/accounts?page=20", "/accounts?q=海川", "/opportunities?page=20", "/opportunities?stage=won",
    "/tasks?view=board", "/tasks?view=month", "/tasks?state=done",
)  # fmt: skip


def ask(wanted: Sequence[Page], url: str) -> dict[str, Asked]:
    """Ask for each page in this process; nobody else may be reading."""
    with psycopg.connect(url, autocommit=True) as outside:
        big = {name for name, rows in outside.execute(_SIZES) if rows >= _BIG_ROWS}
        return {page.name: _ask(page, outside, big) for page in wanted}


def _ask(page: Page, outside: "psycopg.Connection[Any]", big: set[str]) -> Asked:
    queries_of(page.path, page.role)  # what is kept by the process is fetched before
    before = _read_so_far(outside)
    queries = queries_of(page.path, page.role)
    read = {
        name: (scanned - before.get(name, (0, 0))[0], fetched - before.get(name, (0, 0))[1])
        for name, (scanned, fetched) in _read_so_far(outside).items()
    }
    scanned = [name for name, (rows, _) in sorted(read.items()) if rows > 1_000 and name in big]
    return Asked(len(queries), sum(map(sum, read.values())), tuple(scanned))


def _read_so_far(outside: "psycopg.Connection[Any]") -> dict[str, tuple[int, int]]:
    """Rows of each table that were read in its order, and by an index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    return {name: (scanned, fetched) for name, scanned, fetched in outside.execute(_COUNTERS)}


_COUNTERS = """
SELECT relname, coalesce(seq_tup_read, 0), coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables
"""
_SIZES = "SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'"


def measure(served: Served, small: dict[str, int], large: dict[str, Asked],
            *, times: int) -> list[Promise]:  # fmt: skip
    """Ask for each page over HTTP so often; the table, slowest first."""
    rows, failed = [], []
    for page in pages():
        spent = sum(served.spent())
        try:
            cuts = quantiles(served.timed(page.path, times, role=page.role), n=100)
        except RuntimeError as error:
            failed.append(f"{page.name}: {error}")
            continue
        core = (sum(served.spent()) - spent) * 1e3 / times
        known = small.get(page.name)
        rows.append(_Row(cuts[94], cuts[49], core, page, known, large[page.name]))
    _show(sorted(rows, key=lambda row: -row.core))
    for one in failed:
        click.echo(f"  FAILED {one}")
    return [
        exactly("L7 pages that failed", len(failed)),
        exactly("L7 pages whose queries grow", sum(1 for row in rows if row.grew)),
        exactly("L7 pages that scan a big table", sum(1 for row in rows if row.asked.scanned)),
        *(
            Promise(f"L7 pages over {MOST_MS:.0f} ms ({what})", "0", f"{slow} of {len(rows)}",
                    not slow)
            for what, slow in (
                ("p95", sum(1 for row in rows if row.p95 > MOST_MS)),
                ("of a core", sum(1 for row in rows if row.core > MOST_MS)),
            )
        ),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    p95: float
    p50: float
    core: float  # ms of a core, web and database together: less swayed than times
    page: Page
    small: int | None  # queries while there was little; None = not counted then
    asked: Asked

    @property
    def grew(self) -> bool:
        return self.small is not None and self.asked.queries > self.small


def _show(rows: Sequence[_Row]) -> None:
    click.echo(f"L7: {len(rows)} pages, dearest first")
    click.echo("  of a core   p50 ms   p95 ms   queries (small)   rows read  role       page")
    for row in rows:
        queries = f"{row.asked.queries}{f' ({row.small})' if row.grew else ''}"
        scanned = f"   SCANS {', '.join(row.asked.scanned)}" if row.asked.scanned else ""
        click.echo(
            f"  {row.core:>9.0f}{row.p50:>9.0f}{row.p95:>9.0f}   {queries:<15}{row.asked.rows:>12,}"
            f"  {row.page.role:<10} {row.page.path}{scanned}"
        )
