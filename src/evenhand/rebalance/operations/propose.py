"""Proposing a rebalance, editing its moves, and dropping it. Nobody's items move by this."""

from typing import Any

from evenhand.engine.workload.checking import check_moves
from evenhand.engine.workload.moves import Move, MoveFault, OpenItem
from evenhand.engine.workload.rebalance import propose_moves
from evenhand.journal.operations import record
from evenhand.people.access import team_for
from evenhand.people.actor import Actor
from evenhand.people.models import Team
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound
from evenhand.platform.rows import insert_rows
from evenhand.platform.transactions import in_transaction
from evenhand.rebalance.access import people_of, rebalance_for
from evenhand.rebalance.models import MoveState, Rebalance, RebalanceMove, RebalanceState
from evenhand.rebalance.names import item_of, key_of
from evenhand.rebalance.refusals import CannotRebalance, fault_reason, refuse
from evenhand.rebalance.sight import Sight, look

MOST_PEOPLE = 1_000


def propose(team_id: int | None = None, *, actor: Actor) -> Rebalance:
    """Look at a team and those below (None: everybody within reach) and propose the moves.

    Earlier proposals of the same person for the same team that nobody approved are dropped.

    :raises NotAllowed, NotFound: he may not transfer what others hold, or the team is out of reach.
    :raises CannotRebalance: nobody there receives items, or too many people.
    """
    demand(actor, Right.TRANSFER)
    demand(actor, Right.SEE_PEOPLE)
    assert actor.user_id is not None, "a person asks for it"
    by = actor.user_id

    def work() -> Rebalance:
        paths = None
        if team_id is not None:
            team = team_for(actor, team_id)
            below = Team.objects.filter(path__contains=[team.pk])
            paths = tuple(below.values_list("pk", flat=True))
        people = people_of(actor, paths)
        if not people:
            raise refuse("rebalance.nobody", field="team")
        if len(people) > MOST_PEOPLE:
            raise refuse("rebalance.too_many", field="team", limit=MOST_PEOPLE)
        sight = look([one.id for one in people])
        found = propose_moves(sight.carriers, sight.items)
        old = Rebalance.objects.filter(made_by_id=by, state=RebalanceState.PROPOSED)
        old = old.filter(team=None) if team_id is None else old.filter(team_id=team_id)
        old.update(state=RebalanceState.DROPPED)
        made = Rebalance.objects.create(
            team_id=team_id,
            made_by_id=by,
            bound=found.bound,
            loads=[[int(one.rep), one.cap, one.before, one.after] for one in found.loads],
        )
        items = {one.item: one for one in sight.items}
        insert_rows(
            "rebalance_move",
            _COLUMNS,
            [_row(move, items[move.item], sight) for move in found.moves],
            same={"rebalance_id": made.pk},
        )
        data = {"rebalance": made.pk, "moves": len(found.moves), "team": team_id}
        record(
            "rebalance.proposed",
            actor=actor,
            object_kind="rebalance",
            object_id=made.pk,
            data=data,
        )
        return made

    return in_transaction(work)


_COLUMNS = {
    "item_kind": "text",
    "item_id": "bigint",
    "assignment_id": "bigint",
    "from_rep_id": "bigint",
    "to_rep_id": "bigint",
    "receivers": "jsonb",
    "load": "bigint",
    "tasks": "int",
    "cost": "smallint",
    "why": "jsonb",
}


def _row(move: Move, item: OpenItem, sight: Sight) -> tuple[object, ...]:
    return (
        *item_of(move.item),
        sight.versions[move.item],
        int(move.from_rep),
        int(move.to_rep),
        sorted(int(one) for one in item.receivers - {move.from_rep}),
        move.load,
        item.tasks if item.items else 0,
        move.cost,
        _not_yet(sight, move.item, int(move.to_rep)),
    )


def _not_yet(sight: Sight, key: str, rep_id: int) -> Any:
    """Why a move waits for its receiver's hours, as a row holds it."""
    why = sight.takers.why_not_yet(key, rep_id)
    return None if why is None else why.as_json()


def edit_move(rebalance_id: int, move_id: int, *, to: int | None, actor: Actor) -> RebalanceMove:
    """Send an item to somebody else than proposed, or leave it where it is (None).

    :raises NotAllowed, NotFound: as `rebalance_for`; or no such move.
    :raises CannotRebalance: it is approved already, or he may not take it or has no room.
    """

    def work() -> RebalanceMove:
        found = _open(rebalance_id, actor)
        row = found.moves.filter(pk=move_id).first()
        if row is None:
            raise NotFound("rebalance_move", move_id)
        if to is None:
            row.state, row.why = MoveState.OUT, None
        else:
            row.state, row.to_rep_id = MoveState.PROPOSED, to
            row.why = _why_not_yet(found, row)
        row.save(update_fields=["state", "to_rep_id", "why"])
        data = {"rebalance": found.pk, "from": row.from_rep_id, "to": to}
        data |= {"item_kind": row.item_kind, "item": row.item_id}
        record(
            "rebalance.edited",
            actor=actor,
            object_kind="rebalance",
            object_id=found.pk,
            data=data,
        )
        return row

    return in_transaction(work)


def _why_not_yet(found: Rebalance, edited: RebalanceMove) -> Any:
    """Why an edited move waits for its receiver's hours, as a row holds it.

    :raises CannotRebalance: it cannot be made.
    """
    sight, listed = _look_again(found, edited)
    wrong = dict(listed)
    if edited.pk in wrong:
        raise CannotRebalance(fault_reason(wrong[edited.pk]), field=f"to_{edited.pk}")
    assert sight is not None, "there is a move: this one"
    return _not_yet(sight, key_of(edited.item_kind, edited.item_id), edited.to_rep_id)


def drop(rebalance_id: int, *, actor: Actor) -> Rebalance:
    """Drop a proposal.

    :raises NotAllowed, NotFound: as `rebalance_for`.
    :raises CannotRebalance: it is approved already.
    """

    def work() -> Rebalance:
        found = _open(rebalance_id, actor)
        found.state = RebalanceState.DROPPED
        found.save(update_fields=["state"])
        record(
            "rebalance.dropped",
            actor=actor,
            object_kind="rebalance",
            object_id=found.pk,
            data={"rebalance": found.pk},
        )
        return found

    return in_transaction(work)


def _open(rebalance_id: int, actor: Actor) -> Rebalance:
    found = rebalance_for(actor, rebalance_id, Right.TRANSFER, locked=True)
    if found.state != RebalanceState.PROPOSED:
        raise refuse("rebalance.not_open")
    return found


def faults(found: Rebalance) -> list[tuple[int, MoveFault]]:
    """The moves that cannot be made any more as things are now, by id, each with its fault.

    In the caller's transaction.
    """
    return _look_again(found)[1]


def _look_again(
    found: Rebalance, edited: RebalanceMove | None = None
) -> tuple[Sight | None, list[tuple[int, MoveFault]]]:
    """The team as it is now, and what is wrong with the moves; None where there is no move.

    `edited` is a move as it is about to be written.
    """
    rows = list(found.moves.filter(state=MoveState.PROPOSED))
    if edited is not None:
        rows = [one for one in rows if one.pk != edited.pk] + [edited]
    rows.sort(key=lambda one: one.pk)
    if not rows:
        return None, []
    named = {key_of(row.item_kind, row.item_id): row for row in rows}
    sight = look([one[0] for one in found.loads], also=named.keys())
    items = {one.item: one for one in sight.items}
    wrong = [
        (row.pk, MoveFault.OWNER_CHANGED)
        for key, row in named.items()
        if key not in items or sight.versions.get(key) != row.assignment_id
    ]
    gone = {pk for pk, _ in wrong}
    moves = {
        row.pk: Move(key, str(row.from_rep_id), str(row.to_rep_id), row.load, row.cost)
        for key, row in named.items()
        if row.pk not in gone
    }
    ids = {move: pk for pk, move in moves.items()}
    checked = check_moves(sight.carriers, sight.items, list(moves.values()))
    return sight, sorted({*wrong, *((ids[move], fault) for move, fault in checked)})
