"""Items go into pools, from one to another and out of them by hand: owners and administrators."""

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import item_for
from evenhand.leads.models import Assignment, State
from evenhand.people.actor import Actor
from evenhand.people.scope import NotAllowed, Right
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import in_transaction
from evenhand.pool.access import pooled_item, tends
from evenhand.routing.desk import Desk, open_desk, refuse
from evenhand.routing.operations.acts import (
    check_limit,
    check_own,
    check_peace,
    check_reason,
    check_target,
    reach,
)
from evenhand.routing.operations.give import give_from_pool
from evenhand.routing.operations.pooling import destination_of, pool_item


def give_back(kind: str, item_id: int, *, reason: str, note: str = "", actor: Actor) -> int:
    """The owner returns (退回) his item to the pool that takes it by the rules.

    He is refunded what he paid, unless a clock over it has run out: ignoring must not pay. Returns
    the receipt's id.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAct: he does not hold it, or no pool takes it.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason("pool", reason, note)
    item_kind = ItemKind(kind)
    reach(actor, item_kind, item_id, Right.RETURN)

    def work() -> int:
        desk = open_desk(item_kind, item_id)
        check_own(desk.item, desk.facts.id, actor)
        pool = destination_of(desk)
        if not pool:
            raise refuse("pool.none_takes", item=desk.facts.id)
        refund = 0 if _is_late(desk) else 100
        return pool_item(
            desk,
            pool=pool,
            how="return",
            why=reason,
            note=note,
            refund_percent=refund,
            actor=actor,
        )

    return in_transaction(work)


def put_in(kind: str, item_id: int, *, pool: str, reason: str, note: str = "", actor: Actor) -> int:
    """Whoever looks after a pool puts an item into it: from an owner, the unassigned, another pool.

    An owner is refunded in full: it was not his decision. Returns the receipt's id.

    :raises NotAllowed: he does not look after the pool, nor after that in which it lies.
    :raises NotFound: the item is out of his reach.
    :raises CannotAct: the pool is not there or does not hold such items; it lies there already.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason("pool", reason, note)
    item_kind = ItemKind(kind)
    _reach_for_pool(actor, kind, item_id)

    def work() -> int:
        desk = open_desk(item_kind, item_id)
        _must_tend(actor, desk, pool)
        if desk.item.state == State.POOLED:
            _must_tend(actor, desk, desk.item.pool)
        elif desk.item.state == State.CLOSED:
            raise refuse("edit.already_void", item=desk.facts.id)
        return pool_item(
            desk, pool=pool, how="moved", why=reason, note=note, refund_percent=100, actor=actor
        )

    return in_transaction(work)


def hand_out(kind: str, item_id: int, *, to: int, reason: str, note: str = "", actor: Actor) -> int:
    """Whoever looks after a pool assigns an item of it to a rep, who pays as for any other.

    Returns the receipt's id.

    :raises NotAllowed: he does not look after the pool.
    :raises NotFound: the item lies in no pool that he sees.
    :raises CannotAct: it is gone, the rep left or is out of reach, or the customer's peace forbids.
    :raises ReasonMissing: no reason from the list.
    """
    check_reason("assign", reason, note)
    item_kind = ItemKind(kind)
    seen, _ = pooled_item(actor, kind, item_id)
    if not seen.is_administrator:
        raise NotAllowed(Right.TEND_POOLS)

    def work() -> int:
        check_limit(actor)
        desk = open_desk(item_kind, item_id)
        if desk.item.state != State.POOLED:
            raise refuse("act.not_free", item=desk.facts.id)
        _must_tend(actor, desk, desk.item.pool)
        _check_taker(desk, actor, to)
        check_peace(desk, to)
        return give_from_pool(desk, to=to, why=reason, note=note, actor=actor)

    return in_transaction(work)


def _check_taker(desk: Desk, actor: Actor, to: int) -> None:
    """Members of the pool can be given its items, and whoever is within the actor's own reach."""
    ready = desk.live.pools.pools[desk.item.pool]
    roster = desk.router.roster
    position = roster.position.get(str(to))
    is_here = position is not None and roster.team.reps[position].is_active
    if is_here and position is not None and ready.admits(roster.seen_by(roster.blank, position)):
        return
    check_target(desk, actor, to)


def _is_late(desk: Desk) -> bool:
    """Whether a clock over the item has run out already."""
    held = Assignment.objects.filter(
        item_kind=desk.kind.value, item_id=desk.item.pk, closed_at=None, due_at__lte=desk.now
    )
    return held.exists()


def _reach_for_pool(actor: Actor, kind: str, item_id: int) -> None:
    """The item, through one of the gates: of pools, or of items within reach."""
    try:
        pooled_item(actor, kind, item_id)
    except NotFound:
        item_for(actor, kind, item_id, Right.SEE_ITEMS)


def _must_tend(actor: Actor, desk: Desk, pool: str) -> None:
    ready = desk.live.pools.pools.get(pool)
    if ready is None:
        raise refuse("pool.not_there", pool=pool)
    if not tends(actor, ready):
        raise NotAllowed(Right.TEND_POOLS)
