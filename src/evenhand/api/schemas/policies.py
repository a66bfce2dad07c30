"""Business lines, their policies, and the journal."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Id, Listing, Moment, Text20, Text60


class LineOut(Schema):
    """A business line (业务线)."""

    key: str
    name: str
    is_default: bool
    version: int | None
    label: str
    published_at: datetime | None


class LinesOut(Schema):
    """All active lines."""

    items: list[LineOut]


class PolicyOut(Schema):
    """The live policy of a line."""

    line: str
    version: int
    label: str
    note: str
    published_at: datetime | None
    review_on: date | None
    document: dict[str, Any]


class EventOut(Schema):
    """One entry of the journal (流水)."""

    id: int
    at: datetime
    kind: str
    actor_kind: str
    actor_id: int | None
    object_kind: str
    object_id: int | None
    data: dict[str, Any]


class EventsOut(Schema):
    """A page of the journal, newest first."""

    items: list[EventOut]
    next: str | None = Field(description="api-doc-next")


class EventListing(Listing):
    """Which entries are wanted."""

    kind: Text60 = ""
    actor_kind: Text20 = ""
    actor_id: Id | None = None
    object_kind: Text20 = ""
    object_id: Id | None = None
    since: Moment | None = None
    until: Moment | None = None
