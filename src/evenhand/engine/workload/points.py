"""Workload points per kind of work, learnt from handling minutes and shrunk to the table.

A log says how long some work took altogether and how often each kind was in it. Non-negative
least squares finds the minutes of each kind; each is drawn to the table the more, the less is
known of it (empirical Bayes, as in the reference: algorithms c). Floats compute, and are rounded
once; nobody's live load reads anything here but a table that a person has approved.

Model: minutes = Σ count × table × ratio + noise, whose variance grows as Σ count × table² (every
single task varies in proportion to its length). Ratios ~ N(1, τ²), τ by marginal likelihood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.engine.facts import POINT
from evenhand.engine.workload.capacity import MINUTES_PER_POINT
from evenhand.engine.workload.kinds import WorkKind

FEWEST_LOGS = 30  # with a kind in them, before a change of it is proposed
SMALLEST_CHANGE_PERCENT = 10
_STEP = POINT // 10  # learnt points are rounded to a minute
_MICRO_PER_MINUTE = POINT // MINUTES_PER_POINT

_CLIPPED, _LEFT_ASIDE = 4.0, 8.0  # standard deviations
_LEAST_NOISE = 0.1
# The τ that are tried: no table is known more closely than to 5 %, none is off by more than 3 ×.
_SPREADS = tuple(0.05 * 1.18**step for step in range(26))
_ROBUST_ROUNDS, _MOST_SWEEPS = 8, 2_000
_SMALL_STEP = 1e-10
_HELD_OUT = 5  # every fifth log judges what the others taught
_Z_95 = 1.959963984540054

Floats = npt.NDArray[np.float64]


class CannotLearnPoints(ValueError):
    """The logs cannot be learnt from as they are; the message names the log and the remedy."""


@dataclass(frozen=True, slots=True)
class Log:
    """Handling minutes of some work, and how often each kind was in it: a call, or a whole day."""

    minutes: int
    counts: Mapping[WorkKind, int]


@dataclass(frozen=True, slots=True)
class Learnt:
    """One kind: micro-points in the table and as learnt, and what the difference rests on.

    `low` and `high` hold the true points with 95 %. `from_data_percent` is how much of the
    figure comes from the logs, the rest being the table. The errors are of predicted minutes in
    logs held out, in percent of what they took; None where no such log has this kind.
    """

    kind: WorkKind
    table: int
    points: int
    low: int
    high: int
    log_count: int
    task_count: int
    from_data_percent: int
    error_before_percent: int | None
    error_after_percent: int | None

    @property
    def is_proposed(self) -> bool:
        """Whether enough speaks for a change: many logs, a clear difference, beyond chance."""
        is_large = 100 * abs(self.points - self.table) >= SMALLEST_CHANGE_PERCENT * self.table
        is_sure = not self.low <= self.table <= self.high
        return self.log_count >= FEWEST_LOGS and self.points != self.table and is_large and is_sure


@dataclass(frozen=True, slots=True)
class LearntTable:
    """Every kind of the table, in its order, and how the logs fit altogether.

    `left_aside` are logs too far from everything else, such as a clock that nobody stopped.
    """

    kinds: tuple[Learnt, ...]
    log_count: int
    left_aside: int
    error_before_percent: int | None
    error_after_percent: int | None

    @property
    def proposals(self) -> tuple[Learnt, ...]:
        """The changes worth a person's decision."""
        return tuple(kind for kind in self.kinds if kind.is_proposed)


@dataclass(frozen=True, slots=True)
class _Fit:
    minutes: Floats  # per kind
    deviations: Floats  # the standard deviation of each
    from_data: Floats  # parts of 1
    left_aside: int


def learn_points(logs: Sequence[Log], table: Mapping[WorkKind, int]) -> LearntTable:
    """What the logs say about the points of each kind in the table (micro-points).

    :raises CannotLearnPoints: a kind that the table lacks, a count or a time that cannot be.
    """
    kinds = tuple(table)
    counts, minutes = _read(logs, kinds)
    known = np.array([table[kind] / _MICRO_PER_MINUTE for kind in kinds], float)
    fit = _fit(counts, minutes, known)
    is_judge = np.arange(len(logs)) % _HELD_OUT == _HELD_OUT - 1
    taught = _fit(counts[~is_judge], minutes[~is_judge], known)
    judges, took = counts[is_judge], minutes[is_judge]
    before, after = _errors(judges @ known, took), _errors(judges @ taught.minutes, took)
    margin = _Z_95 * fit.deviations
    return LearntTable(
        kinds=tuple(
            Learnt(
                kind=kind,
                table=table[kind],
                points=_rounded(fit.minutes[place]),
                low=int(max(0.0, fit.minutes[place] - margin[place]) * _MICRO_PER_MINUTE),
                high=int((fit.minutes[place] + margin[place]) * _MICRO_PER_MINUTE),
                log_count=int((counts[:, place] > 0).sum()),
                task_count=int(counts[:, place].sum()),
                from_data_percent=round(100 * float(fit.from_data[place])),
                error_before_percent=_typical_percent(before[judges[:, place] > 0]),
                error_after_percent=_typical_percent(after[judges[:, place] > 0]),
            )
            for place, kind in enumerate(kinds)
        ),
        log_count=len(logs),
        left_aside=fit.left_aside,
        error_before_percent=_typical_percent(before),
        error_after_percent=_typical_percent(after),
    )


def minutes_of(points: int) -> int:
    """Workload micro-points as minutes, rounded down."""
    return points // _MICRO_PER_MINUTE


def _read(logs: Sequence[Log], kinds: Sequence[WorkKind]) -> tuple[Floats, Floats]:
    place_of = {kind: place for place, kind in enumerate(kinds)}
    counts = np.zeros((len(logs), len(kinds)))
    for number, log in enumerate(logs):
        if log.minutes < 0:
            raise CannotLearnPoints(f"log {number} took {log.minutes} minutes; give 0 or more")
        for kind, count in log.counts.items():
            if kind not in place_of:
                raise CannotLearnPoints(f"log {number} has {kind}, which the table lacks; add it")
            if count < 0:
                raise CannotLearnPoints(f"log {number} has {kind} {count} times; give 0 or more")
            counts[number, place_of[kind]] = count
        if not any(log.counts.values()):
            raise CannotLearnPoints(f"log {number} has minutes and no work; leave it out")
    return counts, np.array([log.minutes for log in logs], float)


def _fit(counts: Floats, minutes: Floats, table: Floats) -> _Fit:
    """Ratios to the table, robustly: clip what is far off, leave aside what is absurd."""
    scale = np.maximum(table, 1.0)  # a kind that the table calls free still has a size
    center, one = table / scale, np.eye(len(table))
    spread = np.sqrt(np.maximum(counts @ scale**2, 1e-9))
    rows, took = counts * scale / spread[:, None], minutes / spread
    trust = np.ones(len(took))
    noise, tau, ratios = 1.0, _SPREADS[0], center
    for _ in range(_ROBUST_ROUNDS):
        normal, right = (rows * trust[:, None]).T @ rows, rows.T @ (trust * took)
        # The noise comes from a fit that the table hardly touches, or the table would explain
        # what speaks against it as noise.
        loose = _non_negative(normal / noise, right / noise, center, _SPREADS[-1])
        free = np.trace(np.linalg.solve(normal / noise + one / _SPREADS[-1] ** 2, normal / noise))
        noise = _noise(took - rows @ loose, float(free))
        tau = _spread_of_ratios(normal / noise, (right - normal @ center) / noise)
        ratios = _non_negative(normal / noise, right / noise, center, tau)
        size = np.abs(took - rows @ ratios) / np.sqrt(noise)
        trust = np.minimum(1.0, _CLIPPED / np.maximum(size, 1e-9)) * (size <= _LEFT_ASIDE)
    normal = (rows * trust[:, None]).T @ rows
    covariance = np.linalg.inv(normal / noise + one / tau**2)
    variances = np.diag(covariance)
    return _Fit(
        minutes=ratios * scale,
        deviations=np.sqrt(variances) * scale,
        from_data=1 - np.minimum(1.0, variances / tau**2),
        left_aside=int((trust == 0).sum()),
    )


def _noise(residuals: Floats, free: float) -> float:
    """The variance of the residuals of a fit with so many free kinds; the absurd are no part.

    Starting from the median, which half of all logs would have to bend. No work is so regular
    that it varies by less than a tenth.
    """
    if not len(residuals):
        return 1.0
    sizes = np.abs(residuals)
    deviation = max(1.4826 * float(np.median(sizes)), _LEAST_NOISE)
    for _ in range(_ROBUST_ROUNDS):
        near = np.minimum(sizes, _CLIPPED * deviation)[sizes <= _LEFT_ASIDE * deviation]
        deviation = max(float(np.sqrt((near**2).mean())), _LEAST_NOISE)
    return deviation**2 * len(residuals) / max(len(residuals) - free, 1.0)


def _spread_of_ratios(normal: Floats, right: Floats) -> float:
    """τ of largest marginal likelihood: how far the kinds lie from the table, beyond chance.

    log L(τ) = −½ log det(I + τ²A) + ½ bᵀ(A + I/τ²)⁻¹b, A and b of the logs less the table. It
    sees directions: two kinds always done together say something of their sum.
    """
    one = np.eye(len(right))

    def likelihood(tau: float) -> float:
        _, log_size = np.linalg.slogdet(one + tau**2 * normal)
        return float(right @ np.linalg.solve(normal + one / tau**2, right) - log_size)

    return max(_SPREADS, key=likelihood)


def _non_negative(normal: Floats, right: Floats, center: Floats, tau: float) -> Floats:
    """The ratios ≥ 0 of least squares plus the table's pull, one by one until none moves.

    The problem is strictly convex, so that the end does not depend on the start.
    """
    matrix = normal + np.eye(len(center)) / tau**2
    target = right + center / tau**2
    ratios: Floats = np.maximum(np.linalg.solve(matrix, target), 0.0)
    for _ in range(_MOST_SWEEPS):
        largest = 0.0
        for place in range(len(ratios)):
            slope = float(matrix[place] @ ratios - target[place])
            moved = max(0.0, float(ratios[place]) - slope / float(matrix[place, place]))
            largest = max(largest, abs(moved - float(ratios[place])))
            ratios[place] = moved
        if largest < _SMALL_STEP:
            break
    return ratios


def _errors(predicted: Floats, took: Floats) -> Floats:
    return np.abs(predicted - took) / np.maximum(took, 1.0)


def _typical_percent(errors: Floats) -> int | None:
    """The median is what a reader means: one clock that ran all night would move a mean."""
    return round(100 * float(np.median(errors))) if len(errors) else None


def _rounded(minutes: float) -> int:
    return round(minutes * _MICRO_PER_MINUTE / _STEP) * _STEP
