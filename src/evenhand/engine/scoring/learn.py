"""Learn who is good at what from past outcomes: empirical Bayes, additive on log-odds.

Pure: rows in, tables out; nobody's live decision calls this. A person publishes the tables with
a policy version. Floats compute here and are rounded once, when the tables are made: a decision
only ever sees the integers.

Model: log-odds(won) = base + level of each value + rep + rep × value of each segment. Every
effect is shrunk towards 0 by n-dependent weight V ÷ (V + 1/τ²), τ² by moments, so that a rep with
few outcomes, or reps who do not differ, are told apart by little or nothing.
Source: DerSimonian–Laird moments on the working response of a logistic mixed model; the additive
form is algorithms.md e.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.engine.reasons import Reason, reason
from evenhand.engine.scoring.outcomes import (
    CannotLearnSkill,
    Outcome,
    age_key,
    canonical_key,
    check_outcomes,
    kappa_of,
    value_millionths,
)
from evenhand.engine.scoring.skill import (
    LARGEST_ODDS,
    SMALLEST_ODDS,
    WHOLE,
    Skill,
    SkillTables,
    segment_key,
)

__all__ = ["CannotLearnSkill", "LearntSkill", "Outcome", "SkillEvidence", "learn_skill"]

RECENT_COUNT = 2_000  # leads on which κ is set

_LEVEL_VARIANCE = 1.0  # prior of the items' own levels: weak, they are not about people
_LIMIT = 4.0  # of one effect in log-odds: ×55
_SETTLING_SWEEPS = 30  # in which τ² still moves
_MOST_SWEEPS = 300
_SMALL_STEP = 1e-9

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SkillEvidence:
    """What the tables rest on; spreads (standard deviations of log-odds) and gain in millionths.

    `held_out_gain` is how much less log-loss per item the newest 30 % cost when reps are told
    apart, learnt from the rest: at 0 or below, fit has not shown that it helps. None where the
    outcomes carry no times.
    """

    outcome_count: int
    won_count: int
    rep_count: int
    rep_spread: int
    segment_spreads: tuple[tuple[str, int], ...]
    held_out_gain: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LearntSkill:
    """Tables for the policy, and what they rest on."""

    tables: SkillTables
    evidence: SkillEvidence


def learn_skill(
    outcomes: Iterable[Outcome],
    *,
    segments: Sequence[str],
    mix: Sequence[str] = (),
    value_field: str | None = None,
    eligible: Callable[[Outcome], Iterable[str]] | None = None,
    recent_count: int = RECENT_COUNT,
) -> LearntSkill:
    """Build tables from decided outcomes; the order of the rows is irrelevant.

    `segments` are the fields in which reps may differ; `mix` further fields (grade, source) that
    shift the odds whoever has the item, so that nobody is judged by what was handed to him.
    `eligible` names who could have taken an item, for κ; None = every rep in the outcomes.

    :raises CannotLearnSkill: fewer than 200 outcomes, all alike, or of one rep only.
    """
    rows = sorted(outcomes, key=canonical_key)
    check_outcomes(rows)
    paths = tuple(dict.fromkeys([*segments, *mix]))
    assert all(path.startswith(("lead.", "company.")) for path in paths), "fields of the item only"
    effects = _fit(_Design.of(rows, paths, tuple(segments)))
    default_value = sum(value_millionths(row.value) for row in rows) // len(rows)
    unpriced = effects.tables(
        segments=tuple(segments),
        value_field=value_field,
        default_value=default_value,
        outcome_count=len(rows),
    )
    recent = sorted(rows, key=age_key)[-recent_count:]
    everybody = tuple(sorted({row.rep_id for row in rows}))
    kappa = kappa_of(Skill(unpriced), recent, eligible or (lambda _: everybody))
    tables = unpriced.model_copy(update={"kappa": kappa})
    return LearntSkill(tables, _evidence(rows, effects, paths, tuple(segments)))


@dataclass(frozen=True, slots=True)
class _Component:
    """One batch of effects: each row belongs to one group; `parent` is the group's rep, if any."""

    path: str  # "" = the rep in general
    names: tuple[tuple[str, ...], ...]
    group: Indices
    parent: Indices | None
    is_level: bool


@dataclass(frozen=True, slots=True)
class _Design:
    """Outcomes counted by rep and values: equal rows are one cell."""

    won: Floats
    count: Floats
    components: tuple[_Component, ...]

    @classmethod
    def of(
        cls, rows: Sequence[Outcome], paths: Sequence[str], segments: Sequence[str]
    ) -> "_Design":
        won: Counter[tuple[str, ...]] = Counter()
        count: Counter[tuple[str, ...]] = Counter()
        for row in rows:
            cell = (row.rep_id, *(segment_key(row.fields.get(path)) for path in paths))
            count[cell] += 1
            won[cell] += row.is_won
        cells = sorted(count)
        parts = [
            _component(path, [(cell[place],) for cell in cells], is_level=True)
            for place, path in enumerate(paths, start=1)
        ]
        parts.append(_component("", [(cell[0],) for cell in cells], is_level=False))
        for path in segments:
            place = 1 + paths.index(path)
            pairs = [(cell[0], cell[place]) for cell in cells]
            parts.append(_component(path, pairs, is_level=False))
        return cls(
            np.array([won[cell] for cell in cells], dtype=np.float64),
            np.array([count[cell] for cell in cells], dtype=np.float64),
            tuple(parts),
        )

    def items_only(self) -> "_Design":
        """The same outcomes with nobody told apart."""
        parts = tuple(part for part in self.components if part.is_level)
        return _Design(self.won, self.count, parts)


def _component(path: str, labels: Sequence[tuple[str, ...]], *, is_level: bool) -> _Component:
    names = tuple(sorted(set(labels)))
    place = {name: index for index, name in enumerate(names)}
    reps = {name[0]: 0 for name in names}
    number = {rep: index for index, rep in enumerate(reps)}
    has_parent = bool(path) and not is_level
    return _Component(
        path,
        names,
        np.array([place[label] for label in labels], dtype=np.int64),
        np.array([number[name[0]] for name in names], dtype=np.int64) if has_parent else None,
        is_level,
    )


@dataclass(frozen=True, slots=True)
class _Effects:
    """Fitted effects in log-odds, beside the components they belong to."""

    base: float
    components: tuple[_Component, ...]
    effects: tuple[Floats, ...]
    variances: tuple[float, ...]

    def tables(
        self,
        *,
        segments: tuple[str, ...],
        value_field: str | None,
        default_value: int,
        outcome_count: int,
    ) -> SkillTables:
        levels: dict[str, dict[str, int]] = {}
        reps: dict[str, int] = {}
        skills: dict[str, dict[str, dict[str, int]]] = {}
        for part, effects in zip(self.components, self.effects, strict=True):
            for name, effect in zip(part.names, effects.tolist(), strict=True):
                factor = _factor(effect)
                if part.is_level:
                    levels.setdefault(part.path, {})[name[0]] = factor
                elif not part.path:
                    reps[name[0]] = factor
                elif factor != WHOLE:
                    skills.setdefault(name[0], {}).setdefault(part.path, {})[name[1]] = factor
        return SkillTables(
            segments=segments,
            base_odds=_factor(self.base),
            levels=levels,
            reps=reps,
            skills=skills,
            value_field=value_field,
            default_value=default_value,
            kappa=1,
            outcome_count=outcome_count,
        )

    def log_odds(self, design: _Design) -> Floats:
        """Log-odds of other rows; what was never seen has no effect."""
        found = np.full(len(design.won), self.base)
        mine = {(part.path, part.is_level): i for i, part in enumerate(self.components)}
        for part in design.components:
            index = mine[part.path, part.is_level]
            known = dict(
                zip(self.components[index].names, self.effects[index].tolist(), strict=True)
            )
            found += np.array([known.get(name, 0.0) for name in part.names])[part.group]
        return found


def _factor(effect: float) -> int:
    return min(LARGEST_ODDS, max(SMALLEST_ODDS, round(float(np.exp(effect)) * WHOLE)))


def _fit(design: _Design) -> _Effects:
    """Sweep over the components until nothing moves; τ² is set in the first sweeps, then kept."""
    won, count, parts = design.won, design.count, design.components
    rate = float(won.sum() / count.sum())
    base = float(np.log(rate / (1 - rate)))
    effects = [np.zeros(len(part.names)) for part in parts]
    variances = [_LEVEL_VARIANCE if part.is_level else 0.0 for part in parts]
    eta = np.full(len(won), base)
    for sweep in range(_MOST_SWEEPS):
        chance = 1 / (1 + np.exp(-eta))
        step = float((won - count * chance).sum() / (count * chance * (1 - chance)).sum())
        base, eta, largest = base + step, eta + step, abs(step)
        for index, part in enumerate(parts):
            chance = 1 / (1 + np.exp(-eta))
            information = count * chance * (1 - chance)
            size = len(part.names)
            weight = _sums(part.group, information, size)
            working = effects[index] + _sums(part.group, won - count * chance, size) / weight
            if not part.is_level and sweep < _SETTLING_SWEEPS:
                inner = [] if part.path else _within_reps(parts, effects, variances, information)
                variances[index] = _moment_variance(working, weight, part.parent, inner)
            variance = variances[index]
            shrunk = working * (weight * variance / (1 + weight * variance))
            moved = np.clip(shrunk, -_LIMIT, _LIMIT) - effects[index]
            effects[index] += moved
            eta = eta + moved[part.group]
            largest = max(largest, float(np.abs(moved).max()))
        if sweep >= _SETTLING_SWEEPS and largest < _SMALL_STEP:
            break
    return _Effects(base, parts, tuple(effects), tuple(variances))


def _sums(group: Indices, amounts: Floats, size: int = 0) -> Floats:
    return np.bincount(group, amounts, size).astype(np.float64, copy=False)


def _within_reps(
    parts: Sequence[_Component],
    effects: Sequence[Floats],
    variances: Sequence[float],
    information: Floats,
) -> list[tuple[Floats, Floats]]:
    """Of each segment: what it adds to each rep's mean, and the variance it lends to that mean."""
    found = []
    for part, effect, variance in zip(parts, effects, variances, strict=True):
        if part.parent is not None:
            weight = _sums(part.group, information, len(part.names))
            total = _sums(part.parent, weight)
            mean = _sums(part.parent, weight * effect) / total
            found.append((mean, variance * _sums(part.parent, weight**2) / total**2))
    return found


def _moment_variance(
    working: Floats,
    weight: Floats,
    parent: Indices | None,
    inner: Sequence[tuple[Floats, Floats]],
) -> float:
    """τ² by moments (DerSimonian–Laird): spread beyond what chance explains, never below 0.

    Segment effects are compared within each rep: what he does better everywhere is the rep's.
    For reps, `inner` gives back what the segments took of each mean, and the spread of the means
    that the segments alone explain. The estimate is taken one standard error low: in doubt
    people are alike. Measured, that halves the difference that luck alone makes, and costs
    little where skill does differ.
    """
    clan = np.zeros(len(working), dtype=np.int64) if parent is None else parent
    explained = np.zeros(len(working))
    for mean_part, variance_part in inner:
        working = working + mean_part
        explained = explained + variance_part
    total = _sums(clan, weight)
    mean = _sums(clan, weight * working) / total
    spread = float((weight * (working - mean[clan]) ** 2).sum())
    freedom = len(working) - len(total)
    share = 1 - weight / total[clan]
    expected = share * (1 + weight * explained)
    scale = float((share * weight).sum())
    luck = float(np.sqrt(2 * (expected**2).sum()))
    if freedom <= 0 or scale <= 0:
        return 0.0
    return max(0.0, (spread - float(expected.sum()) - luck) / scale)


def _evidence(
    rows: Sequence[Outcome], effects: _Effects, paths: Sequence[str], segments: Sequence[str]
) -> SkillEvidence:
    spreads = {
        part.path: round(float(np.sqrt(variance)) * WHOLE)
        for part, variance in zip(effects.components, effects.variances, strict=True)
        if not part.is_level
    }
    gain = _held_out_gain(rows, paths, segments)
    reasons = []
    if not any(spreads.values()):
        reasons.append(reason("fit.no_difference_shown", count=len(rows)))
    elif gain is None:
        reasons.append(reason("fit.not_held_out"))
    elif gain <= 0:
        reasons.append(reason("fit.no_gain_shown", gain_millionths=gain))
    return SkillEvidence(
        outcome_count=len(rows),
        won_count=sum(row.is_won for row in rows),
        rep_count=len({row.rep_id for row in rows}),
        rep_spread=spreads.pop(""),
        segment_spreads=tuple(spreads.items()),
        held_out_gain=gain,
        reasons=tuple(reasons),
    )


def _held_out_gain(
    rows: Sequence[Outcome], paths: Sequence[str], segments: Sequence[str]
) -> int | None:
    """Log-loss saved per item on the newest 30 % by telling reps apart, in millionths."""
    if any(row.at is None for row in rows):
        return None
    ordered = sorted(rows, key=age_key)
    cut = len(ordered) * 7 // 10
    past = _Design.of(ordered[:cut], paths, segments)
    newest = _Design.of(ordered[cut:], paths, segments)
    if past.won.sum() in (0, past.count.sum()):
        return None
    plain = _loss(newest, _fit(past.items_only()).log_odds(newest.items_only()))
    told_apart = _loss(newest, _fit(past).log_odds(newest))
    return round((plain - told_apart) * WHOLE)


def _loss(design: _Design, eta: Floats) -> float:
    loss = (design.count * np.logaddexp(0.0, eta) - design.won * eta).sum()
    return float(loss / design.count.sum())
