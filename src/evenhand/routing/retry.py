"""Items that wait: dealt the moment somebody can take them, best and oldest first.

A look without locks finds out which could move; only those are decided for real, so that waiting
leaves no receipts behind.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from evenhand.engine.facts import Item, ItemKind
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Outcome
from evenhand.journal.operations import record
from evenhand.leads.access import MODELS
from evenhand.leads.arrivals import Owner, owners_of
from evenhand.leads.custody import LoadsMoved, place_items
from evenhand.leads.models import State
from evenhand.leads.peace import bars_on
from evenhand.people.actor import SYSTEM, Actor
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.transactions import constraint_of, in_transaction
from evenhand.policies.live import NoSuchLine
from evenhand.policies.models import Line
from evenhand.routing.announce import announce
from evenhand.routing.deal import MOST_AT_ONCE, Placement, deal, place_of
from evenhand.routing.desk import facts_of
from evenhand.routing.handed_back import gave_back
from evenhand.routing.standing import router_for
from evenhand.routing.world import World, roster_for, world_of

_LOOKED_AT = 1_000
# Whoever gave it back, or let its clock run out, does not get it again.
_NOT_AGAIN = ("return", "reassign")
KINDS = (ItemKind.LEAD, ItemKind.ACCOUNT, ItemKind.OPPORTUNITY)


def retry_all(*, now: datetime | None = None) -> int:
    """Deal what can be dealt of all lines; returns how many items found somebody."""
    return sum(
        retry_line(key, now=now)
        for key in Line.objects.filter(is_active=True).values_list("key", flat=True)
    )


def retry_line(line_key: str, *, now: datetime | None = None) -> int:
    """Deal what can be dealt of one line; returns how many items found somebody."""
    found = 0
    for kind in KINDS:
        if not _queued(kind).filter(line__key=line_key).exists():
            continue

        def work(kind: ItemKind = kind) -> int:
            try:
                world = world_of(line_key, now)
            except NoSuchLine:
                return 0
            ids = _movable(world, kind)
            placed = deal_queued(world, kind, ids, actor=SYSTEM)
            return sum(one.rep_id is not None for one in placed)

        found += in_transaction(work, again=(LoadsMoved,))
    return found


def deal_queued(
    world: World, kind: ItemKind, ids: Sequence[int], *, actor: Actor, is_told: bool = True
) -> list[Placement]:
    """Decide queued items anew and write their places; in the caller's transaction.

    Without `is_told` the caller tells those concerned.

    :raises LoadsMoved: somebody else was quicker; run the transaction again.
    """
    rows = _in_order(kind, ids)
    if not rows:
        return []
    placements: list[Placement] = []
    for run in _runs(world, rows):
        part = _dealt(world, kind, run)
        place_items(kind, [place_of(one, world.live) for one in part], at=world.now)
        placements += part
    crashpoint("retry.placed")
    for one in placements:
        record(
            f"{kind.value}.dealt",
            actor=actor,
            object_kind=kind.value,
            object_id=one.item_id,
            data={"state": str(one.state), "rep": one.rep_id, "receipt": one.receipt_id},
        )
    if is_told:
        announce(placements, world)
    return placements


def _dealt(world: World, kind: ItemKind, rows: Sequence[Any]) -> list[Placement]:
    """Decide, and book; rows are locked last, so somebody may have dealt one of them meanwhile.

    :raises LoadsMoved: somebody did.
    """
    try:
        part = deal(world, items_of(world, kind, rows), rows)
        still = _still_queued(kind, [one.item_id for one in part])
    except IntegrityError as error:
        if constraint_of(error) != "assignment_one_open":
            raise
        raise LoadsMoved from error
    if still != len(part):
        raise LoadsMoved
    return part


def _runs(world: World, rows: Sequence[Any]) -> Iterator[list[Any]]:
    """All at once; where a company has one owner, its second item after the first."""
    rest = list(rows)
    while rest:
        met: set[int] = set()
        run: list[Any] = []
        later: list[Any] = []
        for row in rest:
            company = _company_of(row) if _one_owner(world) else 0
            (later if company in met else run).append(row)
            met |= {company} - {0}
        yield run
        rest = later


def _one_owner(world: World) -> bool:
    peace = world.live.pools.peace
    return peace is not None and peace.one_owner_per_company


def _queued(kind: ItemKind) -> Any:
    return MODELS[kind]._default_manager.filter(state=State.QUEUED)


def _in_order(kind: ItemKind, ids: Iterable[int]) -> list[Any]:
    rows = _queued(kind).filter(pk__in=list(ids))
    if kind is not ItemKind.ACCOUNT:
        rows = rows.select_related("company")
    return sorted(rows, key=lambda row: (-row.points, row.queued_at or row.created_at, row.pk))


def items_of(world: World, kind: ItemKind, rows: Sequence[Any]) -> list[Item]:
    """Stored items as the engine sees them, with whom they were handed back by, who looks after
    their companies, and what their customers' peace says.
    """
    handed = gave_back(kind, [row.pk for row in rows], ends=_NOT_AGAIN)
    owners: dict[int, Owner] = {}
    if kind is ItemKind.LEAD and world.live.policy.reads_company_owner:
        owners = owners_of(rows)
    customers = [(kind.value, row) for row in rows]
    peace = bars_on(customers, world.live.pools.peace, now=roster_for(world).now)
    return [
        replace(
            facts_of(kind, row, world.live, company_owner=owners.get(row.pk)),
            gave_back=handed.get(row.pk, ()),
            bars=bars,
        )
        for row, bars in zip(rows, peace, strict=True)
    ]


def _movable(world: World, kind: ItemKind) -> list[int]:
    """Ids of queued items that would find somebody, or a pool, as things stand."""
    waiting = (
        _queued(kind)
        .filter(line_id=world.live.line_id)
        .order_by("-points", "queued_at", "pk")
        .values_list("pk", flat=True)[:_LOOKED_AT]
    )
    rows = _in_order(kind, waiting)
    items = items_of(world, kind, rows)
    router, policy = _looking(world, items), world.live.policy
    moving = []
    met: set[int] = set()
    for row, item in zip(rows, items, strict=True):
        # What is barred already is so by whoever has the company.
        waits = policy.reads_company_owner or (_one_owner(world) and not item.bars)
        company = _company_of(row) if waits else 0
        if company in met:
            continue  # it may have an owner after the first: the next look finds him
        outcome = router.route(item).outcome
        if outcome in (Outcome.ASSIGNED, Outcome.POOLED):
            moving.append(row.pk)
            if company:
                met.add(company)
        if len(moving) == MOST_AT_ONCE:
            break
    return moving


def _company_of(row: Any) -> int:
    """The company that an item belongs to; 0 = none, or it is one itself."""
    return getattr(row, "company_id", None) or 0


def _looking(world: World, items: Sequence[Item]) -> Router:
    """A router that stands where dealing would: what it finds movable is then dealt."""
    router = router_for(world, items)
    router.settle_members()
    return router


def _still_queued(kind: ItemKind, ids: Sequence[int]) -> int:
    """Lock the items that are still queued; after the books, as everywhere."""
    return len(
        _queued(kind).filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk")
    )
