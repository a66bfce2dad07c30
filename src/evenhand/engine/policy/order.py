"""Which parts of a list had to move for one order to become another."""

from bisect import bisect_left
from collections.abc import Sequence


def moved_names(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The fewest names that must move, in their new order; both orders hold the same names.

    All others already stand in order to each other: a longest increasing subsequence of the old
    positions, found by patience sorting.
    """
    position = {name: k for k, name in enumerate(before)}
    sequence = [position[name] for name in after]
    tops: list[int] = []  # the smallest end of an increasing run of each length
    ends: list[int] = []  # where in the sequence that end stands
    previous = [-1] * len(sequence)
    for k, value in enumerate(sequence):
        length = bisect_left(tops, value)
        previous[k] = ends[length - 1] if length else -1
        if length == len(tops):
            tops.append(value)
            ends.append(k)
        else:
            tops[length], ends[length] = value, k
    stayed: set[int] = set()
    k = ends[-1] if ends else -1
    while k >= 0:
        stayed.add(k)
        k = previous[k]
    return [name for k, name in enumerate(after) if k not in stayed]
