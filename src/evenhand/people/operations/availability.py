"""The accepting switch (接单开关): a person's own "not now"."""

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.platform.refusal import Refused


class NoRep(Refused):
    """Who receives no items has no switch."""


@transaction.atomic
def set_accepting(is_accepting: bool, *, actor: Actor) -> bool:
    """Turn one's own switch; says whether that changed anything.

    :raises NoRep: the actor receives no items.
    """
    rep = Rep.objects.select_for_update().filter(pk=actor.user_id or 0, is_active=True).first()
    if rep is None:
        raise NoRep(reason("availability.no_rep"))
    if rep.is_accepting == is_accepting:
        return False
    rep.is_accepting = is_accepting
    rep.save(update_fields=["is_accepting"])
    people_changed()
    record(
        "person.switched_on" if is_accepting else "person.switched_off",
        actor=actor,
        object_kind="user",
        object_id=rep.pk,
    )
    return True
