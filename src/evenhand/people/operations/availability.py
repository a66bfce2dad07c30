"""The accepting switch (接单开关): a person's own "not now"."""

from collections.abc import Collection

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.access import own_or_in_scope
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import one_transaction


class NoRep(Refused):
    """Who receives no items has no switch."""


@one_transaction
def set_accepting(is_accepting: bool, *, rep_id: int | None = None, actor: Actor) -> bool:
    """Turn one's own switch, or that of somebody in one's data scope; whether it is turned now.

    :raises NotAllowed, NotFound: as `access.own_or_in_scope`.
    :raises NoRep: the actor himself receives no items.
    """
    if rep_id is None and not (actor.is_rep and actor.user_id):
        raise NoRep(reason("availability.no_rep"))
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


def stop_accepting(rep_ids: Collection[int], *, actor: Actor) -> None:
    """Whoever let something lie receives nothing more until he turns his switch back on.

    For the program itself, by the rules; in the caller's transaction.
    """
    reps = Rep.objects.filter(pk__in=rep_ids, is_accepting=True).order_by("pk")
    stopped = list(reps.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    if not stopped:
        return
    Rep.objects.filter(pk__in=stopped).update(is_accepting=False)
    people_changed()
    for rep_id in stopped:
        record("person.switched_off", actor=actor, object_kind="person", object_id=rep_id)
