"""How uneven the deal was as a whole: Gini, Jain and the share of value that sits elsewhere.

Three numbers stand together, since none speaks alone: the figure, its resampling interval, and
what pure chance among equals would have given with the same leads.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from evenhand.engine.checkup.activity import Activity
from evenhand.engine.checkup.distributions import normal_quantile
from evenhand.engine.checkup.estimates import Estimate, gini, jain, percentile
from evenhand.engine.checkup.holdings import Settings
from evenhand.engine.checkup.resampling import poisson_draw, uniforms

# More distinct point values than this per rep are drawn as one normal amount: same law, less work.
_CELLS_PER_REP = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measure of the whole: as it was, and what chance gives (median and 95 % range)."""

    observed: Estimate
    chance: Estimate
    is_higher_worse: bool = True

    @property
    def is_beyond_chance(self) -> bool:
        """Whether it is more uneven than what chance gives 97.5 times in 100.

        More even than chance (as plain rotation is) is no cause for concern.
        """
        if self.is_higher_worse:
            return self.observed.value > self.chance.high
        return self.observed.value < self.chance.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Unevenness of points received per point due. `displaced` is the share of all points that
    would have to change hands for everyone to have exactly the fair share."""

    gini: Figure
    jain: Figure
    displaced: Figure


def displaced(got: Sequence[float], due: Sequence[float]) -> float:
    """Half the sum of |received − due|, as a share of everything received."""
    total = sum(got)
    if total <= 0:
        return 0.0
    scale = total / (sum(due) or total)
    return sum(abs(g - d * scale) for g, d in zip(got, due, strict=True)) / (2 * total)


def spread_of(activity: Activity, settings: Settings) -> Spread | None:
    """Measure the whole deal; None with fewer than two reps or nothing of value dealt.

    Interval: Poisson bootstrap (Hanley & MacGibbon 2006) by rep and point value, recentred on
    the figure because resampling by itself adds unevenness. Chance: the same leads dealt by lot,
    as Poisson counts by rep and point value, which brought to one total are the multinomial.
    """
    reps = activity.reps
    due_counts = _due_counts(activity)
    due = [sum(points * count for points, count in due_counts[rep].items()) for rep in reps]
    if len(reps) < 2 or min(due) <= 0:
        return None
    counts: dict[str, dict[int, float]] = {rep: {} for rep in reps}
    for deal in activity.deals:
        line = counts[deal.rep_id]
        line[deal.points] = line.get(deal.points, 0) + 1
    got = [sum(points * count for points, count in counts[rep].items()) for rep in reps]

    resampled = _drawn(reps, counts, settings, "bootstrap")
    by_lot = _drawn(reps, due_counts, settings, "by lot")

    def figure(
        measure: Callable[[Sequence[float]], float], *, is_higher_worse: bool = True
    ) -> Figure:
        return Figure(
            observed=_recentred(measure(got), sorted(map(measure, resampled))),
            chance=_range(sorted(map(measure, by_lot))),
            is_higher_worse=is_higher_worse,
        )

    def per_due(measure: Callable[[Sequence[float]], float]) -> Callable[[Sequence[float]], float]:
        return lambda values: measure([v / d for v, d in zip(values, due, strict=True)])

    return Spread(
        gini=figure(per_due(gini)),
        jain=figure(per_due(jain), is_higher_worse=False),
        displaced=figure(lambda values: displaced(values, due)),
    )


def _due_counts(activity: Activity) -> dict[str, dict[int, float]]:
    """How many leads of each point value every rep was due."""
    found: dict[str, dict[int, float]] = {rep: {} for rep in activity.reps}
    by_points = activity.chance(activity.deals, lambda d: d.points, lambda d: 1)
    for points, laws in by_points.items():
        for rep, law in laws.items():
            found[rep][points] = law.mean
    return found


def _drawn(
    reps: Sequence[str],
    counts: Mapping[str, Mapping[int, float]],
    settings: Settings,
    label: str,
) -> list[list[float]]:
    """Point totals of every rep in `resamples` worlds whose counts are Poisson around these."""
    chance = uniforms(settings.seed, label)
    cells = [sorted(counts[rep].items()) for rep in reps]
    return [[_total(sizes, chance) for sizes in cells] for _ in range(settings.resamples)]


def _total(sizes: Sequence[tuple[int, float]], chance: Iterator[float]) -> float:
    if len(sizes) <= _CELLS_PER_REP:
        return float(sum(points * poisson_draw(mean, next(chance)) for points, mean in sizes))
    mean = sum(points * count for points, count in sizes)
    deviation = sqrt(sum(points * points * count for points, count in sizes))
    return max(0.0, mean + deviation * normal_quantile(next(chance)))


def _recentred(value: float, ordered: Sequence[float]) -> Estimate:
    middle = percentile(ordered, 0.5)
    low = value + percentile(ordered, 0.025) - middle
    high = value + percentile(ordered, 0.975) - middle
    return Estimate(value, max(0.0, low), min(1.0, high))


def _range(ordered: Sequence[float]) -> Estimate:
    return Estimate(
        percentile(ordered, 0.5), percentile(ordered, 0.025), percentile(ordered, 0.975)
    )
