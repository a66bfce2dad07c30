"""Taking an item from its owner: handed back by himself, or void because it should not be."""

from collections.abc import Callable

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason as reason_of
from evenhand.engine.routing.edits import EditAct
from evenhand.leads.custody import LoadsMoved, close_assignment, close_item, given_up, place_items
from evenhand.leads.models import VOIDED, Lead, State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.transactions import in_transaction
from evenhand.routing.act_reasons import REFUNDS
from evenhand.routing.desk import Desk, new_receipt_id, open_desk, refuse
from evenhand.routing.operations.acts import (
    check_own,
    check_reason,
    reach,
    tell_all,
    tell_stay,
    write_receipt,
)
from evenhand.routing.retry import deal_queued


def hand_back(
    kind: str,
    item_id: int,
    *,
    reason: str,
    note: str = "",
    actor: Actor,
    check: Callable[[], None] | None = None,
) -> int:
    """The owner gives an item back: he is refunded, and it is dealt again at once to another.

    Returns the receipt's id of the return. `check` looks at it once more under its locks.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAct: he does not hold it.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason("return", reason, note)
    item_kind = ItemKind(kind)
    reach(actor, item_kind, item_id, Right.RETURN)

    def work() -> int:
        desk = open_desk(item_kind, item_id)
        check_own(desk.item, desk.facts.id, actor)
        if check is not None:
            check()
        receipt_id = _give_up(desk, reason, note, actor)
        deal_queued(desk.world, item_kind, [item_id], actor=actor)
        return receipt_id

    return in_transaction(work, again=(LoadsMoved,))


def requeue(desk: Desk, *, actor: Actor) -> int:
    """The work of somebody who leaves waits to be dealt anew; under the caller's locks."""
    return _give_up(desk, "departure", "", actor, by="departure")


def _give_up(desk: Desk, why: str, note: str, actor: Actor, *, by: str = "return") -> int:
    receipt_id = new_receipt_id()
    was = desk.item.owner_id
    rate = REFUNDS["return"]
    line = desk.book(EditAct.RETURN, to=None, rate_percent=rate, actor=actor, receipt_id=receipt_id)
    desk.write()
    crashpoint("give_up.booked")
    close_assignment(desk.kind, desk.item.pk, by=by, at=desk.now)
    write_receipt(
        desk, receipt_id, act="return", rep_id=None, why=why, note=note, body=line, actor=actor
    )
    why_waiting = reason_of("unassigned.handed_back")
    place = given_up(desk.item, receipt_id=receipt_id, line_id=desk.live.line_id, why=why_waiting)
    place_items(desk.kind, [place], at=desk.now)
    data = {"from": was, "reason": why, "receipt": receipt_id}
    tell_all(desk, f"{desk.kind.value}.handed_back", actor=actor, data=data)
    crashpoint("give_up.waiting")
    return receipt_id


def void(
    kind: str,
    item_id: int,
    *,
    reason: str,
    note: str = "",
    actor: Actor,
    is_told: bool = True,
) -> int:
    """An item is invalid: every booking of it is reversed, as if it had never come.

    Returns the receipt's id. Without `is_told` its owner is not: the caller tells everybody once
    of all that he voids.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAct: it is closed already.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason("void", reason, note)
    item_kind = ItemKind(kind)
    reach(actor, item_kind, item_id, Right.VOID)

    def work() -> int:
        desk = open_desk(item_kind, item_id)
        aside = item_kind is ItemKind.LEAD and desk.item.state == State.UNTENDED
        if not aside and desk.item.state not in (State.OWNED, State.QUEUED, State.POOLED):
            raise refuse("edit.already_void", item=desk.facts.id)
        receipt_id = new_receipt_id()
        was = desk.item.owner_id
        line = desk.book(
            EditAct.VOID, to=None, rate_percent=100, actor=actor, receipt_id=receipt_id
        )
        desk.write()
        write_receipt(
            desk, receipt_id, act="void", rep_id=None, why=reason, note=note, body=line, actor=actor
        )
        close_item(desk.kind, item_id, by="void", at=desk.now)
        if desk.item.state == State.POOLED:
            tell_stay(desk, left_by="void")
        if item_kind is ItemKind.LEAD:
            Lead.objects.filter(pk=item_id).update(
                closed_at=desk.now, close_reason=f"{VOIDED}{reason}", receipt_id=receipt_id
            )
        data = {"from": was, "reason": reason, "receipt": receipt_id}
        kind_of_event = f"{desk.kind.value}.voided"
        tell_all(desk, kind_of_event, actor=actor, data=data, into_inboxes=is_told)
        return receipt_id

    return in_transaction(work)
