"""Rights that end: every login of a person ends with the transaction that ended them."""

from django.db import connection
from django.db.models import F

from evenhand.people.models import User, UserSession


def end_logins(user_id: int, *, keep: str | None = None) -> int:
    """Raise somebody's epoch and end his logins, but for the session with the key `keep`.

    Belongs into the transaction of the act that takes rights away: a lower role, a smaller data
    scope, deactivation, a new password, a second factor that was reset. A login that is being made
    at this moment was told of the old epoch and ends at its next request. Returns the new epoch,
    which the kept session has to be told.
    """
    assert connection.in_atomic_block, "rights end together with the act that ends them"
    User.objects.filter(pk=user_id).update(epoch=F("epoch") + 1)
    UserSession.objects.filter(user_id=user_id).exclude(session_key=keep or "").delete()
    return User.objects.values_list("epoch", flat=True).get(pk=user_id)
