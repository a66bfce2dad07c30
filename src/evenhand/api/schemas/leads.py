"""Leads: as they come in, as they are shown, and what can be done with them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import (
    Body,
    Id,
    Listing,
    Moment,
    OneOf,
    StrictId,
    Text3,
    Text20,
    Text40,
    Text60,
    Text80,
    Text120,
    Text200,
    Text254,
    Text500,
    Text4000,
)
from evenhand.api.schemas.shared import Person, Place, Why, place_of
from evenhand.leads.models import Lead
from evenhand.routing.act_reasons import REASONS
from evenhand.wording.catalogue import Words

AssignReason = Annotated[str, OneOf(REASONS["assign"])]
TransferReason = Annotated[str, OneOf(REASONS["transfer"])]
ReturnReason = Annotated[str, OneOf(REASONS["return"])]
VoidReason = Annotated[str, OneOf(REASONS["void"])]


class TakenInOut(Schema):
    """What became of a lead: who has it and why, or why nobody has it yet."""

    lead_id: int
    state: str = Field(description="api-doc-state")
    owner: Person | None
    grade: str
    points: float = Field(description="api-doc-points")
    receipt_id: int | None
    receipt: str | None = Field(description="api-doc-receipt")
    reason: Why | None = Field(description="api-doc-reason")
    duplicate_of: int | None = Field(description="api-doc-duplicate-of")
    attached_to: int | None = Field(description="api-doc-attached-to")
    known_by: list[str] = Field(description="api-doc-known-by")


class RowFailed(Schema):
    """Why a row of a bulk could not be used."""

    code: str
    message: str
    fields: list[dict[str, str]]
    remedy: str


class RowOut(Schema):
    """One row of a bulk: `lead` or `error`."""

    index: int = Field(description="api-doc-index")
    lead: TakenInOut | None = None
    error: RowFailed | None = None


class BulkOut(Schema):
    """What became of a bulk, row by row in its order."""

    accepted: int
    refused: int
    rows: list[RowOut]


class LeadOut(Place):
    """A lead. Phone, mail and note are masked where the caller may not see them."""

    stage: str
    name: str
    title: str
    company_name: str
    company_id: int | None
    phone: str
    email: str
    region: str
    region_said: str = Field(description="api-doc-region-said")
    region_confidence: str = Field(description="api-doc-region-confidence")
    industry: str
    product: str
    source: str
    campaign: str
    size: str
    language: str
    skill: str
    budget: int | None
    currency: str
    employees: int | None
    note: str
    extra: dict[str, Any]
    external_id: str
    via: str
    contact_due_at: datetime | None
    contacted_at: datetime | None
    active_at: datetime | None
    closed_at: datetime | None
    close_reason: str


class LeadsOut(Schema):
    """A page of leads, newest first."""

    items: list[LeadOut]
    next: str | None = Field(description="api-doc-next")


class LeadListing(Listing):
    """Which leads are wanted."""

    q: str = Field("", max_length=80, description="api-doc-q")
    state: Literal["all", "open", "queued", "owned", "pooled", "merged", "rejected", "closed"] = (
        "open"
    )
    stage: Literal["", "new", "contacted", "qualified", "converted", "lost"] = ""
    owner: Id | None = None
    team: Id | None = None
    line: str = Field("", max_length=80)
    grade: str = Field("", max_length=40)
    region: str = Field("", max_length=120)
    industry: str = Field("", max_length=60)
    source: str = Field("", max_length=60)
    due: Literal["", "due", "overdue"] = ""
    reason: str = Field("", max_length=80)
    since: Moment | None = None
    until: Moment | None = None


class LeadEdit(Body):
    """Fields to change; what is left out stays, null empties."""

    name: Text120 | None = None
    title: Text120 | None = None
    company_name: Text200 | None = None
    phone: Text40 | None = None
    email: Text254 | None = None
    region: Text120 | None = None
    industry: Text60 | None = None
    product: Text80 | None = None
    size: Text40 | None = None
    language: Text20 | None = None
    skill: Text60 | None = None
    budget: int | None = Field(None, strict=True, ge=0, le=10**12)
    currency: Text3 | None = None
    employees: int | None = Field(None, strict=True, ge=0, le=2**31 - 1)
    note: Text4000 | None = None
    stage: Literal["new", "contacted", "qualified"] | None = None


class AssignIn(Body):
    """Give an item that nobody holds to a rep."""

    to: StrictId = Field(description="api-doc-to")
    reason: AssignReason
    note: Text500 = ""


class TransferIn(Body):
    """Move an item to another rep."""

    to: StrictId = Field(description="api-doc-to")
    reason: TransferReason
    note: Text500 = ""


class ReturnIn(Body):
    """Hand one's own item back."""

    reason: ReturnReason
    note: Text500 = ""


class VoidIn(Body):
    """An item is invalid: its bookings are reversed."""

    reason: VoidReason
    note: Text500 = ""


def lead_out(lead: Lead, words: Words) -> LeadOut:
    """A lead as it is shown; masks have been laid on it before."""
    plain = {name: getattr(lead, name) for name in _PLAIN}
    return LeadOut(**place_of(lead, words), **plain)


_PLAIN = tuple(LeadOut.model_fields.keys() - Place.model_fields.keys())
