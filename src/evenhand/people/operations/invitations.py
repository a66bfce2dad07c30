"""Links for colleagues: an invitation for who never came in, else a new password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from evenhand.people.access import demand_for, user_for
from evenhand.people.actor import Actor
from evenhand.people.models import LinkKind, User
from evenhand.people.operations.joining import address_of, mail_link, mail_links
from evenhand.people.operations.links import LIFETIMES, issue_link, issue_links
from evenhand.people.scope import Right


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link to copy: it is shown now and never again."""

    user_id: int
    name: str
    email: str
    kind: str
    address: str
    lasts: timedelta
    is_mailed: bool


def invitation_for(user_id: int, *, actor: Actor) -> Invitation:
    """Make a link by which somebody comes in; earlier ones end with it. It is mailed if it can be.

    :raises NotAllowed, NotFound: as `access.user_for`; for who is more than a rep only by those who
        may give roles: whoever holds the link is that person.
    :raises CannotIssueLink: he is out of service.
    """
    with transaction.atomic():
        user = user_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
        demand_for(actor, user)
        kind = LinkKind.RESET if user.has_usable_password() else LinkKind.INVITE
        token = issue_link(kind, user=user, actor=actor)
        is_mailed = mail_link(kind, token, user)
    return _shown(user, kind, token, is_mailed)


def invitations_for(newcomers: Sequence[User], *, actor: Actor) -> tuple[Invitation, ...]:
    """Invite people who were just added and never came in, in a few statements for all.

    :raises NotAllowed, CannotIssueLink: as `invitation_for`.
    """
    with transaction.atomic():
        for user in newcomers:
            demand_for(actor, user)
        tokens = issue_links(LinkKind.INVITE, newcomers, actor=actor)
        is_mailed = mail_links(LinkKind.INVITE, dict(zip(tokens, newcomers, strict=True)))
    return tuple(
        _shown(user, LinkKind.INVITE, token, is_mailed)
        for user, token in zip(newcomers, tokens, strict=True)
    )


def _shown(user: User, kind: str, token: str, is_mailed: bool) -> Invitation:
    return Invitation(
        user_id=user.pk,
        name=user.name,
        email=user.email,
        kind=str(kind),
        address=address_of(token),
        lasts=LIFETIMES[kind],
        is_mailed=is_mailed,
    )
