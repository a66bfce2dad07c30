"""Ending every login of a colleague: a lost phone, a stolen password."""

from django.db import transaction

from evenhand.journal.operations import record
from evenhand.people.access import demand_for, user_for
from evenhand.people.actor import Actor
from evenhand.people.models import UserSession
from evenhand.people.operations.epoch import end_logins
from evenhand.people.scope import Right


def end_all_logins(user_id: int, *, actor: Actor) -> int:
    """End all logins of somebody; how many there were. He comes in again by his password.

    :raises NotAllowed, NotFound: as `access.user_for`; for who is more than a rep only by those who
        may give roles.
    """
    with transaction.atomic():
        user = user_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
        demand_for(actor, user)
        count = UserSession.objects.filter(user_id=user.pk, epoch=user.epoch).count()
        end_logins(user.pk)
        data = {"count": count, "how": "by_colleague"}
        record("login.ended", actor=actor, object_kind="person", object_id=user.pk, data=data)
    return count
