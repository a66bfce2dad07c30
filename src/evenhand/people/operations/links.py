"""Links that work once: into the demo, to set up a company, to accept an invitation, to reset.

A link is a random token, of which only the digest is stored; the address is `/link/<token>`.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from evenhand.engine.reasons import Reason, reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import LinkKind, OneTimeLink, Organization, User
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused

LIFETIMES: dict[str, timedelta] = {
    LinkKind.SET_UP: timedelta(days=7),
    LinkKind.INVITE: timedelta(days=7),
    LinkKind.RESET: timedelta(hours=24),
    LinkKind.DEMO: timedelta(hours=24),
}


class CannotIssueLink(Refused):
    """There is nobody to issue it for, or not in this kind of company."""


class LinkUnusable(Refused):
    """The link was used, has expired, or never was; which of them, nobody is told."""

    def __init__(self) -> None:
        super().__init__(reason("link.unusable"))


def issue_link(kind: str, *, user: User | None = None, actor: Actor) -> str:
    """Make a link and return its token, which is not to be had again.

    Links of the same kind for the same person that were not used yet end with it.

    :raises NotAllowed: the actor may not edit people.
    :raises CannotIssueLink: the person is deactivated, the demo link is not for a demo company, or
        the company is set up already.
    """
    demand(actor, Right.EDIT_PEOPLE)
    token = token_urlsafe(32)
    with transaction.atomic():
        why = _why_not(kind, user)
        if why is not None:
            raise CannotIssueLink(why)
        now = timezone.now()
        OneTimeLink.objects.filter(kind=kind, user=user, used_at=None).update(expires_at=now)
        OneTimeLink.objects.create(
            kind=kind,
            digest=digest_of(token),
            user=user,
            created_by_id=actor.user_id,
            expires_at=now + LIFETIMES[kind],
        )
        record(
            "link.issued",
            actor=actor,
            object_kind="person",
            object_id=None if user is None else user.pk,
            data={"kind": str(kind)},
        )
    return token


def find_link(token: str, *, now: datetime | None = None) -> OneTimeLink:
    """A link that could be used now, unchanged: for the page that asks whether to go on.

    :raises LinkUnusable: it cannot.
    """
    found = (
        OneTimeLink.objects.select_related("user")
        .filter(digest=digest_of(token), used_at=None, expires_at__gt=now or timezone.now())
        .first()
    )
    if found is None or (found.user is not None and not found.user.is_active):
        raise LinkUnusable
    return found


def use_link(token: str, *, now: datetime | None = None) -> OneTimeLink:
    """Use a link up, in the caller's transaction: of two at the same time one wins.

    :raises LinkUnusable: it cannot be used, or somebody was faster.
    """
    at = now or timezone.now()
    found = find_link(token, now=at)
    if not OneTimeLink.objects.filter(pk=found.pk, used_at=None).update(used_at=at):
        raise LinkUnusable
    return found


def digest_of(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def _why_not(kind: str, user: User | None) -> Reason | None:
    organization = Organization.objects.filter(pk=1).first()
    if kind == LinkKind.SET_UP:
        return None if organization is None else reason("link.set_up_already")
    if user is None or not user.is_active:
        return reason("link.nobody")
    if kind == LinkKind.DEMO and not (organization is not None and organization.is_demo):
        return reason("link.not_a_demo")
    return None
