"""Who took part when: from the first to the last lead the file shows, and one usual gap around it.

A rep whose first lead came on the third day was most likely there on the first, hence the gap
(the mean time between the rep's leads), never beyond the file itself. What a rep was due is
computed among those who took part at that moment, so that someone who joined in month ten is not
measured against twelve months.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from evenhand.engine.checkup.distributions import Moments
from evenhand.engine.checkup.holdings import Holding, Settings
from evenhand.engine.facts import FULL_WEIGHT

K = TypeVar("K")

# Whoever passes a lead on within a day dealt it; the one who kept it received it.
SETTLED = timedelta(hours=24)


@dataclass(frozen=True)
class Activity:
    """The team as the file shows it, and the leads dealt to it.

    `deals` are the holdings by which each lead was received (`received`), in time order, that
    went to the team; `occasional` are holders outside it (too few leads, or not in the team
    file) with their number of leads.
    """

    deals: tuple[Holding, ...]
    from_at: Mapping[str, datetime]
    until_at: Mapping[str, datetime]
    weights: Mapping[str, int]
    occasional: Mapping[str, int]

    @property
    def reps(self) -> tuple[str, ...]:
        """The team, in the order of their names."""
        return tuple(sorted(self.from_at))

    @cached_property
    def _starts(self) -> list[datetime]:
        return sorted(self.from_at.values())

    @cached_property
    def _ends(self) -> list[datetime]:
        return sorted(self.until_at.values())

    def moment(self, at: datetime) -> tuple[int, int]:
        """A key of who is active at this instant: equal keys mean the same people."""
        return bisect_right(self._starts, at), bisect_left(self._ends, at)

    def active(self, at: datetime) -> tuple[str, ...]:
        """Everyone active at this instant, in the order of their names."""
        return tuple(rep for rep in self.reps if self.from_at[rep] <= at <= self.until_at[rep])

    @cached_property
    def shares(self) -> Mapping[tuple[int, int], Mapping[str, float]]:
        """For each moment at which a lead was dealt: each active rep's fair share, summing to 1."""
        found: dict[tuple[int, int], Mapping[str, float]] = {}
        for deal in self.deals:
            key = self.moment(deal.received_at)
            if key not in found:
                present = self.active(deal.received_at)
                total = sum(self.weights[rep] for rep in present)
                found[key] = {rep: self.weights[rep] / total for rep in present}
        return found

    def chance(
        self,
        deals: Iterable[Holding],
        key: Callable[[Holding], K],
        amount: Callable[[Holding], int],
    ) -> dict[K, dict[str, Moments]]:
        """What each rep would receive if chance dealt these leads by the shares, per key.

        Exact mean, variance and third moment of independent draws; leads with the same moment,
        key and amount are taken together, so this costs little however long the file is.
        """
        counts = Counter((self.moment(d.received_at), key(d), amount(d)) for d in deals)
        found: dict[K, dict[str, Moments]] = defaultdict(dict)
        for (moment, group, size), count in counts.items():
            line = found[group]
            for rep, share in self.shares[moment].items():
                line[rep] = line.get(rep, Moments()).plus(size, share, count)
        return dict(found)


def received(line: Sequence[Holding]) -> Holding:
    """Of one lead's holdings: the one by which it was received.

    That is the first that lasted a day; if none did, the last. A desk that only passes leads on,
    and a correction within the hour, so do not count as having received anything.
    """
    for holding, following in pairwise(line):
        if following.received_at - holding.received_at >= SETTLED:
            return holding
    return line[-1]


def activity_of(lines: Mapping[str, Sequence[Holding]], settings: Settings) -> Activity:
    """Find the team: everyone in the team file, or else everyone with more than a few leads.

    Without a team file a holder is occasional below `occasional_leads` leads or a tenth of the
    median: a manager who keeps three leads is not a rep who was passed over.
    """
    all_deals = sorted(map(received, lines.values()), key=lambda h: (h.received_at, h.row))
    counts = Counter(deal.rep_id for deal in all_deals)
    if settings.weights:
        team = {rep for rep in counts if settings.weights.get(rep, 0) > 0}
    else:
        ordered = sorted(count for count in counts.values() if count >= settings.occasional_leads)
        median = ordered[len(ordered) // 2] if ordered else 0
        floor = max(settings.occasional_leads, median // 10)
        team = {rep for rep, count in counts.items() if count >= floor}
    deals = tuple(deal for deal in all_deals if deal.rep_id in team)
    times: dict[str, list[datetime]] = defaultdict(list)
    for deal in deals:
        times[deal.rep_id].append(deal.received_at)
    windows = {rep: _window(line, deals) for rep, line in times.items()}
    return Activity(
        deals=deals,
        from_at={rep: start for rep, (start, _) in windows.items()},
        until_at={rep: end for rep, (_, end) in windows.items()},
        weights={rep: settings.weights.get(rep, FULL_WEIGHT) for rep in team},
        occasional={rep: count for rep, count in sorted(counts.items()) if rep not in team},
    )


def _window(times: Sequence[datetime], deals: Sequence[Holding]) -> tuple[datetime, datetime]:
    first, last = times[0], times[-1]
    gap = (last - first) / (len(times) - 1) if len(times) > 1 else timedelta()
    return max(first - gap, deals[0].received_at), min(last + gap, deals[-1].received_at)
