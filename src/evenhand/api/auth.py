"""Who is calling: a program with a token, or a person's browser with a session.

A token is read from `Authorization: Bearer …` and nothing else; a session counts only together
with its CSRF token, so that no other site can write in somebody's name.
"""

from django.http import HttpRequest
from ninja.utils import check_csrf

from evenhand.api.errors import CHALLENGE, CSRF, UNAUTHENTICATED, ApiError
from evenhand.api.limits import spend_general, spend_search
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.operations.tokens import PREFIX, actor_for_token, digest_of
from evenhand.people.scope import actor_of as actor_of_user

_SAFE = ("GET", "HEAD", "OPTIONS")


def caller(request: HttpRequest) -> Actor:
    """Who is calling.

    :raises ApiError: nobody who may: 401, or 403 where the CSRF token is missing.
    """
    header = request.headers.get("Authorization", "")
    if header:
        kind, _, token = header.partition(" ")
        found = actor_for_token(token.strip()) if kind.lower() == "bearer" else None
        if found is None:
            raise nobody()
        return found
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        raise nobody()
    if request.method not in _SAFE and check_csrf(request) is not None:
        raise ApiError(CSRF)
    return actor_of_user(user)


def bearer_digest(request: HttpRequest) -> str:
    """The digest of the token that the request carries; "" = it carries none.

    :raises ApiError: 401 where there is something that is no token.
    """
    header = request.headers.get("Authorization", "")
    if not header:
        return ""
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token.strip().startswith(PREFIX):
        raise nobody()
    return digest_of(token.strip())


def authenticate(request: HttpRequest) -> Actor:
    """The caller of everything but the single intake, within the general limit.

    :raises ApiError: as `caller`; 429 where he calls or searches too often.
    """
    actor = caller(request)
    spend_general(actor)
    if request.GET.get("q"):
        spend_search(actor)
    return actor


def actor_of(request: HttpRequest) -> Actor:
    """Who is calling, as `authenticate` found."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def nobody() -> ApiError:
    """401: whoever calls is nobody we know."""
    return ApiError(UNAUTHENTICATED, headers={"WWW-Authenticate": CHALLENGE})
