"""A rebalance out of the database: 300 reps with 20,000 open leads, proposed as a manager does it.

The company is built by the operations of the product on a PostgreSQL of its own; then everybody is
looked at and the moves are proposed. Statements and seconds are split into reading, solving and
writing; made and taken back are only a few, for that is a job of its own.
"""

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import click

from bench.served import company

REPS, LEADS, TODOS = 300, 20_000, 6_000
MOST_SOLVING_SECONDS = 2.0
MOST_SECONDS = 15.0
MOST_QUERIES = 60
_CAP = 80  # open items; people differ by what they are dealt
_REGIONS = ("浙江省", "江苏省", "广东省", "北京市", "上海市")
_PRODUCTS = ("机床", "刀具", "夹具", "量具")
_AT_ONCE = 1_000
_SEED = 7


@dataclass
class Part:
    """What one part took."""

    seconds: float = 0.0
    queries: int = 0


@dataclass
class Clock:
    """Seconds and statements, by the part that is under way."""

    parts: dict[str, Part] = field(default_factory=dict)
    under_way: str = ""

    def part(self) -> Part:
        """The part that is under way."""
        return self.parts.setdefault(self.under_way, Part())

    def count(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        """Counts a statement; for `execute_wrapper`."""
        self.part().queries += 1
        return execute(sql, params, many, context)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Everything within is of this part."""
        before, self.under_way = self.under_way, name
        started = perf_counter()
        try:
            yield
        finally:
            took = perf_counter() - started
            self.part().seconds += took
            self.under_way = before
            self.part().seconds -= took


def measure() -> list[str]:
    """Build, propose, print the figures; returns what was missed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        os.chmod(name, 0o755)
        with company(Path(name), groups=1, reps=REPS):
            started = perf_counter()
            boss = _build()
            click.echo(
                f"{REPS} reps, {LEADS:,} open leads, {TODOS:,} to-dos made"
                f" in {perf_counter() - started:.0f} s"
            )
            return _propose(boss)


def _propose(boss: Any) -> list[str]:
    from django.db import connection

    from evenhand.engine.facts import POINT
    from evenhand.rebalance.operations import propose as operation

    missed = []
    for run in ("first", "again"):
        clock = Clock()
        with (
            _timed(operation, "look", clock.of, "reading"),
            _timed(operation, "propose_moves", clock.of, "solving"),
            connection.execute_wrapper(clock.count),
        ):
            started, worked = perf_counter(), process_time()
            with clock.of("writing"):
                made = operation.propose(actor=boss)
            took, worked = perf_counter() - started, process_time() - worked
        parts = ", ".join(
            f"{name} {part.seconds:.2f} s in {part.queries} statements"
            for name, part in clock.parts.items()
            if name
        )
        click.echo(f"{run}: {took:.2f} s, of which this process worked {worked:.2f} s: {parts}")
        queries = sum(part.queries for part in clock.parts.values())
        if clock.parts["solving"].seconds > MOST_SOLVING_SECONDS:
            missed.append(f"solving: {clock.parts['solving'].seconds:.1f} s")
        if took > MOST_SECONDS or queries > MOST_QUERIES:
            missed.append(f"proposed in {took:.1f} s and {queries} statements")
    moves = made.moves.count()
    over = [sum(one[place] > one[1] for one in made.loads) for place in (2, 3)]
    cost = sum(made.moves.values_list("cost", flat=True))
    left = sum(max(0, after - cap) for _, cap, _, after in made.loads) / POINT
    click.echo(
        f"{moves:,} moves at cost {cost:,} (bound {made.bound:,}); over the cap"
        f" {over[0]} → {over[1]} people, {left:.1f} points left"
    )
    started = perf_counter()
    with connection.execute_wrapper(clock.count):
        wrong = operation.faults(made)
    click.echo(f"looked at again before it is approved: {perf_counter() - started:.2f} s")
    return missed + (["moves that do not hold"] if wrong else [])


@contextmanager
def _timed(module: Any, name: str, part: Callable[[str], Any], of: str) -> Iterator[None]:
    """What this function of a module does counts as a part, as long as it is looked at."""
    real = getattr(module, name)

    def timed(*given: Any, **named: Any) -> Any:
        with part(of):
            return real(*given, **named)

    setattr(module, name, timed)
    try:
        yield
    finally:
        setattr(module, name, real)


def _build() -> Any:
    """People who cover three of five regions and three of four products and differ in what they
    are dealt; leads of every stage, some locked; to-dos."""
    from datetime import timedelta

    from django.db import connection, transaction

    from evenhand.leads.intake import LeadIn
    from evenhand.leads.models import Assignment, Lead
    from evenhand.people.actor import SYSTEM
    from evenhand.people.models import Calendar, Rep, User
    from evenhand.people.operations.revision import people_changed
    from evenhand.people.scope import actor_of
    from evenhand.platform.clock import now
    from evenhand.policies.models import Line
    from evenhand.policies.operations.publish import publish
    from evenhand.pool.models import Pause
    from evenhand.routing.take_in import take_in
    from evenhand.tasks.making import Wish, make_all

    draws = random.Random(_SEED)
    Calendar.objects.create(
        name="公司", zone="Asia/Shanghai", hours=["09:00-18:00"] * 5 + ["", ""], is_default=True
    )
    people = list(Rep.objects.order_by("pk"))
    for rep in people:
        rep.regions, rep.products = draws.sample(_REGIONS, 3), draws.sample(_PRODUCTS, 3)
        rep.weight = draws.randint(50, 150)
    Rep.objects.bulk_update(people, ["regions", "products", "weight"])
    with transaction.atomic():
        people_changed()
    publish(Line.objects.get(is_default=True).key, _DOCUMENT, actor=SYSTEM)
    for start in range(0, LEADS, _AT_ONCE):
        take_in(
            [
                LeadIn(
                    name=f"客户{number}",
                    region=draws.choice(_REGIONS),
                    product=draws.choice(_PRODUCTS),
                    grade=draws.choice("ABCD"),
                )
                for number in range(start, start + _AT_ONCE)
            ],
            actor=SYSTEM,
        )
    make_all([Wish("电话回访") for _ in range(TODOS)], via="hand", actor=SYSTEM)
    Rep.objects.update(capacity=_CAP)
    with transaction.atomic():
        people_changed()
    ids = list(Lead.objects.filter(state="owned").values_list("pk", flat=True))
    for stage, share in (("contacted", 0.25), ("qualified", 0.05)):
        chosen = draws.sample(ids, int(len(ids) * share))
        Lead.objects.filter(pk__in=chosen).update(stage=stage)
    locked = Assignment.objects.filter(item_id__in=draws.sample(ids, len(ids) // 10))
    later = now() + timedelta(days=30)
    Pause.objects.bulk_create(
        Pause(kind="lock", assignment=one, from_at=now(), until_at=later) for one in locked
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return actor_of(User.objects.get(role="sales_ops"))


_DOCUMENT: dict[str, Any] = {
    "schema": 1,
    "grades": {
        "source": "field_only",
        "thresholds": [{"grade": grade} for grade in "ABCD"],
        "ungraded": "C",
    },
    "points": {"base": {"A": 8, "B": 5, "C": 3, "D": 1}},
    "groups": [{"group": "全体", "who": True}],
    "rules": [
        {
            "rule": "全部",
            "to": {"strategy": "fair_share", "group": "全体"},
            "match": ["region", "product"],
            "if_nobody": {"do": "wait"},
        }
    ],
    "tasks": {
        "types": [{"type": "电话回访", "minutes": 10}],
        "rules": [
            {
                "rule": "大家分",
                "to": {"strategy": "fair_share", "group": "全体"},
                "if_nobody": {"do": "market"},
            }
        ],
    },
}
