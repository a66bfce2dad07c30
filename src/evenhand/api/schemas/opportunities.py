"""Opportunities (商机): possible sales with a value and a stage."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import (
    Body,
    Day,
    Id,
    Listing,
    Moment,
    Name200,
    OneOf,
    StrictId,
    Text40,
    Text80,
    Text4000,
)
from evenhand.api.schemas.shared import CompanyRef, Place, place_of
from evenhand.leads.masking import masked_text
from evenhand.leads.models import Opportunity
from evenhand.leads.money import as_typed
from evenhand.people.organization import CURRENCIES
from evenhand.wording.catalogue import Words

Currency = Annotated[str, OneOf(CURRENCIES)]


class OpportunityOut(Place):
    """An opportunity."""

    name: str
    stage: str
    value: str | None = Field(description="api-doc-value")
    currency: str
    close_on: date | None
    account: CompanyRef | None
    lead_id: int | None
    contact_id: int | None
    stage_at: datetime
    closed_at: datetime | None
    note: str


class OpportunitiesOut(Schema):
    """A page of opportunities, newest first."""

    items: list[OpportunityOut]
    next: str | None = Field(description="api-doc-next")


class OpportunityListing(Listing):
    """Which opportunities are wanted."""

    q: str = Field("", max_length=80, description="api-doc-q")
    state: Literal["all", "open", "queued", "owned", "pooled", "closed"] = "open"
    owner: Id | None = None
    team: Id | None = None
    line: Text80 = Field("", description="api-doc-line")
    grade: Text40 = ""
    stage: Literal["", "discovery", "proposal", "negotiation", "won", "lost"] = ""
    account: Id | None = None
    closing_until: Day | None = None
    since: Moment | None = None
    until: Moment | None = None


class OpportunityIn(Body):
    """A new opportunity at an account."""

    account_id: StrictId
    name: Name200
    value: Text40 = Field("", description="api-doc-value")
    currency: Currency
    close_on: Day | None = None
    contact_id: StrictId | None = None
    note: Text4000 = ""


def opportunity_out(row: Opportunity, words: Words, *, sees_contact_data: bool) -> OpportunityOut:
    """An opportunity as it is shown."""
    company = row.company
    return OpportunityOut(
        **place_of(row, words),
        name=row.name,
        stage=row.stage,
        value=None if row.value is None else as_typed(row.value, row.currency),
        currency=row.currency,
        close_on=row.close_on,
        account=None if company is None else CompanyRef(id=company.pk, name=company.name),
        lead_id=row.lead_id,
        contact_id=row.contact_id,
        stage_at=row.stage_at,
        closed_at=row.closed_at,
        note=row.note if sees_contact_data else masked_text(row.note),
    )
