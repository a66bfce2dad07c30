"""Cherry-picking (挑单) in a pool: where in value do the claimed items stand among what lay there?

The index is the mean percentile of what somebody claimed: .5 is an average mix, free grabbing by
the fastest gives about .74 (reference: algorithms j). It shows a mix, not an intention.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.checkup.distributions import Z_95
from evenhand.engine.checkup.estimates import Estimate

FEWEST = 5  # claims, below which the interval is too rough


@dataclass(frozen=True, slots=True)
class Lain:
    """An item that lay in a pool: `taker` claimed it when it left; 0 = it left otherwise."""

    points: int
    from_at: datetime
    until_at: datetime | None
    taker: int = 0


@dataclass(frozen=True, slots=True)
class PickIndex:
    """The mean percentile of what somebody claimed, with the interval of a draw by chance."""

    claims: int
    index: Estimate
    half: float = 0.0  # of the interval, before it is cut to 0 … 1

    @property
    def is_beyond_chance(self) -> bool:
        """Whether such a mix would hardly come about by chance; of a few claims nobody can say."""
        return self.claims >= FEWEST and not self.index.low <= 0.5 <= self.index.high


def pick_indices(
    lain: Sequence[Lain], always: Mapping[int, int], since: datetime
) -> dict[int, PickIndex]:
    """The index of every claimer, for claims from `since` on.

    `always` counts, by points, items that lay there all the time and are not in `lain`. Claims from
    among items all worth the same say nothing and are left out.
    """
    moments: list[tuple[datetime, int, Lain]] = []
    for one in lain:
        moments.append((one.from_at, 0, one))
        if one.until_at is not None:
            moments.append((one.until_at, 1, one))
    # At one moment items come before others go, so that a claim is compared with what lay there.
    moments.sort(key=lambda moment: moment[:2])
    shelf = _Shelf({one.points for one in lain} | set(always), always)
    found: dict[int, list[tuple[float, float]]] = {}
    for at, leaves, one in moments:
        if leaves:
            if one.taker and at >= since and (rank := shelf.rank(one.points)) is not None:
                found.setdefault(one.taker, []).append(rank)
            shelf.add(one.points, -1)
        else:
            shelf.add(one.points, 1)
    return {taker: _index(ranks) for taker, ranks in found.items()}


def together(indices: Sequence[PickIndex]) -> PickIndex:
    """Several pools as one: each claim counts alike."""
    claims = sum(one.claims for one in indices)
    mean = sum(one.index.value * one.claims for one in indices) / claims
    half = math.sqrt(sum((one.half * one.claims) ** 2 for one in indices)) / claims
    return PickIndex(claims, Estimate(mean, max(0.0, mean - half), min(1.0, mean + half)), half)


def _index(ranks: Iterable[tuple[float, float]]) -> PickIndex:
    listed = list(ranks)
    count = len(listed)
    mean = sum(rank for rank, _ in listed) / count
    half = Z_95 * math.sqrt(sum(variance for _, variance in listed)) / count
    estimate = Estimate(mean, max(0.0, mean - half), min(1.0, mean + half))
    return PickIndex(count, estimate, half)


class _Shelf:
    """How many items of each value lie there; sums of ranks in O(log n) (Fenwick 1994)."""

    def __init__(self, values: Iterable[int], always: Mapping[int, int]) -> None:
        self.values = sorted(values)
        self.counts = [0] * len(self.values)
        self.tree = [0] * (len(self.values) + 1)
        self.total = 0
        self.ties = 0  # Σ count³: what equal values take from the variance of a mid-rank
        for points, count in always.items():
            self.add(points, count)

    def add(self, points: int, count: int) -> None:
        at = bisect_left(self.values, points)
        before = self.counts[at]
        self.counts[at] = before + count
        self.ties += (before + count) ** 3 - before**3
        self.total += count
        node = at + 1
        while node < len(self.tree):
            self.tree[node] += count
            node += node & -node

    def rank(self, points: int) -> tuple[float, float] | None:
        """The mid-rank as a percentile, and the variance of one drawn by chance."""
        at = bisect_left(self.values, points)
        below, node = 0, at
        while node:
            below += self.tree[node]
            node -= node & -node
        cubed = self.total**3
        variance = (cubed - self.ties) / (12 * cubed) if cubed else 0.0
        if variance <= 0:
            return None
        return (below + self.counts[at] / 2) / self.total, variance
