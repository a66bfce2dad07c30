"""The team as the engine's rebalance sees it: caps, loads, what a move costs, who may take what.

Only what people above their cap hold is looked at closely; of the others it is enough how much
they carry.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from evenhand.engine.facts import ItemKind
from evenhand.engine.workload.moves import Carrier, MoveCost, OpenItem
from evenhand.leads.access import MODELS
from evenhand.leads.models import Assignment, Stage, State
from evenhand.people.clocks import company_day
from evenhand.people.queries.absences import away_until
from evenhand.platform.clock import now as clock_now
from evenhand.platform.rows import array_of
from evenhand.rebalance.names import ITEM_KINDS, TASK, item_of, key_of
from evenhand.rebalance.takers import NOBODY, Row, Takers
from evenhand.rebalance.todos import Todos, cost_of, ids_of, todos_of, version_of
from evenhand.work.capacity import explained
from evenhand.work.loads import Carried, loads_of
from evenhand.work.sections import Sections, sections_now

# Whoever spoke with the customer within so many days is in conversation with him.
LIVE_DAYS = 14
_CLOSED = ("won", "lost")


@dataclass(frozen=True, slots=True)
class Sight:
    """What the engine is asked about, and by what each thing is known to be where it was: an item
    by its open assignment, a to-do by its latest receipt."""

    carriers: tuple[Carrier, ...]
    items: tuple[OpenItem, ...]
    versions: Mapping[str, int]
    takers: Takers


def look(rep_ids: Collection[int], *, also: Collection[str] = ()) -> Sight:
    """The team as it is now, in the caller's transaction.

    Who is on leave now is left out: leave is covered, not put right. Who is soon takes nothing (see
    `Roster.for_lasting`). `also` are things to be looked
    at closely whoever has them.

    :raises NoSuchLine: a line has no live policy.
    """
    moment = clock_now()
    ids = sorted(set(rep_ids) - set(away_until(rep_ids, moment)))
    sections = sections_now()
    today = company_day(moment)
    loads = loads_of(ids, sections)
    capacities = explained(ids, today, loads=loads, sections=sections)
    caps = {rep: one.capacity.open_points(today) for rep, one in capacities.items()}
    rooms = {
        rep: one.capacity.open_items(today) - loads[rep].items for rep, one in capacities.items()
    }
    over = [rep for rep in ids if loads[rep].points > caps.get(rep, loads[rep].points)]
    close = _Close(over, ids, [item_of(key) for key in also], sections)
    takers = Takers(str(one) for one in ids)
    takers.look_at_items(close.rows)
    takers.look_at_tasks(close.todos.standing, close.todos.links)
    items = close.items(takers, moment)
    carriers = _carriers(ids, loads, caps, rooms, items, takers)
    return Sight(carriers, items, close.versions, takers)


def _carriers(
    ids: Sequence[int],
    loads: Mapping[int, Carried],
    caps: Mapping[int, int],
    rooms: Mapping[int, int],
    items: Sequence[OpenItem],
    takers: Takers,
) -> tuple[Carrier, ...]:
    """Everybody with his caps; load of nothing that was looked at closely stays where it is."""
    seen = {str(rep): 0 for rep in ids}
    for item in items:
        seen[item.owner] += item.load
    found = []
    for rep in ids:
        name, points = str(rep), loads[rep].points
        limits = [one for one in (rooms.get(rep), takers.item_room.get(name)) if one is not None]
        found.append(
            Carrier(
                name,
                caps.get(rep, points),
                max(0, points - seen[name]),
                item_room=min(limits, default=None),
                task_room=takers.task_room.get(name),
            )
        )
    return tuple(found)


class _Close:
    """Everything that people above their cap have, and what else was asked about."""

    def __init__(
        self,
        over: Collection[int],
        within: Collection[int],
        also: Sequence[tuple[str, int]],
        sections: Sections,
    ) -> None:
        self.sections = sections
        self.held = _assignments(over, within, also)
        self.rows: list[Row] = [
            (kind, row)
            for kind in ITEM_KINDS
            for row in _open(kind, over, within, ids_of(also, kind.value))
            if (kind, row.pk) in self.held
        ]
        self.todos: Todos = todos_of(over, within, ids_of(also, TASK))
        self.versions = {key_of(kind, pk): one for (kind, pk), one in self.held.items()} | {
            key_of(TASK, row.pk): version_of(row.receipt_id) for row in self.todos.standing
        }

    def items(self, takers: Takers, moment: datetime) -> tuple[OpenItem, ...]:
        """Items and to-dos as the engine sees them; what nobody else may take is locked."""
        costs = _costs(self.rows, self.held, moment)
        found = []
        for kind, row in self.rows:
            key = key_of(kind, row.pk)
            whom = takers.of.get(key, NOBODY)
            load = self.sections.of(row.line_id).points_of(kind, _stage(kind, row))
            load += self.todos.points[key]
            cost = costs.get(key) if whom else None
            tasks = self.todos.number[key]
            found.append(OpenItem(key, str(row.owner_id), load, cost, whom, tasks=tasks))
        for row in self.todos.standing:
            key = key_of(TASK, row.pk)
            whom = takers.of.get(key, NOBODY)
            cost = cost_of(row) if whom else None
            found.append(OpenItem(key, str(row.owner_id), row.points, cost, whom, items=0, tasks=1))
        return tuple(found)


def _open(
    kind: ItemKind, over: Collection[int], within: Collection[int], also: Collection[int]
) -> list[Any]:
    rows: QuerySet[Any] = MODELS[kind]._default_manager.filter(
        Q(owner_id__in=over) | Q(pk__in=also, owner_id__in=within), state=State.OWNED
    )
    if kind is ItemKind.OPPORTUNITY:
        rows = rows.exclude(stage__in=_CLOSED)
    if kind is not ItemKind.ACCOUNT:
        rows = rows.select_related("company")
    return list(rows.order_by("pk"))


def _assignments(
    over: Collection[int], within: Collection[int], also: Sequence[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    wanted = Q(rep_id__in=over)
    for kind in ITEM_KINDS:
        ids = ids_of(also, kind.value)
        if ids:
            wanted |= Q(rep_id__in=within, item_kind=kind.value, item_id__in=ids)
    found = Assignment.objects.filter(wanted, closed_at=None)
    return {
        (kind, item_id): pk for kind, item_id, pk in found.values_list("item_kind", "item_id", "pk")
    }


def _stage(kind: ItemKind, row: Any) -> str:
    if kind is ItemKind.ACCOUNT:
        return "key" if row.is_key_account else "other"
    return str(row.stage)


def _costs(
    close: Sequence[Row], held: Mapping[tuple[str, int], int], moment: datetime
) -> dict[str, int]:
    """What moving each costs; locked ones are left out."""
    locked = _locked([held[kind, row.pk] for kind, row in close], moment)
    spoken = _spoken(close, moment - timedelta(days=LIVE_DAYS))
    found = {}
    for kind, row in close:
        if held[kind, row.pk] in locked:
            continue
        is_live = (kind, row.pk, row.owner_id) in spoken
        if kind is ItemKind.LEAD:
            is_live = is_live or row.stage != Stage.NEW
        found[key_of(kind, row.pk)] = int(MoveCost.LIVE if is_live else MoveCost.UNTOUCHED)
    return found


def _locked(assignments: Sequence[int], moment: datetime) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT assignment_id FROM clock_pause"
            " WHERE kind = 'lock' AND until_at > %s AND assignment_id = ANY(%s::bigint[])",
            [moment, array_of(assignments, "bigint")],
        )
        return {row[0] for row in cursor.fetchall()}


def _spoken(close: Sequence[Row], since: datetime) -> set[tuple[str, int, int | None]]:
    """Who spoke about which item since then."""
    by_kind: dict[str, list[int]] = {}
    for kind, row in close:
        by_kind.setdefault(kind, []).append(row.pk)
    found: set[tuple[str, int, int | None]] = set()
    with connection.cursor() as cursor:
        for kind_value, ids in by_kind.items():
            cursor.execute(
                "SELECT DISTINCT item_id, user_id FROM activity"
                " WHERE item_kind = %s AND item_id = ANY(%s::bigint[]) AND at >= %s",
                [kind_value, array_of(ids, "bigint"), since],
            )
            found |= {(kind_value, item_id, user_id) for item_id, user_id in cursor.fetchall()}
    return found
