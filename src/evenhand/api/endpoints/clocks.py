"""Clocks (时效): look at them, accept or decline, ask for more time, lock, stop and set going."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.acts import act_of
from evenhand.api.auth import actor_of
from evenhand.api.schemas.clocks import (
    ClocksOf,
    ClocksOut,
    DeclineIn,
    ExtensionIn,
    ExtensionOut,
    ExtensionsOut,
    GrantIn,
    PauseIn,
    PauseOut,
    PausesOut,
    SuspectedListing,
    SuspectedOut,
    clocks_out,
    extension_out,
    pause_out,
    sign_out,
)
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.pools import ItemIn
from evenhand.api.schemas.shared import Done, done
from evenhand.leads.access import item_for
from evenhand.leads.operations.accepting import accept
from evenhand.leads.queries.suspected import suspected
from evenhand.people.actor import Actor
from evenhand.pool.governing import open_assignment
from evenhand.pool.operations.declining import decline
from evenhand.pool.operations.extending import ask_extension, decide_extension
from evenhand.pool.operations.locking import lock_item, unlock_item
from evenhand.pool.operations.pausing import end_pause, freeze_all, pause_item, pause_rep
from evenhand.pool.pauses import locks_of, standing_pauses
from evenhand.pool.refusals import refuse
from evenhand.pool.requests import waiting_requests

router = Router(tags=["clocks"])

_act = act_of(router)


@router.get("/clocks", response=ClocksOut, operation_id="clocks_get", summary="api-op-clocks-get")
def get_clocks(request: HttpRequest, wanted: Query[ClocksOf]) -> ClocksOut:
    """The clocks over an item that somebody holds."""
    return _clocks(actor_of(request), wanted.kind, wanted.id)


@_act("/clocks/accept", "clocks_accept", {200: ClocksOut})
def accept_item(request: HttpRequest, wanted: ItemIn) -> Status[ClocksOut]:
    """Accept what one was given."""
    actor = actor_of(request)
    accept(wanted.kind, wanted.id, via="api", actor=actor)
    return Status(200, _clocks(actor, wanted.kind, wanted.id))


@_act("/clocks/decline", "clocks_decline", {200: Done})
def decline_item(request: HttpRequest, wanted: DeclineIn) -> Status[Done]:
    """Decline what one was asked to accept."""
    receipt_id = decline(
        wanted.kind, wanted.id, reason=wanted.reason, note=wanted.note, actor=actor_of(request)
    )
    return Status(200, done(receipt_id))


@_act("/clocks/lock", "clocks_lock", {200: ClocksOut})
def lock(request: HttpRequest, wanted: ItemIn) -> Status[ClocksOut]:
    """Lock an item of one's own."""
    actor = actor_of(request)
    lock_item(wanted.kind, wanted.id, actor=actor)
    return Status(200, _clocks(actor, wanted.kind, wanted.id))


@_act("/clocks/unlock", "clocks_unlock", {200: ClocksOut})
def unlock(request: HttpRequest, wanted: ItemIn) -> Status[ClocksOut]:
    """End a lock before its time."""
    actor = actor_of(request)
    unlock_item(wanted.kind, wanted.id, actor=actor)
    return Status(200, _clocks(actor, wanted.kind, wanted.id))


@router.get(
    "/extensions",
    response=ExtensionsOut,
    operation_id="extensions_list",
    summary="api-op-extensions-list",
)
def list_extensions(request: HttpRequest) -> ExtensionsOut:
    """Requests for more time that wait for the caller, at most two hundred."""
    rows = waiting_requests(actor_of(request))[:200]
    return ExtensionsOut(items=[extension_out(one) for one in rows])


@_act("/extensions", "extensions_ask", {201: ExtensionOut})
def ask(request: HttpRequest, wanted: ExtensionIn) -> Status[ExtensionOut]:
    """Ask for more time."""
    row = ask_extension(
        wanted.kind,
        wanted.id,
        clock=wanted.clock,
        reason=wanted.reason,
        actor=actor_of(request),
    )
    return Status(201, extension_out(row))


@_act("/extensions/{extension_id}/decide", "extensions_decide", {200: ExtensionOut})
def decide(request: HttpRequest, extension_id: Id, wanted: GrantIn) -> Status[ExtensionOut]:
    """Grant or refuse more time."""
    row = decide_extension(extension_id, is_granted=wanted.is_granted, actor=actor_of(request))
    return Status(200, extension_out(row))


@router.get("/pauses", response=PausesOut, operation_id="pauses_list", summary="api-op-pauses-list")
def list_pauses(request: HttpRequest) -> PausesOut:
    """Clocks that stand still now or will, at most two hundred."""
    rows = standing_pauses(actor_of(request), timezone.now())[:200]
    return PausesOut(items=[pause_out(one) for one in rows])


@_act("/pauses", "pauses_begin", {201: PauseOut})
def begin(request: HttpRequest, wanted: PauseIn) -> Status[PauseOut]:
    """Stop the clocks of the company, over a rep's items, or over one item."""
    actor = actor_of(request)
    if wanted.everybody:
        row = freeze_all(
            from_at=wanted.from_at or timezone.now(),
            until_at=wanted.until_at,
            reason=wanted.reason,
            actor=actor,
        )
    elif wanted.rep_id is not None:
        row = pause_rep(
            wanted.rep_id,
            from_at=wanted.from_at or timezone.now(),
            until_at=wanted.until_at,
            reason=wanted.reason,
            actor=actor,
        )
    elif wanted.kind is not None and wanted.id is not None:
        row = pause_item(
            wanted.kind, wanted.id, until_at=wanted.until_at, reason=wanted.reason, actor=actor
        )
    else:
        raise refuse("pause.nobody", field="rep_id")
    return Status(201, pause_out(row))


@_act("/pauses/{pause_id}/end", "pauses_end", {200: PausesOut})
def end(request: HttpRequest, pause_id: Id) -> Status[PausesOut]:
    """End a pause; what still stands."""
    actor = actor_of(request)
    end_pause(pause_id, actor=actor)
    rows = standing_pauses(actor, timezone.now())[:200]
    return Status(200, PausesOut(items=[pause_out(one) for one in rows]))


@router.get(
    "/suspected",
    response=SuspectedOut,
    operation_id="suspected_list",
    summary="api-op-suspected-list",
    description="api-op-suspected-list-text",
)
def list_suspected(request: HttpRequest, wanted: Query[SuspectedListing]) -> SuspectedOut:
    """What stands out in what people logged, the latest first, at most two hundred signs."""
    since = timezone.now() - timedelta(days=wanted.days)
    found = suspected(actor_of(request), since=since, team=wanted.team)
    return SuspectedOut(items=[sign_out(one) for one in found[:200]])


def _clocks(actor: Actor, kind: str, item_id: int) -> ClocksOut:
    item_for(actor, kind, item_id)
    held = open_assignment(kind, item_id)
    return clocks_out(held, locks_of(held).filter(until_at__gt=timezone.now()).first())
