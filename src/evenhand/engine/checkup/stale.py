"""Leads that lie still: never answered, or open past the usual time, and with whom they lie.

Only the newest holding of a lead counts here: whoever handed it on does not sit on it any more.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from evenhand.engine.checkup.activity import Activity
from evenhand.engine.checkup.distributions import Moments
from evenhand.engine.checkup.estimates import Share, false_discovery
from evenhand.engine.checkup.holdings import Column, History, Holding, Outcome, Settings
from evenhand.engine.checkup.received import FLAG


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """Leads of one rep (or of the team) old enough to judge, and how many of them lie still.

    `expected` is what the team's share of the same months would give; `points` are micro-points
    of the leads that lie still.
    """

    rep_id: str
    share: Share
    points: int
    expected: float = 0.0
    q_value: float = 1.0

    @property
    def is_beyond_chance(self) -> bool:
        """Whether clearly more lie here than with the team in the same months."""
        return self.q_value <= FLAG and self.share.count > self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """One kind of lying still: after how many days, the team, every rep, and which leads."""

    days: int
    team: Lying
    reps: tuple[Lying, ...]
    leads: tuple[Holding, ...]


def untouched(
    history: History,
    activity: Activity,
    lines: Mapping[str, Sequence[Holding]],
    settings: Settings,
) -> Stale | None:
    """Leads received at least `stale_days` ago without a first response and without an outcome.

    None if the file has no column for first responses: a blank would then prove nothing.
    """
    if not history.has(Column.RESPONDED_AT):
        return None
    return _stale(
        _newest(activity, lines),
        history,
        settings.stale_days,
        lambda h: h.responded_at is None and h.outcome is Outcome.OPEN,
    )


def undecided(
    history: History,
    activity: Activity,
    lines: Mapping[str, Sequence[Holding]],
    horizon_days: int,
) -> Stale | None:
    """Leads received at least `horizon_days` ago that are still open.

    None if the file has no column for outcomes, or lists won leads only.
    """
    if not history.has(Column.OUTCOME) or history.has_won_leads_only:
        return None
    return _stale(
        _newest(activity, lines), history, horizon_days, lambda h: h.outcome is Outcome.OPEN
    )


def _newest(activity: Activity, lines: Mapping[str, Sequence[Holding]]) -> list[Holding]:
    team = frozenset(activity.reps)
    return [line[-1] for line in lines.values() if line[-1].rep_id in team]


def _stale(
    holdings: Sequence[Holding], history: History, days: int, lies: Callable[[Holding], bool]
) -> Stale | None:
    limit = history.as_of - timedelta(days=days)
    judged = [h for h in holdings if h.received_at <= limit]
    if not judged:
        return None
    lying = [h for h in judged if lies(h)]

    rates = _monthly_rates(judged, lies, len(lying) / len(judged))
    laws: dict[str, Moments] = defaultdict(Moments)
    sizes: dict[str, int] = defaultdict(int)
    for holding in judged:
        laws[holding.rep_id] = laws[holding.rep_id].plus(1, rates[_month(holding)])
        sizes[holding.rep_id] += 1
    counts: dict[str, int] = defaultdict(int)
    points: dict[str, int] = defaultdict(int)
    for holding in lying:
        counts[holding.rep_id] += 1
        points[holding.rep_id] += holding.points
    names = sorted(sizes)
    q_values = false_discovery([laws[name].two_sided(counts[name]) for name in names])
    return Stale(
        days=days,
        team=Lying(
            rep_id="",
            share=Share(len(lying), len(judged)),
            points=sum(points.values()),
            expected=float(len(lying)),
        ),
        reps=tuple(
            Lying(
                rep_id=name,
                share=Share(counts[name], sizes[name]),
                points=points[name],
                expected=laws[name].mean,
                q_value=q_value,
            )
            for name, q_value in zip(names, q_values, strict=True)
        ),
        leads=tuple(sorted(lying, key=lambda h: (h.received_at, h.row))),
    )


def _month(holding: Holding) -> tuple[int, int]:
    return holding.received_at.year, holding.received_at.month


def _monthly_rates(
    judged: Sequence[Holding], lies: Callable[[Holding], bool], overall: float
) -> dict[tuple[int, int], float]:
    """The team's share per month: an old lead had more time to be closed than a young one.

    Ten leads at the overall rate are added to each month, so that a thin month says little.
    """
    found: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for holding in judged:
        cell = found[_month(holding)]
        cell[0] += lies(holding)
        cell[1] += 1
    return {month: (count + 10 * overall) / (total + 10) for month, (count, total) in found.items()}
