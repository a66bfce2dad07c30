"""To-dos as a rebalance sees them: those that stand for themselves move, those that go with a lead
go with it, and some belong to one person."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from evenhand.engine.workload.moves import MoveCost
from evenhand.leads.models import State
from evenhand.platform.clock import now
from evenhand.rebalance.names import key_of
from evenhand.tasks.facts import Link, Linked, linked
from evenhand.tasks.making import OWN
from evenhand.tasks.models import SeriesTo, Task, TaskState
from evenhand.tasks.operations.following import types_that_follow
from evenhand.work.loads import TASKS_AHEAD_DAYS


@dataclass(slots=True)
class Todos:
    """The open to-dos of some people.

    `standing` may be moved for themselves; what is in none of these stays with its owner. `number`
    and `points` (micro-points) are of those that go with an item, by its name to the engine.
    """

    standing: list[Task] = field(default_factory=list)
    links: Mapping[Link, Linked] = field(default_factory=dict)
    number: Counter[str] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)


def todos_of(owners: Collection[int], within: Collection[int], also: Collection[int]) -> Todos:
    """Those of these owners, and of `also` those that people `within` have."""
    until = now() + timedelta(days=TASKS_AHEAD_DAYS)  # later ones are no load yet
    rows = list(
        Task.objects.filter(
            Q(owner_id__in=owners) | Q(pk__in=also, owner_id__in=within),
            state=TaskState.OPEN,
            starts_at__lt=until,
        )
        .select_related("series")
        .order_by("pk")
    )
    follows = types_that_follow() if rows else {}
    links = linked((row.item_kind, row.item_id) for row in rows if row.item_id is not None)
    found = Todos(links=links)
    for row in rows:
        about = links.get((row.item_kind, row.item_id or 0))
        is_bound = about is not None and follows.get((row.line_id, row.type), True)
        if about is not None and is_bound and _is_with(about, row):
            key = key_of(row.item_kind, row.item_id or 0)
            if row.cause != OWN:  # what he set himself ends where the lead leaves him
                found.number[key] += 1
                found.points[key] += row.points
        elif not (is_bound and about is not None and about.holder_id == row.owner_id):
            found.standing += [row] if _is_anybodys(row) else []
    return found


def _is_with(about: Linked, row: Task) -> bool:
    return bool(about.row.state == State.OWNED and about.row.owner_id == row.owner_id)


def _is_anybodys(row: Task) -> bool:
    """Not what somebody set himself, nor what a series makes for one person by name."""
    named = row.series is not None and row.series.to == SeriesTo.REP
    return row.cause != OWN and not named


def cost_of(row: Task) -> int:
    """Dear where it was begun, or where somebody claimed it for himself."""
    is_begun = row.quantity_done > 0 or any(ticked for _, ticked in row.checklist)
    is_live = is_begun or row.claimed_at is not None
    return int(MoveCost.LIVE if is_live else MoveCost.UNTOUCHED)


def version_of(receipt_id: int | None) -> int:
    """By what a to-do is known to be where it was: its latest decision."""
    return receipt_id or 0


def ids_of(keys: Iterable[tuple[str, int]], kind: str) -> list[int]:
    """The ids of the things of one kind."""
    return [item_id for of, item_id in keys if of == kind]
