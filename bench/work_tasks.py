"""To-dos by the hundred thousand: made by a series, dealt, listed, added up.

Everything goes through the operations of the product on a PostgreSQL of its own; the lists are
read as a rep, a manager and sales operations read them.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from bench.served import company

FULL, QUICK = 1_000_000, 20_000
REPS = 200
LEAST_PER_SECOND = 1_500  # made and dealt: 1,000,000 in some ten minutes
MOST_LIST_SECONDS = 0.3
MOST_LOAD_SECONDS = 1.5
MOST_QUERIES = 8
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure beside what is promised."""

    name: str
    seconds: float
    limit: float
    queries: int = 0

    @property
    def is_missed(self) -> bool:
        """Whether it took longer, or more statements, than it may."""
        return self.seconds > self.limit or self.queries > MOST_QUERIES


def measure(count: int) -> list[str]:
    """Measure so many to-dos; prints the figures, returns what was missed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        os.chmod(name, 0o755)
        with company(Path(name), groups=1, reps=REPS):
            return _measure(count)


def _measure(count: int) -> list[str]:
    from django.db import connection

    from evenhand.people.actor import SYSTEM
    from evenhand.people.scope import actor_of
    from evenhand.platform.clock import now
    from evenhand.tasks.making import Wish, make_all
    from evenhand.tasks.market import market
    from evenhand.tasks.queries import (
        TaskFilter,
        board,
        day_plan,
        list_tasks,
        open_load,
    )

    reps, boss = _company()
    kinds = ("电话回访", "门店拜访", "方案")
    started = perf_counter()
    for start in range(0, count, 50_000):
        size = min(50_000, count - start)
        make_all([Wish(kinds[k % 3]) for k in range(size)], via="hand", actor=SYSTEM)
    took = perf_counter() - started
    rate = count / took
    click.echo(f"{count:,} to-dos made and dealt in {took:.1f} s: {rate:,.0f} a second")
    missed = [] if rate >= LEAST_PER_SECOND else [f"made and dealt: {rate:,.0f} a second"]
    make_all(
        [Wish("电话回访", "market") for _ in range(min(count // 10, 50_000))],
        via="hand",
        actor=SYSTEM,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE task")
        cursor.execute("ANALYZE")
    rep = actor_of(reps[0].user)
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    ids = [one.pk for one in reps]
    looks: dict[str, tuple[float, Callable[[], Any]]] = {
        "a rep's list": (MOST_LIST_SECONDS, lambda: list_tasks(rep, TaskFilter())),
        "a rep's day": (MOST_LIST_SECONDS, lambda: day_plan(rep, midnight)),
        "the market": (MOST_LIST_SECONDS, lambda: [one.tasks[:20] for one in market(rep)]),
        "all open": (MOST_LIST_SECONDS, lambda: list_tasks(boss, TaskFilter())),
        "all overdue": (MOST_LIST_SECONDS, lambda: list_tasks(boss, TaskFilter(due="overdue"))),
        "of a type": (MOST_LIST_SECONDS, lambda: list_tasks(boss, TaskFilter(type="方案"))),
        "a board": (MOST_LOAD_SECONDS, lambda: board(rep, TaskFilter(), midnight=midnight)),
        "what 200 carry": (MOST_LOAD_SECONDS, lambda: open_load(ids, until=now() + timedelta(7))),
    }
    for name, (limit, look) in looks.items():
        found = _timed(name, limit, look)
        sign = "  missed" if found.is_missed else ""
        click.echo(f"{name:>16}: {1000 * found.seconds:7.1f} ms, {found.queries} statements{sign}")
        if found.is_missed:
            missed.append(name)
    return missed


def _timed(name: str, limit: float, look: Callable[[], Any]) -> Measured:
    from bench.statements import statements

    with statements() as caught:
        look()
    best = min(_once(look) for _ in range(_LISTED))
    return Measured(name, best, limit, len(caught))


def _once(look: Callable[[], Any]) -> float:
    started = perf_counter()
    look()
    return perf_counter() - started


def _company() -> tuple[list[Any], Any]:
    """The people who are there, at two levels, under rules with to-dos; and who sees everybody."""
    from django.db import transaction

    from evenhand.people.actor import SYSTEM
    from evenhand.people.models import Rep, Role, User
    from evenhand.people.operations.revision import people_changed
    from evenhand.people.scope import actor_of
    from evenhand.policies.models import Line
    from evenhand.policies.operations.publish import publish

    Rep.objects.update(level="资深")
    Rep.objects.filter(pk__in=Rep.objects.order_by("pk").values("pk")[: REPS // 3]).update(
        level="新人"
    )
    with transaction.atomic():
        people_changed()
    boss = User.objects.create(
        email="boss@tasks.example", name="boss", role=Role.SALES_OPS, scope="all"
    )
    publish(Line.objects.get(is_default=True).key, _DOCUMENT, actor=SYSTEM)
    return list(Rep.objects.select_related("user").order_by("pk")), actor_of(boss)


_DOCUMENT: dict[str, Any] = {
    "schema": 1,
    "grades": {"source": "field_only", "thresholds": [{"grade": "A"}], "ungraded": "A"},
    "points": {"base": {"A": 5}},
    "levels": [{"level": "新人"}, {"level": "资深"}],
    "groups": [{"group": "全体", "who": True}],
    "rules": [
        {
            "rule": "全部",
            "to": {"strategy": "fair_share", "group": "全体"},
            "if_nobody": {"do": "wait"},
        }
    ],
    "tasks": {
        "types": [
            {"type": "电话回访", "minutes": 10},
            {"type": "门店拜访", "minutes": 60},
            {"type": "方案", "minutes": 120, "level": "资深"},
        ],
        "rules": [
            {
                "rule": "大家分",
                "to": {"strategy": "fair_share", "group": "全体"},
                "if_nobody": {"do": "market"},
            }
        ],
    },
}
