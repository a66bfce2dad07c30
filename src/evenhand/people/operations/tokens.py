"""API tokens: 256 random bits, shown once, kept as a digest, scoped, with an end."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import ApiToken, User
from evenhand.people.scope import TOKEN_SCOPES, Right, actor_of, demand
from evenhand.platform.refusal import Refused
from evenhand.platform.row_objects import rows_of
from evenhand.platform.rows import array_of

PREFIX = "evh_"  # what scanners for leaked secrets look for
LONGEST_DAYS = 365
_SHOWN = 12  # letters kept to recognize a token
_SEEN_EVERY = timedelta(minutes=1)


class CannotIssue(Refused):
    """A token cannot be issued like this."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token; `secret` is shown now and never again."""

    token: ApiToken
    secret: str


def issue_token(name: str, scopes: Collection[str], *, days: int = 90, actor: Actor) -> Issued:
    """Issue a token with at most the rights of the person who issues it.

    :raises NotAllowed: the actor may not manage tokens.
    :raises CannotIssue: no or unknown scopes, no name, or a life that is too long.
    """
    demand(actor, Right.MANAGE_TOKENS)
    if not name.strip():
        raise CannotIssue(reason("token.name_missing"), field="name")
    if not scopes or not set(scopes) <= TOKEN_SCOPES.keys():
        choices = tuple(TOKEN_SCOPES)
        raise CannotIssue(reason("token.scopes_unknown", choices=choices), field="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise CannotIssue(reason("token.life_out_of_range", limit=LONGEST_DAYS), field="days")
    assert actor.user_id is not None, "only people have the right"
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            name=name.strip()[:80],
            prefix=secret[:_SHOWN],
            digest=digest_of(secret),
            scopes=sorted(set(scopes)),
            user_id=actor.user_id,
            expires_at=timezone.now() + timedelta(days=days),
        )
        data = {"scopes": token.scopes, "days": days}
        record("token.issued", actor=actor, object_kind="token", object_id=token.pk, data=data)
    return Issued(token, secret)


def revoke_token(token_id: int, *, actor: Actor) -> bool:
    """End a token at once; whether there was one that was still valid.

    :raises NotAllowed: the actor may not manage tokens.
    """
    demand(actor, Right.MANAGE_TOKENS)
    with transaction.atomic():
        rows = ApiToken.objects.filter(pk=token_id, revoked_at=None)
        if not rows.update(revoked_at=timezone.now()):
            return False
        record("token.revoked", actor=actor, object_kind="token", object_id=token_id)
    return True


def actor_for_token(secret: str) -> Actor | None:
    """Who calls with this token, with his rights as they are now; None = nobody who may.

    One statement, and now and then a second that notes when it was last used.
    """
    if not secret.startswith(PREFIX):
        return None
    digest = digest_of(secret)
    return actors_for_digests({digest}).get(digest)


def actors_for_digests(digests: Collection[str]) -> dict[str, Actor]:
    """Who calls with the tokens of these digests; those that nobody may use are left out."""
    now = timezone.now()
    found = {}
    for token, user in rows_of(_PARTS, _VALID, [array_of(sorted(digests), "text"), now]):
        _note_use(token, now)
        found[token.digest] = actor_of(user, token_id=token.pk, scopes=token.scopes)
    return found


_PARTS = (("t", ApiToken), ("p", User))
# Joined to the few that come: one plan suits any number of them.
_VALID = """
FROM unnest(%s::text[]) AS given JOIN api_token AS t ON t.digest = given
JOIN person AS p ON p.id = t.user_id
WHERE t.revoked_at IS NULL AND t.expires_at > %s AND p.is_active
"""


def digest_of(secret: str) -> str:
    """What is kept of a token."""
    return sha256(secret.encode()).hexdigest()


def tokens_of(user: User) -> list[ApiToken]:
    """A person's tokens, newest first."""
    return list(ApiToken.objects.filter(user=user).order_by("-pk"))


def all_tokens(*, actor: Actor) -> list[ApiToken]:
    """Everybody's tokens with whose they are, newest first.

    :raises NotAllowed: the actor may not manage tokens.
    """
    demand(actor, Right.MANAGE_TOKENS)
    return list(ApiToken.objects.select_related("user").order_by("-pk"))


def _note_use(token: ApiToken, now: datetime) -> None:
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _SEEN_EVERY)
    if token.last_used_at is None or token.last_used_at < now - _SEEN_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
