"""Recurring to-dos (重复待办): as programs see and send them."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import (
    Body,
    Day,
    Name200,
    OneOf,
    Params,
    StrictId,
    Text200,
    Text4000,
)
from evenhand.api.schemas.pools import Kind
from evenhand.api.schemas.shared import Person, person_of
from evenhand.tasks.models import Series, SeriesTo, Unit

_UNIT = OneOf(tuple(str(one) for one in Unit.values))
_TO = OneOf(tuple(str(one) for one in SeriesTo.values))
Weekdays = Annotated[list[Annotated[int, Field(strict=True, ge=1, le=7)]], Field(max_length=7)]


class SeriesOut(Schema):
    """One series."""

    id: int
    type: str
    title: str
    note: str
    unit: str
    every: int
    weekdays: list[int] = Field(description="api-doc-series-weekdays")
    from_on: date
    until_on: date | None
    to: str
    rep: Person | None
    kind: str | None
    item_id: int | None
    filter: dict[str, Any] | None = Field(description="api-doc-series-filter")
    is_on: bool
    edition: int = Field(description="api-doc-task-edition")
    created_at: datetime


class AllSeriesOut(Schema):
    """A page of series."""

    items: list[SeriesOut]
    total: int
    page: int
    has_next: bool


class _Series(Body):
    """What is said of a series when it is made and when it is changed."""

    every: Annotated[int, Field(strict=True, ge=1, le=366)] = 1
    weekdays: Weekdays = Field(default=[], description="api-doc-series-weekdays")
    until_on: Day | None = None
    to: Annotated[str, _TO] = "rules"
    rep_id: StrictId | None = None
    title: Text200 = ""
    note: Text4000 = ""


class SeriesMake(_Series):
    """A series that is to be made: for one thing, for a filter of a kind, or for nothing."""

    type: Name200
    unit: Annotated[str, _UNIT]
    from_on: Day
    kind: Kind | None = None
    item_id: StrictId | None = None
    filter: Params = Field(default={}, description="api-doc-series-filter")
    line: Text200 = ""


class SeriesChange(_Series):
    """What of a series is another from now on; what is left out stays."""

    unit: Annotated[str, _UNIT] = "week"
    from_on: Day | None = None
    edition: StrictId | None = None


class SeriesStop(Body):
    """Whether what is made and has not begun is canceled."""

    cancel_open: bool = True


def series_out(one: Series) -> SeriesOut:
    """A series as programs see it."""
    return SeriesOut(
        id=one.pk,
        type=one.type,
        title=one.title,
        note=one.note,
        unit=one.unit,
        every=one.every,
        weekdays=list(one.weekdays),
        from_on=one.from_on,
        until_on=one.until_on,
        to=one.to,
        rep=person_of(one.rep),
        kind=one.item_kind or None,
        item_id=one.item_id,
        filter=one.filter,
        is_on=one.is_on,
        edition=one.edition,
        created_at=one.created_at,
    )
