"""The bench (人才梯队): how people stand on the ladder, and proposals of a next level."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Id, Listing, Text500
from evenhand.ladder.models import Proposal
from evenhand.ladder.queries.bench import Person
from evenhand.ladder.queries.needs import Asked, needs_of

_MILLION = 1_000_000


class NeedOut(Schema):
    """One thing that the next level asks."""

    need: str
    found: float = Field(description="api-doc-ladder-found")
    asked: float
    is_met: bool


class PersonOut(Schema):
    """Somebody on the bench."""

    rep_id: int
    name: str
    team: str
    level: str
    next_level: str
    ramp_percent: int | None = Field(description="api-doc-ladder-ramp")
    days_at_level: int | None
    outcomes: int | None = Field(description="api-doc-ladder-outcomes")
    expected: float | None = Field(description="api-doc-ladder-expected")
    needs: list[NeedOut]
    is_ready: bool
    mentor_id: int | None
    mentees: int
    room: int | None = Field(description="api-doc-ladder-room")
    credit: float = Field(description="api-doc-ladder-credit")
    counted_at: datetime | None


class BenchOut(Schema):
    """Everybody within reach, the highest level first."""

    items: list[PersonOut]


class BenchListing(Schema):
    """Which people are wanted."""

    team: Id | None = None
    level: str | None = None


class ProposalOut(Schema):
    """A next level that was proposed."""

    id: int
    rep_id: int
    from_level: str
    to_level: str
    state: str
    needs: list[NeedOut]
    made_at: datetime
    decided_at: datetime | None
    decided_by: int | None
    note: str
    again_on: date | None = Field(description="api-doc-ladder-again")


class ProposalsOut(Schema):
    """Proposals, newest first."""

    items: list[ProposalOut]
    next: str | None = Field(None, description="api-doc-next")


class ProposalListing(Listing):
    """Which proposals are wanted."""

    state: Literal["open", "accepted", "put_off", "lapsed"] | None = None


class VerdictIn(Body):
    """The next level, or not yet and why."""

    is_accepted: Annotated[bool, Field(strict=True)]
    note: Text500 = Field("", description="api-doc-ladder-note")


def person_out(one: Person) -> PersonOut:
    """Somebody as programs read him."""
    rep, standing = one.rep, one.standing
    return PersonOut(
        rep_id=rep.pk,
        name=rep.user.name,
        team=rep.user.team.name if rep.user.team else "",
        level=rep.level,
        next_level=one.next_level,
        ramp_percent=None if one.ramp is None else one.ramp.percent,
        days_at_level=None if standing is None else standing.days,
        outcomes=None if standing is None else standing.outcomes,
        expected=None if standing is None else standing.expected / _MILLION,
        needs=_needs(one.needs),
        is_ready=one.is_ready,
        mentor_id=rep.mentor_id,
        mentees=one.mentees,
        room=one.room,
        credit=one.credit / 100,
        counted_at=None if standing is None else standing.at,
    )


def proposal_out(one: Proposal) -> ProposalOut:
    """A proposal as programs read it."""
    names = ("id", "rep_id", "from_level", "to_level", "state", "made_at", "decided_at", "note")
    return ProposalOut(
        **{name: getattr(one, name) for name in names},
        needs=_needs(needs_of(one.evidence)),
        decided_by=one.decided_by_id,
        again_on=one.again_on,
    )


def _needs(needs: Sequence[Asked]) -> list[NeedOut]:
    return [
        NeedOut(
            need=one.key,
            found=one.found if one.key == "days" else one.found / _MILLION,
            asked=one.asked if one.key == "days" else one.asked / _MILLION,
            is_met=one.is_met,
        )
        for one in needs
    ]
