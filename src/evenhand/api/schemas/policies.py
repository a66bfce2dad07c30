"""Business lines and their policies."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Day, Name200, StrictId, Text2000
from evenhand.pool.reaching import Reach


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


class ReachOut(Schema):
    """How many items that people hold run under other rules than the live ones, by kind."""

    line: str
    version: int = Field(description="api-doc-reach-version")
    count: int
    leads: int
    accounts: int
    opportunities: int


class ReachIn(Body):
    """The version that was looked at."""

    version: StrictId


class ReachedOut(Schema):
    """Over how many items the live rules were put."""

    line: str
    version: int
    count: int


class SwitchIn(Body):
    """Which rule of clocks is switched off or on again, and what publishing asks for."""

    rule: Name200
    is_on: bool = Field(strict=True)
    note: Text2000
    expected: Text2000
    review_on: Day
    owner_id: StrictId | None = Field(None, description="api-doc-switch-owner")


class SwitchedOut(Schema):
    """Either a new version is live, or it waits for a second person."""

    line: str
    version: int | None = Field(description="api-doc-switch-version")
    request: int | None = Field(description="api-doc-switch-request")


def reach_out(line: str, found: Reach) -> ReachOut:
    """How far the live rules would reach back, as programs see it."""
    counts = dict(found.counts)
    return ReachOut(
        line=line,
        version=found.number,
        count=found.count,
        leads=counts.get("lead", 0),
        accounts=counts.get("account", 0),
        opportunities=counts.get("opportunity", 0),
    )
