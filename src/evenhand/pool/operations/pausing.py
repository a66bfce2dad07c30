"""Stopping clocks for a time: of the whole company, of a person, of one item. They go on after."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from evenhand.journal.operations import record
from evenhand.leads.access import item_for, locked_item
from evenhand.leads.models import Assignment, State
from evenhand.people.access import rep_for
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now as clock_now
from evenhand.platform.transactions import in_transaction
from evenhand.pool.governing import open_assignment
from evenhand.pool.models import Pause
from evenhand.pool.pauses import COMPANY, ITEM, PAUSE_REASONS, REP, pause_for
from evenhand.pool.refusals import refuse

FARTHEST = timedelta(days=366)  # ahead, and how long one lasts
EARLIEST = timedelta(days=7)  # what somebody noticed late
_RIGHTS = {COMPANY: Right.EDIT_POLICY, REP: Right.EDIT_LEAVE, ITEM: Right.TRANSFER}


def freeze_all(*, from_at: datetime, until_at: datetime | None, reason: str, actor: Actor) -> Pause:
    """Stop every clock of the company, as for a holiday; `until_at` None = until somebody ends it.

    :raises NotAllowed: the actor may not edit rules.
    :raises CannotKeep: no reason from the list, or times that cannot be meant.
    """
    demand(actor, Right.EDIT_POLICY)
    times = _checked(from_at, until_at, reason)

    def work() -> Pause:
        row = Pause.objects.create(kind=COMPANY, reason=reason, by_id=actor.user_id, **times)
        _to_be_wound(row)
        _note("clocks.frozen", row, actor)
        return row

    return in_transaction(work)


def pause_rep(
    rep_id: int, *, from_at: datetime, until_at: datetime | None, reason: str, actor: Actor
) -> Pause:
    """Stop the clocks over what somebody holds; leave does so by itself.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotKeep: it is himself, no reason from the list, or times that cannot be meant.
    """
    rep_for(actor, rep_id, Right.EDIT_LEAVE)
    if rep_id == actor.user_id:
        raise refuse("pause.own")
    times = _checked(from_at, until_at, reason)

    def work() -> Pause:
        row = Pause.objects.create(
            kind=REP, rep_id=rep_id, reason=reason, by_id=actor.user_id, **times
        )
        _to_be_wound(row)
        _note("clocks.paused", row, actor)
        return row

    return in_transaction(work)


def pause_item(
    kind: str,
    item_id: int,
    *,
    until_at: datetime | None,
    reason: str,
    actor: Actor,
) -> Pause:
    """Stop the clocks over one item from now on, as long as its owner holds it.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotKeep: it is his own, nobody holds it, no reason from the list, or times that
        cannot be meant.
    """
    item_for(actor, kind, item_id, Right.TRANSFER)
    now = clock_now()
    times = _checked(now, until_at, reason)

    def work() -> Pause:
        item = locked_item(actor, kind, item_id, Right.TRANSFER)
        if item.state != State.OWNED:
            raise refuse("edit.not_owned", item=str(item_id))
        if item.owner_id == actor.user_id:
            raise refuse("pause.own")
        held = open_assignment(kind, item_id)
        row = Pause.objects.create(
            kind=ITEM, assignment=held, reason=reason, by_id=actor.user_id, **times
        )
        _to_be_wound(row)
        data = _told(row) | {"rep": held.rep_id}
        record(f"{kind}.clock_paused", actor=actor, object_kind=kind, object_id=item_id, data=data)
        return row

    return in_transaction(work)


def end_pause(pause_id: int, *, actor: Actor) -> None:
    """End a pause now; one that has not begun never does. What rested goes on where it stopped.

    :raises NotAllowed, NotFound: not his to end, or out of his reach.
    :raises CannotKeep: it is over, his own, or of a rule that is switched off: that is ended by
        switching it on.
    """

    def work() -> None:
        row, now = pause_for(actor, pause_id), clock_now()
        if row.kind not in _RIGHTS:
            raise refuse("pause.of_a_rule")
        demand(actor, _RIGHTS[row.kind])
        holder = row.rep_id if row.assignment is None else row.assignment.rep_id
        if holder is not None and holder == actor.user_id:
            raise refuse("pause.own")
        if row.until_at is not None and row.until_at <= now:
            raise refuse("pause.over")
        row.until_at = max(now, row.from_at)
        row.save(update_fields=["until_at"])
        _to_be_wound(row)
        if row.assignment is None:
            _note("clocks.resumed", row, actor)
        else:
            kind, item_id = row.assignment.item_kind, row.assignment.item_id
            data = {"rep": row.assignment.rep_id}
            record(
                f"{kind}.clock_resumed", actor=actor, object_kind=kind, object_id=item_id, data=data
            )

    in_transaction(work)


def _checked(from_at: datetime, until_at: datetime | None, why: str) -> dict[str, datetime | None]:
    if why not in PAUSE_REASONS:
        raise refuse("act.reason_unknown", field="reason")
    now = clock_now()
    if from_at < now - EARLIEST:
        raise refuse("pause.too_early", field="from_at", limit=EARLIEST.days)
    if from_at > now + FARTHEST or (until_at is not None and until_at - from_at > FARTHEST):
        raise refuse("pause.too_long", field="until_at", limit=FARTHEST.days)
    if until_at is not None and until_at <= max(from_at, now):
        raise refuse("pause.times", field="until_at")
    return {"from_at": from_at, "until_at": until_at}


def _concerned(row: Pause) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(closed_at=None)
    if row.kind == REP:
        return rows.filter(rep_id=row.rep_id)
    if row.kind == ITEM:
        return rows.filter(pk=row.assignment_id or 0)
    return rows.exclude(clocks_policy_id=None)


def _to_be_wound(row: Pause) -> None:
    _concerned(row).update(wound_at=None)


def _told(row: Pause) -> dict[str, object]:
    """Particulars of the event of a pause."""
    until = None if row.until_at is None else row.until_at.isoformat()
    return {"from_at": row.from_at.isoformat(), "until_at": until, "reason": row.reason}


def _note(kind: str, row: Pause, actor: Actor) -> None:
    data = _told(row) | {"rep": row.rep_id}
    record(kind, actor=actor, object_kind="pause", object_id=row.pk, data=data)
