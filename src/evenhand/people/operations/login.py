"""Proving who one is by a password: the same answer and the same work for whoever is not let in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password

from evenhand.engine.reasons import reason
from evenhand.people.models import User
from evenhand.people.operations.incidents import note_failed_login
from evenhand.people.operations.throttle import TriedTooOften, password_limits, trying
from evenhand.platform.refusal import Refused

log = logging.getLogger(__name__)


class CannotLogIn(Refused):
    """The address, the password or the code is not right; which, nobody is told."""


def prove_password(email: str, password: str, *, address: str) -> User:
    """The active person with this mail address and password; `address` is the caller's network one.

    :raises CannotLogIn: there is nobody like that.
    :raises TriedTooOften: too many failures; nothing was looked at.
    """
    account = email.strip().lower()
    user = User.objects.select_related("rep").filter(email=account).first()
    user_id = None if user is None else user.pk
    with noted(user_id, "password", address=address), trying(password_limits(account, address)):
        if user is None:
            make_password(password)  # the work that a real account would have cost
        is_right = user is not None and user.check_password(password)
        if user is None or not is_right or not user.is_active:
            log.warning("login refused: person %s", "unknown" if user is None else user.pk)
            raise CannotLogIn(reason("login.wrong"), field="password")
    return user


def prove_again(user: User, password: str, *, address: str) -> None:
    """Whether it is still the person who logged in, before something that matters.

    :raises CannotLogIn: the password is wrong.
    :raises TriedTooOften: too many failures; nothing was looked at.
    """
    limits = password_limits(user.email, address)
    with noted(user.pk, "again", address=address), trying(limits):
        if not user.check_password(password):
            log.warning("password refused: person %s", user.pk)
            raise CannotLogIn(reason("login.wrong_password"), field="password")


@contextmanager
def noted(user_id: int | None, step: str, *, address: str) -> Iterator[None]:
    """Count it for the journal if the block lets somebody not in; `step`: password, code, again."""
    try:
        yield
    except CannotLogIn:
        note_failed_login(user_id, step, address=address)
        raise
    except TriedTooOften:
        note_failed_login(user_id, "wait", address=address)
        raise


def active_user(user_id: int) -> User | None:
    """Somebody who is half-way in, as he is now."""
    return User.objects.select_related("rep").filter(pk=user_id, is_active=True).first()
