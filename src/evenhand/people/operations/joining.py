"""Coming in by a link that works once: an invitation, a forgotten password, the demo company."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import owe, record
from evenhand.people.actor import SYSTEM
from evenhand.people.models import LinkKind, User
from evenhand.people.naming import name_key
from evenhand.people.operations.epoch import end_logins
from evenhand.people.operations.links import LIFETIMES, LinkUnusable, issue_link, use_link
from evenhand.people.operations.passwords import check_new_password
from evenhand.people.operations.revision import people_changed
from evenhand.people.operations.throttle import link_limits, spend
from evenhand.people.organization import organization, usual_locale
from evenhand.people.scope import actor_of
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import one_transaction


class NameMissing(Refused):
    """Nobody comes in without a name."""

    def __init__(self) -> None:
        super().__init__(reason("profile.name_missing"), field="name")


def mail_is_set_up() -> bool:
    """Whether links can be sent; without a mail server somebody copies them."""
    return bool(settings.EMAIL_HOST)


@one_transaction
def accept_invitation(token: str, name: str, password: str) -> User:
    """Use an invitation up: the person goes by this name and has a password from now on.

    :raises LinkUnusable: it was used, has expired, or is no invitation.
    :raises NameMissing, WeakPassword: nothing is used up.
    """
    if not name.strip():
        raise NameMissing
    user = _user_of(token, LinkKind.INVITE)
    user.name = name.strip()[:80]
    user.name_key = name_key(user.name)
    _set_password(user, password)
    people_changed()
    record("person.joined", actor=actor_of(user), object_kind="person", object_id=user.pk)
    return user


def reset_password(token: str, password: str) -> User:
    """Use a reset link up: a new password; every login of this person ends.

    :raises LinkUnusable: it was used, has expired, or is for something else.
    :raises WeakPassword: nothing is used up.
    """
    with transaction.atomic():
        user = _user_of(token, LinkKind.RESET)
        _set_password(user, password)
        record("password.reset", actor=actor_of(user), object_kind="person", object_id=user.pk)
    return user


def enter_demo(token: str) -> User:
    """Use a demo link up: whose login it is.

    :raises LinkUnusable: it was used, has expired, or this is no demo company any more.
    """
    with transaction.atomic():
        user = _user_of(token, LinkKind.DEMO)
        company = organization()
        if company is None or not company.is_demo:
            raise LinkUnusable
    return user


def ask_for_reset(email: str, *, address: str) -> None:
    """Send a reset link, if somebody active has this address; whether, nobody is told.

    :raises TriedTooOften: too many were asked for.
    """
    account = email.strip().lower()
    spend(link_limits(account, address))
    user = User.objects.filter(email=account, is_active=True).first()
    if user is not None and mail_is_set_up():
        with transaction.atomic():
            mail_link(LinkKind.RESET, issue_link(LinkKind.RESET, user=user, actor=SYSTEM), user)


def mail_link(kind: str, token: str, user: User) -> bool:
    """Owe the mail with a link, in the caller's transaction; False where links are copied."""
    return mail_links(kind, {token: user})


def mail_links(kind: str, links: Mapping[str, User]) -> bool:
    """The same for many people, by token."""
    if not mail_is_set_up():
        return False
    company = organization()
    name = "" if company is None else company.name
    usual = usual_locale(company)
    hours = int(LIFETIMES[kind].total_seconds() // 3600)
    mails = (
        {
            "to": user.email,
            "message": str(kind),
            "locale": user.locale or usual,
            "params": {
                "name": user.name,
                "company": name,
                "hours": hours,
                "link": address_of(token),
            },
        }
        for token, user in links.items()
    )
    owe("mail", *mails)
    return True


def address_of(token: str) -> str:
    """What is sent or copied."""
    return f"{settings.EVENHAND_URL}/link/{token}"


def _user_of(token: str, kind: str) -> User:
    link = use_link(token)
    if link.kind != kind or link.user is None:
        raise LinkUnusable
    return User.objects.select_for_update(no_key=True).get(pk=link.user.pk)


def _set_password(user: User, password: str) -> None:
    check_new_password(password, user)
    user.set_password(password)
    user.save(update_fields=["name", "name_key", "password"])
    user.epoch = end_logins(user.pk)
