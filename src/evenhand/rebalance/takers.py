"""Who may take what, by the rules as they are live: leads, accounts, opportunities and to-dos."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from evenhand.engine.calendar.worktime import zone_named
from evenhand.engine.facts import Item, ItemKind
from evenhand.engine.pool.peace import why_not_move
from evenhand.engine.reasons import Reason
from evenhand.engine.routing import availability
from evenhand.engine.routing.capacity import Limits, are_unlimited
from evenhand.engine.routing.decide import Router
from evenhand.leads.peace import lives_of
from evenhand.platform.rows import array_of
from evenhand.policies.live import NoSuchLine
from evenhand.policies.models import Line
from evenhand.rebalance.names import TASK, key_of
from evenhand.routing.desk import facts_of
from evenhand.routing.handed_back import gave_back
from evenhand.routing.loads import read_loads
from evenhand.routing.standing import router_for
from evenhand.routing.work import work_world
from evenhand.routing.world import World, roster_for, world_of
from evenhand.tasks.carried import everybody_carries
from evenhand.tasks.facts import Link, Linked, stored_item
from evenhand.tasks.models import Task

Row = tuple[ItemKind, Any]
NOBODY: frozenset[str] = frozenset()


class Takers:
    """Who may take each thing that was looked at, and how much more the rules let anybody have.

    `item_room`, `task_room`: by rep, where the rules of a line limit the number of open items or
    to-dos; of several lines the narrowest.
    """

    def __init__(self, within: Iterable[str]) -> None:
        self.within = frozenset(within)
        self.of: dict[str, frozenset[str]] = {}
        self.item_room: dict[str, int] = {}
        self.task_room: dict[str, int] = {}
        self._worlds: dict[str, World] = {}
        self._lines = dict(Line.objects.values_list("pk", "key"))

    def look_at_items(self, rows: Sequence[Row]) -> None:
        """Leads, accounts and opportunities.

        :raises NoSuchLine: a line has no live policy.
        """
        for line_key, here in self._by_line(rows, lambda row: row[1].line_id):
            world = world_of(line_key)
            handed = _gave_back(here)
            facts = [
                replace(
                    facts_of(kind, row, world.live),
                    gave_back=handed.get((kind, row.pk), ()),
                )
                for kind, row in here
            ]
            able = _Able(router_for(world, facts, has_limits=False, is_lasting=True), self.within)
            peaceful = _Peaceful(world, here)
            for (kind, row), item in zip(here, facts, strict=True):
                key = key_of(kind, row.pk)
                self.of[key] = peaceful.of(kind, row, able.for_(item))
                self._worlds[key] = world
            limits = roster_for(world).limits
            if any(one.open_items is not None for one in limits):
                loads = read_loads(roster_for(world), world.moment)
                carried = {rep: load.open_count for rep, load in loads.items()}
                _narrow(self.item_room, _left(world, limits, carried))

    def look_at_tasks(self, rows: Sequence[Task], links: Mapping[Link, Linked]) -> None:
        """To-dos. Where the rules of a line know none, they stay where they are."""
        for line_key, here in self._by_line(rows, lambda row: row.line_id):
            try:
                work = work_world(world_of(line_key))
            except NoSuchLine:
                work = None
            if work is None:
                continue
            handed_back = _tasks_given_back(here)
            schema = work.live.policy.schema
            facts = [
                stored_item(
                    row,
                    links.get((row.item_kind, row.item_id or 0)),
                    schema,
                    gave_back=handed_back.get(row.pk, ()),
                )
                for row in here
            ]
            able = _Able(router_for(work, facts, has_limits=False, is_lasting=True), self.within)
            for row, item in zip(here, facts, strict=True):
                key = key_of(TASK, row.pk)
                self.of[key] = able.for_(item)
                self._worlds[key] = work
            largest = max(row.points for row in here)
            _narrow(self.task_room, _task_room(work, largest))

    def why_not_yet(self, key: str, rep_id: int) -> Reason | None:
        """Why somebody cannot be given a thing at this hour, and from when; None = he can."""
        world = self._worlds.get(key)
        return None if world is None else why_not_yet(world, rep_id)

    def _by_line(self, rows: Sequence[Any], line_of: Any) -> list[tuple[str, list[Any]]]:
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(self._lines.get(line_of(row), ""), []).append(row)
        return sorted(found.items())


def why_not_yet(world: World, rep_id: int) -> Reason | None:
    """Why somebody receives nothing by the rules of a line at this hour; None = he does."""
    team = world.people.team
    rep = team.find(str(rep_id))
    if rep is None:
        return None
    section = world.live.policy.parts.availability
    return availability.why_not_yet(section, team.calendar_of(rep), world.moment)


class _Able:
    """Who may take an item by the first rule that deals it to a group, room left aside."""

    def __init__(self, router: Router, within: frozenset[str]) -> None:
        self.router = router
        self.within = within
        self._known: dict[int, frozenset[str]] = {}

    def for_(self, item: Item) -> frozenset[str]:
        """Those of the people looked at; items that the rules read alike share the answer."""
        router = self.router
        reading = router.policy.read(item, now=router.now, clock=router.clock)
        prepared = router.prepare(reading, router.draw(item.id, item.round))
        known = self._known.get(prepared.number)
        if known is None:
            known = NOBODY
            for ready in prepared.plan.rules:
                found = () if ready.group is None else router.step(prepared, ready).field.candidates
                if found:
                    known = self.within.intersection(one.rep_id for one in found)
                    break
            self._known[prepared.number] = known
        return known


class _Peaceful:
    """Who may have an item without the customer changing hands too often."""

    def __init__(self, world: World, rows: Sequence[Row]) -> None:
        self.terms = world.live.pools.peace
        self.now = world.now.astimezone(zone_named(world.people.team.company_calendar.zone))
        pairs = [(kind, row) for kind, row in rows]
        self.lives = {} if self.terms is None else lives_of(pairs)

    def of(self, kind: ItemKind, row: Any, able: frozenset[str]) -> frozenset[str]:
        """Those of them who may have it."""
        if self.terms is None:
            return able
        life = self.lives[kind, row.pk]
        if why_not_move(life, "", self.terms, self.now) is None:
            return able
        return frozenset(
            one for one in able if why_not_move(life, one, self.terms, self.now) is None
        )


def _gave_back(rows: Sequence[Row]) -> dict[tuple[ItemKind, int], tuple[str, ...]]:
    by_kind: dict[ItemKind, list[int]] = {}
    for kind, row in rows:
        by_kind.setdefault(kind, []).append(row.pk)
    return {
        (kind, pk): people
        for kind, ids in by_kind.items()
        for pk, people in gave_back(kind, ids).items()
    }


def _tasks_given_back(rows: Sequence[Task]) -> dict[int, tuple[str, ...]]:
    """Who gave a to-do back himself; those that the program took from somebody are none."""
    found: dict[int, dict[str, None]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item_id, from_rep_id FROM receipt WHERE item_kind = 'task'"
            " AND item_id = ANY(%s::bigint[]) AND act = 'return' AND actor_id = from_rep_id"
            " ORDER BY id",
            [array_of([row.pk for row in rows], "bigint")],
        )
        for item_id, rep_id in cursor.fetchall():
            found.setdefault(item_id, {})[str(rep_id)] = None
    return {item_id: tuple(people) for item_id, people in found.items()}


def _left(
    world: World, limits: Sequence[Limits], carried: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """How many more open items the rules let each have."""
    for rep, limit in zip(world.people.team.reps, limits, strict=True):
        if limit.open_items is not None:
            yield rep.id, limit.open_items - carried.get(rep.id, 0)


def _task_room(work: World, largest: int) -> Iterator[tuple[str, int]]:
    """How many more to-dos the rules let each have; by points: of the largest that could come."""
    limits = roster_for(work).limits
    if are_unlimited(limits):
        return
    loads = everybody_carries()
    yield from _left(work, limits, {rep: load.open_count for rep, load in loads.items()})
    for rep, limit in zip(work.people.team.reps, limits, strict=True):
        if limit.open_points is not None and largest:
            carried = loads[rep.id].open_points if rep.id in loads else 0
            yield rep.id, (limit.open_points - carried) // largest


def _narrow(rooms: dict[str, int], found: Iterable[tuple[str, int]]) -> None:
    for rep, room in found:
        rooms[rep] = min(room, rooms.get(rep, room))
