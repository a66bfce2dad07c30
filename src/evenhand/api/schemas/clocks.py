"""Clocks (时效): those over an item, more time, locks, and clocks that stand still."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Id, Moment, OneOf, StrictId, Text40, Text500
from evenhand.api.schemas.pools import ItemIn, Kind
from evenhand.api.schemas.shared import MICRO
from evenhand.engine.pool.touches import Sign
from evenhand.leads.models import Assignment
from evenhand.pool.models import Extension, Pause
from evenhand.pool.pauses import PAUSE_REASONS
from evenhand.routing.act_reasons import REASONS


class ClockOut(Schema):
    """One clock over an item."""

    clock: str
    state: str = Field(description="api-doc-clock-state")
    start: datetime
    due: datetime | None
    missed: list[str] = Field(description="api-doc-clock-missed")


class ClocksOut(Schema):
    """The clocks over an item that somebody holds, as they were worked out last."""

    rule: str
    due_at: datetime | None
    accepted_at: datetime | None
    locked_until: datetime | None
    clocks: list[ClockOut]


class ClocksOf(Schema):
    """Of which item the clocks are wanted."""

    kind: Kind
    id: int = Field(ge=1)


class DeclineIn(ItemIn):
    """What is declined, and why."""

    reason: Annotated[str, OneOf(REASONS["return"])]
    note: Text500 = ""


class ExtensionIn(ItemIn):
    """For which clock more time is wanted, and why."""

    clock: Text40
    reason: Annotated[str, OneOf(REASONS["extend"])]


class ExtensionOut(Schema):
    """A request for more time."""

    id: int
    kind: str
    item_id: int
    clock: str
    days: int
    minutes: int
    points: float = Field(description="api-doc-extension-points")
    reason: str
    asked_by: int | None
    asked_at: datetime
    is_granted: bool | None = Field(description="api-doc-extension-granted")


class ExtensionsOut(Schema):
    """Requests that wait for the caller."""

    items: list[ExtensionOut]


class GrantIn(Body):
    """What is decided about a request for more time."""

    is_granted: bool


class PauseIn(Body):
    """Whose clocks are to stop: everybody's, of one rep, or of one item from now on."""

    everybody: bool = Field(False, strict=True)
    rep_id: StrictId | None = None
    kind: Kind | None = None
    id: StrictId | None = None
    from_at: Moment | None = None
    until_at: Moment | None = None
    reason: Annotated[str, OneOf(PAUSE_REASONS)]


class PauseOut(Schema):
    """A time in which clocks stand still."""

    id: int
    scope: str = Field(description="api-doc-pause-scope")
    line: str | None = Field(description="api-doc-pause-line")
    rule: str
    rep_id: int | None
    kind: str | None
    item_id: int | None
    from_at: datetime
    until_at: datetime | None
    reason: str


class PausesOut(Schema):
    """Pauses that stand or lie ahead."""

    items: list[PauseOut]


def clocks_out(held: Assignment, lock: Pause | None) -> ClocksOut:
    """The clocks of what somebody holds as programs see them."""
    told: dict[str, Any] = held.clocks or {}
    return ClocksOut(
        rule=told.get("rule", ""),
        due_at=held.due_at,
        accepted_at=held.accepted_at,
        locked_until=None if lock is None else lock.until_at,
        clocks=[ClockOut(**{"due": None, **one}) for one in told.get("clocks", ())],
    )


def extension_out(row: Extension) -> ExtensionOut:
    """A request for more time as programs see it."""
    return ExtensionOut(
        id=row.pk,
        kind=row.assignment.item_kind,
        item_id=row.assignment.item_id,
        clock=row.clock,
        days=row.days,
        minutes=row.minutes,
        points=row.cost / MICRO,
        reason=row.reason,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
        is_granted=row.is_granted,
    )


def pause_out(row: Pause) -> PauseOut:
    """A pause as programs see it."""
    held = row.assignment
    return PauseOut(
        id=row.pk,
        scope=row.kind,
        line=None if row.line is None else row.line.key,
        rule=row.rule,
        rep_id=row.rep_id,
        kind=None if held is None else held.item_kind,
        item_id=None if held is None else held.item_id,
        from_at=row.from_at,
        until_at=row.until_at,
        reason=row.reason,
    )


class SuspectedListing(Schema):
    """Of how many days, and of which team, signs are wanted."""

    days: Annotated[int, Field(ge=1, le=90)] = 7
    team: Id | None = None


class TouchedOut(Schema):
    """An item that was logged on."""

    kind: str
    id: int


class SignOut(Schema):
    """Something that stands out in what one person logged: a question to ask, no verdict."""

    user_id: int
    sign: str = Field(description="api-doc-sign")
    from_at: datetime
    until_at: datetime
    items: list[TouchedOut]


class SuspectedOut(Schema):
    """Signs, the latest first."""

    items: list[SignOut]


def sign_out(one: Sign) -> SignOut:
    """A sign as programs see it."""
    return SignOut(
        user_id=one.user_id,
        sign=one.kind,
        from_at=one.from_at,
        until_at=one.until_at,
        items=[TouchedOut(kind=kind, id=item_id) for kind, item_id in one.items],
    )
