"""When a rep is ready for the next level: proposed from evidence, decided by a person.

There is no demotion here, and no figure from which one could be read: too little evidence and
"not yet" say what is missing, nothing more. (reference: algorithms e)

Outcomes O against what was expected of the very leads received E (the sum of their chances) make
a rate r, shrunk towards the level: r ~ Gamma(O + a, E + a/m). Proposed is who very probably does
at least nine tenths of what the level does on average.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenhand.engine.checkup.distributions import gamma_cdf

MILLION = 1_000_000
# Widths of the prior that are tried: from hardly shared to all alike.
_STRENGTHS = tuple(2.0 ** (step / 2) for step in range(-2, 19))


@dataclass(frozen=True, slots=True)
class Record:
    """Outcomes and what was expected of the leads received, in millionths of an outcome."""

    outcomes: int
    expected: int

    def __post_init__(self) -> None:
        if self.outcomes < 0 or self.expected < 0:
            raise ValueError(f"a record counts upwards: {self.outcomes}, {self.expected}")


@dataclass(frozen=True, slots=True)
class LevelPrior:
    """How the people of a level do: mean rate m, and how alike they are (a = large: alike)."""

    mean: float
    strength: float


@dataclass(frozen=True, slots=True)
class GraduationTerms:
    """What a level asks of those who leave it upwards; `expected` in millionths of an outcome."""

    expected: int = 15 * MILLION
    of_mean_percent: int = 90
    probability_percent: int = 80
    days_at_level: int = 90


class Need(StrEnum):
    """What is looked at, in the order in which it is shown."""

    DAYS = "days"  # time at the level
    EXPECTED = "expected"  # enough leads to judge by, in millionths of an outcome
    PROBABILITY = "probability"  # that the rate is high enough, in millionths


@dataclass(frozen=True, slots=True)
class Check:
    """One need with what was found and what is asked."""

    need: Need
    found: int
    asked: int

    @property
    def is_met(self) -> bool:
        """A probability must pass what is asked, the others reach it."""
        return (
            self.found > self.asked if self.need is Need.PROBABILITY else self.found >= self.asked
        )


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether to propose the next level, and every figure behind it.

    `rate` is the shrunken rate against what was expected, in millionths (1,000,000 = as expected).
    """

    checks: tuple[Check, ...]
    record: Record
    rate: int
    level_mean: int

    @property
    def is_proposed(self) -> bool:
        """All needs are met. False never means more than "not yet"."""
        return all(check.is_met for check in self.checks)

    @property
    def missing(self) -> tuple[Check, ...]:
        """What is not there yet, for the rep's own page."""
        return tuple(check for check in self.checks if not check.is_met)


def level_prior(records: Sequence[Record]) -> LevelPrior:
    """The spread of a level's people, by largest marginal likelihood (negative binomial).

    With nobody to learn from: as expected, and rather alike.
    """
    outcomes = sum(record.outcomes for record in records)
    expected = sum(record.expected for record in records) / MILLION
    if not outcomes or not expected:
        return LevelPrior(mean=1.0, strength=16.0)
    mean = outcomes / expected

    def likelihood(strength: float) -> float:
        rate = strength / mean
        return sum(
            math.lgamma(record.outcomes + strength)
            - math.lgamma(strength)
            - strength * math.log1p(record.expected / MILLION / rate)
            - record.outcomes * math.log(rate + record.expected / MILLION)
            for record in records
        )

    return LevelPrior(mean, max(_STRENGTHS, key=likelihood))


def readiness(
    record: Record, prior: LevelPrior, *, days_at_level: int, terms: GraduationTerms | None = None
) -> Readiness:
    """How near a rep is to the next level.

    Stretch leads belong into the record like any other, against their own chances.
    """
    assert days_at_level >= 0, "days are counted"
    terms = terms or GraduationTerms()
    shape = record.outcomes + prior.strength
    scale = record.expected / MILLION + prior.strength / prior.mean
    wanted = prior.mean * terms.of_mean_percent / 100
    # Rounded once, down: what decides is an integer, and a hair never makes a proposal.
    probability = int(MILLION * (1 - gamma_cdf(shape, wanted * scale)))
    return Readiness(
        checks=(
            Check(Need.DAYS, days_at_level, terms.days_at_level),
            Check(Need.EXPECTED, record.expected, terms.expected),
            Check(Need.PROBABILITY, probability, terms.probability_percent * MILLION // 100),
        ),
        record=record,
        rate=round(MILLION * shape / scale),
        level_mean=round(MILLION * prior.mean),
    )
