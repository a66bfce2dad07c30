"""Past outcomes: what `learn` reads, when they are too few, and κ, the scale of learnt fit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from evenhand.engine.facts import POINT, Value
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.scoring.exact import scaled
from evenhand.engine.scoring.skill import FEWEST_OUTCOMES, Skill, segment_key


class CannotLearnSkill(Exception):
    """The outcomes do not support tables; `reason` says why and what is needed."""

    def __init__(self, why: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = why


@dataclass(frozen=True, slots=True)
class Outcome:
    """One decided item of the past: who had it, what it was, how it ended.

    `fields` by path ("lead.product"); `value` in units of value (1 counts conversions); `points`
    in micro-points.
    """

    rep_id: str
    fields: Mapping[str, Value]
    is_won: bool
    value: int | Decimal = 1
    points: int = POINT
    at: datetime | None = None


def check_outcomes(rows: Sequence[Outcome]) -> None:
    """See that there is something to learn from.

    :raises CannotLearnSkill: fewer than 200 outcomes, all alike, or of one rep only.
    """
    won = sum(row.is_won for row in rows)
    if len(rows) < FEWEST_OUTCOMES:
        raise CannotLearnSkill(
            reason("fit.too_few_outcomes", count=len(rows), needed=FEWEST_OUTCOMES),
            f"skill is learnt from at least {FEWEST_OUTCOMES} outcomes; there are {len(rows)}",
        )
    if won in (0, len(rows)):
        raise CannotLearnSkill(
            reason("fit.outcomes_alike", count=len(rows), is_won=won > 0),
            f"all {len(rows)} outcomes ended {'won' if won else 'lost'}: nothing tells reps apart",
        )
    if len({row.rep_id for row in rows}) < 2:
        raise CannotLearnSkill(
            reason("fit.one_rep_only", rep=rows[0].rep_id),
            f"all outcomes are of {rows[0].rep_id}: there is nobody to compare with",
        )


def canonical_key(row: Outcome) -> tuple[object, ...]:
    """A key by which any order of the same rows sorts into one order."""
    fields = tuple(sorted((path, segment_key(value)) for path, value in row.fields.items()))
    at = "" if row.at is None else row.at.isoformat()
    return (at, row.rep_id, fields, row.is_won, Decimal(row.value), row.points)


def age_key(row: Outcome) -> float:
    """Sorts rows by time, those without one first."""
    return float("-inf") if row.at is None else row.at.timestamp()


def value_millionths(value: int | Decimal) -> int:
    """A value in millionths of its unit; what is negative or no number counts as nothing."""
    return max(0, scaled(value, 6) or 0)


def kappa_of(
    skill: Skill, recent: Sequence[Outcome], eligible: Callable[[Outcome], Iterable[str]]
) -> int:
    """κ: the 90th percentile, over recent items, of the best eligible rep's value per point."""
    best = []
    for row in recent:
        chances = skill.chances(skill.keys(row.fields.get), eligible(row))
        if chances and row.points > 0:
            best.append(max(chances) * value_millionths(row.value) // row.points)
    best.sort()
    rank = (9 * len(best) + 9) // 10  # nearest rank: the smallest with at least 90 % at or below
    return max(1, best[rank - 1]) if best else 1
