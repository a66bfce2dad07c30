"""A first whole plan from prices: each class where it is worth most after paying for its size.

Classes with the most to lose by waiting go first (regret: best minus second best), as in
S. Martello, P. Toth, Knapsack Problems (1990), chapter 7.4, on values reduced by prices.
"""

import numpy as np

from evenhand.engine.routing.batch.options import IntArray, Options
from evenhand.engine.routing.batch.prices import Prices, reduced_values


def construct_units(options: Options, prices: Prices) -> IntArray:
    """Units per option, nobody above the upper bound; what finds no place is overflow."""
    reduced = reduced_values(options, prices, prices.left_out)
    order = np.lexsort((-reduced, options.classes))
    ranked = reduced[order]
    first = options.starts[:-1]
    second = np.minimum(first + 1, options.starts[1:] - 1)
    # Someone with a single place to go has everything to lose, whatever the overflow costs.
    regret = ranked[first] - ranked[second]
    room = options.uppers.tolist()
    reps, sizes, counts = options.reps.tolist(), options.sizes.tolist(), options.counts.tolist()
    starts, ranks = options.starts.tolist(), order.tolist()
    units = np.zeros(len(reduced), np.int64)
    for kind in np.argsort(-regret, kind="stable").tolist():
        left = counts[kind]
        for option in ranks[starts[kind] : starts[kind + 1]]:
            size, rep = sizes[option], reps[option]
            taken = left if not size else min(left, room[rep] // size)
            if taken:
                units[option] += taken
                room[rep] -= taken * size
                left -= taken
            if not left:
                break
    return units
