"""Opportunities: list, look at, open; acts by hand."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first
from evenhand.api.endpoints.by_hand import acts_on
from evenhand.api.errors import words_of
from evenhand.api.idempotency import idempotent
from evenhand.api.lines import line_id_of
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.leads import AssignIn, TransferIn
from evenhand.api.schemas.opportunities import (
    OpportunitiesOut,
    OpportunityIn,
    OpportunityListing,
    OpportunityOut,
    opportunity_out,
)
from evenhand.api.schemas.shared import Done, done
from evenhand.leads.masking import sees_contact_data
from evenhand.leads.operations.opportunities import create_opportunity
from evenhand.leads.queries.filters import OpportunityFilter
from evenhand.leads.queries.opportunities import opportunities_within, opportunity_facts
from evenhand.people.actor import Actor
from evenhand.routing.operations.give import assign, transfer
from evenhand.wording.catalogue import Words

router = Router(tags=["opportunities"])
KIND = "opportunity"
act = acts_on(router, "opportunities", KIND)


@router.get(
    "/opportunities",
    response=OpportunitiesOut,
    operation_id="opportunities_list",
    summary="api-op-opportunities-list",
)
def list_opportunities(request: HttpRequest, wanted: Query[OpportunityListing]) -> OpportunitiesOut:
    """A page of opportunities, newest first."""
    actor, words = actor_of(request), words_of(request)
    plain = wanted.model_dump(exclude={"limit", "cursor", "line", "account"})
    narrowed = OpportunityFilter(**plain, line=line_id_of(wanted.line), company=wanted.account)
    shown, following = newest_first(
        opportunities_within(actor, narrowed).select_related("owner__user", "line", "company"),
        cursor=wanted.cursor,
        limit=wanted.limit,
        of="opportunities",
    )
    items = [
        opportunity_out(one, words, sees_contact_data=sees_contact_data(actor, one))
        for one in shown
    ]
    return OpportunitiesOut(items=items, next=following)


@router.post(
    "/opportunities",
    response={201: OpportunityOut},
    operation_id="opportunities_create",
    summary="api-op-opportunities-create",
)
@idempotent
def open_one(request: HttpRequest, wanted: OpportunityIn) -> Status[OpportunityOut]:
    """Open an opportunity at an account."""
    actor = actor_of(request)
    row = create_opportunity(
        wanted.account_id,
        wanted.model_dump(exclude={"account_id", "contact_id"}),
        contact_id=wanted.contact_id,
        actor=actor,
    )
    return Status(201, _shown(actor, row.pk, words_of(request)))


@router.get(
    "/opportunities/{opportunity_id}",
    response=OpportunityOut,
    operation_id="opportunities_get",
    summary="api-op-opportunities-get",
)
def get_opportunity(request: HttpRequest, opportunity_id: Id) -> OpportunityOut:
    """One opportunity."""
    return _shown(actor_of(request), opportunity_id, words_of(request))


@act("assign")
def assign_opportunity(request: HttpRequest, opportunity_id: Id, wanted: AssignIn) -> Status[Done]:
    """Give an opportunity that nobody holds to a rep."""
    given = assign(KIND, opportunity_id, **wanted.dict(), actor=actor_of(request))
    return Status(200, done(given))


@act("transfer")
def transfer_opportunity(
    request: HttpRequest, opportunity_id: Id, wanted: TransferIn
) -> Status[Done]:
    """Move an opportunity to another rep."""
    given = transfer(KIND, opportunity_id, **wanted.dict(), actor=actor_of(request))
    return Status(200, done(given))


def _shown(actor: Actor, opportunity_id: int, words: Words) -> OpportunityOut:
    facts = opportunity_facts(actor, opportunity_id)
    return opportunity_out(facts.opportunity, words, sees_contact_data=facts.sees_contact_data)
