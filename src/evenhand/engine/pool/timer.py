"""How long the first owner should have before an item goes on: a proposal from one's own history.

V(τ) = Σ_h S(τ)^h ∫₀^τ f(t) g(hτ + t) dt is the share that comes to a deal if an item not contacted
within τ goes to somebody else, at most `HAND_OFFS` times: S is the Kaplan–Meier curve of the first
contact, f its density, g(t) how often an item first contacted at age t is won (reference:
algorithms j). g is the average of many shapes of decay and of none, weighed by how well each fits:
little data therefore says little, and proposes nothing sharp. Times are seconds of working time.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.engine.checkup.distributions import Z_95
from evenhand.engine.checkup.survival import Spell, survival_curve

HOUR = 3600.0
HAND_OFFS = 3
ENOUGH = 500  # below so many waits a proposal of one's own says less than the usual limit
USUAL_HOURS = 4.0
CANDIDATE_HOURS = (
    0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 24.0, 32.0,
    40.0, 60.0, 80.0,
)  # fmt: skip
_DECAYS = tuple(2.0**k * HOUR for k in range(-1, 11))  # from half an hour to 1,024 hours
_FLAT = 0.005  # the shortest limit that is so near the best: who waits, waits for little
_PARTS = 10  # of the jackknife
_STEPS = 200  # the curve of first contact is read at so many points


@dataclass(frozen=True, slots=True)
class Wait:
    """One ownership: how long until the first contact, or until it was cut off without one.

    `is_won` is what came of a contacted item; None where that cannot be said yet.
    """

    seconds: float
    is_contacted: bool
    is_won: bool | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A limit, and the share that would be won under it."""

    hours: float
    value: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposed limit, and the range that the data does not tell apart from it."""

    best: Choice
    low_hours: float
    high_hours: float
    choices: tuple[Choice, ...]
    without: float  # the share won if nothing ever goes on
    waits: int
    contacted: int
    won: int

    @property
    def is_enough(self) -> bool:
        """Whether there are enough waits to prefer this to the usual limit."""
        return self.waits >= ENOUGH and self.won > 0


def propose(waits: Sequence[Wait]) -> Proposal | None:
    """The limit that these waits speak for; None if nobody was ever contacted.

    The interval holds every limit whose value differs from the best by less than 1.96 standard
    errors of that difference (delete-a-group jackknife over `_PARTS` parts).
    """
    contacted = sum(one.is_contacted for one in waits)
    if not contacted:
        return None
    weights = _weights(waits)
    values = _values(waits, weights)
    best = next(k for k, value in enumerate(values) if value >= (1 - _FLAT) * max(values))
    errors = _errors(waits, weights, best)
    alike = [k for k in range(len(values)) if values[best] - values[k] <= Z_95 * errors[k] + 1e-12]
    # An interval: from the best outwards as far as nothing is told apart.
    low = high = best
    while low - 1 in alike:
        low -= 1
    while high + 1 in alike:
        high += 1
    choices = tuple(map(Choice, CANDIDATE_HOURS, values))
    return Proposal(
        choices[best],
        CANDIDATE_HOURS[low],
        CANDIDATE_HOURS[high],
        choices,
        _value_without(waits, weights),
        len(waits),
        contacted,
        sum(bool(one.is_won) for one in waits),
    )


def _errors(waits: Sequence[Wait], weights: "Weights", best: int) -> list[float]:
    parts = [[one for at, one in enumerate(waits) if at % _PARTS != k] for k in range(_PARTS)]
    worked = [_values(part, weights) for part in parts if any(one.is_contacted for one in part)]
    if len(worked) < 2:
        return [math.inf] * len(CANDIDATE_HOURS)
    errors = []
    for k in range(len(CANDIDATE_HOURS)):
        gaps = [values[best] - values[k] for values in worked]
        mean = sum(gaps) / len(gaps)
        spread = sum((gap - mean) ** 2 for gap in gaps)
        errors.append(math.sqrt(spread * (len(gaps) - 1) / len(gaps)))
    return errors


def _values(waits: Sequence[Wait], weights: "Weights") -> list[float]:
    steps, win = _contacts(waits), Winning(waits, weights)
    values = []
    for hours in CANDIDATE_HOURS:
        limit, total, still = hours * HOUR, 0.0, 1.0
        within = [(seconds, share) for seconds, share in steps if seconds <= limit]
        missed = 1.0 - sum(share for _, share in within)
        for hand_off in range(HAND_OFFS):
            begun = hand_off * limit
            total += still * sum(share * win.at(begun + seconds) for seconds, share in within)
            still *= missed
        values.append(total)
    return values


def _value_without(waits: Sequence[Wait], weights: "Weights") -> float:
    win = Winning(waits, weights)
    return sum(share * win.at(seconds) for seconds, share in _contacts(waits))


def _contacts(waits: Sequence[Wait]) -> list[tuple[float, float]]:
    """(seconds, share of all first contacted then): steps of the curve, gathered to a few."""
    curve = survival_curve([Spell(one.seconds, one.is_contacted) for one in waits])
    steps, before = [], 1.0
    for seconds, share in zip(curve.times, curve.waiting, strict=True):
        steps.append((seconds, before - share))
        before = share
    size = -(-len(steps) // _STEPS)
    if size <= 1:
        return steps
    gathered = []
    for start in range(0, len(steps), size):
        part = steps[start : start + size]
        mass = sum(share for _, share in part)
        middle = sum(seconds * share for seconds, share in part) / mass if mass else part[0][0]
        gathered.append((middle, mass))
    return gathered


# What each shape of decay gives at the ages that there are: the parts of the jackknife share it.
Weights = Mapping[float, tuple[float, ...]]


def _weights(waits: Sequence[Wait]) -> Weights:
    ages = {one.seconds for one in waits if one.is_contacted}
    return {age: tuple(_shape(family, decay, age) for family, decay in _shapes()) for age in ages}


class Winning:
    """How often an item is won that is first contacted at an age: g(t)."""

    def __init__(self, waits: Sequence[Wait], weights: Weights) -> None:
        seen = [(one.seconds, one.is_won) for one in waits if one.is_contacted]
        known = [(seconds, bool(is_won)) for seconds, is_won in seen if is_won is not None]
        self._shapes: list[tuple[int, float, float, float]] = []  # family, decay, level, weight
        won = sum(is_won for _, is_won in known)
        if not won:
            return
        fits = []
        columns = zip(*(weights[seconds] for seconds, _ in known), strict=True)
        for (family, decay), column in zip(_shapes(), columns, strict=True):
            level = won / sum(column)  # most likely for counts (Poisson), in closed form
            likelihood = sum(
                math.log(level * weight)
                for weight, (_, is_won) in zip(column, known, strict=True)
                if is_won
            )
            fits.append((family, decay, level, likelihood))
        most = max(fit[3] for fit in fits)
        # As much belief beforehand in no decay as in each family of decay.
        prior = [1.0 if family == 0 else 1 / len(_DECAYS) for family, _, _, _ in fits]
        odds = [share * math.exp(fit[3] - most) for share, fit in zip(prior, fits, strict=True)]
        self._shapes = [
            (family, decay, level, odd / sum(odds))
            for (family, decay, level, _), odd in zip(fits, odds, strict=True)
            if odd > 1e-6 * sum(odds)
        ]

    def at(self, seconds: float) -> float:
        """The share won of those first contacted at this age, 0 … 1."""
        return sum(
            weight * min(1.0, level * _shape(family, decay, seconds))
            for family, decay, level, weight in self._shapes
        )


def _shapes() -> list[tuple[int, float]]:
    return [(0, 1.0), *((family, decay) for family in (1, 2) for decay in _DECAYS)]


def _shape(family: int, decay: float, seconds: float) -> float:
    """No decay; exponential decay; decay with the logarithm of the age."""
    if family == 0:
        return 1.0
    if family == 1:
        return max(1e-9, math.exp(-seconds / decay))
    return 1 / (1 + math.log1p(seconds / decay))
