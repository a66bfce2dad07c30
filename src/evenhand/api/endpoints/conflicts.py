"""The conflict check (撞单查询): is it free, and if not, whose is it?"""

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.conflicts import AskedOut, ConflictIn, ConflictOut, conflict_out
from evenhand.leads.operations.conflicts import ask_holder, check_conflict

router = Router(tags=["leads"])


@router.post(
    "/conflicts/check",
    response=ConflictOut,
    operation_id="conflicts_check",
    summary="api-op-conflicts-check",
    description="api-op-conflicts-check-text",
)
@idempotent
def check(request: HttpRequest, wanted: ConflictIn) -> Status[ConflictOut]:
    """Whether a phone, a mail address or a company is free."""
    return Status(200, conflict_out(check_conflict(wanted.q, actor=actor_of(request))))


@router.post(
    "/conflicts/ask",
    response=AskedOut,
    operation_id="conflicts_ask",
    summary="api-op-conflicts-ask",
    description="api-op-conflicts-ask-text",
)
@idempotent
def ask(request: HttpRequest, wanted: ConflictIn) -> Status[AskedOut]:
    """Tell whoever holds it that the caller would like to talk."""
    return Status(200, AskedOut(told=ask_holder(wanted.q, actor=actor_of(request))))
