"""From a plan in fractions to whole items, after Shmoys and Tardos.

D. Shmoys, É. Tardos, An approximation algorithm for the generalized assignment problem,
Mathematical Programming 62 (1993) 461–474. A vertex of the linear program splits at most as many
items as there are bounds. Whole units stay where they are. The split ones fill, per rep and from
the largest to the smallest, slots of one unit each; a cheapest matching of items to slots gives
at least the value of the fractions and overloads a rep by less than one item. That overload is
taken back here: the items that the plan can best do without are left out, for the search to place.
"""

import numpy as np

from evenhand.engine.routing.batch.options import IntArray, Options
from evenhand.engine.routing.batch.prices import Prices, reduced_values
from evenhand.engine.routing.batch.relaxation import TOLERANCE, FloatArray, Relaxed


def round_units(options: Options, relaxed: Relaxed) -> IntArray:
    """Whole units per option, nobody above the upper bound; what finds no place is overflow."""
    nearest = np.rint(relaxed.units)
    is_whole = np.abs(relaxed.units - nearest) <= TOLERANCE
    units = np.where(is_whole, nearest, np.floor(relaxed.units)).astype(np.int64)
    fractions = np.where(is_whole, 0.0, relaxed.units - np.floor(relaxed.units))
    placed = np.zeros(len(options.counts), np.int64)
    np.add.at(placed, options.classes, units)
    for option, count in _matched(options, fractions, options.counts - placed):
        units[option] += count
    return without_overload(options, relaxed.prices, units)


def without_overload(options: Options, prices: Prices, units: IntArray) -> IntArray:
    """The units with overloads taken back, and every class complete through its overflow."""
    units = units.copy()
    loads = options.loads(units)
    reduced = reduced_values(options, prices, 0)
    for rep in np.flatnonzero(loads > options.uppers).tolist():
        held = np.flatnonzero((options.reps == rep) & (units > 0) & (options.sizes > 0))
        for option in held[np.argsort(reduced[held], kind="stable")].tolist():
            size = int(options.sizes[option])
            over = int(loads[rep] - options.uppers[rep])
            taken = min(int(units[option]), max(0, -(-over // size)))
            units[option] -= taken
            loads[rep] -= taken * size
    placed = np.zeros(len(options.counts), np.int64)
    np.add.at(placed, options.classes, units)
    units[options.overflow_options] += options.counts - placed
    return units


def _matched(options: Options, fractions: FloatArray, left: IntArray) -> list[tuple[int, int]]:
    """(option, 1) for each split unit that the best matching with slots places."""
    from scipy import sparse

    # A class with k units left over stands in k rows; its options with fractions are columns.
    first_row = np.concatenate([[0], np.cumsum(left)])
    edges: dict[tuple[int, int], int] = {}
    slot = 0
    split = np.flatnonzero((fractions > 0) & ~options.is_overflow)
    order = np.lexsort((split, -options.sizes[split], options.reps[split]))
    filled, rep = 0.0, -1
    for option in split[order].tolist():
        if options.reps[option] != rep:
            rep, filled, slot = int(options.reps[option]), 0.0, slot + 1
        part = float(fractions[option])
        slots = [slot]
        if filled + part > 1 + TOLERANCE:
            slots, slot, filled = [slot, slot + 1], slot + 1, filled - 1
        filled += part
        kind = int(options.classes[option])
        for row in range(int(first_row[kind]), int(first_row[kind + 1])):
            for column in slots:
                edges[row, column] = option
    if not edges:
        return []
    rows, columns = (np.array(side) for side in zip(*edges, strict=True))
    values = options.values[list(edges.values())]
    # Each row gets a slot of its own for "not placed", worth less than any place.
    row_count = int(first_row[-1])
    worst = float(values.min() - row_count * (values.max() - values.min() + 1))
    weights = np.r_[values.astype(float), np.full(row_count, worst)] - worst + 1
    graph = sparse.csr_matrix(
        (
            weights,
            (np.r_[rows, np.arange(row_count)], np.r_[columns, slot + 1 + np.arange(row_count)]),
        ),
        (row_count, slot + 1 + row_count),
    )
    matched = sparse.csgraph.min_weight_full_bipartite_matching(graph, maximize=True)
    pairs = zip(*(side.tolist() for side in matched), strict=True)
    return [(edges[pair], 1) for pair in pairs if pair in edges]
