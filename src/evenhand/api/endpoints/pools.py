"""Public pools (公海): look, claim, give back, move, assign out of."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.errors import words_of
from evenhand.api.idempotency import idempotent
from evenhand.api.limits import spend_claim
from evenhand.api.schemas.pools import (
    ClaimedOut,
    ClaimsOut,
    GiveBackIn,
    HandOutIn,
    ItemIn,
    ItemsIn,
    OfferListing,
    OfferOut,
    PoolsOut,
    PutIn,
    claimed_out,
    offered_out,
    pool_out,
)
from evenhand.api.schemas.shared import Done, done
from evenhand.platform.refusal import NotFound
from evenhand.pool.access import pools_of
from evenhand.pool.operations.claim import claim, claim_one
from evenhand.pool.operations.placing import give_back, hand_out, put_in
from evenhand.pool.queries import OfferFilter, limits_of, offer

router = Router(tags=["pools"])


@router.get(
    "/pools",
    response=PoolsOut,
    operation_id="pools_list",
    summary="api-op-pools-list",
    description="api-op-pools-list-text",
)
def list_pools(request: HttpRequest) -> PoolsOut:
    """Every pool that the caller sees, with where he stands in it."""
    actor, words = actor_of(request), words_of(request)
    seen = pools_of(actor)
    return PoolsOut(items=[pool_out(one, limits_of(actor, one), words) for one in seen])


@router.get(
    "/pools/items",
    response=OfferOut,
    operation_id="pools_items",
    summary="api-op-pools-items",
    description="api-op-pools-items-text",
)
def list_items(request: HttpRequest, wanted: Query[OfferListing]) -> OfferOut:
    """A page of what a pool offers."""
    actor, words = actor_of(request), words_of(request)
    for seen in pools_of(actor):
        if seen.name == wanted.pool and wanted.line in ("", seen.world.live.line_key):
            asked = OfferFilter(kind=wanted.kind, grade=wanted.grade, only_ready=wanted.only_ready)
            found = offer(actor, seen, filters=asked, page=wanted.page)
            return OfferOut(
                items=[offered_out(one, words) for one in found.items],
                total=found.total,
                page=found.number,
                pages=found.pages,
                choose_of=found.choose_of,
                hidden=sorted(found.hidden),
            )
    raise NotFound("pool", 0)


@router.post(
    "/pools/claim",
    response=ClaimedOut,
    operation_id="pools_claim",
    summary="api-op-pools-claim",
    description="api-op-pools-claim-text",
)
@idempotent
def claim_item(request: HttpRequest, wanted: ItemIn) -> Status[ClaimedOut]:
    """Claim one item; refused with 409."""
    actor = actor_of(request)
    spend_claim(actor)
    return Status(
        200, claimed_out(claim_one(wanted.kind, wanted.id, actor=actor), words_of(request))
    )


@router.post(
    "/pools/claims",
    response=ClaimsOut,
    operation_id="pools_claims",
    summary="api-op-pools-claims",
    description="api-op-pools-claims-text",
)
@idempotent
def claim_items(request: HttpRequest, wanted: ItemsIn) -> Status[ClaimsOut]:
    """Claim several items, each judged by itself."""
    actor, words = actor_of(request), words_of(request)
    spend_claim(actor)
    found = claim([(one.kind, one.id) for one in wanted.items], actor=actor)
    return Status(200, ClaimsOut(items=[claimed_out(one, words) for one in found]))


@router.post(
    "/pools/return",
    response=Done,
    operation_id="pools_return",
    summary="api-op-pools-return",
    description="api-op-pools-return-text",
)
@idempotent
def return_item(request: HttpRequest, wanted: GiveBackIn) -> Status[Done]:
    """The caller's own item goes to the pool that takes it by the rules."""
    told = {"reason": wanted.reason, "note": wanted.note}
    return Status(200, done(give_back(wanted.kind, wanted.id, **told, actor=actor_of(request))))


@router.post(
    "/pools/put",
    response=Done,
    operation_id="pools_put",
    summary="api-op-pools-put",
    description="api-op-pools-put-text",
)
@idempotent
def put_item(request: HttpRequest, wanted: PutIn) -> Status[Done]:
    """Put an item into a pool, or move it to another."""
    told = {"pool": wanted.pool, "reason": wanted.reason, "note": wanted.note}
    return Status(200, done(put_in(wanted.kind, wanted.id, **told, actor=actor_of(request))))


@router.post(
    "/pools/assign",
    response=Done,
    operation_id="pools_assign",
    summary="api-op-pools-assign",
    description="api-op-pools-assign-text",
)
@idempotent
def assign_item(request: HttpRequest, wanted: HandOutIn) -> Status[Done]:
    """Assign an item of a pool to a rep."""
    found = hand_out(
        wanted.kind,
        wanted.id,
        to=wanted.to,
        reason=wanted.reason,
        note=wanted.note,
        actor=actor_of(request),
    )
    return Status(200, done(found))
