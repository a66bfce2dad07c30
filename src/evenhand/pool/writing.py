"""Writing claims that were won: owners, stays, receipts, events; a few statements for all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.engine.facts import ItemKind
from evenhand.engine.routing.plan import Plan
from evenhand.journal.live import hint
from evenhand.journal.operations import record_each
from evenhand.leads.custody import Place, Taking, add_loads, open_assignments, place_items
from evenhand.leads.models import State
from evenhand.people.actor import Actor
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of, insert_rows
from evenhand.routing.world import ContactDues, World

CLAIMED = "claimed"  # the cause of an assignment that a claim opened


@dataclass(frozen=True, slots=True)
class Won:
    """A claim that was granted."""

    kind: str
    item: Any  # the row, under lock
    rep_id: int
    actor: Actor
    stay_id: int  # in the pool, which the claim ends
    pool: str
    plan: Plan
    price: int  # micro-points paid
    receipt_id: int
    book_id: int | None
    body: str  # the receipt's line


def write_claims(world: World, won: Sequence[Won]) -> None:
    """Write what each of these claims has of its own, in the transaction in which it is booked."""
    takings = [
        Taking(
            *(one.kind, one.item.pk, one.rep_id, CLAIMED, one.plan.points, one.receipt_id),
            stay_id=one.stay_id,
        )
        for one in won
    ]
    open_assignments(takings, at=world.now)
    _end_stays(won, at=world.now)
    _place(world, won)
    _write_receipts(world, won)
    _record(won)


def finish_claims(won: Sequence[Won]) -> None:
    """Write what they have in common: what people carry, and the word to open pages."""
    loads: dict[int, tuple[int, int]] = {}
    for one in won:
        count, points = loads.get(one.rep_id, (0, 0))
        loads[one.rep_id] = (count + 1, points + one.plan.points)
    add_loads(loads)
    hint({"inbox": sorted(loads), "decisions": [], "pool": []})


def _place(world: World, won: Sequence[Won]) -> None:
    dues = ContactDues(world)
    places: dict[str, list[Place]] = defaultdict(list)
    for one in won:
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
                contact_due_at=dues.of(one.rep_id) if one.kind == ItemKind.LEAD else None,
                line_id=world.live.line_id,
            )
        )
    for kind, rows in places.items():
        place_items(kind, rows, at=world.now)


def _end_stays(won: Sequence[Won], *, at: datetime) -> None:
    """End the stays before the items move: the trigger that would cannot know by whom and why."""
    ids = array_of([one.stay_id for one in won], "bigint")
    reps = array_of([one.rep_id for one in won], "bigint")
    prices = array_of([one.price for one in won], "bigint")
    # Their ids once more, so that one plan serves every time: see `custody.place_items`.
    send(_END_STAYS, [at.isoformat(), ids, reps, prices, ids])


_END_STAYS = """
UPDATE pool_stay AS s SET left_at = greatest(s.entered_at, %s::timestamptz), left_by = 'claim',
    taken_by_id = w.rep, price = w.price
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS w(id, rep, price)
WHERE s.id = w.id AND s.id = ANY(%s::bigint[])
"""


def _write_receipts(world: World, won: Sequence[Won]) -> None:
    insert_rows(
        "receipt",
        _RECEIPT,
        [
            (
                one.receipt_id,
                one.kind,
                one.item.pk,
                one.item.round,
                one.rep_id,
                one.book_id,
                one.plan.grade,
                one.price,
                one.actor.user_id,
                one.body,
            )
            for one in won
        ],
        same={
            "line_id": world.live.line_id,
            "at": world.now,
            "outcome": "assigned",
            "cause": CLAIMED,
            "act": "claim",
        },
    )


_RECEIPT = {
    "id": "bigint",
    "item_kind": "text",
    "item_id": "bigint",
    "round": "int",
    "rep_id": "bigint",
    "book_id": "bigint",
    "grade": "text",
    "points": "bigint",
    "actor_id": "bigint",
    "body": "text",
}


def _record(won: Sequence[Won]) -> None:
    events: dict[str, list[tuple[Actor, int, dict[str, Any]]]] = defaultdict(list)
    for one in won:
        data = {
            "rep": one.rep_id,
            "pool": one.pool,
            "price": one.price,
            "receipt": one.receipt_id,
        }
        events[one.kind].append((one.actor, one.item.pk, data))
    for kind, told in events.items():
        record_each(f"{kind}.claimed", object_kind=kind, told=told)
