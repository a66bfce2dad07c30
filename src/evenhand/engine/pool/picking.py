"""Cherry-picking (挑单) in a pool: where in value do the claimed items stand among what lay there?

The index is the mean percentile of what somebody claimed: .5 is an average mix, free grabbing by
the fastest gives about .74 (reference: algorithms j). It shows a mix, not an intention.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.engine.checkup.distributions import Z_95
from evenhand.engine.checkup.estimates import Estimate

FEWEST = 5  # claims, below which the interval is too rough
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lay in a pool of items worth the same, over a period. Moments in any unit, as integers.

    `claims` are moments at which one was claimed, with who did; each stands in `left`, too.
    """

    points: int
    before: int  # how many lay there when the period began
    came: Sequence[int] = ()
    left: Sequence[int] = ()
    claims: Sequence[tuple[int, int]] = ()


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


def pick_indices(shelves: Iterable[Shelf]) -> dict[int, PickIndex]:
    """The index of every claimer, by the mid-ranks of what he claimed.

    What comes or leaves at the moment of a claim lay there. Claims from among items all worth the
    same say nothing and are left out.
    """
    ordered = sorted(shelves, key=lambda one: one.points)
    made = [(at, taker, k) for k, one in enumerate(ordered) for at, taker in one.claims]
    if not made:
        return {}
    moments, takers, places = np.array(sorted(made), dtype=np.int64).T
    below, ties, ranks = (np.zeros(len(made)) for _ in range(3))
    for place, one in enumerate(ordered):
        lay = _lay(one, moments)
        own = places == place
        ranks[own] = below[own] + lay[own] / 2
        below += lay
        ties += lay**3  # what equal values take from the variance of a mid-rank
    total = below
    told = ties < total**3
    ranks, variances = ranks[told] / total[told], (1 - ties[told] / total[told] ** 3) / 12
    found: dict[int, list[tuple[float, float]]] = {}
    for taker, rank, variance in zip(
        takers[told].tolist(), ranks.tolist(), variances.tolist(), strict=True
    ):
        found.setdefault(taker, []).append((rank, variance))
    return {taker: _index(listed) for taker, listed in found.items()}


def _lay(shelf: Shelf, moments: npt.NDArray[np.int64]) -> _Floats:
    """How many lay there at each of these moments, which are in order."""
    came = np.searchsorted(moments, np.array(shelf.came, dtype=np.int64), "left")
    left = np.searchsorted(moments, np.array(shelf.left, dtype=np.int64), "right")
    size = len(moments) + 1
    moves = np.bincount(came, minlength=size) - np.bincount(left, minlength=size)
    return (shelf.before + np.cumsum(moves)[:-1]).astype(np.float64)


def together(indices: Sequence[PickIndex]) -> PickIndex:
    """Several pools as one: each claim counts alike."""
    claims = sum(one.claims for one in indices)
    mean = sum(one.index.value * one.claims for one in indices) / claims
    half = math.sqrt(sum((one.half * one.claims) ** 2 for one in indices)) / claims
    return PickIndex(claims, Estimate(mean, max(0.0, mean - half), min(1.0, mean + half)), half)


def _index(ranks: Sequence[tuple[float, float]]) -> PickIndex:
    count = len(ranks)
    mean = sum(rank for rank, _ in ranks) / count
    half = Z_95 * math.sqrt(sum(variance for _, variance in ranks)) / count
    estimate = Estimate(mean, max(0.0, mean - half), min(1.0, mean + half))
    return PickIndex(count, estimate, half)
