"""Paying for more time with an item: its owner pays a part of its points, the others gain them."""

from dataclasses import dataclass

from evenhand.engine.facts import POINT
from evenhand.engine.routing.contests import counts_turns
from evenhand.engine.routing.edits import Edit, EditAct
from evenhand.people.actor import Actor
from evenhand.routing.desk import Desk, new_receipt_id
from evenhand.routing.models import Receipt

EXTEND = "extend"


@dataclass(frozen=True, slots=True)
class Paid:
    """What somebody paid, in micro-points, and the receipt that says so."""

    points: int
    receipt_id: int


def pay_for_time(desk: Desk, *, percent: int, why: str, actor: Actor) -> Paid:
    """Book what more time costs the owner: `percent` of the item's points, of a turn by turns.

    Under the caller's locks, in his transaction. Nothing is paid for an item of no group, nor by
    somebody who has nobody to pay.
    """
    owner = str(desk.item.owner_id)
    key, row, weights = desk.where_booked()
    whole = POINT if key and counts_turns(key) else desk.points
    # Nobody to be credited: nobody is wronged, and nothing is paid.
    others = [who for who, _ in weights if who != owner and desk.kept[key].book.has(who)]
    points = whole * percent // 100 if others else 0
    receipt_id = new_receipt_id()
    edit = Edit(
        act=EditAct.EXTEND,
        item_id=desk.facts.id,
        book=key if points else "",
        row=row,
        points=points,
        from_rep=owner,
        weights=weights,
        actor=actor.caller,
    )
    line = desk.book_edit(edit, receipt_id=receipt_id)
    desk.write()
    Receipt.objects.create(
        id=receipt_id,
        line_id=desk.live.line_id,
        item_kind=desk.kind.value,
        item_id=desk.item.pk,
        round=desk.item.round,
        at=desk.now,
        outcome=EXTEND,
        cause="manual",
        from_rep_id=desk.item.owner_id,
        book_id=desk.kept[key].id if points else None,
        grade=desk.prepared.plan.grade,
        points=points,
        actor_id=actor.user_id,
        act=EXTEND,
        reason=why,
        body=line,
    )
    return Paid(points, receipt_id)
