"""Make a whole plan better by small steps, until none of them helps.

Three neighbourhoods: shift one unit; exchange two between two reps; a chain of two, where one
unit makes room for another and goes on to a third rep. The overflow counts as a rep, so that an
exchange with it replaces an item left out and a chain from it makes room for one. A step is taken
if it leaves out fewer items, or equally many and fewer points are short, or both are equal and
the value rises: never otherwise, so that the search ends.
"""

from collections.abc import Callable

import numpy as np

from evenhand.engine.routing.batch.draft import Draft, Step
from evenhand.engine.routing.batch.insert import insert_left_out
from evenhand.engine.routing.batch.moves import (
    PAIRS_MOST,
    Moves,
    joined,
    joined_count,
    list_moves,
    near_options,
    ranked,
)
from evenhand.engine.routing.batch.options import IntArray, Options
from evenhand.engine.routing.batch.prices import Prices, reduced_values

PASSES_MOST = 60
NEAR_MOST = 150_000  # options looked at; beyond, the best few of each class
GROUP_MOST = 32  # moves combined per pair of reps, or per rep in chains


def improve_units(
    options: Options, prices: Prices, units: IntArray, stop: Callable[[], bool]
) -> tuple[IntArray, int]:
    """A plan at least as good as `units`, and how many moves and pairs of moves were weighed.

    `units` must respect the upper bounds; so does the answer.
    """
    draft = Draft(options, units)
    near = near_options(options, reduced_values(options, prices, prices.left_out), NEAR_MOST)
    for _ in range(PASSES_MOST):
        taken = 0
        for neighbourhood in (_shifts, _exchanges, _chains):
            if stop():
                return draft.units, draft.weighed
            moves = list_moves(options, draft.units, prices, near)
            taken += draft.take_all(neighbourhood(options, draft, moves))
        if not taken and not insert_left_out(draft, prices):
            break
    return draft.units, draft.weighed


def _shifts(options: Options, draft: Draft, moves: Moves) -> list[Step]:
    given = [(moves.givers, -moves.given), (moves.takers, moves.taken)]
    left_out = _out(options, moves)
    places = _helpful(options, draft, given, left_out, moves.gains)
    return [
        ((o, t),)
        for o, t in zip(moves.origins[places].tolist(), moves.targets[places].tolist(), strict=True)
    ]


def _exchanges(options: Options, draft: Draft, moves: Moves) -> list[Step]:
    reps = options.rep_count + 1
    keys = moves.givers * reps + moves.takers
    order, ranks = ranked(keys, moves.merits)
    for most in (GROUP_MOST, GROUP_MOST // 2, GROUP_MOST // 4):
        kept = order[ranks < most]
        there = kept[moves.givers[kept] < moves.takers[kept]]
        back = kept[moves.givers[kept] > moves.takers[kept]]
        # The way back from b to a stands under the key of a to b.
        back_keys = moves.takers[back] * reps + moves.givers[back]
        by_key = np.argsort(back_keys, kind="stable")
        back, back_keys = back[by_key], back_keys[by_key]
        if joined_count(keys[there], back_keys) <= PAIRS_MOST:
            break
    firsts, seconds = joined(keys[there], back_keys)
    return _pairs(options, draft, moves, there[firsts], back[seconds])


def _chains(options: Options, draft: Draft, moves: Moves) -> list[Step]:
    room = (options.uppers - draft.loads)[moves.takers]
    ends = np.flatnonzero((moves.taken <= room) & (moves.givers != options.rep_count))
    in_order, in_ranks = ranked(moves.takers, moves.merits)
    out_order, out_ranks = ranked(moves.givers[ends], moves.merits[ends])
    for most in (GROUP_MOST, GROUP_MOST // 2, GROUP_MOST // 4):
        into, out = in_order[in_ranks < most], ends[out_order[out_ranks < most]]
        if joined_count(moves.takers[into], moves.givers[out]) <= PAIRS_MOST:
            break
    firsts, seconds = joined(moves.takers[into], moves.givers[out])
    firsts, seconds = into[firsts], out[seconds]
    is_chain = moves.givers[firsts] != moves.takers[seconds]
    return _pairs(options, draft, moves, firsts[is_chain], seconds[is_chain])


def _pairs(
    options: Options, draft: Draft, moves: Moves, firsts: IntArray, seconds: IntArray
) -> list[Step]:
    """The helpful ones among pairs of moves where the second leaves the rep the first goes to."""
    one, two = moves.at(firsts), moves.at(seconds)
    is_round = one.givers == two.takers
    changes = [
        (one.givers, np.where(is_round, two.taken, 0) - one.given),
        (one.takers, one.taken - two.given),
        (two.takers, np.where(is_round, 0, two.taken)),
    ]
    gains = one.gains + two.gains
    places = _helpful(options, draft, changes, _out(options, one) + _out(options, two), gains)
    columns = (one.origins, one.targets, two.origins, two.targets)
    rows = zip(*(column[places].tolist() for column in columns), strict=True)
    return [((a, b), (c, d)) for a, b, c, d in rows]


def _out(options: Options, moves: Moves) -> IntArray:
    """By how much each move changes the number of items left out."""
    overflow = options.rep_count
    return np.equal(moves.takers, overflow).astype(np.int64) - np.equal(moves.givers, overflow)


def _helpful(
    options: Options,
    draft: Draft,
    changes: list[tuple[IntArray, IntArray]],
    left_out: IntArray,
    gains: IntArray,
) -> IntArray:
    """The places of possible steps that help as the plan stands, best first."""
    draft.weighed += len(gains)
    short = np.zeros(len(gains), np.int64)
    fits = np.ones(len(gains), bool)
    for reps, extra in changes:
        after = draft.loads[reps] + extra
        fits &= (after <= options.uppers[reps]) | (extra <= 0)
        short += np.maximum(options.lowers[reps] - after, 0)
        short -= np.maximum(options.lowers[reps] - draft.loads[reps], 0)
    helps = (left_out < 0) | ((left_out == 0) & ((short < 0) | ((short == 0) & (gains > 0))))
    places = np.flatnonzero(fits & helps)
    order = np.lexsort((places, -gains[places], short[places], left_out[places]))
    return np.asarray(places[order])
