"""Conversions against expectation: what each rep's leads would have won with the team, and did.

No league table: raw rates mostly rank the lead mix and luck (algorithms e). Shown is observed over
expected, shrunk towards the team by empirical Bayes, with its interval.
"""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from evenhand.engine.checkup.activity import Activity
from evenhand.engine.checkup.distributions import gamma_cdf, gamma_quantile
from evenhand.engine.checkup.estimates import Estimate, Share, percentile
from evenhand.engine.checkup.holdings import Column, History, Holding, Outcome, Settings

K = TypeVar("K", bound=Hashable)

# Leads added at the wider group's rate before a segment's own rate counts.
_PRIOR_LEADS = 20
# With fewer wins in all, differences between reps cannot be told from chance at all.
LEAST_WINS = 20
_DEFAULT_HORIZON_DAYS = 60
_SURE = 0.975


@dataclass(frozen=True, slots=True, kw_only=True)
class RepConversion:
    """One rep: leads judged, wins, expected wins, and the shrunken ratio r̂ with its interval.

    `chance_above` is P(ratio > 1) given the file.
    """

    rep_id: str
    leads: int
    won: int
    expected: float
    ratio: Estimate
    chance_above: float

    @property
    def is_normal_variation(self) -> bool:
        """Whether the rep cannot be told apart from the team (2.5 % on either side)."""
        return 1 - _SURE < self.chance_above < _SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """The team's conversions. A lead counts as won if it was won within `horizon_days`; younger
    leads do not count. `skill_deviation` is the estimated spread of true ratios between reps;
    `dispersion` is how far the counts vary less than Poisson counts do."""

    horizon_days: int
    won: Share
    reps: tuple[RepConversion, ...]
    skill_deviation: float
    dispersion: float
    chances: Mapping[tuple[str, str], float]


def horizon_of(history: History, settings: Settings) -> int:
    """Days in which most leads are decided: nine of ten wins fall inside, at least a week."""
    if settings.horizon_days is not None:
        return settings.horizon_days
    days = sorted(
        (h.decided_at - h.received_at).total_seconds() / 86400
        for h in history.holdings
        if h.outcome is Outcome.WON and h.decided_at and h.decided_at >= h.received_at
    )
    if len(days) < LEAST_WINS:
        return _DEFAULT_HORIZON_DAYS
    return max(7, math.ceil(percentile(days, 0.9)))


def conversion_of(
    history: History,
    activity: Activity,
    lines: Mapping[str, Sequence[Holding]],
    horizon_days: int,
) -> Conversion | None:
    """Compare wins with expectation.

    None without outcomes, with too few wins, or if all leads were won.

    A win counts for whoever received the lead.
    """
    if not history.has(Column.OUTCOME) or history.has_won_leads_only:
        return None
    limit = history.as_of - timedelta(days=horizon_days)
    judged = [deal for deal in activity.deals if deal.received_at <= limit]
    is_won = {deal.lead_id: _is_won(lines[deal.lead_id], deal, horizon_days) for deal in judged}
    won = sum(is_won.values())
    if won < LEAST_WINS or won == len(judged):
        return None
    chances = _chances(judged, is_won)
    expected: dict[str, float] = dict.fromkeys(activity.reps, 0.0)
    observed: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    for deal in judged:
        expected[deal.rep_id] += chances[deal.grade, deal.source]
        observed[deal.rep_id] += is_won[deal.lead_id]
        leads[deal.rep_id] += 1
    # Wins of leads that are often won vary less than a Poisson count: Σp(1−p) instead of Σp.
    used = [chances[deal.grade, deal.source] for deal in judged]
    dispersion = sum(p * (1 - p) for p in used) / sum(used)
    names = [rep for rep in activity.reps if leads[rep]]
    shape = _prior_shape([(observed[n] / dispersion, expected[n] / dispersion) for n in names])
    return Conversion(
        horizon_days=horizon_days,
        won=Share(won, len(judged)),
        reps=tuple(
            _posterior(n, leads[n], observed[n], expected[n], dispersion, shape) for n in names
        ),
        skill_deviation=1 / math.sqrt(shape),
        dispersion=dispersion,
        chances=chances,
    )


def _is_won(line: Sequence[Holding], deal: Holding, horizon_days: int) -> bool:
    end = line[-1]
    if end.outcome is not Outcome.WON:
        return False
    if end.decided_at is None:
        return True
    return end.decided_at - deal.received_at <= timedelta(days=horizon_days)


def _chances(judged: Sequence[Holding], is_won: Mapping[str, bool]) -> dict[tuple[str, str], float]:
    """The team's chance to win a lead of each grade and source.

    Overall rate → grade → grade and source: each step starts from the one before with the
    weight of `_PRIOR_LEADS` leads, so that a segment of three leads does not speak for itself.
    """
    overall = sum(is_won.values()) / len(judged)
    by_grade = _shrunk(judged, is_won, lambda d: d.grade, lambda key: overall)
    return _shrunk(judged, is_won, lambda d: (d.grade, d.source), lambda key: by_grade[key[0]])


def _shrunk(
    judged: Sequence[Holding],
    is_won: Mapping[str, bool],
    key: Callable[[Holding], K],
    prior: Callable[[K], float],
) -> dict[K, float]:
    won: Counter[K] = Counter()
    total: Counter[K] = Counter()
    for deal in judged:
        won[key(deal)] += is_won[deal.lead_id]
        total[key(deal)] += 1
    return {k: (won[k] + _PRIOR_LEADS * prior(k)) / (total[k] + _PRIOR_LEADS) for k in total}


def _prior_shape(cells: Sequence[tuple[float, float]]) -> float:
    """a of the prior r ~ Gamma(a, a) by marginal likelihood (negative binomial; algorithms e).

    The mean is 1: expectation was made from the same team. Searched on a fixed grid from a
    true spread of 100 % (a = 1) to 1 % (a = 10,000), so that the result is the same anywhere.
    """

    def likelihood(a: float) -> float:
        return sum(
            math.lgamma(a + seen)
            - math.lgamma(a)
            + a * math.log(a)
            - (a + seen) * math.log(a + expected)
            for seen, expected in cells
        )

    grid = [10 ** (step / 40) for step in range(161)]
    return max(grid, key=likelihood)


def _posterior(
    rep_id: str, leads: int, won: int, expected: float, dispersion: float, shape: float
) -> RepConversion:
    """r̂ = (O + a) / (E + a) with O and E in units of effective counts."""
    after = shape + won / dispersion
    rate = shape + expected / dispersion
    return RepConversion(
        rep_id=rep_id,
        leads=leads,
        won=won,
        expected=expected,
        ratio=Estimate(
            after / rate, gamma_quantile(after, 0.025) / rate, gamma_quantile(after, 0.975) / rate
        ),
        chance_above=1 - gamma_cdf(after, rate),
    )
