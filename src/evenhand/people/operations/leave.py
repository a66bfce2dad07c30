"""Leave: entered for oneself or for people in one's data scope, canceled, ended early."""

from datetime import datetime, timedelta

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.access import own_or_in_scope
from evenhand.people.actor import Actor
from evenhand.people.models import Leave
from evenhand.people.operations.checks import CannotEdit, within_length
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import one_transaction

LONGEST_DAYS = 732


@one_transaction
def enter_leave(
    user_id: int, *, from_at: datetime, until_at: datetime, reason_text: str, actor: Actor
) -> Leave:
    """Enter an absence until an instant that is not part of it.

    Whole days come from `clocks.whole_days`. For oneself it takes no right.

    :raises NotAllowed, NotFound: as `access.own_or_in_scope`.
    :raises CannotEdit: it has no length, is over already, is too long, or overlaps another.
    """
    rep = own_or_in_scope(actor, user_id, Right.EDIT_LEAVE, locked=True)
    if until_at <= from_at:
        raise CannotEdit(reason("people.dates_reversed"), field="until_at")
    if until_at <= now():
        raise CannotEdit(reason("people.over_already"), field="until_at")
    if until_at - from_at > timedelta(days=LONGEST_DAYS):
        raise CannotEdit(reason("people.leave_too_long", limit=LONGEST_DAYS), field="until_at")
    _refuse_overlap(rep.pk, from_at, until_at)
    made = Leave.objects.create(
        rep=rep,
        from_at=from_at,
        until_at=until_at,
        reason=within_length(reason_text.strip(), "reason", longest=60),
    )
    people_changed()
    _record("leave.entered", made, actor)
    return made


@one_transaction
def cancel_leave(leave_id: int, *, actor: Actor) -> bool:
    """Cancel an absence that lies ahead, or end one that has begun: he is back from now on.

    Whether there was still something to cancel.

    :raises NotAllowed, NotFound: as `access.own_or_in_scope`.
    """
    row = Leave.objects.filter(pk=leave_id).first()
    if row is None:
        raise NotFound("leave", leave_id)
    own_or_in_scope(actor, row.rep_id, Right.EDIT_LEAVE, locked=True)
    row.refresh_from_db()
    at = now()
    if row.canceled_at is not None or row.until_at <= at:
        return False
    # Decisions go by whole seconds: a fraction more would keep him away until the next one.
    at = at.replace(microsecond=0)
    if row.from_at < at:
        row.until_at = at
    else:
        row.canceled_at = at
    row.save(update_fields=["until_at", "canceled_at"])
    people_changed()
    _record("leave.ended" if row.canceled_at is None else "leave.canceled", row, actor)
    return True


def _refuse_overlap(rep_id: int, from_at: datetime, until_at: datetime) -> None:
    others = Leave.objects.filter(
        rep_id=rep_id, canceled_at=None, from_at__lt=until_at, until_at__gt=from_at
    )
    other = others.order_by("from_at").first()
    if other is not None:
        found = reason(
            "people.away_already",
            from_at=other.from_at.astimezone(from_at.tzinfo).isoformat(),
            until_at=other.until_at.astimezone(from_at.tzinfo).isoformat(),
        )
        raise CannotEdit(found, field="from_at")


def _record(kind: str, leave: Leave, actor: Actor) -> None:
    data = {
        "leave": leave.pk,
        "from": leave.from_at.isoformat(),
        "until": leave.until_at.isoformat(),
    }
    record(kind, actor=actor, object_kind="person", object_id=leave.rep_id, data=data)
