"""First response: how fast, by rep and by source, with those still waiting taken into account.

Clock time, nights and weekends included: a history file does not say who worked when.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from evenhand.engine.checkup.activity import Activity
from evenhand.engine.checkup.distributions import normal_cdf
from evenhand.engine.checkup.estimates import false_discovery
from evenhand.engine.checkup.holdings import Column, History, Holding
from evenhand.engine.checkup.received import FLAG
from evenhand.engine.checkup.survival import (
    Curve,
    Spell,
    cumulative_hazard,
    expected_events,
    survival_curve,
)

HOUR = 3600
DAY = 86400


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """First responses of one rep or source: the curve, and the pace beside the team's.

    `pace` is responses per response that the same waits would have had at the team's pace:
    below 1 is slower. `q_value` is None where nothing is compared (the team as a whole).
    """

    name: str
    curve: Curve
    pace: float = 1.0
    q_value: float | None = None

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the pace differs from the team's by more than chance."""
        return self.q_value is not None and self.q_value <= FLAG


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """First responses of the team, by rep and by source; `before_count` rows were answered
    before they were received and are left out."""

    team: Speed
    reps: tuple[Speed, ...]
    sources: tuple[Speed, ...]
    before_count: int


def response_of(
    history: History, activity: Activity, lines: Mapping[str, Sequence[Holding]]
) -> Response | None:
    """Measure first responses; None if the file has no such column or no entry in it."""
    if not history.has(Column.RESPONDED_AT):
        return None
    team = frozenset(activity.reps)
    spells: list[tuple[Holding, Spell]] = []
    before = 0
    for line in lines.values():
        for at, holding in enumerate(line):
            if holding.rep_id not in team:
                continue
            until = line[at + 1].received_at if at + 1 < len(line) else history.as_of
            spell = _spell(holding, min(until, holding.decided_at or until))
            if spell is None:
                before += 1
            else:
                spells.append((holding, spell))
    if not any(spell.has_happened for _, spell in spells):
        return None
    everyone = [spell for _, spell in spells]
    hazard = cumulative_hazard(everyone)
    return Response(
        team=Speed(name="", curve=survival_curve(everyone)),
        reps=_speeds(spells, lambda holding: holding.rep_id, hazard),
        sources=_speeds(spells, lambda holding: holding.source, hazard)
        if history.has(Column.SOURCE)
        else (),
        before_count=before,
    )


def _spell(holding: Holding, until: datetime) -> Spell | None:
    start = holding.received_at
    answered = holding.responded_at
    if answered is not None:
        seconds = (answered - start).total_seconds()
        return Spell(seconds, True) if seconds >= 0 else None
    waited = (until - start).total_seconds()
    return Spell(max(0.0, waited), False)


def _speeds(
    spells: Sequence[tuple[Holding, Spell]],
    key: Callable[[Holding], str],
    hazard: Sequence[tuple[float, float]],
) -> tuple[Speed, ...]:
    groups: dict[str, list[Spell]] = defaultdict(list)
    for holding, spell in spells:
        groups[key(holding)].append(spell)
    names = sorted(groups)
    paces: list[float] = []
    p_values: list[float] = []
    for name in names:
        happened = sum(spell.has_happened for spell in groups[name])
        expected = expected_events(hazard, groups[name])
        # One-sample log-rank, its variance lowered by the group's own part of the pooled pace.
        variance = expected * (1 - len(groups[name]) / len(spells))
        paces.append(happened / expected if expected > 0 else 1.0)
        z = (happened - expected) / sqrt(variance) if variance > 0 else 0.0
        p_values.append(min(1.0, 2 * normal_cdf(-abs(z))))
    return tuple(
        Speed(name=name, curve=survival_curve(groups[name]), pace=pace, q_value=q_value)
        for name, pace, q_value in zip(names, paces, false_discovery(p_values), strict=True)
    )
