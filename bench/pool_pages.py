"""Pages of public pools and lists by deadline over a million leads, as reps and managers see them.

Three pools: one with its list, a blind one, and one that shows three items at a time. Behind them
ninety days of stays, and clocks over everything that has an owner.
"""

import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import click

from bench.pool_history import fill
from bench.pool_options import Options
from bench.served import Served, publish_more, serve

MOST_MS = 300.0
# What is counted when somebody asks and not ahead.
_OWN_DAYS = "figures of the pools, days of one's own"
_SLOWER = {_OWN_DAYS: 2_000.0}
_GROUPS, _REPS = 4, 50
_OPEN, _BLIND, _FEW = "公海", "盲领", "三选一"
_CLOCK = {"clock": "untouched", "after": "10d", "extends": "3d", "at_most": "20d"}
_FRESH = {"fresh_for": "1d", "cool_down": "7d"}
# Three pools, and a clock over everything that has an owner.
SECTIONS = {
    "pools": [
        {"pool": _OPEN, "claim": _FRESH},
        {"pool": _BLIND, "claim": {"blind": True}},
        {"pool": _FEW, "claim": {"choose_of": 3, **_FRESH}},
    ],
    "clocks": {"rules": [{"rule": "保护", "time": "real", "clocks": [_CLOCK]}]},
}


def measure(options: Options) -> list[str]:
    """The pages over a million leads, or a tenth of that."""
    leads = 100_000 if options.is_quick else 1_000_000
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        os.chmod(name, 0o755)
        with serve(Path(name), groups=_GROUPS, reps=_REPS) as served:
            started = perf_counter()
            publish_more(SECTIONS)
            fill(served.superuser_url, leads)
            click.echo(
                f"pages of pools: {leads:,} leads (made in {perf_counter() - started:.0f} s)"
            )
            started = perf_counter()
            kept = _count_ahead()
            click.echo(f"  {kept} selections counted ahead in {perf_counter() - started:.1f} s")
            return [*_look_at("manager", served), *_look_at("rep", served)]


def _count_ahead() -> int:
    """What a worker does every ten minutes; returns how many selections it counted."""
    from evenhand.jobs.app import count_pools
    from evenhand.pool.models import KeptOverview

    count_pools(0)
    return KeptOverview.objects.count()


def _look_at(role: str, served: Served) -> list[str]:
    missed = []
    click.echo(f"  as {role:<50} p50 ms    p95 ms   queries   index")
    for title, path in pages(role):
        found = served.look(path, 10, role=role)
        is_quick = found.p50 <= _SLOWER.get(title, MOST_MS)
        click.echo(
            f"  {title:<53} {found.p50:>6.0f} {found.p95:>9.0f} {found.queries:>9}"
            f"   {'yes' if found.uses_index else 'NO'} {'' if is_quick else 'MISSED'}"
        )
        missed += [] if is_quick else [f"pages: {title} ({role})"]
    return missed


def pages(role: str) -> list[tuple[str, str]]:
    """Title and address of what somebody of a role looks at."""
    from evenhand.policies.models import Line

    line = Line.objects.values_list("pk", flat=True).get()
    at = {name: f"{line}:{name}" for name in (_OPEN, _BLIND, _FEW)}
    pool = f"/pool?at={at[_OPEN]}"
    found = [
        ("a pool, newest first", pool),
        ("a pool, oldest first", f"{pool}&order=pooled"),
        ("a pool by score", f"{pool}&order=-score"),
        ("a pool, one grade", f"{pool}&grade=A"),
        ("a pool, page 20", f"{pool}&page=20"),
        ("a pool, what may be claimed now", f"{pool}&ready=1"),
        ("the blind pool", f"/pool?at={at[_BLIND]}"),
        ("three of a pool", f"/pool?at={at[_FEW]}"),
        ("leads whose clock runs out soon", "/leads?ends=soon"),
        ("leads whose clock runs out soon, page 20", "/leads?ends=soon&page=20"),
        ("leads by first contact", "/leads?sort=due"),
        ("leads that are overdue", "/leads?due=overdue&sort=due"),
        ("today", "/"),
    ]
    if role == "rep":
        return found
    rows = [(f"rows of {one}", f"/pools/rows?what={one}") for one in _FIGURES]
    figures = [
        ("figures of the pools", "/pools"),
        ("figures of the pools, 90 days", "/pools?span=90"),
        ("figures of one pool", f"/pools?line={line}&pool={_OPEN}"),
        (_OWN_DAYS, f"/pools?from={(datetime.now(UTC) - timedelta(days=40)).date()}"),
    ]
    return [*found, *figures, *rows]


_FIGURES = (
    "came",
    "left",
    "lies",
    "revived",
    "claims",
    "gave_up",
    "reclaimed",
    "hoarded",
    "contacts",
)
