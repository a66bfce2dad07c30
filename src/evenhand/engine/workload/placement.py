"""Where the items of a proposal go best: the same moves at the same cost, to better receivers.

`propose_moves` only asks for room. Here each item and receiver has a misfit (a chance lost, a
road too long), and the batch solver finds the receivers that make the sum small. (algorithms b)
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from evenhand.engine.routing.batch import Effort, GapItem, GapProblem, GapRep, solve_gap
from evenhand.engine.workload.checking import check_moves
from evenhand.engine.workload.moves import Carrier, Move, OpenItem, Proposal, RepLoad

PLACEMENT_EFFORT = Effort(nodes=20, rounds=20, moves=1_000_000)


def place_by_fit(
    proposal: Proposal,
    carriers: Sequence[Carrier],
    items: Sequence[OpenItem],
    misfit: Callable[[str, str], int],
    *,
    effort: Effort = PLACEMENT_EFFORT,
) -> Proposal:
    """The proposal with the least sum of misfits found; never more than it has already.

    Which items go, what that costs, and what is left over stay as they are.

    :param misfit: of an item with a rep, both by name; any integers, small is good.
    :raises KeyError: a move is of an item or to a rep that is not given.
    """
    if not proposal.moves:
        return proposal
    eligible = {item.item: item.receivers for item in items}
    rooms = _rooms(proposal, {carrier.rep for carrier in carriers})
    reps = tuple(rooms)
    rows = []
    for move in proposal.moves:
        may = [rep in eligible[move.item] and rooms[rep] >= move.load for rep in reps]
        values = [
            -misfit(move.item, rep) if ok else None for rep, ok in zip(reps, may, strict=True)
        ]
        rows.append(GapItem(tuple(values), move.load))
    problem = GapProblem(tuple(rows), tuple(GapRep(room) for room in rooms.values()))
    answer = solve_gap(problem, effort)
    before = sum(misfit(move.item, move.to_rep) for move in proposal.moves)
    if answer.overflow or -answer.objective >= before:
        return proposal
    moves = tuple(
        replace(move, to_rep=reps[to_rep])
        for move, to_rep in zip(proposal.moves, answer.assignment, strict=True)
        if to_rep is not None
    )
    if check_moves(carriers, items, moves):
        return proposal  # by load it fits, by number it does not
    return replace(proposal, moves=moves, loads=_loads_after(proposal, moves))


def _rooms(proposal: Proposal, carriers: set[str]) -> dict[str, int]:
    """What each receiver has room for once the proposed moves are taken back."""
    rooms = {load.rep: load.cap - load.before for load in proposal.loads if load.rep in carriers}
    return {rep: room for rep, room in rooms.items() if room > 0}


def _loads_after(proposal: Proposal, moves: Sequence[Move]) -> tuple[RepLoad, ...]:
    change = dict.fromkeys((load.rep for load in proposal.loads), 0)
    for move in moves:
        change[move.from_rep] -= move.load
        change[move.to_rep] += move.load
    return tuple(replace(load, after=load.before + change[load.rep]) for load in proposal.loads)
