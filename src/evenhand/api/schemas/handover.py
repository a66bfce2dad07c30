"""Handing over: cover during a leave, and departures."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Listing, Moment, OneOf, StrictId, Text40
from evenhand.api.schemas.shared import MICRO
from evenhand.handover.models import AtDeadline, Back, Cover, Departure, DepartureLine
from evenhand.handover.operations.by_hand import LONGEST, MOST_COUNTED
from evenhand.handover.operations.cover import CLASS_KINDS, MOST_PER_DAY, MOST_RULES
from evenhand.handover.operations.departure import MOST_AT_ONCE


class ClassIn(Body):
    """A class of items and who looks after it."""

    kind: Annotated[str, OneOf(("", *CLASS_KINDS))] = Field("", description="api-doc-cover-any")
    grade: Text40 = ""
    touch: Literal["", "new", "live"] = Field("", description="api-doc-cover-touch")
    substitute: StrictId | None = Field(None, description="api-doc-cover-stays")


class CoverIn(Body):
    """Who looks after what during a leave."""

    leave_id: StrictId
    classes: list[ClassIn] = Field(max_length=MOST_RULES)
    comes_back: Annotated[str, OneOf(tuple(Back.values))] = Back.ALL.value
    back_per_day: int | None = Field(None, ge=1, le=MOST_PER_DAY, description="api-doc-cover-day")


class ClassOut(Schema):
    """A class of items and who looks after it."""

    kind: str
    grade: str
    touch: str
    substitute: int | None


class CoverOut(Schema):
    """The cover of one leave."""

    leave_id: int
    rep_id: int
    from_at: datetime
    until_at: datetime
    state: str
    comes_back: str
    back_per_day: int | None
    classes: list[ClassOut]


class CoversOut(Schema):
    """Covers that are not over."""

    items: list[CoverOut]


class DepartureIn(Body):
    """Who leaves, and until when everything is to be accepted."""

    rep_id: StrictId
    deadline: Moment
    at_deadline: Annotated[str, OneOf(tuple(AtDeadline.values))] = Field(
        AtDeadline.GIVE.value, description="api-doc-departure-then"
    )


class DepartureListing(Listing):
    """Which departures are wanted."""

    state: Literal["open", "done", "canceled"] | None = None


class DepartureOut(Schema):
    """A departure."""

    id: int
    rep_id: int
    state: str
    deadline: datetime
    at_deadline: str
    made_at: datetime
    closed_at: datetime | None


class DeparturesOut(Schema):
    """Departures, newest first."""

    items: list[DepartureOut]
    next: str | None = Field(None, description="api-doc-next")


class LineListing(Listing):
    """Which lines of a sheet are wanted."""

    state: Literal["open", "offered", "declined", "done", "dealt", "left", "gone"] | None = None


class DepartureLineOut(Schema):
    """One thing to hand over."""

    id: int
    kind: str = Field(description="api-doc-departure-kind")
    item_id: int
    title: str = Field(description="api-doc-departure-title")
    count: int | None = Field(description="api-doc-departure-count")
    points: float
    receiver_id: int | None
    state: str
    receipt_id: int | None
    settled_at: datetime | None


class DepartureLinesOut(Schema):
    """Lines of a sheet, newest first."""

    items: list[DepartureLineOut]
    next: str | None = Field(None, description="api-doc-next")


class OfferIn(Body):
    """Which lines are offered to whom; several people share evenly by points."""

    lines: list[StrictId] = Field(max_length=MOST_AT_ONCE)
    to: list[StrictId] = Field(max_length=50)


class LineIn(Body):
    """What is handed over in another system, and how many these are."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    count: Annotated[int, Field(ge=1, le=MOST_COUNTED, strict=True)] | None = None


class LinesIn(Body):
    """Which lines of the sheet."""

    lines: list[StrictId] = Field(max_length=MOST_AT_ONCE)


class AnswerIn(Body):
    """Which lines are accepted or declined."""

    lines: list[StrictId] = Field(max_length=MOST_AT_ONCE)
    accepts: bool


class Counted(Schema):
    """How many lines it was done to."""

    lines: int


def cover_out(row: Cover) -> CoverOut:
    """A cover as programs see it."""
    leave = row.leave
    return CoverOut(
        leave_id=leave.pk,
        rep_id=leave.rep_id,
        from_at=leave.from_at,
        until_at=leave.until_at,
        state=row.state,
        comes_back=row.comes_back,
        back_per_day=row.back_per_day,
        classes=[
            ClassOut(
                kind=one.item_kind,
                grade=one.grade,
                touch=one.touch,
                substitute=one.substitute_id,
            )
            for one in row.rules.order_by("position")
        ],
    )


def departure_out(row: Departure) -> DepartureOut:
    """A departure as programs see it."""
    return DepartureOut(
        id=row.pk,
        rep_id=row.rep_id,
        state=row.state,
        deadline=row.deadline,
        at_deadline=row.at_deadline,
        made_at=row.made_at,
        closed_at=row.closed_at,
    )


def line_out(row: DepartureLine) -> DepartureLineOut:
    """A line as programs see it."""
    return DepartureLineOut(
        id=row.pk,
        kind=row.kind,
        item_id=row.item_id,
        title=row.title,
        count=row.count,
        points=row.points / MICRO,
        receiver_id=row.receiver_id,
        state=row.state,
        receipt_id=row.receipt_id,
        settled_at=row.settled_at,
    )
