"""Business lines and their policies."""

from datetime import date, datetime
from typing import Any

from ninja import Schema


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
