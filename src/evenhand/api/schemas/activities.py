"""Contacts with the customer, and notes."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Moment, OneOf, StrictId, Text40, Text4000
from evenhand.leads.models import Activity
from evenhand.leads.work import EVIDENCE, OUTCOMES, SAID

_ALL_OUTCOMES = tuple(dict.fromkeys(one for each in OUTCOMES.values() for one in each))
Channel = Annotated[str, OneOf(tuple(OUTCOMES))]
Outcome = Annotated[str, OneOf(_ALL_OUTCOMES)]
Evidence = Annotated[str, OneOf(EVIDENCE)]


class ActivityIn(Body):
    """What was done with the customer."""

    channel: Channel
    outcome: Outcome
    evidence: Evidence = SAID
    seconds: int | None = Field(None, strict=True, ge=0, le=86_400)
    note: Text4000 = ""
    contact_id: StrictId | None = None
    at: Moment | None = Field(None, description="api-doc-at")
    entry_key: Text40 = ""


class ActivityOut(Schema):
    """A logged contact or note."""

    id: int
    at: datetime
    channel: str
    direction: str
    outcome: str
    evidence: str
    seconds: int | None
    note: str


def activity_out(row: Activity) -> ActivityOut:
    """An activity as it is shown."""
    return ActivityOut(**{name: getattr(row, name) for name in ActivityOut.model_fields})
