"""OPT: what a clairvoyant planner could convert at most while dealing exactly fair shares.

The fair LP over leads t and reps i: maximise Σ u·x, every lead dealt once (Σ_i x = 1), every rep
receives exactly his entitlement (Σ_t p·x = Σ_t e). For any multipliers λ its dual

    D(λ) = Σ_t max_i (u_ti − λ_i·p_t) + Σ_i λ_i·E_i

is an upper bound, so how well λ was found can never make a policy look better than it is. λ is
found on the smoothed dual, where the maximum is a soft maximum of temperature μ per point, by
damped Newton steps while μ falls; the soft choice is itself a fair plan once the gradient is
zero, and its value, a lower bound of OPT, tells how tight D is.
"""

from dataclasses import dataclass

import numpy as np

from bench.scenarios import CHUNK, GRADE_POINTS, Floats, Scenario
from evenhand.engine.facts import POINT

TIGHTNESS = 2e-4  # stop when bound and fair plan differ by less than this share of the bound
COOLING = 0.4  # factor on the temperature from one stage to the next
STAGES, NEWTON_STEPS = 24, 30
SETTLED = 1e-6  # Σ|wrong delivery|, as a share of all points, that ends a stage
LARGE_STREAM, SAMPLE_EVERY = 20_000, 8
START_WARM = 0.05  # temperature, as a share of the cold start's, when λ is nearly right


@dataclass(frozen=True, slots=True, eq=False)
class FairBound:
    """An upper bound on expected conversions under exact shares, and how tight it is."""

    conversions: float  # D(λ): nobody can convert more at exact shares
    reached: float  # value of the plan found; its shares are wrong by at most `misdelivery`
    misdelivery: float  # Σ|points delivered − entitlement| ÷ all points
    multipliers: Floats  # λ, conversions per point

    @property
    def gap(self) -> float:
        """How far the bound may be above the true optimum, as a share of the bound."""
        return (self.conversions - self.reached) / self.conversions if self.conversions else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Smoothed:
    """The smoothed dual at one λ and one temperature, and what goes with it."""

    dual: float  # D(λ), the bound itself
    smoothed: float
    gradient: Floats
    curvature: Floats
    reached: float


@dataclass(frozen=True, slots=True, eq=False)
class _Program:
    """The LP's data: value per point (−∞ where not eligible), points, entitlements in points."""

    value_per_point: Floats  # [lead, rep]
    points: Floats
    entitlement: Floats  # [rep]


def fair_bound(scenario: Scenario) -> float:
    """OPT in expected conversions: one ledger, exact shares over all leads together."""
    return solve_fair_bound(scenario).conversions


def fair_bound_by_grade(scenario: Scenario) -> float:
    """OPT when shares must be exact within every grade: the comparator of the grade books."""
    return sum(
        solve_fair_bound(scenario, grade).conversions
        for grade in range(len(GRADE_POINTS))
        if (scenario.grades == grade).any()
    )


def solve_fair_bound(scenario: Scenario, grade: int | None = None) -> FairBound:
    """Solve the fair LP over all leads, or over those of one grade."""
    program = _program(scenario, grade, every=1)
    if not len(program.points):
        return FairBound(0.0, 0.0, 0.0, np.zeros(scenario.rep_count))
    multipliers = np.zeros(scenario.rep_count)
    if len(program.points) >= LARGE_STREAM:
        # Any λ gives a valid bound, so most of the search may look at a sample of the leads.
        multipliers = _solve(_program(scenario, grade, SAMPLE_EVERY), multipliers).multipliers
        return _solve(program, multipliers, START_WARM)
    return _solve(program, multipliers)


def _program(scenario: Scenario, grade: int | None, every: int) -> _Program:
    values, points = [], []
    entitlement = np.zeros(scenario.rep_count)
    for first, end in scenario.chunks():
        may_take = scenario.eligible(first, end)
        # A lead that nobody may take is in nobody's reach, the clairvoyant's included.
        chosen = may_take.any(axis=1) & (np.arange(first, end) % every == 0)
        if grade is not None:
            chosen &= scenario.grades[first:end] == grade
        entitlement += scenario.entitlements(first, end)[chosen].sum(axis=0) / POINT
        of_lead = scenario.points[first:end][chosen] / POINT
        value = scenario.conversion[first:end][chosen] / of_lead[:, None]
        values.append(np.where(may_take[chosen], value, -np.inf))
        points.append(of_lead)
    return _Program(np.concatenate(values), np.concatenate(points), entitlement)


def _solve(program: _Program, multipliers: Floats, start: float = 1.0) -> FairBound:
    total = float(program.points.sum())
    temperature = start * (float(np.std(program.value_per_point.max(axis=1))) + 1e-9)
    at = _smoothed(program, multipliers, temperature)
    best, best_multipliers = at.dual, multipliers
    for _ in range(STAGES):
        for _ in range(NEWTON_STEPS):
            if np.abs(at.gradient).sum() <= SETTLED * total:
                break
            multipliers, at = _newton_step(program, multipliers, at, temperature)
        if at.dual < best:
            best, best_multipliers = at.dual, multipliers
        settled = np.abs(at.gradient).sum() <= SETTLED * total
        if settled and best - at.reached <= TIGHTNESS * abs(best):
            break
        temperature *= COOLING
        at = _smoothed(program, multipliers, temperature)
    misdelivery = float(np.abs(at.gradient).sum()) / total
    return FairBound(float(best), at.reached, misdelivery, best_multipliers)


def _newton_step(
    program: _Program, multipliers: Floats, at: _Smoothed, temperature: float
) -> tuple[Floats, _Smoothed]:
    # Adding one number to all λ changes nothing where everybody may take everything, so the
    # curvature is singular: a small ridge makes the step the shortest one.
    ridge = 1e-9 * float(np.trace(at.curvature)) / len(multipliers) + 1e-12
    step = np.linalg.solve(at.curvature + ridge * np.eye(len(multipliers)), at.gradient)
    slope = float(at.gradient @ step)
    length = 1.0
    while True:
        moved = multipliers - length * step
        then = _smoothed(program, moved, temperature)
        if then.smoothed <= at.smoothed - 1e-4 * length * slope or length < 1e-3:
            return moved, then
        length /= 2


def _smoothed(program: _Program, multipliers: Floats, temperature: float) -> _Smoothed:
    reps = len(multipliers)
    delivered = np.zeros(reps)
    together = np.zeros((reps, reps))
    soft = exact = reached = 0.0
    for first in range(0, len(program.points), CHUNK):
        part = slice(first, first + CHUNK)
        value, points = program.value_per_point[part], program.points[part]
        net = value - multipliers
        top = net.max(axis=1, keepdims=True)
        choice = np.exp((net - top) / temperature)
        mass = choice.sum(axis=1, keepdims=True)
        choice /= mass
        weighted = choice * points[:, None]
        delivered += weighted.sum(axis=0)
        together += choice.T @ weighted
        exact += float(points @ top[:, 0])
        soft += float(points @ (top[:, 0] + temperature * np.log(mass[:, 0])))
        reached += float((weighted * np.where(choice > 0, value, 0)).sum())
    owed = float(multipliers @ program.entitlement)
    return _Smoothed(
        dual=exact + owed,
        smoothed=soft + owed,
        gradient=program.entitlement - delivered,
        curvature=(np.diag(delivered) - together) / temperature,
        reached=reached,
    )
