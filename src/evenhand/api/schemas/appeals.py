"""Appeals (申诉): filed, decided, withdrawn."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.decisions import Kind
from evenhand.api.schemas.fields import Body, Id, Listing, OneOf, StrictId, Text500
from evenhand.api.schemas.shared import MICRO
from evenhand.appeals.models import Appeal, AppealState
from evenhand.appeals.rules import WHYS

State = Literal["open", "upheld", "rejected", "withdrawn"]


class RulingOut(Schema):
    """One answer to an appeal."""

    at: datetime
    by: int
    is_upheld: bool
    answer: str
    points: float = Field(description="api-doc-credited")


class AppealOut(Schema):
    """One objection to one decision."""

    id: int
    state: str
    rep_id: int
    item_kind: str
    item_id: int
    receipt_id: int
    rule: str
    why: str
    note: str
    facts: str = Field(description="api-doc-appeal-facts")
    filed_at: datetime
    due_at: datetime = Field(description="api-doc-appeal-due")
    decider_id: int | None = Field(description="api-doc-appeal-decider")
    closed_at: datetime | None
    points: float = Field(description="api-doc-credited")
    answers: list[RulingOut]


class AppealsOut(Schema):
    """Appeals, newest first."""

    items: list[AppealOut]
    next: str | None = Field(None, description="api-doc-next")


class AppealListing(Listing):
    """Which appeals are wanted."""

    state: State | None = None
    rep: Id | None = None


class AppealIn(Body):
    """An objection to a decision about an item."""

    item_kind: Kind
    item_id: StrictId
    why: Annotated[str, OneOf(WHYS)]
    note: Text500 = ""
    receipt_id: StrictId | None = None


class DecideIn(Body):
    """What is decided about an appeal."""

    is_upheld: bool
    answer: Text500 = ""
    points: float | None = Field(None, ge=0, le=1_000_000, description="api-doc-appeal-points")


def appeal_out(row: Appeal) -> AppealOut:
    """An appeal as programs see it; its rulings are read with it."""
    answers = [
        RulingOut(
            at=one.at,
            by=one.by_id,
            is_upheld=one.is_upheld,
            answer=one.answer,
            points=one.points / MICRO,
        )
        for one in row.rulings.all()
    ]
    return AppealOut(
        id=row.pk,
        state=AppealState(row.state).value,
        rep_id=row.person_id,
        item_kind=row.item_kind,
        item_id=row.item_id,
        receipt_id=row.receipt_id,
        rule=row.rule,
        why=row.why,
        note=row.note,
        facts=row.facts,
        filed_at=row.filed_at,
        due_at=row.due_at,
        decider_id=row.decider_id,
        closed_at=row.closed_at,
        points=row.credit / MICRO,
        answers=answers,
    )
