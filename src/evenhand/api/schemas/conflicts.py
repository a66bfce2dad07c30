"""The conflict check (撞单查询)."""

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Name200
from evenhand.leads.operations.conflicts import Answer


class ConflictIn(Body):
    """What is asked for: a phone number, a mail address or the name of a company."""

    q: Name200


class FindingOut(Schema):
    """Something that is there already, as far as the caller may know it."""

    standing: str = Field(description="api-doc-conflict-standing")
    kind: str
    item_id: int | None = Field(description="api-doc-conflict-item")
    company: str
    owner: str
    team: str
    owner_by: str = Field(description="api-doc-conflict-owner-by")
    is_likely: bool = Field(description="api-doc-conflict-likely")


class ConflictOut(Schema):
    """How what was asked for stands."""

    asked_by: str
    standing: str = Field(description="api-doc-conflict-standing")
    findings: list[FindingOut]


class AskedOut(Schema):
    """How many people were told."""

    told: int


def conflict_out(answer: Answer) -> ConflictOut:
    """An answer as programs see it."""
    return ConflictOut(
        asked_by=answer.by.value,
        standing=answer.standing.value,
        findings=[
            FindingOut(
                standing=one.standing.value,
                kind=one.kind.value,
                item_id=one.item_id,
                company=one.name,
                owner=one.holder,
                team=one.team,
                owner_by=one.way,
                is_likely=one.is_likely,
            )
            for one in answer.findings
        ],
    )
