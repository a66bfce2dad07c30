"""Putting a wrong recycle right: the item goes back to who held it, and he has paid for it once."""

from evenhand.appeals.models import Appeal
from evenhand.engine.facts import ItemKind
from evenhand.engine.ledger.bookings import Act
from evenhand.leads.models import PoolStay, State
from evenhand.ledger.models import Posting
from evenhand.people.actor import Actor
from evenhand.routing.desk import CHARGES, booked_of, open_desk
from evenhand.routing.models import Receipt
from evenhand.routing.operations.credit import most_credit
from evenhand.routing.operations.give import give_for

# Receipts by which somebody loses an item to the clocks, or to a hand that acts for them.
TAKEN_AWAY = ("pool", "reassign")
_BACK = (Act.REFUNDED.value, Act.VOIDED.value)
_NOBODY_HAS_IT = (State.POOLED, State.QUEUED)


def was_taken_from(receipt: Receipt, person_id: int) -> bool:
    """Whether this decision took an item from somebody, not he himself gave it up."""
    is_his = receipt.from_rep_id == person_id and receipt.actor_id != person_id
    return is_his and receipt.act in TAKEN_AWAY


def lost_with(receipt: Receipt, person_id: int) -> tuple[Receipt, int] | None:
    """What somebody paid for an item that was taken from him, in micro-points, and for which
    decision; None = he paid nothing, or has it back already."""
    rows = Posting.objects.filter(item_kind=receipt.item_kind, item_id=receipt.item_id)
    rows = rows.select_related("shares")
    before = rows.filter(receipt_id__lt=receipt.pk, act__in=CHARGES, taker_id=person_id)
    paid = before.order_by("-pk").first()
    cost = 0 if paid is None else -_moved(paid, person_id)
    if paid is None or paid.receipt_id is None or cost <= 0:
        return None
    # With his own part of it left aside on both sides: what is left of the cost, as a part of it.
    since = rows.filter(pk__gt=paid.pk, receipt_id__lte=receipt.pk, act__in=_BACK)
    left = max(0, cost - sum(_moved(one, person_id) for one in since))
    decided = Receipt.objects.filter(pk=paid.receipt_id).first()
    if decided is None or not left:
        return None
    return decided, min(paid.points * left // cost, most_credit(decided))


def _moved(posting: Posting, person_id: int) -> int:
    """What a posting moved for somebody, in micro-points."""
    return dict(booked_of(posting, "").moves).get(str(person_id), 0)


def give_back(appeal: Appeal, actor: Actor) -> int | None:
    """Give the item back where nobody has taken it since; the receipt's id, or None.

    He is charged for it anew, so that what he paid before is owed to him in full. Its clocks begin
    again. In the caller's transaction.
    """
    desk = open_desk(ItemKind(appeal.item_kind), appeal.item_id)
    rep = desk.find_rep(appeal.person_id)
    if desk.item.state not in _NOBODY_HAS_IT or rep is None or not rep.is_active:
        return None
    receipt_id = give_for(desk, to=appeal.person_id, why="appeal", actor=actor)
    stays = PoolStay.objects.filter(item_kind=appeal.item_kind, item_id=appeal.item_id)
    stays.filter(left_at=desk.now, left_by="").update(left_by="assign", taken_by=rep.id)
    return receipt_id
