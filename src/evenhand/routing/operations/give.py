"""Giving an item to somebody by hand: from the unassigned, or from one owner to another."""

from evenhand.engine.facts import ItemKind
from evenhand.engine.routing.decision import Cause
from evenhand.engine.routing.edits import EditAct
from evenhand.leads.custody import (
    Place,
    Taking,
    add_loads,
    close_assignment,
    open_assignments,
    place_items,
)
from evenhand.leads.models import Held, State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.transactions import in_transaction
from evenhand.routing.act_reasons import REFUNDS
from evenhand.routing.desk import Desk, new_receipt_id, open_desk, refuse
from evenhand.routing.facts import item_key
from evenhand.routing.operations.acts import (
    check_limit,
    check_peace,
    check_reason,
    check_target,
    due_at,
    reach,
    tell_all,
    tell_stay,
    write_receipt,
)

_FREE = (State.QUEUED, State.POOLED, State.UNTENDED)


def assign(kind: str, item_id: int, *, to: int, reason: str, note: str = "", actor: Actor) -> int:
    """Give an item that nobody holds to a rep; he pays for it like for any other.

    Returns the receipt's id. Limits of what people carry do not bind a manager; going over is
    recorded by the cause.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAct: somebody holds it, the rep left, the day's limit is reached, or the customer
        is to be left in peace.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason("assign", reason, note)
    item_kind = ItemKind(kind)
    # Whoever comes late is told so without standing in line for the locks.
    _must_be_free(item_kind, reach(actor, item_kind, item_id, Right.ASSIGN))

    def work() -> int:
        check_limit(actor)
        desk = open_desk(item_kind, item_id)
        _must_be_free(item_kind, desk.item)
        check_target(desk, actor, to)
        check_peace(desk, to)
        return _give(desk, "assign", to, reason, note, actor)

    return in_transaction(work)


def transfer(kind: str, item_id: int, *, to: int, reason: str, note: str = "", actor: Actor) -> int:
    """Move an item to another rep: the former owner is refunded, the new one pays.

    Returns the receipt's id.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAct: nobody holds it, he holds it already, he left, the limit is reached, or the
        customer changed hands too often.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason("transfer", reason, note)
    item_kind = ItemKind(kind)
    _must_be_others(item_kind, reach(actor, item_kind, item_id, Right.TRANSFER), to)

    def work() -> int:
        check_limit(actor)
        desk = open_desk(item_kind, item_id)
        _must_be_others(item_kind, desk.item, to)
        check_target(desk, actor, to)
        check_peace(desk, to)
        return _give(desk, "transfer", to, reason, note, actor)

    return in_transaction(work)


def _must_be_free(kind: ItemKind, item: Held) -> None:
    if item.state not in _FREE:
        raise refuse("act.not_free", item=item_key(kind, item.pk))


def _must_be_others(kind: ItemKind, item: Held, to: int) -> None:
    if item.state != State.OWNED:
        raise refuse("edit.not_owned", item=item_key(kind, item.pk))
    if item.owner_id == to:
        raise refuse("edit.already_owned", item=item_key(kind, item.pk), rep=str(to))


def give_over(desk: Desk, *, to: int, actor: Actor) -> int:
    """The work of somebody who leaves goes to a colleague; under the caller's locks.

    :raises CannotAct: the colleague is nobody the actor can reach, or left as well.
    """
    check_target(desk, actor, to)
    return _give(desk, "transfer", to, "departure", "", actor)


def give_for(desk: Desk, *, to: int, why: str, actor: Actor, is_told: bool = True) -> int:
    """Give an item to somebody for a reason of the program's own; under the caller's locks.

    Returns the receipt's id. Without `is_told` the caller tells those concerned, once for all.
    """
    act = "transfer" if desk.item.state == State.OWNED else "assign"
    return _give(desk, act, to, why, "", actor, is_told=is_told)


def give_planned(desk: Desk, *, to: int, note: str, actor: Actor) -> int:
    """A lead that lies aside goes to whom a plan names; the caller checked that, and tells him."""
    return _give(desk, "plan", to, "list", note, actor, is_told=False)


def give_from_pool(desk: Desk, *, to: int, why: str, note: str, actor: Actor) -> int:
    """Whoever looks after a pool gives an item of it to a rep; the caller checked all that."""
    return _give(desk, "assign", to, why, note, actor)


def _give(
    desk: Desk, act: str, to: int, why: str, note: str, actor: Actor, *, is_told: bool = True
) -> int:
    receipt_id = new_receipt_id()
    edit = EditAct.TRANSFER if act == "transfer" else EditAct.ASSIGN
    rate = REFUNDS.get(act, 100)
    line = desk.book(edit, to=to, rate_percent=rate, actor=actor, receipt_id=receipt_id)
    desk.write()
    crashpoint("give.booked")
    was = desk.item.owner_id
    points = desk.points
    close_assignment(desk.kind, desk.item.pk, by=act, at=desk.now)
    taking = Taking(desk.kind, desk.item.pk, to, Cause.MANUAL.value, points, receipt_id)
    open_assignments([taking], at=desk.now)
    add_loads({to: (1, points)})
    write_receipt(desk, receipt_id, act=act, rep_id=to, why=why, note=note, body=line, actor=actor)
    place = Place(
        item_id=desk.item.pk,
        state=State.OWNED,
        owner_id=to,
        pool="",
        grade=desk.prepared.plan.grade,
        score=desk.item.score,
        points=points,
        round=desk.item.round,
        why=None,
        receipt_id=receipt_id,
        contact_due_at=due_at(desk, to),
        line_id=desk.live.line_id,
    )
    place_items(desk.kind, [place], at=desk.now)
    if desk.item.state == State.POOLED:
        tell_stay(desk, left_by="assign", taken_by=to)
    data = {"rep": to, "from": was, "reason": why, "receipt": receipt_id}
    tell_all(desk, f"{desk.kind.value}.{_PAST[act]}", actor=actor, data=data, into_inboxes=is_told)
    crashpoint("give.told")
    return receipt_id


_PAST = {"assign": "assigned", "plan": "assigned", "transfer": "transferred"}
