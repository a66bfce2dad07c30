"""An item comes into a public pool (公海): given back, recycled, moved, or revived."""

from evenhand.engine.ledger.bookings import Act
from evenhand.engine.routing.edits import Edit, EditAct
from evenhand.leads.custody import close_assignment, given_up, place_items
from evenhand.leads.models import PoolStay, State
from evenhand.people.actor import Actor
from evenhand.routing.desk import Desk, new_receipt_id, refuse
from evenhand.routing.operations.acts import tell_all, write_receipt
from evenhand.routing.seen import seen

_SETTLED = (Act.REFUNDED.value, Act.VOIDED.value)
_GONE = (State.MERGED, State.REJECTED)


def pool_item(
    desk: Desk,
    *,
    pool: str,
    how: str,
    why: str,
    note: str = "",
    refund_percent: int,
    actor: Actor,
) -> int:
    """Put an item under lock into a pool; whoever holds it is refunded so many percent.

    `how` is return, recycle, moved or lost; `why` a reason from a list, or the clock that ran out.
    The caller writes nothing else of the place; it looks after limits and rights. Returns the id of
    the receipt.

    :raises CannotAct: it lies in that pool already, the pool is not there, or it is no more.
    """
    terms = desk.live.pools.pools.get(pool)
    if terms is None or desk.kind.value not in terms.holds:
        raise refuse("pool.not_there", pool=pool)
    if desk.item.state == State.POOLED and desk.item.pool == pool:
        raise refuse("pool.there_already", item=desk.facts.id, pool=pool)
    if desk.item.state in _GONE:
        raise refuse("edit.already_void", item=desk.facts.id)
    receipt_id = new_receipt_id()
    was = desk.item.owner_id if desk.item.state == State.OWNED else None
    line = _book(desk, refund_percent, actor, receipt_id, is_owned=was is not None)
    desk.write()
    close_assignment(desk.kind, desk.item.pk, by=how, at=desk.now)
    write_receipt(
        desk, receipt_id, act="pool", rep_id=None, why=why, note=note, body=line, actor=actor
    )
    place = given_up(desk.item, receipt_id=receipt_id, line_id=desk.live.line_id, pool=pool)
    place_items(desk.kind, [place], at=desk.now)
    _tell_the_stays(desk, how=how, why=why, note=note, was=was, actor=actor)
    data = {"from": was, "pool": pool, "how": how, "reason": why, "receipt": receipt_id}
    tell_all(desk, f"{desk.kind.value}.pooled", actor=actor, data=data)
    return receipt_id


def _book(desk: Desk, rate: int, actor: Actor, receipt_id: int, *, is_owned: bool) -> str:
    """Refund the owner for what he paid; nothing where nobody has it or he has it for nothing."""
    if is_owned and not _is_settled(desk):
        return desk.book(
            EditAct.RETURN, to=None, rate_percent=rate, actor=actor, receipt_id=receipt_id
        )
    edit = Edit(
        act=EditAct.RETURN,
        item_id=desk.facts.id,
        book="",
        points=desk.item.points,
        from_rep=str(desk.item.owner_id) if is_owned else "",
        rate_percent=0,
        actor=actor.caller,
    )
    return desk.book_edit(edit, receipt_id=receipt_id)


def _is_settled(desk: Desk) -> bool:
    """Whether the latest charge was given back already: a second refund would pay twice."""
    last = desk.last_charge
    if last is None:
        return True
    return any(one.act in _SETTLED and one.pk > last.pk for one in desk.booked)


def _tell_the_stays(
    desk: Desk, *, how: str, why: str, note: str, was: int | None, actor: Actor
) -> None:
    """Say why it came; of the stay it left, if it lay in another pool, that it was moved."""
    stays = PoolStay.objects.filter(item_kind=desk.kind.value, item_id=desk.item.pk)
    if desk.item.state == State.POOLED:
        left = stays.filter(left_at__isnull=False).order_by("-pk").values("pk")[:1]
        stays.filter(pk__in=left).update(left_by="moved")
    stays.filter(left_at=None).update(
        how=how, why=why, note=note[:500], from_rep_id=was, by_user_id=actor.user_id
    )


def destination_of(desk: Desk, *, wanted: str | None = None) -> str:
    """The pool that this item comes to when it is given up; "" = none takes it."""
    item = seen(desk.live, desk.world.people.team, desk.item, desk.facts, now=desk.now)
    return desk.live.pools.destination(desk.kind.value, item, wanted=wanted)
