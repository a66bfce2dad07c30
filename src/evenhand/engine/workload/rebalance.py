"""The fewest and cheapest moves after which nobody is over the cap: a proposal, never an act.

1. Each overloaded rep: the cheapest set of items that sheds the excess, exactly (`cover`).
2. Largest first into most room; where none is left, one item placed before makes room.
3. What found no place: the owner's next cheapest set among what still fits, and so on.
4. If that may not be the best: plans by prices (`bidding`), and owner by owner anew.
5. Small teams are planned as a whole by `routing.batch` as well. The best plan is proposed.

Only items of overloaded reps move, only to reps who may take them and have room, by load and by
number; locked ones never do. (reference: algorithms c)
"""

from collections.abc import Sequence

from evenhand.engine.routing.batch import Effort, GapItem, GapProblem, GapRep, solve_gap
from evenhand.engine.workload.bidding import plan_by_prices
from evenhand.engine.workload.cover import Piece, cheapest_cover
from evenhand.engine.workload.draft import Draft
from evenhand.engine.workload.moves import Carrier, OpenItem, Proposal
from evenhand.engine.workload.team import Team

# Up to so many pairs of item and rep a team is planned as a whole; the exact search, which takes
# most of the time, is for the smallest.
WHOLE_TEAM_PAIRS = 60_000
_EXACT_PAIRS = 2_000
_EXACT = Effort(nodes=1, rounds=5, moves=100_000)
_ROUNDED = Effort(nodes=0, rounds=10, moves=200_000)
# How many pairs the rounds of prices may weigh, and how often owners are planned anew.
_WEIGHED_PAIRS, _MOST_ROUNDS = 2_000_000, 40
_PASSES, _PASSES_OF_LARGE, _LARGE_PAIRS = 4, 1, 60_000


def propose_moves(
    carriers: Sequence[Carrier],
    items: Sequence[OpenItem],
    *,
    whole_team_pairs: int = WHOLE_TEAM_PAIRS,
) -> Proposal:
    """The cheapest moves found that leave nobody over the cap who can be helped.

    :param whole_team_pairs: up to how many pairs of item and rep step 5 is tried.
    :raises UnusableTeam: a rep or item stands twice, an owner is no carrier, a number is negative.
    """
    team = Team(carriers, items)
    bound, plan = _plan_by_rep(team)
    if not plan.candidates or (not plan.unplaced and plan.cost == bound):
        return plan.proposal(bound)
    pairs = sum(len(team.receivers(place)) for place in plan.candidates)
    passes = _PASSES if pairs <= _LARGE_PAIRS else _PASSES_OF_LARGE
    rounds = min(_MOST_ROUNDS, max(1, _WEIGHED_PAIRS // pairs))
    priced = plan_by_prices(team, plan.candidates, _place_more, rounds)
    plans = [_replanned(plan, passes), _replanned(priced, passes)]
    if len(plan.candidates) * len(carriers) <= whole_team_pairs:
        whole, proved = _plan_whole_team(team, plan.candidates)
        plans.append(_replanned(whole, passes))
        bound = max(bound, proved)
    return min(plans, key=Draft.score).proposal(bound)


def _plan_by_rep(team: Team) -> tuple[int, Draft]:
    """Steps 1 to 3; and the bound: the cheapest covers, as if there were room for all."""
    overloaded = [rep for rep, room in enumerate(team.rooms.points) if room < 0]
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
    _place_more(plan)
    return bound, plan


def _place_more(plan: Draft) -> None:
    """Step 3: who still has to shed gives away what fits; then what need not go stays."""
    waiting = [rep for rep, room in enumerate(plan.rooms.points) if room < 0]
    while waiting:
        rep = waiting.pop()
        left = [
            piece
            for piece in plan.team.candidates(rep, plan.rooms)
            if piece.number not in plan.unplaced and piece.number not in plan.to_rep
        ]
        if left:
            _place_all(plan, cheapest_cover(left, plan.needed(rep)) or left)
            # Every round places something or gives something up: it ends.
            if plan.needed(rep):
                waiting.append(rep)
    plan.drop_needless()


def _replanned(plan: Draft, passes: int) -> Draft:
    """Owner by owner: all his moves back, his cheapest set anew; kept where that is better."""
    for _ in range(passes):
        before = plan.score()
        for rep in plan.owners():
            trial = plan.copied()
            for place in plan.team.held[rep]:
                trial.take_back(place)
            fitting = plan.team.candidates(rep, trial.rooms)
            _place_all(trial, cheapest_cover(fitting, trial.needed(rep)) or fitting)
            trial.unplaced.clear()
            _place_more(trial)
            if trial.score() < plan.score():
                plan = trial
        if plan.score() == before:
            break
    return plan


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
    reps = [
        GapRep(max(0, room + load)) for room, load in zip(team.rooms.points, going, strict=True)
    ]
    is_small = len(rows) * len(reps) <= _EXACT_PAIRS
    answer = solve_gap(GapProblem(tuple(rows), tuple(reps)), _EXACT if is_small else _ROUNDED)
    plan = Draft(team, candidates)
    for place, to_rep in zip(candidates, answer.assignment, strict=True):
        item = team.items[place]
        # The numbers of items are no part of the assignment: what they forbid is placed anew.
        if to_rep not in (None, team.number[item.owner]) and plan.rooms.fits(to_rep, item):
            plan.put(place, to_rep)
    _place_more(plan)
    proved = 0 if answer.overflow or answer.bound is None else -answer.bound
    return plan, proved
