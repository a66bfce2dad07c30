"""Load (负荷): who carries how much, who has room, and caps by hand."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.workload import CapIn, LoadListing, LoadOut, LoadsOut, load_out
from evenhand.people.operations.caps import end_cap, set_cap
from evenhand.work.queries import LoadFilter, own_load, team_loads

router = Router(tags=["workload"])


@router.get(
    "/workload",
    response=LoadsOut,
    operation_id="workload_list",
    summary="api-op-workload-list",
    description="api-op-workload-list-text",
)
def list_loads(request: HttpRequest, wanted: Query[LoadListing]) -> LoadsOut:
    """Everybody at work within reach, overloaded first."""
    found = team_loads(actor_of(request), LoadFilter(team=wanted.team), timezone.now())
    return LoadsOut(items=[load_out(one) for one in found])


@router.get(
    "/workload/{rep_id}",
    response=LoadOut,
    operation_id="workload_get",
    summary="api-op-workload-get",
)
def get_load(request: HttpRequest, rep_id: Id) -> LoadOut:
    """One rep."""
    return load_out(own_load(actor_of(request), rep_id, timezone.now()))


@router.put(
    "/reps/{rep_id}/cap",
    response=LoadOut,
    operation_id="reps_set_cap",
    summary="api-op-reps-set-cap",
    description="api-op-reps-set-cap-text",
)
def put_cap(request: HttpRequest, rep_id: Id, wanted: CapIn) -> LoadOut:
    """Set a cap by hand; one set before ends."""
    actor = actor_of(request)
    set_cap(
        rep_id,
        open_items=wanted.open_items,
        until_date=wanted.until_date,
        note=wanted.note,
        actor=actor,
    )
    return load_out(own_load(actor, rep_id, timezone.now()))


@router.post(
    "/reps/{rep_id}/cap/end",
    response={200: LoadOut},
    operation_id="reps_end_cap",
    summary="api-op-reps-end-cap",
)
@idempotent
def drop_cap(request: HttpRequest, rep_id: Id) -> Status[LoadOut]:
    """End the cap by hand, if there is one."""
    actor = actor_of(request)
    end_cap(rep_id, actor=actor)
    return Status(200, load_out(own_load(actor, rep_id, timezone.now())))
