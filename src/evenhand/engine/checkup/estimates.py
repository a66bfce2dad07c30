"""Figures with their uncertainty: intervals of shares and counts, and tests of many at once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.engine.checkup.distributions import Z_95, gamma_quantile


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the 95 % interval around it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`, with the 95 % interval of the share behind it."""

    count: int
    total: int

    @property
    def estimate(self) -> Estimate:
        """The share with Wilson's score interval (Wilson 1927); 0 of 0 is anything from 0 to 1."""
        if not self.total:
            return Estimate(0.0, 0.0, 1.0)
        n, z = self.total, Z_95
        rate = self.count / n
        center = (rate + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
        # Rounding may leave the rate a hair outside; an interval always holds its figure.
        low, high = max(0.0, center - half), min(1.0, center + half)
        return Estimate(rate, min(rate, low), max(rate, high))


def poisson_interval(count: int) -> Estimate:
    """A count with its exact 95 % Poisson interval (Garwood 1936)."""
    low = gamma_quantile(count, 0.025) if count else 0.0
    return Estimate(count, low, gamma_quantile(count + 1, 0.975))


def false_discovery(p_values: Sequence[float]) -> list[float]:
    """Benjamini–Hochberg q-values, in the order given.

    Flagging q ≤ 0.05 means that on average at most one flag in twenty is a false alarm,
    however many reps are looked at.
    """
    count = len(p_values)
    order = sorted(range(count), key=lambda at: p_values[at])
    found = [1.0] * count
    smallest = 1.0
    for rank in range(count, 0, -1):
        at = order[rank - 1]
        smallest = min(smallest, p_values[at] * count / rank)
        found[at] = smallest
    return found


def gini(values: Sequence[float]) -> float:
    """Gini coefficient of non-negative values: 0 all equal, towards 1 one has everything."""
    total = sum(values)
    count = len(values)
    if total <= 0 or count < 2:
        return 0.0
    weighted = sum(rank * value for rank, value in enumerate(sorted(values), 1))
    return 2 * weighted / (count * total) - (count + 1) / count


def jain(values: Sequence[float]) -> float:
    """Jain's index of non-negative values: 1 all equal, 1/n one has everything."""
    squares = sum(value * value for value in values)
    return sum(values) ** 2 / (len(values) * squares) if squares > 0 else 1.0


def percentile(ordered: Sequence[float], fraction: float) -> float:
    """The value at this fraction of an ordered sequence, linear between neighbors."""
    if not ordered:
        raise ValueError("no values to take a percentile of")
    place = fraction * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
