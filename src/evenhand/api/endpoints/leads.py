"""Leads: list, look at, change, log a contact; acts by hand."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.cursors import page, read_cursor
from evenhand.api.endpoints.by_hand import acts_on
from evenhand.api.errors import words_of
from evenhand.api.idempotency import idempotent
from evenhand.api.lines import line_id_of
from evenhand.api.schemas.activities import ActivityIn, ActivityOut, activity_out
from evenhand.api.schemas.fields import Id, changed
from evenhand.api.schemas.leads import (
    AssignIn,
    LeadEdit,
    LeadListing,
    LeadOut,
    LeadsOut,
    ReturnIn,
    TransferIn,
    VoidIn,
    lead_out,
)
from evenhand.api.schemas.shared import Done, done
from evenhand.leads.operations.activities import log_activity
from evenhand.leads.operations.editing import edit_lead
from evenhand.leads.operations.stages import set_stage
from evenhand.leads.queries.filters import LeadFilter
from evenhand.leads.queries.leads import lead_facts, leads_after
from evenhand.platform.transactions import in_transaction
from evenhand.routing.operations.give import assign, transfer
from evenhand.routing.operations.give_up import hand_back, void

router = Router(tags=["leads"])
KIND = "lead"
act = acts_on(router, "leads", KIND)


@router.get(
    "/leads",
    response=LeadsOut,
    operation_id="leads_list",
    summary="api-op-leads-list",
    description="api-op-leads-list-text",
)
def list_leads(request: HttpRequest, wanted: Query[LeadListing]) -> LeadsOut:
    """A page of leads, newest first."""
    plain = wanted.model_dump(exclude={"limit", "cursor", "line"})
    after = read_cursor(wanted.cursor, of="leads")
    rows = leads_after(
        actor_of(request),
        LeadFilter(**plain, line=line_id_of(wanted.line)),
        now=timezone.now(),
        below_id=after[0] if after else None,
        size=wanted.limit + 1,
    )
    shown, following = page(rows, wanted.limit, lambda lead: [lead.pk], of="leads")
    words = words_of(request)
    return LeadsOut(items=[lead_out(lead, words) for lead in shown], next=following)


@router.get(
    "/leads/{lead_id}",
    response=LeadOut,
    operation_id="leads_get",
    summary="api-op-leads-get",
)
def get_lead(request: HttpRequest, lead_id: Id) -> LeadOut:
    """One lead."""
    return lead_out(lead_facts(actor_of(request), lead_id).lead, words_of(request))


@router.patch(
    "/leads/{lead_id}",
    response=LeadOut,
    operation_id="leads_change",
    summary="api-op-leads-change",
    description="api-op-leads-change-text",
)
def change_lead(request: HttpRequest, lead_id: Id, wanted: LeadEdit) -> LeadOut:
    """Change fields, the stage, or both; all or nothing."""
    actor = actor_of(request)
    values = changed(wanted, numbers=("budget", "employees", "stage"))
    stage = values.pop("stage", None)

    def work() -> None:
        if values:
            edit_lead(lead_id, values, seen={}, actor=actor)
        if stage is not None:
            set_stage(lead_id, stage, actor=actor)

    in_transaction(work)
    return get_lead(request, lead_id)


@router.post(
    "/leads/{lead_id}/activities",
    response={201: ActivityOut},
    operation_id="leads_log",
    summary="api-op-leads-log",
    description="api-op-leads-log-text",
)
@idempotent
def log_contact(request: HttpRequest, lead_id: Id, said: ActivityIn) -> Status[ActivityOut]:
    """Log a contact with the customer, or a note."""
    found = log_activity(KIND, lead_id, **said.model_dump(), actor=actor_of(request))
    return Status(201, activity_out(found))


@act("assign")
def assign_lead(request: HttpRequest, lead_id: Id, wanted: AssignIn) -> Status[Done]:
    """Give a lead that nobody holds to a rep."""
    return Status(200, done(assign(KIND, lead_id, **wanted.dict(), actor=actor_of(request))))


@act("transfer")
def transfer_lead(request: HttpRequest, lead_id: Id, wanted: TransferIn) -> Status[Done]:
    """Move a lead to another rep."""
    return Status(200, done(transfer(KIND, lead_id, **wanted.dict(), actor=actor_of(request))))


@act("return")
def return_lead(request: HttpRequest, lead_id: Id, wanted: ReturnIn) -> Status[Done]:
    """Hand one's own lead back; it is dealt again at once."""
    return Status(200, done(hand_back(KIND, lead_id, **wanted.dict(), actor=actor_of(request))))


@act("void")
def void_lead(request: HttpRequest, lead_id: Id, wanted: VoidIn) -> Status[Done]:
    """A lead is invalid: every booking of it is reversed."""
    return Status(200, done(void(KIND, lead_id, **wanted.dict(), actor=actor_of(request))))
