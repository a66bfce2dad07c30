"""The team as the engine's rebalance sees it: caps, loads, what a move costs, who may take what.

Only what people above their cap hold is looked at closely; of the others it is enough how much
they carry.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from evenhand.engine.calendar.worktime import zone_named
from evenhand.engine.facts import Item, ItemKind
from evenhand.engine.pool.peace import why_not_move
from evenhand.engine.routing.decide import Router
from evenhand.engine.workload.moves import Carrier, MoveCost, OpenItem
from evenhand.leads.access import MODELS
from evenhand.leads.models import Activity, Assignment, Stage, State
from evenhand.leads.peace import lives_of
from evenhand.people.clocks import company_zone
from evenhand.people.queries.absences import away_until
from evenhand.platform.clock import now as clock_now
from evenhand.policies.models import Line
from evenhand.pool.models import Pause
from evenhand.routing.desk import facts_of
from evenhand.routing.standing import router_for
from evenhand.routing.world import World, world_of
from evenhand.work.capacity import capacity_of
from evenhand.work.loads import carried
from evenhand.work.sections import sections_now

KINDS = (ItemKind.LEAD, ItemKind.OPPORTUNITY, ItemKind.ACCOUNT)
# Whoever spoke with the customer within so many days is in conversation with him.
LIVE_DAYS = 14
_CLOSED = ("won", "lost")


@dataclass(frozen=True, slots=True)
class Sight:
    """What the engine is asked about, and the open assignment of every item."""

    carriers: tuple[Carrier, ...]
    items: tuple[OpenItem, ...]
    assignments: Mapping[str, int]


def key_of(kind: str, item_id: int) -> str:
    """An item's name to the engine."""
    return f"{kind}:{item_id}"


def item_of(key: str) -> tuple[str, int]:
    """The item of a name."""
    kind, _, item_id = key.partition(":")
    return kind, int(item_id)


def look(rep_ids: Collection[int], *, also: Collection[str] = ()) -> Sight:
    """The team as it is now, in the caller's transaction.

    Who is on leave now is left out: leave is covered, not put right. `also` are items to be looked
    at closely whoever has them.

    :raises NoSuchLine: a line has no live policy.
    """
    moment = clock_now()
    away = away_until(rep_ids, moment)
    ids = sorted(set(rep_ids) - set(away))
    sections = sections_now()
    today = moment.astimezone(company_zone()).date()
    capacities, loads = capacity_of(ids, today), carried(ids)
    caps = {rep: one.open_points(today) for rep, one in capacities.items()}
    rows = {kind: _open(kind, ids) for kind in KINDS}
    held = _assignments(ids)
    close = [
        (kind, row)
        for kind in KINDS
        for row in rows[kind]
        if (kind.value, row.pk) in held
        and (loads[row.owner_id] > caps.get(row.owner_id, 0) or key_of(kind, row.pk) in also)
    ]
    costs, receivers = _costs(close, held), dict(_receivers(close, {str(one) for one in ids}))
    items, sums = [], dict.fromkeys(ids, 0)
    for kind in KINDS:
        for row in rows[kind]:
            load = sections.of(row.line_id).points_of(kind.value, _stage(kind, row))
            sums[row.owner_id] += load
            key = key_of(kind, row.pk)
            whom = receivers.get(key, frozenset())
            cost = costs.get(key) if whom else None
            items.append(OpenItem(key, str(row.owner_id), load, cost, whom))
    carriers = tuple(
        Carrier(str(rep), caps.get(rep, loads[rep]), max(0, loads[rep] - sums[rep])) for rep in ids
    )
    assigned = {key_of(kind, pk): one for (kind, pk), one in held.items()}
    return Sight(carriers, tuple(items), assigned)


def _open(kind: ItemKind, ids: Sequence[int]) -> list[Any]:
    rows: QuerySet[Any] = MODELS[kind]._default_manager.filter(owner_id__in=ids, state=State.OWNED)
    if kind is ItemKind.OPPORTUNITY:
        rows = rows.exclude(stage__in=_CLOSED)
    if kind is not ItemKind.ACCOUNT:
        rows = rows.select_related("company")
    return list(rows.order_by("pk"))


def _assignments(ids: Sequence[int]) -> dict[tuple[str, int], int]:
    rows = Assignment.objects.filter(rep_id__in=ids, closed_at=None)
    found = rows.values_list("item_kind", "item_id", "pk")
    return {(kind, item_id): pk for kind, item_id, pk in found}


def _stage(kind: ItemKind, row: Any) -> str:
    if kind is ItemKind.ACCOUNT:
        return "key" if row.is_key_account else "other"
    return str(row.stage)


def _costs(
    close: Sequence[tuple[ItemKind, Any]], held: Mapping[tuple[str, int], int]
) -> dict[str, int]:
    """What moving each costs; locked ones are left out."""
    moment = clock_now()
    locked = set(
        Pause.objects.filter(
            kind="lock",
            until_at__gt=moment,
            assignment_id__in=[held[k.value, r.pk] for k, r in close],
        ).values_list("assignment_id", flat=True)
    )
    spoken = _spoken(close, moment - timedelta(days=LIVE_DAYS))
    found = {}
    for kind, row in close:
        if held[kind.value, row.pk] in locked:
            continue
        is_live = (kind.value, row.pk, row.owner_id) in spoken
        if kind is ItemKind.LEAD:
            is_live = is_live or row.stage != Stage.NEW
        found[key_of(kind, row.pk)] = MoveCost.LIVE if is_live else MoveCost.UNTOUCHED
    return {key: int(cost) for key, cost in found.items()}


def _spoken(close: Iterable[tuple[ItemKind, Any]], since: Any) -> set[tuple[str, int, int | None]]:
    wanted = Q(pk__in=())
    by_kind: dict[str, list[int]] = {}
    for kind, row in close:
        by_kind.setdefault(kind.value, []).append(row.pk)
    for kind_value, ids in by_kind.items():
        wanted |= Q(item_kind=kind_value, item_id__in=ids)
    rows = Activity.objects.filter(wanted, at__gte=since)
    return set(rows.values_list("item_kind", "item_id", "user_id").distinct())


def _receivers(
    close: Sequence[tuple[ItemKind, Any]], within: set[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Who may take each: by the rules as they are live, and by the customer's peace."""
    keys = dict(Line.objects.values_list("pk", "key"))
    by_line: dict[str, list[tuple[ItemKind, Any]]] = {}
    for kind, row in close:
        by_line.setdefault(keys.get(row.line_id, ""), []).append((kind, row))
    for line_key, rows in sorted(by_line.items()):
        world = world_of(line_key)
        gave_back = _gave_back(rows)
        facts = [
            replace(
                facts_of(kind, row, world.live), gave_back=gave_back.get((kind.value, row.pk), ())
            )
            for kind, row in rows
        ]
        router = router_for(world, facts, has_limits=False)
        peaceful = _Peaceful(world, rows)
        for (kind, row), item in zip(rows, facts, strict=True):
            able = eligible_for(router, item) & within - {str(row.owner_id)}
            yield key_of(kind, row.pk), peaceful.of(kind, row, able)


def eligible_for(router: Router, item: Item) -> frozenset[str]:
    """Who may take an item by the first rule that deals it to a group, room left aside."""
    reading = router.policy.read(item, now=router.now, clock=router.clock)
    prepared = router.prepare(reading, router.draw(item.id, item.round))
    for ready in prepared.plan.rules:
        if ready.group is not None:
            found = router.step(prepared, ready).field.candidates
            if found:
                return frozenset(one.rep_id for one in found)
    return frozenset()


class _Peaceful:
    """Who may have an item without the customer changing hands too often."""

    def __init__(self, world: World, rows: Sequence[tuple[ItemKind, Any]]) -> None:
        self.terms = world.live.pools.peace
        self.now = world.now.astimezone(zone_named(world.people.team.company_calendar.zone))
        pairs = [(kind.value, row) for kind, row in rows]
        self.lives = {} if self.terms is None else lives_of(pairs)

    def of(self, kind: ItemKind, row: Any, able: frozenset[str]) -> frozenset[str]:
        """Those of them who may have it."""
        if self.terms is None:
            return able
        life = self.lives[kind.value, row.pk]
        if why_not_move(life, "", self.terms, self.now) is None:
            return able
        return frozenset(
            one for one in able if why_not_move(life, one, self.terms, self.now) is None
        )


def _gave_back(rows: Sequence[tuple[ItemKind, Any]]) -> dict[tuple[str, int], tuple[str, ...]]:
    by_kind: dict[str, list[int]] = {}
    for kind, row in rows:
        by_kind.setdefault(kind.value, []).append(row.pk)
    found: dict[tuple[str, int], dict[str, None]] = {}
    for kind_value, ids in by_kind.items():
        ended = Assignment.objects.filter(item_kind=kind_value, item_id__in=ids, closed_by="return")
        for item_id, rep_id in ended.order_by("pk").values_list("item_id", "rep_id"):
            found.setdefault((kind_value, item_id), {})[str(rep_id)] = None
    return {key: tuple(people) for key, people in found.items()}
