"""Load (负荷): how much everybody carries and can carry, caps by hand, the weekly word."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Day, Id, Text200
from evenhand.api.schemas.shared import MICRO
from evenhand.work.queries import Load


class LoadOut(Schema):
    """How it stands with one rep; points are workload points, never lead points."""

    rep_id: int
    name: str
    team: str
    band: str = Field(description="api-doc-load-band")
    utilization: int | None = Field(description="api-doc-load-utilization")
    signs: list[str] = Field(description="api-doc-load-signs")
    points: float
    most_points: float
    open_items: int
    most_items: int
    most_by: str = Field(description="api-doc-load-most-by")
    room: int = Field(description="api-doc-load-room")
    word: str | None
    answer: str | None


class LoadsOut(Schema):
    """Everybody at work within reach."""

    items: list[LoadOut]


class LoadListing(Schema):
    """Whose load is wanted."""

    team: Id | None = None


class CapIn(Body):
    """A cap by hand: how many open items, until which day, and why."""

    open_items: Annotated[int, Field(ge=0, le=10_000, strict=True)]
    until_date: Day
    note: Text200


def load_out(one: Load) -> LoadOut:
    """A rep's load as programs see it."""
    said = one.word
    return LoadOut(
        rep_id=one.rep_id,
        name=one.name,
        team=one.team,
        band=one.band.value,
        utilization=one.utilization,
        signs=[sign.kind.value for sign in one.signs if sign.holds],
        points=one.carried.points / MICRO,
        most_points=one.cap_points / MICRO,
        open_items=one.carried.items,
        most_items=one.cap_items,
        most_by=one.explained.holds,
        room=one.room,
        word=None if said is None else said.word,
        answer=None if said is None else said.answer or None,
    )
