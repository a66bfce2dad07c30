"""Rebalances (负荷调整): proposed, looked at, edited, approved, undone."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.acts import act_of
from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first
from evenhand.api.errors import words_of
from evenhand.api.schemas.fields import Id, Listing
from evenhand.api.schemas.rebalance import (
    ApproveIn,
    EditIn,
    MoveListing,
    MoveOut,
    MovesOut,
    ProposeIn,
    RebalanceOut,
    RebalancesOut,
    move_out,
    rebalance_out,
)
from evenhand.people.scope import Right, demand
from evenhand.rebalance.access import rebalance_for, visible
from evenhand.rebalance.operations.approve import approve, undo
from evenhand.rebalance.operations.propose import drop, edit_move, propose

router = Router(tags=["rebalance"])

_act = act_of(router)


@router.get(
    "/rebalances",
    response=RebalancesOut,
    operation_id="rebalances_list",
    summary="api-op-rebalances-list",
)
def list_rebalances(request: HttpRequest, wanted: Query[Listing]) -> RebalancesOut:
    """Rebalances of people within reach."""
    actor = actor_of(request)
    demand(actor, Right.SEE_PEOPLE)
    rows = visible(actor)
    shown, following = newest_first(rows, cursor=wanted.cursor, limit=wanted.limit, of="rebalances")
    return RebalancesOut(items=[rebalance_out(one) for one in shown], next=following)


@router.get(
    "/rebalances/{rebalance_id}/moves",
    response=MovesOut,
    operation_id="rebalances_moves",
    summary="api-op-rebalances-moves",
)
def list_moves(request: HttpRequest, rebalance_id: Id, wanted: Query[MoveListing]) -> MovesOut:
    """The moves of a rebalance."""
    found = rebalance_for(actor_of(request), rebalance_id)
    rows = found.moves.all()
    rows = rows if wanted.state is None else rows.filter(state=wanted.state)
    of = f"rebalance:{rebalance_id}"
    shown, following = newest_first(rows, cursor=wanted.cursor, limit=wanted.limit, of=of)
    return MovesOut(items=[move_out(one, words_of(request)) for one in shown], next=following)


@_act("/rebalances", "rebalances_propose", {201: RebalanceOut})
def begin(request: HttpRequest, wanted: ProposeIn) -> Status[RebalanceOut]:
    """Propose the fewest moves after which nobody is over the cap."""
    return Status(201, rebalance_out(propose(wanted.team_id, actor=actor_of(request))))


@_act("/rebalances/{rebalance_id}/edit", "rebalances_edit", {200: MoveOut})
def edit(request: HttpRequest, rebalance_id: Id, wanted: EditIn) -> Status[MoveOut]:
    """Send an item to somebody else, or leave it."""
    row = edit_move(rebalance_id, wanted.move_id, to=wanted.to, actor=actor_of(request))
    return Status(200, move_out(row, words_of(request)))


@_act("/rebalances/{rebalance_id}/drop", "rebalances_drop", {200: RebalanceOut})
def let_go(request: HttpRequest, rebalance_id: Id) -> Status[RebalanceOut]:
    """Drop a proposal that nobody approved."""
    return Status(200, rebalance_out(drop(rebalance_id, actor=actor_of(request))))


@_act("/rebalances/{rebalance_id}/approve", "rebalances_approve", {202: RebalanceOut})
def say_yes(request: HttpRequest, rebalance_id: Id, wanted: ApproveIn) -> Status[RebalanceOut]:
    """Approve it: a job makes the moves."""
    row = approve(rebalance_id, leaving_out=wanted.leaving_out, actor=actor_of(request))
    return Status(202, rebalance_out(row))


@_act("/rebalances/{rebalance_id}/undo", "rebalances_undo", {202: RebalanceOut})
def take_back(request: HttpRequest, rebalance_id: Id) -> Status[RebalanceOut]:
    """Take the moves back within a day."""
    return Status(202, rebalance_out(undo(rebalance_id, actor=actor_of(request))))
