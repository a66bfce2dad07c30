"""Appeals against decisions: filed by whom they concern, decided by somebody else."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.appeals import (
    AppealIn,
    AppealListing,
    AppealOut,
    AppealsOut,
    DecideIn,
    appeal_out,
)
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.shared import MICRO
from evenhand.appeals.access import appeal_for, visible_appeals
from evenhand.appeals.operations.decide import reject, uphold
from evenhand.appeals.operations.file import file_appeal
from evenhand.appeals.operations.withdraw import withdraw
from evenhand.people.scope import NotAllowed, Right, may

router = Router(tags=["appeals"])


@router.get(
    "/appeals", response=AppealsOut, operation_id="appeals_list", summary="api-op-appeals-list"
)
def list_appeals(request: HttpRequest, wanted: Query[AppealListing]) -> AppealsOut:
    """One's own appeals, those of one's people, those one is to decide."""
    actor = actor_of(request)
    if not any(may(actor, one) for one in (Right.APPEAL, Right.SEE_DECISIONS)):
        raise NotAllowed(Right.SEE_DECISIONS)
    rows = visible_appeals(actor).prefetch_related("rulings")
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    if wanted.rep is not None:
        rows = rows.filter(person_id=wanted.rep)
    shown, following = newest_first(rows, cursor=wanted.cursor, limit=wanted.limit, of="appeals")
    return AppealsOut(items=[appeal_out(one) for one in shown], next=following)


@router.get(
    "/appeals/{appeal_id}",
    response=AppealOut,
    operation_id="appeals_get",
    summary="api-op-appeals-get",
)
def get_appeal(request: HttpRequest, appeal_id: Id) -> AppealOut:
    """One appeal with its answers."""
    return appeal_out(appeal_for(actor_of(request), appeal_id))


@router.post(
    "/appeals",
    response={201: AppealOut},
    operation_id="appeals_file",
    summary="api-op-appeals-file",
    description="api-op-appeals-file-text",
)
@idempotent
def file(request: HttpRequest, wanted: AppealIn) -> Status[AppealOut]:
    """Object to a decision."""
    row = file_appeal(
        wanted.item_kind,
        wanted.item_id,
        wanted.why,
        wanted.note,
        receipt_id=wanted.receipt_id,
        actor=actor_of(request),
    )
    return Status(201, appeal_out(row))


@router.post(
    "/appeals/{appeal_id}/decide",
    response=AppealOut,
    operation_id="appeals_decide",
    summary="api-op-appeals-decide",
    description="api-op-appeals-decide-text",
)
@idempotent
def decide(request: HttpRequest, appeal_id: Id, wanted: DecideIn) -> Status[AppealOut]:
    """Uphold an appeal with a credit, or reject it in words."""
    actor = actor_of(request)
    if wanted.is_upheld:
        points = None if wanted.points is None else round(wanted.points * MICRO)
        row = uphold(appeal_id, points=points, answer=wanted.answer, actor=actor)
    else:
        row = reject(appeal_id, answer=wanted.answer, actor=actor)
    return Status(200, appeal_out(row))


@router.post(
    "/appeals/{appeal_id}/withdraw",
    response=AppealOut,
    operation_id="appeals_withdraw",
    summary="api-op-appeals-withdraw",
)
@idempotent
def take_back(request: HttpRequest, appeal_id: Id) -> Status[AppealOut]:
    """Take one's own appeal back."""
    return Status(200, appeal_out(withdraw(appeal_id, actor=actor_of(request))))
