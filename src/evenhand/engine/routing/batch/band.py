"""The band that the fair-share ledger lays on a plan: how much each rep should receive of it.

Batch and online share one ledger: what a rep is owed before the plan, plus the rep's entitlement
to the backlog, is what the plan should bring, give or take the band.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """What a rep should receive from a plan, micro-points (or items), both ends included."""

    lower: int
    upper: int


def entitlements(
    points: Sequence[int], eligible: Sequence[Sequence[int]], weights: Sequence[int]
) -> tuple[int, ...]:
    """What each rep is entitled to out of a backlog: each item's points by weight.

    `eligible` holds, per item, the reps who may have it. The shares of one item add up to its
    points: they are floored, and the remainder goes one micro-point each in the order of the reps.
    An item that nobody with a weight may have entitles nobody.
    """
    entitled = [0] * len(weights)
    # Items repeat few groups of eligible reps; the same points and group split alike.
    splits: dict[tuple[int, tuple[int, ...]], list[tuple[int, int]]] = {}
    for size, reps in zip(points, eligible, strict=True):
        key = (size, tuple(reps))
        if key not in splits:
            splits[key] = _split(size, sorted(set(reps)), weights)
        for rep, share in splits[key]:
            entitled[rep] += share
    return tuple(entitled)


def ledger_bands(
    owed: Sequence[int], entitled: Sequence[int], slack: int, *, unit: int = 1
) -> tuple[Band, ...]:
    """The band of each rep: owed + entitled ± slack, never below 0, in units of `unit`.

    With `unit` 1 the band is in micro-points. For items that all cost the same, give that cost
    as `unit` and the band is in items, the lower end rounded up and the upper end down, but never
    so far that they cross.
    """
    bands = []
    for balance, share in zip(owed, entitled, strict=True):
        lower = -(-max(0, balance + share - slack) // unit)
        upper = max(0, balance + share + slack) // unit
        bands.append(Band(min(lower, upper), upper))
    return tuple(bands)


def _split(points: int, reps: Sequence[int], weights: Sequence[int]) -> list[tuple[int, int]]:
    """The ledger's split: shares by weight, the remainder one each in the order of the reps."""
    reps = [rep for rep in reps if weights[rep] > 0]
    total = sum(weights[rep] for rep in reps)
    if not total:
        return []
    shares = [points * weights[rep] // total for rep in reps]
    left = points - sum(shares)
    return [
        (rep, share + (place < left))
        for place, (rep, share) in enumerate(zip(reps, shares, strict=True))
    ]
