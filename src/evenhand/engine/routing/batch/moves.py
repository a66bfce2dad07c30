"""Single steps between options of a class, and how they combine into exchanges and chains.

A move takes one unit of a class from the option that holds it to another. Everything here is
columns: one entry per move, so that whole neighbourhoods are weighed at once.
"""

from dataclasses import dataclass, fields

import numpy as np

from evenhand.engine.routing.batch.options import IntArray, Options
from evenhand.engine.routing.batch.prices import Prices

# The most pairs of moves weighed at once; each takes some hundred bytes.
PAIRS_MOST = 500_000


@dataclass(frozen=True, slots=True)
class Moves:
    """From option `origins` to option `targets`, of one class each; `givers`, `takers` are reps.

    `gains` is the change of value; `merits` the same after paying for room, by which moves are
    ranked where there are too many to combine them all.
    """

    origins: IntArray
    targets: IntArray
    givers: IntArray
    takers: IntArray
    gains: IntArray
    given: IntArray  # size with the giver
    taken: IntArray  # size with the taker
    merits: IntArray

    def at(self, places: IntArray) -> "Moves":
        """The moves at these places."""
        return Moves(*(getattr(self, column.name)[places] for column in fields(self)))


def list_moves(options: Options, units: IntArray, prices: Prices, near: IntArray) -> Moves:
    """All moves from options that hold units to the options `near` (ascending)."""
    origins = np.flatnonzero(units)
    near_starts = np.searchsorted(near, options.starts)
    kinds = options.classes[origins]
    widths = near_starts[kinds + 1] - near_starts[kinds]
    froms = np.repeat(origins, widths)
    offsets = np.arange(len(froms)) - np.repeat(np.cumsum(widths) - widths, widths)
    targets = near[np.repeat(near_starts[kinds], widths) + offsets]
    is_move = targets != froms
    froms, targets = froms[is_move], targets[is_move]
    gains = options.values[targets] - options.values[froms]
    givers, takers = options.reps[froms], options.reps[targets]
    given, taken = options.sizes[froms], options.sizes[targets]
    net = prices.net
    merits = gains * prices.scale - net[takers] * taken + net[givers] * given
    # Out of the overflow before all else, into it after all else.
    merits += 2**61 * (
        (givers == options.rep_count).astype(np.int64) - (takers == options.rep_count)
    )
    return Moves(froms, targets, givers, takers, gains, given, taken, merits)


def near_options(options: Options, reduced: IntArray, most: int) -> IntArray:
    """All options if they are at most so many, else the best of each class, and all overflow."""
    if len(reduced) <= most:
        return np.arange(len(reduced))
    width = max(4, most // max(1, len(options.counts)))
    order = np.lexsort((-reduced, options.classes))
    ranks = np.arange(len(order)) - np.repeat(options.starts[:-1], np.diff(options.starts))
    return np.unique(np.r_[order[ranks < width], options.overflow_options])


def ranked(groups: IntArray, merits: IntArray) -> tuple[IntArray, IntArray]:
    """All places, by group and then the best first, and the rank of each within its group."""
    order = np.lexsort((-merits, groups))
    if not len(order):
        return order, order
    ordered = groups[order]
    heads = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    return order, np.arange(len(order)) - np.repeat(heads, np.diff(np.r_[heads, len(order)]))


def joined(left: IntArray, right: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of places with equal keys; `right` is ascending."""
    starts = np.searchsorted(right, left, side="left")
    widths = np.searchsorted(right, left, side="right") - starts
    firsts = np.repeat(np.arange(len(left)), widths)
    offsets = np.arange(len(firsts)) - np.repeat(np.cumsum(widths) - widths, widths)
    return firsts, np.repeat(starts, widths) + offsets


def joined_count(left: IntArray, right: IntArray) -> int:
    """How many pairs `joined` would give."""
    widths = np.searchsorted(right, left, side="right") - np.searchsorted(right, left, side="left")
    return int(widths.sum())
