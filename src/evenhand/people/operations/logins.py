"""Ending every login of a colleague: a lost phone, a stolen password."""

from django.db import transaction
from django.utils import timezone

from evenhand.journal.operations import record
from evenhand.people.access import demand_for, user_for
from evenhand.people.actor import Actor
from evenhand.people.models import ApiToken, UserSession
from evenhand.people.operations.epoch import end_logins
from evenhand.people.scope import Right, demand


def end_all_logins(user_id: int, *, with_tokens: bool = False, actor: Actor) -> int:
    """End all logins of somebody, and his API tokens too if asked; how many logins there were.

    He comes in again by his password; tokens are gone for good.

    :raises NotAllowed, NotFound: as `access.user_for`; for who is more than a rep only by those who
        may give roles; tokens only by those who manage them.
    """
    if with_tokens:
        demand(actor, Right.MANAGE_TOKENS)
    with transaction.atomic():
        user = user_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
        demand_for(actor, user)
        count = UserSession.objects.filter(user_id=user.pk, epoch=user.epoch).count()
        end_logins(user.pk)
        data: dict[str, int | str] = {"count": count, "how": "by_colleague"}
        if with_tokens:
            tokens = ApiToken.objects.filter(user=user, revoked_at=None)
            data["tokens"] = tokens.update(revoked_at=timezone.now())
        record("login.ended", actor=actor, object_kind="person", object_id=user.pk, data=data)
    return count
