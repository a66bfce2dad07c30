"""Writing claims that were won: owners, stays, receipts, events; a few statements for all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.engine.facts import ItemKind
from evenhand.engine.routing.plan import Plan
from evenhand.journal.live import hint
from evenhand.journal.operations import record_many
from evenhand.leads.custody import (
    Place,
    Taking,
    add_loads,
    open_assignments,
    place_items,
    tie_to_stays,
)
from evenhand.leads.models import PoolStay, State
from evenhand.people.actor import Actor
from evenhand.routing.models import Receipt
from evenhand.routing.world import World, contact_due

CLAIMED = "claimed"  # the cause of an assignment that a claim opened


@dataclass(frozen=True, slots=True)
class Won:
    """A claim that was granted."""

    kind: str
    item: Any  # the row, under lock
    rep_id: int
    actor: Actor
    stay: PoolStay
    pool: str
    plan: Plan
    price: int  # micro-points paid
    receipt_id: int
    book_id: int | None
    body: str  # the receipt's line


def write_claims(world: World, won: Sequence[Won]) -> None:
    """Write what was won, in the transaction in which it was booked."""
    at = world.now
    takings = [
        Taking(one.kind, one.item.pk, one.rep_id, CLAIMED, one.plan.points, one.receipt_id)
        for one in won
    ]
    open_assignments(takings, at=at)
    tie_to_stays({(one.kind, one.item.pk): one.stay.pk for one in won})
    _place(world, won)
    _end_stays(won)
    loads: dict[int, tuple[int, int]] = {}
    for one in won:
        count, points = loads.get(one.rep_id, (0, 0))
        loads[one.rep_id] = (count + 1, points + one.plan.points)
    add_loads(loads)
    Receipt.objects.bulk_create([_receipt(world, one) for one in won])
    _tell(won)


def _place(world: World, won: Sequence[Won]) -> None:
    dues: dict[int, datetime | None] = {}
    places: dict[str, list[Place]] = defaultdict(list)
    for one in won:
        if one.rep_id not in dues:
            dues[one.rep_id] = contact_due(world, one.rep_id)
        score = one.plan.score
        places[one.kind].append(
            Place(
                item_id=one.item.pk,
                state=State.OWNED,
                owner_id=one.rep_id,
                pool="",
                grade=one.plan.grade,
                score=one.item.score if score is None else score.total,
                points=one.plan.points,
                round=one.item.round,
                why=None,
                receipt_id=one.receipt_id,
                contact_due_at=dues[one.rep_id] if one.kind == ItemKind.LEAD else None,
                line_id=world.live.line_id,
            )
        )
    for kind, rows in places.items():
        place_items(kind, rows, at=world.now)


def _end_stays(won: Sequence[Won]) -> None:
    """The trigger ended the stays; by whom and for what it cannot know."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pool_stay AS s SET left_by = 'claim', taken_by_id = w.rep, price = w.price"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS w(id, rep, price)"
            " WHERE s.id = w.id",
            [
                [one.stay.pk for one in won],
                [one.rep_id for one in won],
                [one.price for one in won],
            ],
        )


def _receipt(world: World, one: Won) -> Receipt:
    return Receipt(
        id=one.receipt_id,
        line_id=world.live.line_id,
        item_kind=one.kind,
        item_id=one.item.pk,
        round=one.item.round,
        at=world.now,
        outcome="assigned",
        cause=CLAIMED,
        rep_id=one.rep_id,
        book_id=one.book_id,
        grade=one.plan.grade,
        points=one.price,
        actor_id=one.actor.user_id,
        act="claim",
        body=one.body,
    )


def _tell(won: Sequence[Won]) -> None:
    events: dict[tuple[str, Actor], dict[int, dict[str, Any]]] = defaultdict(dict)
    for one in won:
        events[one.kind, one.actor][one.item.pk] = {
            "rep": one.rep_id,
            "pool": one.pool,
            "price": one.price,
            "receipt": one.receipt_id,
        }
    for (kind, actor), data in events.items():
        record_many(f"{kind}.claimed", actor=actor, object_kind=kind, data=data)
    hint({"inbox": sorted({one.rep_id for one in won}), "decisions": [], "pool": []})
