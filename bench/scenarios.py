"""The three seeded scenarios on which the fair-share ledger is measured.

A: everybody may take every lead. B: each rep covers some regions and products, so that about a
fifth of the team may take a given lead. C: B with a drifting product mix and with absences.

Parameters and what was chosen where their source is silent: docs/algorithms/benchmark.md.
Units are those of the engine: points in micro-points, weights in hundredths, fit in millionths.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.engine.facts import FULL_WEIGHT, POINT

ScenarioName = Literal["A", "B", "C"]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FIT = 1_000_000  # full fit, in millionths
SCENARIO_NAMES: tuple[ScenarioName, ...] = ("A", "B", "C")
GRADE_POINTS = (1, 2, 3, 5, 8)  # whole points; the grade is the index, the last one is the best
LARGEST_POINTS = GRADE_POINTS[-1] * POINT  # P, the points of the largest lead

REGIONS, PRODUCTS, SIZES = 10, 8, 3
LARGE = SIZES - 1
REGION_CONCENTRATION, PRODUCT_CONCENTRATION = 4.0, 3.0  # of the Dirichlet distributions
SIZE_SHARES = (0.6, 0.3, 0.1)
BASE_LOGIT, BASE_LOGIT_SD, SCORE_NOISE_SD = -2.6, 0.9, 0.6
GRADE_QUANTILES = (0.35, 0.65, 0.85, 0.95)
REP_WEIGHTS, REP_WEIGHT_SHARES = (50, 100, 150), (0.2, 0.55, 0.25)
REP_SD, REP_PER_WEIGHT = 0.25, 0.25
REP_PRODUCT_SD, REP_SIZE_SD, REP_REGION_SD = 0.35, 0.3, 0.15
FIT_QUANTILE = 0.9  # κ: this quantile over leads of the best eligible rep's value per point
COVERED_REGIONS, COVERED_PRODUCTS = 3, 5
ABSENCES_PER_REP, ABSENCE_SHARE = 2, 0.04  # 4,000 of 100,000 leads

CHUNK = 8_192  # leads handled at once where a leads × reps matrix is computed


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """One stream of leads and the team it is dealt to; leads arrive in index order.

    `conversion` is the true probability that a rep converts a lead; `fit` follows from it. Both
    are filled for all pairs, eligible or not. `absences` holds [first, end) in lead indices.
    """

    name: ScenarioName
    seed: int
    points: Ints  # [lead], micro-points
    grades: Ints  # [lead], index into GRADE_POINTS
    weights: Ints  # [rep], hundredths
    classes: Ints  # [lead], class of eligibility
    class_eligibility: Bools  # [class, rep], absences aside
    absences: Ints  # [rep, absence, 2], lead indices
    conversion: NDArray[np.float32]  # [lead, rep]
    fit: NDArray[np.int32]  # [lead, rep], millionths
    value_per_point: float  # κ, expected conversions per point

    @property
    def lead_count(self) -> int:
        """How many leads arrive."""
        return len(self.points)

    @property
    def rep_count(self) -> int:
        """How many reps the team has."""
        return len(self.weights)

    def eligible(self, first: int, end: int) -> Bools:
        """Who may take the leads [first, end): a matrix [lead, rep], absences applied."""
        may_take: Bools = self.class_eligibility[self.classes[first:end]]
        return may_take & present(self.absences, first, end)

    def entitlements(self, first: int, end: int) -> Ints:
        """What leads [first, end) credit to each rep: a matrix [lead, rep], micro-points.

        The ledger's own split: shares by weight rounded down, the remainder one each in id
        order. A lead that nobody may take credits nobody.
        """
        may_take = self.eligible(first, end)
        points = self.points[first:end, None]
        total_weight = (may_take * self.weights).sum(axis=1, keepdims=True)
        shares: Ints = np.where(may_take, points * self.weights // np.maximum(total_weight, 1), 0)
        rest = points - shares.sum(axis=1, keepdims=True)
        shares += may_take & (np.cumsum(may_take, axis=1) <= rest)
        return shares

    def chunks(self) -> Iterator[tuple[int, int]]:
        """Ranges [first, end) that together cover all leads and keep matrices small."""
        for first in range(0, self.lead_count, CHUNK):
            yield first, min(first + CHUNK, self.lead_count)


def present(absences: Ints, first: int, end: int) -> Bools:
    """Who is not absent at leads [first, end): a matrix [lead, rep]."""
    leads = np.arange(first, end)[:, None, None]
    away = (absences[:, :, 0] <= leads) & (leads < absences[:, :, 1])
    here: Bools = np.logical_not(away.any(axis=2))
    return here


def make_scenario(
    name: ScenarioName, leads: int = 100_000, reps: int = 100, seed: int = 7
) -> Scenario:
    """Draw a scenario. Same arguments, same scenario; A and B share leads, reps and conversion.

    :raises ValueError: unknown name, or no lead or rep at all.
    """
    if name not in SCENARIO_NAMES:
        raise ValueError(f"scenario {name!r} is unknown: choose A, B or C")
    if leads < 1 or reps < 1:
        raise ValueError(f"a scenario needs leads and reps, not {leads} and {reps}")
    # Everything is drawn in all three scenarios and in the order of the published parameters, so
    # that A, B and C differ in nothing but what their letter says.
    rng = np.random.default_rng(seed)
    region_shares = rng.dirichlet(np.full(REGIONS, REGION_CONCENTRATION))
    product_shares = rng.dirichlet(np.full(PRODUCTS, PRODUCT_CONCENTRATION))
    regions = rng.choice(REGIONS, leads, p=region_shares)
    product_draws = rng.random(leads)
    sizes = rng.choice(SIZES, leads, p=SIZE_SHARES)
    base = rng.normal(BASE_LOGIT, BASE_LOGIT_SD, leads)
    score = base + rng.normal(0, SCORE_NOISE_SD, leads)
    weights = rng.choice(np.array(REP_WEIGHTS, dtype=np.int64), reps, p=REP_WEIGHT_SHARES)
    effects = _draw_effects(rng, weights)
    covers = _draw_coverage(rng, weights)
    later_product_shares = rng.dirichlet(np.full(PRODUCTS, PRODUCT_CONCENTRATION))
    absences = _draw_absences(rng, leads, reps)

    if name != "C":
        later_product_shares = product_shares
        absences = absences[:, :0]
    products = _drifting_products(product_draws, product_shares, later_product_shares)
    grades = np.searchsorted(np.quantile(score, GRADE_QUANTILES), score, side="right")
    segments = (regions * PRODUCTS + products) * SIZES + sizes
    everybody = np.ones((1, reps), dtype=bool)
    classes = np.zeros(leads, dtype=np.int64) if name == "A" else segments.astype(np.int64)
    class_eligibility = everybody if name == "A" else covers
    points = np.array(GRADE_POINTS, dtype=np.int64)[grades] * POINT
    conversion = _conversion(base, segments, effects)
    may_take = (class_eligibility, classes, absences)
    value_per_point = _best_value_per_point(conversion, points, *may_take)
    return Scenario(
        name=name,
        seed=seed,
        points=points,
        grades=grades.astype(np.int64),
        weights=weights,
        classes=classes,
        class_eligibility=class_eligibility,
        absences=absences,
        conversion=conversion,
        fit=_fit(conversion, points, value_per_point),
        value_per_point=value_per_point,
    )


def _draw_effects(rng: np.random.Generator, weights: Ints) -> Floats:
    """What each rep adds to the logit of each segment: a matrix [segment, rep]."""
    reps = len(weights)
    rep = rng.normal(0, REP_SD, reps) + REP_PER_WEIGHT * (weights / FULL_WEIGHT - 1)
    product = rng.normal(0, REP_PRODUCT_SD, (PRODUCTS, reps))
    size = rng.normal(0, REP_SIZE_SD, (SIZES, reps))
    region = rng.normal(0, REP_REGION_SD, (REGIONS, reps))
    effects = rep + region[:, None, None] + product[None, :, None] + size[None, None, :]
    return effects.reshape(REGIONS * PRODUCTS * SIZES, reps)


def _draw_coverage(rng: np.random.Generator, weights: Ints) -> Bools:
    """Who covers which segment in B and C: a matrix [segment, rep]."""
    reps = len(weights)
    region = rng.random((REGIONS, reps)).argsort(axis=0).argsort(axis=0) < COVERED_REGIONS
    product = rng.random((PRODUCTS, reps)).argsort(axis=0).argsort(axis=0) < COVERED_PRODUCTS
    size = np.ones((SIZES, reps), dtype=bool)
    size[LARGE] = weights >= FULL_WEIGHT
    covers = region[:, None, None] & product[None, :, None] & size[None, None, :]
    return covers.reshape(REGIONS * PRODUCTS * SIZES, reps)


def _draw_absences(rng: np.random.Generator, leads: int, reps: int) -> Ints:
    """Absences anywhere in the stream, independently, so that a rep's own two may overlap."""
    length = round(leads * ABSENCE_SHARE)
    first = rng.integers(0, leads - length, (reps, ABSENCES_PER_REP), endpoint=True)
    return np.stack([first, first + length], axis=2)


def _drifting_products(draws: Floats, early: Floats, late: Floats) -> Ints:
    """Products by inverse distribution; the mix moves in a straight line from early to late."""
    progress = np.linspace(0, 1, len(draws))[:, None]
    bounds = (1 - progress) * np.cumsum(early)[:-1] + progress * np.cumsum(late)[:-1]
    products: Ints = (draws[:, None] >= bounds).sum(axis=1, dtype=np.int64)
    return products


def _conversion(base: Floats, segments: Ints, effects: Floats) -> NDArray[np.float32]:
    conversion = np.empty((len(base), effects.shape[1]), dtype=np.float32)
    for first in range(0, len(base), CHUNK):
        part = slice(first, first + CHUNK)
        conversion[part] = 1 / (1 + np.exp(-(base[part, None] + effects[segments[part]])))
    return conversion


def _best_value_per_point(
    conversion: NDArray[np.float32],
    points: Ints,
    class_eligibility: Bools,
    classes: Ints,
    absences: Ints,
) -> float:
    """κ. A conversion is worth 1; leads that nobody may take do not count."""
    best = np.zeros(len(points))
    for first in range(0, len(points), CHUNK):
        end = min(first + CHUNK, len(points))
        may_take = class_eligibility[classes[first:end]] & present(absences, first, end)
        best[first:end] = np.where(may_take, conversion[first:end], 0).max(axis=1)
    value = best / (points / POINT)
    taken = value > 0
    return float(np.quantile(value[taken], FIT_QUANTILE)) if taken.any() else 1.0


def _fit(
    conversion: NDArray[np.float32], points: Ints, value_per_point: float
) -> NDArray[np.int32]:
    """clip(u·value / (κ·p), 0, 1) in millionths, rounded down; a conversion is worth 1."""
    fit = np.empty(conversion.shape, dtype=np.int32)
    full = value_per_point * (points / POINT)
    for first in range(0, len(points), CHUNK):
        part = slice(first, first + CHUNK)
        fit[part] = np.minimum(conversion[part] / full[part, None], 1.0) * FIT
    return fit
