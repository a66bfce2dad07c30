"""The bench: people by level, and the next level proposed, decided by a person."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.ladder import (
    BenchListing,
    BenchOut,
    ProposalListing,
    ProposalOut,
    ProposalsOut,
    VerdictIn,
    person_out,
    proposal_out,
)
from evenhand.ladder.access import visible_proposals
from evenhand.ladder.operations.decide import accept, put_off
from evenhand.ladder.queries.bench import bench

router = Router(tags=["people"])


@router.get("/bench", response=BenchOut, operation_id="bench_get", summary="api-op-bench-get")
def get_bench(request: HttpRequest, wanted: Query[BenchListing]) -> BenchOut:
    """Everybody within reach, with what is there and what is missing for the next level."""
    found = bench(actor_of(request), timezone.now(), team=wanted.team)
    people = [one for one in found.people if wanted.level in (None, one.rep.level)]
    return BenchOut(items=[person_out(one) for one in people])


@router.get(
    "/graduations",
    response=ProposalsOut,
    operation_id="graduations_list",
    summary="api-op-graduations-list",
)
def list_proposals(request: HttpRequest, wanted: Query[ProposalListing]) -> ProposalsOut:
    """Proposals about people within reach."""
    rows = visible_proposals(actor_of(request))
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    shown, following = newest_first(
        rows, cursor=wanted.cursor, limit=wanted.limit, of="graduations"
    )
    return ProposalsOut(items=[proposal_out(one) for one in shown], next=following)


@router.post(
    "/graduations/{proposal_id}/decide",
    response=ProposalOut,
    operation_id="graduations_decide",
    summary="api-op-graduations-decide",
    description="api-op-graduations-decide-text",
)
@idempotent
def decide(request: HttpRequest, proposal_id: Id, wanted: VerdictIn) -> Status[ProposalOut]:
    """Give the next level, or say why not yet."""
    actor = actor_of(request)
    if wanted.is_accepted:
        return Status(200, proposal_out(accept(proposal_id, note=wanted.note, actor=actor)))
    return Status(200, proposal_out(put_off(proposal_id, note=wanted.note, actor=actor)))
