"""Rebalances (负荷调整)."""

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Listing, StrictId
from evenhand.api.schemas.shared import MICRO, Why, why_of
from evenhand.rebalance.models import Rebalance, RebalanceMove
from evenhand.rebalance.queries import load_lines
from evenhand.wording.catalogue import Words


class ProposeIn(Body):
    """Whose load is to be put right."""

    team_id: StrictId | None = Field(None, description="api-doc-rebalance-team")


class ApproveIn(Body):
    """Whether moves that no longer hold are left out."""

    leaving_out: bool = Field(False, description="api-doc-rebalance-leaving-out")


class EditIn(Body):
    """Where an item goes instead."""

    move_id: StrictId
    to: StrictId | None = Field(None, description="api-doc-rebalance-to")


class RebalanceLoadOut(Schema):
    """What a rep carries before and after, in workload points."""

    rep_id: int
    cap: float
    before: float
    after: float


class RebalanceOut(Schema):
    """A rebalance."""

    id: int
    state: str
    team_id: int | None
    made_by: int
    made_at: datetime
    approved_at: datetime | None
    finished_at: datetime | None
    loads: list[RebalanceLoadOut]


class RebalancesOut(Schema):
    """Rebalances, newest first."""

    items: list[RebalanceOut]
    next: str | None = Field(None, description="api-doc-next")


class MoveListing(Listing):
    """Which moves are wanted."""

    state: Literal["proposed", "out", "done", "refused", "undone", "kept"] | None = None


class MoveOut(Schema):
    """One item from one rep to another."""

    id: int
    kind: str
    item_id: int
    from_rep: int
    to_rep: int
    receivers: list[int] = Field(description="api-doc-rebalance-receivers")
    load: float = Field(description="api-doc-rebalance-load")
    tasks: int = Field(description="api-doc-rebalance-tasks")
    cost: int = Field(description="api-doc-rebalance-cost")
    state: str
    reason: Why | None = Field(description="api-doc-rebalance-why")
    receipt_id: int | None


class MovesOut(Schema):
    """Moves, newest first."""

    items: list[MoveOut]
    next: str | None = Field(None, description="api-doc-next")


def rebalance_out(row: Rebalance) -> RebalanceOut:
    """A rebalance as programs see it."""
    return RebalanceOut(
        id=row.pk,
        state=row.state,
        team_id=row.team_id,
        made_by=row.made_by_id,
        made_at=row.made_at,
        approved_at=row.approved_at,
        finished_at=row.finished_at,
        loads=[
            RebalanceLoadOut(
                rep_id=one.rep_id,
                cap=one.cap / MICRO,
                before=one.before / MICRO,
                after=one.after / MICRO,
            )
            for one in load_lines(row)
        ],
    )


def move_out(row: RebalanceMove, words: Words) -> MoveOut:
    """A move as programs see it."""
    return MoveOut(
        id=row.pk,
        kind=row.item_kind,
        item_id=row.item_id,
        from_rep=row.from_rep_id,
        to_rep=row.to_rep_id,
        receivers=row.receivers,
        load=row.load / MICRO,
        tasks=row.tasks,
        cost=row.cost,
        state=row.state,
        reason=why_of(row.why, words),
        receipt_id=row.receipt_id,
    )
