"""Which items to give away so that enough load goes: the cheapest set, exactly.

A covering knapsack with few different costs. Of items of one cost the largest go first, so a set
is known by how many it takes of each cost; the counts are searched with what is dominated left
out. No rounding, whatever the loads are.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Piece(NamedTuple):
    """A candidate by its number in the caller's list."""

    number: int
    load: int
    cost: int


class _Part(NamedTuple):
    """The most load for a cost, and how many items of each cost make it."""

    cost: int
    moves: int
    load: int
    counts: tuple[int, ...]


def cheapest_cover(pieces: Sequence[Piece], needed: int) -> list[Piece] | None:
    """The set of least cost whose load reaches `needed`; None if all together do not.

    Of several the one of fewest items; then items are exchanged for smaller ones of the same cost
    while the set still reaches, so that receivers are burdened as little as need be.
    """
    assert all(piece.cost > 0 and piece.load > 0 for piece in pieces), "moves cost and weigh"
    if needed <= 0:
        return []
    if sum(piece.load for piece in pieces) < needed:
        return None
    by_cost: dict[int, list[Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: (-piece.load, piece.number)):
        by_cost.setdefault(piece.cost, []).append(piece)
    # The class with most items comes last: its count is looked up instead of tried.
    classes = sorted(by_cost.values(), key=lambda group: (len(group), group[0].cost))
    counts = _cheapest_counts(classes, needed)
    return _tightened(classes, counts, needed)


def _cheapest_counts(classes: Sequence[Sequence[Piece]], needed: int) -> tuple[int, ...]:
    parts = [_Part(0, 0, 0, ())]
    for group in classes[:-1]:
        parts = _undominated(parts, group, needed)
    last = classes[-1]
    sums = [0, *accumulate(piece.load for piece in last)]
    best: tuple[int, int] | None = None
    counts: tuple[int, ...] = ()
    for part in parts:
        count = bisect_left(sums, needed - part.load)
        if count < len(sums):
            price = (part.cost + count * last[0].cost, part.moves + count)
            if best is None or price < best:
                best, counts = price, (*part.counts, count)
    assert best is not None, "all items together reach what is needed"
    return counts


def _undominated(parts: Sequence[_Part], group: Sequence[Piece], needed: int) -> list[_Part]:
    sums = [0, *accumulate(piece.load for piece in group)]
    grown = []
    for part in parts:
        for count, load in enumerate(sums):
            grown.append(
                _Part(
                    part.cost + count * group[0].cost,
                    part.moves + count,
                    part.load + load,
                    (*part.counts, count),
                )
            )
            if part.load + load >= needed:
                break
    grown.sort(key=lambda part: (part.cost, -part.load, part.moves))
    kept: list[_Part] = []
    fewest: dict[int, int] = {}
    for part in grown:
        # Kept for the same load at a higher cost only if nothing cheaper carries as much.
        if kept and part.load <= kept[-1].load and fewest[kept[-1].cost] <= part.moves:
            continue
        kept.append(part)
        fewest[part.cost] = part.moves
    return kept


def _tightened(
    classes: Sequence[Sequence[Piece]], counts: Sequence[int], needed: int
) -> list[Piece]:
    chosen = [list(group[:count]) for group, count in zip(classes, counts, strict=True)]
    spare = sum(piece.load for group in chosen for piece in group) - needed
    for group, taken in zip(classes, chosen, strict=True):
        left = sorted(group[len(taken) :], key=lambda piece: (piece.load, piece.number))
        for place in range(len(taken)):
            if not spare or not left:
                break
            smaller = bisect_left(left, taken[place].load - spare, key=lambda piece: piece.load)
            if smaller < len(left) and left[smaller].load < taken[place].load:
                spare -= taken[place].load - left[smaller].load
                taken[place] = left.pop(smaller)
    return [piece for group in chosen for piece in group]
