"""The fewest and cheapest moves after which nobody is over the cap: a proposal, never an act.

1. Each overloaded rep: the cheapest set of items that sheds the excess, exactly (`cover`).
2. Largest first into most room; where none is left, one item placed before makes room.
3. What found no place: the owner's next cheapest set among what still fits, and so on.
4. Small teams whose plan may not be the best are planned as a whole by `routing.batch` as well.

Only items of overloaded reps move, only to reps who may take them and have room; locked ones
never do. (reference: algorithms c)
"""

from collections.abc import Sequence

from evenhand.engine.routing.batch import Effort, GapItem, GapProblem, GapRep, solve_gap
from evenhand.engine.workload.cover import Piece, cheapest_cover
from evenhand.engine.workload.draft import Draft
from evenhand.engine.workload.moves import Carrier, OpenItem, Proposal
from evenhand.engine.workload.team import Team

# Up to so many pairs of item and rep a team is planned as a whole, with this effort.
WHOLE_TEAM_PAIRS = 30_000
WHOLE_TEAM_EFFORT = Effort(nodes=1, rounds=5, moves=100_000)


def propose_moves(
    carriers: Sequence[Carrier],
    items: Sequence[OpenItem],
    *,
    whole_team_pairs: int = WHOLE_TEAM_PAIRS,
) -> Proposal:
    """The cheapest moves found that leave nobody over the cap who can be helped.

    :param whole_team_pairs: up to how many pairs of item and rep step 4 is tried.
    :raises UnusableTeam: a rep or item stands twice, an owner is no carrier, a number is negative.
    """
    team = Team(carriers, items)
    bound, plan = _plan_by_rep(team)
    is_best = not plan.unplaced and plan.cost == bound
    pairs = len(plan.candidates) * len(carriers)
    if plan.candidates and not is_best and pairs <= whole_team_pairs:
        whole, proved = _plan_whole_team(team, plan.candidates)
        if whole.score() < plan.score():
            plan = whole
        bound = max(bound, proved)
    return plan.proposal(bound)


def _plan_by_rep(team: Team) -> tuple[int, Draft]:
    """Steps 1 to 3; and the bound: the cheapest covers, as if there were room for all."""
    overloaded = [rep for rep, room in enumerate(team.rooms) if room < 0]
    pieces = {rep: team.candidates(rep, team.rooms) for rep in overloaded}
    plan = Draft(team, [piece.number for rep in overloaded for piece in pieces[rep]])
    bound = 0
    chosen: list[Piece] = []
    for rep in overloaded:
        # Who cannot be brought down to the cap sheds all that can go.
        cover = cheapest_cover(pieces[rep], plan.needed(rep)) or pieces[rep]
        bound += sum(piece.cost for piece in cover)
        chosen += cover
    _place_all(plan, chosen)
    waiting = [rep for rep in overloaded if plan.needed(rep)]
    while waiting:
        rep = waiting.pop()
        left = [
            piece
            for piece in team.candidates(rep, plan.rooms)
            if piece.number not in plan.unplaced and piece.number not in plan.to_rep
        ]
        if left:
            _place_all(plan, cheapest_cover(left, plan.needed(rep)) or left)
            # Every round places something or gives something up: it ends.
            if plan.needed(rep):
                waiting.append(rep)
    plan.drop_needless()
    return bound, plan


def _place_all(plan: Draft, pieces: Sequence[Piece]) -> None:
    for piece in sorted(pieces, key=lambda piece: (-piece.load, piece.number)):
        if not plan.place(piece.number):
            plan.unplaced.add(piece.number)


def _plan_whole_team(team: Team, candidates: Sequence[int]) -> tuple[Draft, int]:
    """Stay or go, all at once, as a generalized assignment; with the bound that it proves."""
    going = [0] * len(team.carriers)
    rows: list[GapItem] = []
    for place in candidates:
        item = team.items[place]
        assert item.cost is not None, "locked items are no candidates"
        owner = team.number[item.owner]
        going[owner] += item.load
        values: list[int | None] = [None] * len(team.carriers)
        for rep in team.receivers(place):
            values[rep] = -item.cost
        values[owner] = 0
        rows.append(GapItem(tuple(values), item.load))
    # An owner keeps of his candidates what the cap leaves beside what cannot go.
    reps = [GapRep(max(0, room + load)) for room, load in zip(team.rooms, going, strict=True)]
    answer = solve_gap(GapProblem(tuple(rows), tuple(reps)), WHOLE_TEAM_EFFORT)
    plan = Draft(team, candidates)
    for place, to_rep in zip(candidates, answer.assignment, strict=True):
        if to_rep is not None and to_rep != team.number[team.items[place].owner]:
            plan.put(place, to_rep)
    proved = 0 if answer.overflow or answer.bound is None else -answer.bound
    return plan, proved
