"""Saying "I take it": the owner accepts what he was given. It changes nothing but what is known."""

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.leads.access import locked_item
from evenhand.leads.models import Assignment
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.platform.refusal import Refused


class CannotAccept(Refused):
    """It is not his, or not any more."""


def accept(kind: str, item_id: int, *, via: str, receipt_id: int = 0, actor: Actor) -> bool:
    """The owner accepts an item; whether he had not before.

    `receipt_id`: by which decision he thinks he has it; after another one it is too late.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotAccept: somebody else holds it, or he holds it by another decision.
    """
    with transaction.atomic():
        # Judged under its lock: a moment ago somebody may have given it to another.
        item = locked_item(actor, kind, item_id, Right.WORK)
        if item.owner_id != actor.user_id or receipt_id not in (0, item.receipt_id):
            raise CannotAccept(reason("act.not_yours", item=str(item_id)))
        known = Event.objects.filter(
            kind=f"{kind}.accepted", object_kind=kind, object_id=item_id, actor_id=actor.user_id
        )
        if item.assigned_at is not None:
            known = known.filter(at__gte=item.assigned_at)
        if known.exists():
            return False
        data = {"via": via, "receipt": item.receipt_id}
        record(f"{kind}.accepted", actor=actor, object_kind=kind, object_id=item_id, data=data)
        # The clock that waits for it is over; the others are worked out anew with it.
        Assignment.objects.filter(item_kind=kind, item_id=item_id, closed_at=None).update(
            accepted_at=now(), wound_at=None
        )
    return True
