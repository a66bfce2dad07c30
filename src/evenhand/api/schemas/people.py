"""The caller, reps, their switch and their leave."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Id, Listing, Moment, Text40, Text60, Text80
from evenhand.api.schemas.shared import Person
from evenhand.people.models import Rep


class MeOut(Schema):
    """Who is calling, and what he may do."""

    kind: str = Field(description="api-doc-kind")
    user: Person | None
    role: str
    scope: str
    token_scopes: list[str] | None
    rights: list[str]
    is_rep: bool


class RepOut(Schema):
    """Somebody who receives items."""

    id: int
    name: str
    team: str | None
    team_id: int | None
    level: str
    weight: int = Field(description="api-doc-weight")
    capacity: int | None
    regions: list[str]
    industries: list[str]
    products: list[str]
    skills: list[str]
    languages: list[str]
    is_active: bool
    is_accepting: bool
    open_items: int


class RepsOut(Schema):
    """A page of reps."""

    items: list[RepOut]
    next: str | None = Field(description="api-doc-next")


class RepListing(Listing):
    """Which reps are wanted."""

    q: Text80 = ""
    team: Id | None = None
    level: Text40 = ""
    active: bool | None = True


class AvailabilityIn(Body):
    """The accepting switch."""

    is_accepting: bool = Field(strict=True)


class LeaveIn(Body):
    """An absence; `until_at` is exclusive."""

    from_at: Moment
    until_at: Moment
    reason: Text60 = ""


class LeaveOut(Schema):
    """An absence as it was entered."""

    id: int
    rep_id: int
    from_at: datetime
    until_at: datetime
    reason: str


def rep_out(rep: Rep) -> RepOut:
    """A rep as he is shown, from a row with user, team and load."""
    plain = {name: getattr(rep, name) for name in _PLAIN}
    team = rep.user.team
    return RepOut(
        **plain,
        id=rep.pk,
        name=rep.user.name,
        team=None if team is None else team.name,
        team_id=rep.user.team_id,
        is_active=rep.is_active and rep.user.is_active,
        open_items=rep.load.open_count if hasattr(rep, "load") else 0,
    )


_PLAIN = tuple(
    RepOut.model_fields.keys() - {"id", "name", "team", "team_id", "is_active", "open_items"}
)
