"""The accepting switch (接单开关): a person's own "not now"."""

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.access import own_or_in_scope
from evenhand.people.actor import Actor
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused


class NoRep(Refused):
    """Who receives no items has no switch."""


def set_accepting(is_accepting: bool, *, rep_id: int | None = None, actor: Actor) -> bool:
    """Turn one's own switch, or that of somebody in one's data scope; whether it is turned now.

    :raises NotAllowed, NotFound: as `access.own_or_in_scope`.
    :raises NoRep: the actor himself receives no items.
    """
    if rep_id is None and not (actor.is_rep and actor.user_id):
        raise NoRep(reason("availability.no_rep"))
    with transaction.atomic():
        rep = own_or_in_scope(actor, rep_id or actor.user_id or 0, Right.EDIT_LEAVE, locked=True)
        if rep.is_accepting == is_accepting:
            return False
        rep.is_accepting = is_accepting
        rep.save(update_fields=["is_accepting"])
        people_changed()
        record(
            "person.switched_on" if is_accepting else "person.switched_off",
            actor=actor,
            object_kind="person",
            object_id=rep.pk,
        )
    return True
