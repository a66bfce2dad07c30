"""Choosing a password: what makes one good enough, and what ends when it changes."""

import logging
import re
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from evenhand.engine.reasons import Reason, reason
from evenhand.journal.operations import record
from evenhand.people.models import User
from evenhand.people.operations.epoch import end_logins
from evenhand.people.operations.login import prove_again
from evenhand.people.organization import organization
from evenhand.people.scope import actor_of
from evenhand.platform.breached import is_breached
from evenhand.platform.refusal import Refused

log = logging.getLogger(__name__)

LONGEST = 256  # letters; a sentence is welcome, a book is an attack
# What a guesser tries first here, with years and signs around it; the company's name besides.
KNOWN_WORDS = ("evenhand", "hengpai", "衡派", "password", "admin", "sales")
LEAST_BESIDES = 8  # letters that a password needs besides such words


class WeakPassword(Refused):
    """The password is not good enough; `reasons` holds everything that is wrong with it."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(reasons[0], field="password")
        self.reasons = tuple(reasons)


def check_new_password(password: str, user: User | None) -> None:
    """Whether somebody may choose this password; `user` with the name and address it may not be.

    :raises WeakPassword: it is too short, too common, was stolen elsewhere, or is what everybody
        knows about the person, the company or the product.
    """
    if len(password) > LONGEST:
        raise WeakPassword([reason("password.too_long", limit=LONGEST)])
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword([_reason_of(one) for one in error.error_list]) from error
    if _was_stolen(password):
        raise WeakPassword([reason("password.stolen")])
    if _is_made_of_known_words(password):
        raise WeakPassword([reason("password.too_known", limit=LEAST_BESIDES)])


def change_password(
    user: User, old: str, new: str, *, address: str, keep: str | None = None
) -> int:
    """Change one's own password; other logins end. Returns the new epoch.

    :raises CannotLogIn: the old one is wrong.
    :raises TriedTooOften: it was wrong too often.
    :raises WeakPassword: the new one is not good enough.
    """
    prove_again(user, old, address=address)
    check_new_password(new, user)
    with transaction.atomic():
        user.set_password(new)
        user.save(update_fields=["password"])
        user.epoch = end_logins(user.pk, keep=keep)
        record("password.changed", actor=actor_of(user), object_kind="person", object_id=user.pk)
    return user.epoch


def _was_stolen(password: str) -> bool:
    """Whether it stands in the list that the company gave; a list that went away stops nobody."""
    path = settings.BREACHED_PASSWORDS
    if path is None:
        return False
    try:
        return is_breached(password, path)
    except OSError as error:
        log.error("the list of stolen passwords cannot be read: %s", error.strerror)
        return False


def _is_made_of_known_words(password: str) -> bool:
    """Whether little is left without the words of the company and of the product."""
    company = organization()
    names = () if company is None else re.split(r"\W+", company.name.casefold())
    rest = password.casefold()
    for word in sorted({*KNOWN_WORDS, *filter(_is_word, names)}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < min(LEAST_BESIDES, len(password))


def _is_word(name: str) -> bool:
    return len(name) >= 2


def _reason_of(error: ValidationError) -> Reason:
    """Django words its advice itself, but not in every language."""
    match error.code:
        case "password_too_short":
            return reason("password.too_short", limit=int((error.params or {})["min_length"]))
        case "password_too_common":
            return reason("password.too_common")
        case _:
            return reason("password.too_similar")
