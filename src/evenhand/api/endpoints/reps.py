"""Those who receive items: who they are, their switch, their leave."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.people import (
    AvailabilityIn,
    LeaveIn,
    LeaveOut,
    RepListing,
    RepOut,
    RepsOut,
    rep_out,
)
from evenhand.people.actor import Actor
from evenhand.people.operations.availability import set_accepting
from evenhand.people.operations.leave import enter_leave
from evenhand.people.queries.reps import RepFilter, reps
from evenhand.platform.refusal import NotFound

router = Router(tags=["people"])


@router.get("/reps", response=RepsOut, operation_id="reps_list", summary="api-op-reps-list")
def list_reps(request: HttpRequest, wanted: Query[RepListing]) -> RepsOut:
    """Reps within reach; their ids are what `to` and `collected_by` take."""
    narrowed = RepFilter(
        q=wanted.q, team_id=wanted.team, level=wanted.level, is_active=wanted.active
    )
    rows = reps(actor_of(request), narrowed).select_related("load")
    shown, following = newest_first(rows, cursor=wanted.cursor, limit=wanted.limit, of="reps")
    return RepsOut(items=[rep_out(one) for one in shown], next=following)


@router.get("/reps/{rep_id}", response=RepOut, operation_id="reps_get", summary="api-op-reps-get")
def get_rep(request: HttpRequest, rep_id: Id) -> RepOut:
    """One rep."""
    return _shown(actor_of(request), rep_id)


@router.put(
    "/reps/{rep_id}/availability",
    response=RepOut,
    operation_id="reps_set_availability",
    summary="api-op-reps-set-availability",
    description="api-op-reps-set-availability-text",
)
def set_availability(request: HttpRequest, rep_id: Id, wanted: AvailabilityIn) -> RepOut:
    """Turn the accepting switch of somebody."""
    actor = actor_of(request)
    set_accepting(wanted.is_accepting, rep_id=rep_id, actor=actor)
    return _shown(actor, rep_id)


@router.post(
    "/reps/{rep_id}/leave",
    response={201: LeaveOut},
    operation_id="reps_take_leave",
    summary="api-op-reps-take-leave",
    description="api-op-reps-take-leave-text",
)
@idempotent
def take_leave(request: HttpRequest, rep_id: Id, wanted: LeaveIn) -> Status[LeaveOut]:
    """Enter an absence of somebody."""
    row = enter_leave(
        rep_id,
        from_at=wanted.from_at,
        until_at=wanted.until_at,
        reason_text=wanted.reason,
        actor=actor_of(request),
    )
    plain = {name: getattr(row, name) for name in LeaveOut.model_fields}
    return Status(201, LeaveOut(**plain))


def _shown(actor: Actor, rep_id: int) -> RepOut:
    found = reps(actor, RepFilter()).select_related("load").filter(pk=rep_id).first()
    if found is None:
        raise NotFound("person", rep_id)
    return rep_out(found)
