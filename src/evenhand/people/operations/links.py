"""Links that work once: into the demo, to set up a company, to accept an invitation, to reset.

A link is a random token, of which only the digest is stored; the address is `/link/<token>`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from evenhand.engine.reasons import Reason, reason
from evenhand.journal.operations import record, record_many
from evenhand.people.actor import Actor
from evenhand.people.models import LinkKind, OneTimeLink, User
from evenhand.people.organization import organization
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
    with transaction.atomic():
        why = _why_not(kind, user)
        if why is not None:
            raise CannotIssueLink(why)
        OneTimeLink.objects.filter(kind=kind, user=user, used_at=None).update(
            expires_at=timezone.now()
        )
        link, token = _new_link(kind, user, actor)
        link.save()
        record(
            "link.issued",
            actor=actor,
            object_kind="person",
            object_id=None if user is None else user.pk,
            data={"kind": str(kind)},
        )
    return token


def issue_links(kind: str, users: Sequence[User], *, actor: Actor) -> list[str]:
    """The same for many people, in a few statements; their tokens in the order of the people.

    :raises NotAllowed, CannotIssueLink: as `issue_link`; then nobody has one.
    """
    demand(actor, Right.EDIT_PEOPLE)
    with transaction.atomic():
        for user in users:
            if (why := _why_not(kind, user)) is not None:
                raise CannotIssueLink(why)
        OneTimeLink.objects.filter(kind=kind, user__in=users, used_at=None).update(
            expires_at=timezone.now()
        )
        made = [_new_link(kind, user, actor) for user in users]
        OneTimeLink.objects.bulk_create((link for link, _ in made), batch_size=1_000)
        events = {user.pk: {"kind": str(kind)} for user in users}
        record_many("link.issued", actor=actor, object_kind="person", data=events)
    return [token for _, token in made]


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


def _new_link(kind: str, user: User | None, actor: Actor) -> tuple[OneTimeLink, str]:
    token = token_urlsafe(32)
    link = OneTimeLink(
        kind=kind,
        digest=digest_of(token),
        user=user,
        created_by_id=actor.user_id,
        expires_at=timezone.now() + LIFETIMES[kind],
    )
    return link, token


def _why_not(kind: str, user: User | None) -> Reason | None:
    if kind == LinkKind.SET_UP:
        return reason("link.set_up_already") if organization() is not None else None
    if user is None or not user.is_active:
        return reason("link.nobody")
    if kind == LinkKind.DEMO:
        company = organization()
        return None if company is not None and company.is_demo else reason("link.not_a_demo")
    return None
