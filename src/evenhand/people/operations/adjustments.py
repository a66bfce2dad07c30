"""Temporary changes of a rep's weight: with an end, a note, and the name of who made them."""

from datetime import date, timedelta

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.access import rep_for
from evenhand.people.actor import Actor
from evenhand.people.clocks import zone_of_rep
from evenhand.people.models import Adjustment
from evenhand.people.operations.checks import CannotEdit, in_order, needed, within
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import one_transaction

LONGEST_DAYS = 366
FACTOR_MAX = 400  # hundredths


@one_transaction
def adjust(
    user_id: int, *, factor: int, from_date: date, until_date: date, note: str, actor: Actor
) -> Adjustment:
    """Multiply a rep's weight by a factor in hundredths, both days included; receipts name it.

    :raises NotAllowed, NotFound: as `access.rep_for`.
    :raises CannotEdit: no note, a factor beyond 4.00, days in the wrong order, an end in the past
        or more than a year away.
    """
    rep = rep_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
    within(factor, 0, FACTOR_MAX, "factor")
    in_order(from_date, until_date, "until_date")
    if until_date - from_date >= timedelta(days=LONGEST_DAYS):
        raise CannotEdit(
            reason("people.adjustment_too_long", limit=LONGEST_DAYS), field="until_date"
        )
    if until_date < now().astimezone(zone_of_rep(rep)).date():
        raise CannotEdit(reason("people.over_already"), field="until_date")
    note = needed(note, "note", longest=200)
    assert actor.user_id is not None, "only people have the right"
    made = Adjustment.objects.create(
        rep=rep,
        factor=factor,
        from_date=from_date,
        until_date=until_date,
        note=note,
        made_by_id=actor.user_id,
    )
    people_changed()
    data = {
        "adjustment": made.pk,
        "factor": factor,
        "from": from_date.isoformat(),
        "until": until_date.isoformat(),
        "note": note,
    }
    record("rep.adjusted", actor=actor, object_kind="person", object_id=rep.pk, data=data)
    return made


@one_transaction
def cancel_adjustment(adjustment_id: int, *, actor: Actor) -> bool:
    """End an adjustment now; whether it was still there. What it did so far stands.

    :raises NotAllowed, NotFound: the actor may not, or there is none within his reach.
    """
    demand(actor, Right.EDIT_PEOPLE)
    found = Adjustment.objects.select_for_update().filter(pk=adjustment_id).first()
    if found is None:
        raise NotFound("adjustment", adjustment_id)
    rep = rep_for(actor, found.rep_id, Right.EDIT_PEOPLE)
    if found.canceled_at is not None:
        return False
    found.canceled_at = now()
    found.save(update_fields=["canceled_at"])
    people_changed()
    record(
        "rep.adjustment_canceled",
        actor=actor,
        object_kind="person",
        object_id=rep.pk,
        data={"adjustment": found.pk, "note": found.note},
    )
    return True
