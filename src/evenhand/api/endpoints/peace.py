"""The customer's peace (客户安宁), and leads and accounts that are given up."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.clocks import ClocksOf
from evenhand.api.schemas.peace import LostIn, LostOut, PeaceIn, PeaceOut, peace_out
from evenhand.engine.pool.peace import standing_of
from evenhand.leads.access import item_for
from evenhand.leads.operations.closing import lose_account, lose_lead
from evenhand.leads.operations.peace import leave_in_peace
from evenhand.leads.peace import life_of
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone
from evenhand.policies.live import live_now

router = Router(tags=["leads"])


@router.get("/peace", response=PeaceOut, operation_id="peace_get", summary="api-op-peace-get")
def get_peace(request: HttpRequest, wanted: Query[ClocksOf]) -> PeaceOut:
    """How much of a customer's patience is used."""
    return _peace(actor_of(request), wanted.kind, wanted.id)


@router.post(
    "/peace",
    response=PeaceOut,
    operation_id="peace_set",
    summary="api-op-peace-set",
    description="api-op-peace-set-text",
)
@idempotent
def set_peace(request: HttpRequest, wanted: PeaceIn) -> Status[PeaceOut]:
    """Note that a customer is not to be contacted, or lift it."""
    actor = actor_of(request)
    leave_in_peace(wanted.kind, wanted.id, is_left=wanted.is_left, actor=actor)
    return Status(200, _peace(actor, wanted.kind, wanted.id))


@router.post(
    "/lost",
    response=LostOut,
    operation_id="lost_set",
    summary="api-op-lost-set",
    description="api-op-lost-set-text",
)
@idempotent
def lose(request: HttpRequest, wanted: LostIn) -> Status[LostOut]:
    """Close a lead or an account as lost, with the day on which it comes back."""
    actor = actor_of(request)
    if wanted.kind == "lead":
        lose_lead(wanted.id, why=wanted.reason, revive_on=wanted.revive_on, actor=actor)
    else:
        lose_account(wanted.id, why=wanted.reason, revive_on=wanted.revive_on, actor=actor)
    return Status(200, LostOut(**wanted.model_dump()))


def _peace(actor: Actor, kind: str, item_id: int) -> PeaceOut:
    item = item_for(actor, kind, item_id)
    live, life = live_now(item.line_id), life_of(kind, item)
    terms = None if live is None else live.pools.peace
    return peace_out(life, standing_of(life, terms, timezone.localtime(timezone=company_zone())))
