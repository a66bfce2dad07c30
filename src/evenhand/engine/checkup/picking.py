"""Cherry-picking: did a rep's leads sit higher in value than the team's leads of the same month?

The index is the mean percentile of what a rep received, 0.5 for an average mix (free grabbing by
the fastest gives about 0.74; algorithms j). It shows a mix, not an intention: assignment by skill
or territory looks the same, which is why the index within each source stands beside it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from evenhand.engine.checkup.activity import Activity
from evenhand.engine.checkup.distributions import Z_95, normal_cdf
from evenhand.engine.checkup.estimates import Estimate, false_discovery
from evenhand.engine.checkup.holdings import Holding
from evenhand.engine.checkup.received import FLAG


@dataclass(frozen=True, slots=True, kw_only=True)
class PickIndex:
    """One rep's mean percentile of value, with its interval and the value across the team."""

    rep_id: str
    leads: int
    index: Estimate
    within_source: float | None
    q_value: float

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the mix differs from the team's by more than chance."""
        return self.q_value <= FLAG


def pick_indices(activity: Activity, *, has_sources: bool) -> tuple[PickIndex, ...]:
    """The index of every rep by name; empty if all leads are worth the same.

    Percentiles are mid-ranks within the calendar month, so a month with better leads favors
    nobody. The interval is that of a random draw without replacement from those months.
    """
    ranks = _ranks(activity.deals, lambda deal: (deal.received_at.year, deal.received_at.month))
    if not any(variance for _, variance in ranks.values()):
        return ()
    within: Mapping[int, tuple[float, float]] = {}
    if has_sources:
        within = _ranks(
            activity.deals,
            lambda deal: (deal.received_at.year, deal.received_at.month, deal.source),
        )
    rows: dict[str, list[int]] = defaultdict(list)
    for at, deal in enumerate(activity.deals):
        rows[deal.rep_id].append(at)

    means: list[tuple[str, int, float, float]] = []
    for rep in activity.reps:
        count = len(rows[rep])
        mean = sum(ranks[at][0] for at in rows[rep]) / count
        error = sqrt(sum(ranks[at][1] for at in rows[rep])) / count
        means.append((rep, count, mean, error))
    p_values = [
        2 * normal_cdf(-abs(mean - 0.5) / error) if error else 1.0 for _, _, mean, error in means
    ]
    return tuple(
        PickIndex(
            rep_id=rep,
            leads=count,
            index=Estimate(mean, max(0.0, mean - Z_95 * error), min(1.0, mean + Z_95 * error)),
            within_source=sum(within[at][0] for at in rows[rep]) / count if within else None,
            q_value=q_value,
        )
        for (rep, count, mean, error), q_value in zip(means, false_discovery(p_values), strict=True)
    )


def _ranks(
    deals: Sequence[Holding], block: Callable[[Holding], object]
) -> dict[int, tuple[float, float]]:
    """For each deal: its mid-rank percentile in its block, and its part of a rep's variance.

    A rep who has a whole block to himself cannot be above or below anyone there, hence the
    finite-population factor 1 − n/N per rep and block.
    """
    blocks: dict[object, list[int]] = defaultdict(list)
    for at, deal in enumerate(deals):
        blocks[block(deal)].append(at)
    found: dict[int, tuple[float, float]] = {}
    for members in blocks.values():
        by_points: dict[int, int] = defaultdict(int)
        by_rep: dict[str, int] = defaultdict(int)
        for at in members:
            by_points[deals[at].points] += 1
            by_rep[deals[at].rep_id] += 1
        size = len(members)
        place: dict[int, float] = {}
        below = 0
        for points in sorted(by_points):
            place[points] = (below + by_points[points] / 2) / size
            below += by_points[points]
        # The mean mid-rank is exactly 0.5, so the variance is around that.
        squares = sum(n * (place[points] - 0.5) ** 2 for points, n in by_points.items())
        variance = squares / (size - 1) if size > 1 else 0.0
        for at in members:
            deal = deals[at]
            found[at] = (place[deal.points], variance * (1 - by_rep[deal.rep_id] / size))
    return found
