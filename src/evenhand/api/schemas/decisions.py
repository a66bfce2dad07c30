"""Receipts (分配依据), the stream of decisions, and what stands unassigned."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Id, Listing, Moment, Text40, Text80, Text120
from evenhand.api.schemas.shared import MICRO, Place, Why, receipt_url
from evenhand.routing.models import Receipt

Kind = Literal["lead", "account", "opportunity"]


class ReceiptRow(Schema):
    """One decision in short."""

    id: int
    receipt: str = Field(description="api-doc-receipt")
    at: datetime
    item_kind: str
    item_id: int | None
    line: str | None
    round: int
    outcome: str
    cause: str
    rule: str
    grade: str
    points: float = Field(description="api-doc-points")
    rep_id: int | None
    from_rep_id: int | None
    act: str = Field(description="api-doc-act")
    actor_id: int | None
    reason: str
    note: str


class SectionOut(Schema):
    """A part of a receipt in the reader's language."""

    key: str
    title: str
    lines: list[str]


class ReceiptOut(ReceiptRow):
    """One decision with its reasons."""

    sections: list[SectionOut]
    decision: dict[str, Any] | None = Field(description="api-doc-decision")
    not_explained: Why | None = Field(description="api-doc-not-explained")


class ReceiptsOut(Schema):
    """Decisions, newest first."""

    items: list[ReceiptRow]
    next: str | None = Field(None, description="api-doc-next")


class DecisionListing(Listing):
    """Which decisions are wanted."""

    line: Text80 = Field("", description="api-doc-line")
    rep: Id | None = None
    outcome: Text40 = ""
    act: Literal["", "assign", "transfer", "return", "void", "credit"] = ""
    rule: Text120 = ""
    grade: Text40 = ""
    kind: Literal["", "lead", "account", "opportunity"] = ""
    since: Moment | None = None
    until: Moment | None = None


class UnassignedListing(Listing):
    """What kind of unassigned items is wanted."""

    kind: Kind = "lead"


class UnassignedOut(Schema):
    """Unassigned items, the dearest and oldest first."""

    items: list[Place]
    next: str | None = Field(description="api-doc-next")


def receipt_row(row: Receipt) -> dict[str, Any]:
    """A decision in short, from a row with its line."""
    plain = {name: getattr(row, name) for name in _PLAIN}
    return {
        **plain,
        "line": None if row.line is None else row.line.key,
        "points": row.points / MICRO,
        "receipt": receipt_url(row.pk),
    }


_PLAIN = tuple(ReceiptRow.model_fields.keys() - {"line", "points", "receipt"})
