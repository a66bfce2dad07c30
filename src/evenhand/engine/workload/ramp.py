"""A newcomer's weight while he settles in: it grows with days, and sooner with results.

Results only ever speed it up: nobody's ramp is longer than its days. Days away do not count, so
that leave costs no practice. Hundredths of weight, as everywhere. (reference: algorithms e)
"""

from dataclasses import dataclass
from fractions import Fraction

from evenhand.engine.facts import FULL_WEIGHT


@dataclass(frozen=True, slots=True)
class RampTerms:
    """From `start_percent` to full weight within `days`, or at `results` (None = days alone)."""

    start_percent: int = 40
    days: int = 90
    results: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.start_percent <= FULL_WEIGHT:
            raise ValueError(f"a ramp starts at 1 to 100 percent, not at {self.start_percent}")
        if self.days < 1:
            raise ValueError(f"a ramp takes at least a day, not {self.days}")
        if self.results is not None and self.results < 1:
            raise ValueError(f"a ramp ends at one result or more, not at {self.results}")


@dataclass(frozen=True, slots=True)
class RampWeight:
    """The factor in hundredths, and what it rests on; `by_results` is None if none are counted."""

    percent: int
    by_days: int
    by_results: int | None
    days: int
    results: int

    @property
    def is_over(self) -> bool:
        """Whether the rep has full weight."""
        return self.percent == FULL_WEIGHT


def ramp_weight(
    terms: RampTerms, *, days_since_joining: int, days_away: int = 0, results: int = 0
) -> RampWeight:
    """The weight after so many days (less those away) and results: the better of the two.

    Before the first day it is the starting weight.
    """
    assert days_away >= 0, "days away are counted, never given back"
    assert results >= 0, "results are counted"
    days = max(0, days_since_joining - days_away)
    by_days = _grown(terms, Fraction(days, terms.days))
    by_results = None
    if terms.results is not None:
        by_results = _grown(terms, Fraction(results, terms.results))
    percent = by_days if by_results is None else max(by_days, by_results)
    return RampWeight(percent, by_days, by_results, days, results)


def _grown(terms: RampTerms, progress: Fraction) -> int:
    start = terms.start_percent
    return int(start + (FULL_WEIGHT - start) * min(Fraction(1), progress) + Fraction(1, 2))
