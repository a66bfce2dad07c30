"""Effective weight: how large a person's share is, and which factors made it so.

All in hundredths: base × ramp × clip(performance × reward, 0.80, 1.25) × temporary adjustments,
rounded half up, at least 1 unless the base is 0. (DESIGN.md, row "weights")
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from evenhand.engine.facts import FULL_WEIGHT, ItemKind, Rep
from evenhand.engine.routing.section import Level, Ramp

MERIT_FLOOR = Fraction(80, 100)
MERIT_CEILING = Fraction(125, 100)


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight in hundredths with the factors that gave it, each in hundredths."""

    weight: int
    base: int
    ramp: int = FULL_WEIGHT
    merit: int = FULL_WEIGHT
    adjustment: int = FULL_WEIGHT

    @property
    def is_plain(self) -> bool:
        """Whether the weight is simply the base."""
        return self.ramp == self.merit == self.adjustment == FULL_WEIGHT


def base_weight(rep: Rep, kind: ItemKind, grade: str) -> int:
    """The personal weight for this kind and grade: the most particular one that is set."""
    for key in (f"{kind.value}:{grade}", grade, kind.value):
        if key in rep.weights:
            return rep.weights[key]
    return rep.weight


def effective_weight(rep: Rep, *, base: int, level: Level | None, today: date) -> Weight:
    """The weight that counts today, from a base in hundredths."""
    assert base >= 0, "a base weight is never negative"
    if base == 0:
        return Weight(weight=0, base=0)
    is_grown = level is None or level.ramp is None or rep.joined_on is None
    if is_grown and not rep.adjustments and rep.performance == rep.reward == FULL_WEIGHT:
        # Most people most of the time; fractions would find the same, more slowly.
        return Weight(weight=base, base=base)
    ramp = _ramp(rep, level.ramp if level else None, today)
    merit = min(max(Fraction(rep.performance * rep.reward, 10_000), MERIT_FLOOR), MERIT_CEILING)
    adjustment = _product(
        Fraction(change.factor, FULL_WEIGHT)
        for change in rep.adjustments
        if change.from_date <= today <= change.until_date
    )
    exact = base * ramp * merit * adjustment
    return Weight(
        weight=max(1, _half_up(exact)),
        base=base,
        ramp=_half_up(ramp * FULL_WEIGHT),
        merit=_half_up(merit * FULL_WEIGHT),
        adjustment=_half_up(adjustment * FULL_WEIGHT),
    )


def _ramp(rep: Rep, ramp: Ramp | None, today: date) -> Fraction:
    """w = w₀ + (1 − w₀)·min(1, max(d/days, results/wanted)), d = days worked. (algorithms e)"""
    if ramp is None or rep.joined_on is None:
        return Fraction(1)
    start = Fraction(ramp.start_percent, FULL_WEIGHT)
    return start + (1 - start) * _progress(rep, ramp, today)


def is_settling_in(rep: Rep, level: Level | None, today: date) -> bool:
    """Whether somebody is new: inside the ramp of his level."""
    if level is None or level.ramp is None or rep.joined_on is None:
        return False
    return _progress(rep, level.ramp, today) < 1


def worked_days(rep: Rep, today: date) -> int:
    """Days since joining without those on leave; 0 before the first."""
    return 0 if rep.joined_on is None else max(0, (today - rep.joined_on).days - rep.days_away)


def _progress(rep: Rep, ramp: Ramp, today: date) -> Fraction:
    """How much of the ramp is over, 0 … 1: the better of days and results."""
    progress = Fraction(worked_days(rep, today), ramp.days)
    if ramp.results is not None:
        progress = max(progress, Fraction(rep.results, ramp.results))
    return min(Fraction(1), progress)


def _product(factors: Iterable[Fraction]) -> Fraction:
    result = Fraction(1)
    for factor in factors:
        result *= factor
    return result


def _half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))
