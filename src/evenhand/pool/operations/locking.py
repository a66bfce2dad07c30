"""Locks (锁定): an item that no clock takes away, few at a time and for a time."""

from datetime import datetime, timedelta

from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.section import LockTerms
from evenhand.journal.operations import record
from evenhand.leads.access import item_for, locked_item
from evenhand.leads.models import Assignment
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.scope import Right
from evenhand.platform.clock import now as clock_now
from evenhand.platform.transactions import in_transaction
from evenhand.pool.governing import open_assignment
from evenhand.pool.models import Pause
from evenhand.pool.pauses import locks_now, locks_of
from evenhand.pool.refusals import refuse
from evenhand.routing.operations.acts import check_own
from evenhand.routing.world import world_of

LOCK = "lock"
_DAY = timedelta(days=1)  # a lock is over on a day of the calendar, whoever works when


def lock_item(kind: str, item_id: int, *, actor: Actor) -> Pause:
    """The owner locks an item for as long as its locks may last in all; its clocks stand still.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotKeep: the rules offer no locks, he does not hold it, it is locked, has been for as
        long as it may, or he has as many as he may.
    """
    item_kind = ItemKind(kind)
    check_own(item_for(actor, item_kind, item_id, Right.WORK), str(item_id), actor)

    def work() -> Pause:
        seen = item_for(actor, item_kind, item_id, Right.WORK)
        world = world_of(seen.line.key if seen.line is not None else "")
        terms = world.live.pools.clocks.locks
        if terms is None:
            raise refuse("lock.not_offered")
        # His row before the item: two locks of one person at a time count each other.
        Rep.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.user_id)
        item = locked_item(actor, item_kind, item_id, Right.WORK)
        check_own(item, str(item.pk), actor)
        held, now = open_assignment(kind, item_id), clock_now()
        until = now + _left(held, terms, now)
        _check_count(held, terms, now)
        row = Pause.objects.create(
            kind=LOCK, assignment=held, from_at=now, until_at=until, by_id=actor.user_id
        )
        _changed(held)
        data = {"rep": held.rep_id, "until": until.isoformat()}
        record(f"{kind}.locked", actor=actor, object_kind=kind, object_id=item_id, data=data)
        return row

    return in_transaction(work)


def unlock_item(kind: str, item_id: int, *, actor: Actor) -> None:
    """End a lock before its time: its owner, or somebody who may transfer it.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotKeep: it is not locked.
    """

    def work() -> None:
        seen = item_for(actor, kind, item_id, Right.WORK)
        right = Right.WORK if seen.owner_id == actor.user_id else Right.TRANSFER
        locked_item(actor, kind, item_id, right)
        held, now = open_assignment(kind, item_id), clock_now()
        if not locks_of(held).filter(until_at__gt=now).update(until_at=now):
            raise refuse("lock.not_locked")
        _changed(held)
        data = {"rep": held.rep_id}
        record(f"{kind}.unlocked", actor=actor, object_kind=kind, object_id=item_id, data=data)

    in_transaction(work)


def time_used(held: Assignment, now: datetime) -> timedelta:
    """How long an item was locked with its owner so far."""
    rows = locks_of(held).values_list("from_at", "until_at")
    return sum((min(end or now, now) - start for start, end in rows), timedelta())


def _left(held: Assignment, terms: LockTerms, now: datetime) -> timedelta:
    if standing := locks_of(held).filter(until_at__gt=now).first():
        raise refuse("lock.locked", at=(standing.until_at or now).isoformat())
    left = terms.at_most.lasting(_DAY) - time_used(held, now)
    if left <= timedelta():
        raise refuse("lock.used_up")
    return left


def _check_count(held: Assignment, terms: LockTerms, now: datetime) -> None:
    standing = locks_now(held.rep_id, now)
    if len(standing) >= terms.per_rep:
        ends = [one.until_at for one in standing if one.until_at is not None]
        first = min(ends, default=now)
        raise refuse("lock.too_many", limit=terms.per_rep, at=first.isoformat())


def _changed(held: Assignment) -> None:
    Assignment.objects.filter(pk=held.pk).update(wound_at=None)
