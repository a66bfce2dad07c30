"""Who is calling."""

from django.http import HttpRequest
from ninja import Router

from evenhand.api.auth import actor_of
from evenhand.api.schemas.people import MeOut
from evenhand.api.schemas.shared import Person
from evenhand.people.names import user_names
from evenhand.people.scope import Right, may

router = Router(tags=["me"])


@router.get(
    "/me",
    response=MeOut,
    operation_id="me",
    summary="api-op-me",
    description="api-op-me-text",
)
def who_am_i(request: HttpRequest) -> MeOut:
    """The caller, and what he may do; a first call to try a token with."""
    actor = actor_of(request)
    user = None
    if actor.user_id is not None:
        user = Person(id=actor.user_id, name=user_names([actor.user_id]).get(actor.user_id, ""))
    scopes = actor.token_scopes
    return MeOut(
        kind=actor.kind.value,
        user=user,
        role=actor.role,
        scope=actor.scope,
        token_scopes=None if scopes is None else sorted(scopes),
        rights=sorted(right.value for right in Right if may(actor, right)),
        is_rep=actor.is_rep,
    )
