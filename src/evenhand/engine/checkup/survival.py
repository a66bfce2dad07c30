"""How long until something happens, when for many it has not happened yet: Kaplan–Meier.

Leads not answered by the end of the file, handed on or closed before an answer are censored:
they count as "not within that time", neither as answered nor as never.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from evenhand.engine.checkup.distributions import Z_95
from evenhand.engine.checkup.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Spell:
    """Seconds waited, and whether the wait ended with the event or was cut off (censored)."""

    seconds: float
    has_happened: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan–Meier curve: at `times[k]` seconds the share still waiting falls to `waiting[k]`.

    `variance_terms` is Greenwood's sum Σ d / (n (n − d)) up to each time.
    """

    times: tuple[float, ...]
    waiting: tuple[float, ...]
    variance_terms: tuple[float, ...]
    subjects: int
    events: int

    def still_waiting(self, seconds: float) -> Estimate:
        """The share still without the event after this long, with its log-log interval."""
        at = bisect_right(self.times, seconds) - 1
        if at < 0:
            return Estimate(1.0, 1.0, 1.0)
        return self._with_interval(at)

    def points(self) -> Iterable[tuple[float, Estimate]]:
        """Every step of the curve: seconds and the share still waiting, with its interval."""
        for at, seconds in enumerate(self.times):
            yield seconds, self._with_interval(at)

    def quantile(self, share: float) -> tuple[float | None, float | None, float | None]:
        """The time by which `share` of all had the event, with its interval (Brookmeyer–Crowley).

        None: not reached within what the file shows; as the upper end: no upper limit.
        """
        goal = 1 - share
        value = low = high = None
        for at, seconds in enumerate(self.times):
            around = self._with_interval(at)
            if low is None and around.low <= goal:
                low = seconds
            if value is None and around.value <= goal + 1e-12:
                value = seconds
            if high is None and around.high <= goal:
                high = seconds
        return value, low, high

    def _with_interval(self, at: int) -> Estimate:
        share = self.waiting[at]
        if share >= 1:
            return Estimate(1.0, 1.0, 1.0)
        if share <= 0:
            # The log-log interval is undefined at 0; what k of k events bound is 1 − 0.025^(1/k).
            return Estimate(0.0, 0.0, 1 - 0.025 ** (1 / max(1, self.subjects)))
        log = math.log(share)
        half = Z_95 * math.sqrt(self.variance_terms[at]) / log
        return Estimate(share, share ** math.exp(-half), share ** math.exp(half))


def survival_curve(spells: Sequence[Spell]) -> Curve:
    """Estimate the curve (Kaplan & Meier 1958; variance Greenwood 1926, on the log-log scale)."""
    share, term = 1.0, 0.0
    times: list[float] = []
    waiting: list[float] = []
    terms: list[float] = []
    events_total = 0
    for seconds, at_risk, events in _moments(spells):
        events_total += events
        share *= 1 - events / at_risk
        term += events / (at_risk * (at_risk - events)) if at_risk > events else math.inf
        times.append(seconds)
        waiting.append(share)
        terms.append(term)
    return Curve(tuple(times), tuple(waiting), tuple(terms), len(spells), events_total)


def cumulative_hazard(spells: Sequence[Spell]) -> list[tuple[float, float]]:
    """Nelson–Aalen: (seconds, expected events so far for one who waits that long), ascending."""
    total = 0.0
    found: list[tuple[float, float]] = []
    for seconds, at_risk, events in _moments(spells):
        total += events / at_risk
        found.append((seconds, total))
    return found


def _moments(spells: Sequence[Spell]) -> Iterator[tuple[float, int, int]]:
    """(seconds, how many still waited, to how many it happened), where it did, ascending."""
    at_risk = len(spells)
    ordered = sorted(spells, key=lambda spell: spell.seconds)
    for seconds, alike in groupby(ordered, key=lambda spell: spell.seconds):
        together = list(alike)
        events = sum(spell.has_happened for spell in together)
        if events:
            yield seconds, at_risk, events
        at_risk -= len(together)


def expected_events(hazard: Sequence[tuple[float, float]], spells: Iterable[Spell]) -> float:
    """How many events these spells would have had at the pace of `hazard` (log-rank)."""
    times = [seconds for seconds, _ in hazard]
    total = 0.0
    for spell in spells:
        at = bisect_right(times, spell.seconds) - 1
        if at >= 0:
            total += hazard[at][1]
    return total
