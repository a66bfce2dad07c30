"""The `scoring`, `grades` and `points` sections of the policy document: what an item is worth.

Scores are kept in integer hundredths of a score point, points in integer micro-points; both are
written as people write them (12, 0.5). Checks across the two last sections are in `points`.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from evenhand.engine.conditions import Condition, fields_read
from evenhand.engine.conditions.field import ConditionField
from evenhand.engine.facts import ItemKind
from evenhand.engine.refusal import refusal
from evenhand.engine.scoring.hundredths import Hundredths, from_hundredths
from evenhand.engine.values import (
    Count,
    Flag,
    MicroPoints,
    Name,
    Percent,
    Section,
    SignedMicroPoints,
)


class Dimension(StrEnum):
    """What a signal speaks of. One mixed number is why sales people ignore scores."""

    FIT = "fit"  # is this our kind of customer
    NEED = "need"  # do they need it
    ENGAGEMENT = "engagement"  # what they did lately; it decays
    AUTHORITY_BUDGET = "authority_budget"  # may they decide, can they pay


class Bound(Section):
    """How much one dimension can give, and take away; without `floor` it can take any amount."""

    cap: Hundredths
    floor: Hundredths | None = None
    note: str = ""

    @model_validator(mode="after")
    def _holds_zero(self) -> "Bound":
        _must_hold_zero(self.cap, self.floor)
        return self


class Signal(Section):
    """Points if a condition holds (`when`), or each time the prospect did something (`behavior`).

    For behaviors: each occurrence halves every `half_life_days`, only the newest `max_count`
    count, and `cap` bounds what they give together, in size, whichever the sign of `points`.
    """

    id: Name
    dimension: Dimension
    points: Hundredths
    when: ConditionField | None = None
    behavior: Name | None = None
    half_life_days: Annotated[Hundredths, Field(gt=0)] | None = None
    max_count: Annotated[Count, Field(ge=1)] | None = None
    cap: Annotated[Hundredths, Field(gt=0)] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _is_one_kind(self) -> "Signal":
        if (self.when is None) == (self.behavior is None):
            raise refusal(
                "score.signal_kind",
                "signal {signal} needs either when (a condition) or behavior (what the prospect "
                "did): exactly one of the two",
                signal=self.id,
            )
        for name in ("half_life_days", "max_count", "cap"):
            if self.behavior is None and getattr(self, name) is not None:
                raise refusal(
                    "score.only_for_behavior",
                    "signal {signal} has {name}, which is for behavior only: leave it out",
                    signal=self.id,
                    name=name,
                )
        if self.points == 0:
            raise refusal(
                "score.signal_gives_nothing",
                "signal {signal} gives 0 points: give it points or leave it out",
                signal=self.id,
            )
        if self.when is not None:
            must_not_read_rep(self.when, "signal", self.id)
        return self


class ScoringSection(Section):
    """The scoring card: signals add up within their dimension's bounds, these within the total's.

    `dimensions` may leave out what the card does not use. Without `cap` the total ends where the
    dimensions' caps do.
    """

    dimensions: Annotated[dict[Dimension, Bound], Field(min_length=1)]
    signals: tuple[Signal, ...]
    cap: Hundredths | None = None
    floor: Hundredths | None = None
    note: str = ""

    @model_validator(mode="after")
    def _adds_up(self) -> "ScoringSection":
        reachable = sum(bound.cap for bound in self.dimensions.values())
        _must_hold_zero(reachable if self.cap is None else self.cap, self.floor)
        if self.cap is not None and self.cap > reachable:
            raise refusal(
                "score.cap_out_of_reach",
                "cap is {cap}, but the caps of the dimensions add up to {reachable}: lower it, "
                "leave it out, or raise a dimension's cap",
                cap=str(from_hundredths(self.cap)),
                reachable=str(from_hundredths(reachable)),
            )
        _must_differ((signal.id for signal in self.signals), "signal")
        for signal in self.signals:
            if signal.dimension not in self.dimensions:
                raise refusal(
                    "score.dimension_missing",
                    "signal {signal} belongs to {dimension}, which has no cap: add it to "
                    "dimensions",
                    signal=signal.id,
                    dimension=signal.dimension.value,
                )
        return self

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the card."""
        return tuple(signal.when for signal in self.signals if signal.when is not None)

    @property
    def reads_behaviors(self) -> bool:
        """Whether what the prospect did, and hence the moment of scoring, can matter."""
        return any(signal.behavior is not None for signal in self.signals)


class Threshold(Section):
    """A grade and the least score that earns it; `aliases` are other spellings that items bring."""

    grade: Name
    from_score: Hundredths | None = None
    aliases: tuple[Name, ...] = ()
    note: str = ""


class GradesSection(Section):
    """Grades, best first; the last one takes every score below the others.

    `source` says which wins: the grade that an item brings (`lead.grade`) or the one that its
    score earns. `ungraded` is the grade of items that have neither.
    """

    source: Literal["field_first", "score_first", "field_only", "score_only"] = "field_first"
    thresholds: Annotated[tuple[Threshold, ...], Field(min_length=1)]
    ungraded: Name = "ungraded"
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every grade that an item can get, best first, `ungraded` last if it is its own."""
        return tuple(dict.fromkeys([*(step.grade for step in self.thresholds), self.ungraded]))

    @model_validator(mode="after")
    def _descends(self) -> "GradesSection":
        _must_differ((n for step in self.thresholds for n in (step.grade, *step.aliases)), "grade")
        if self.source != "field_only":
            for step in self.thresholds[:-1]:
                if step.from_score is None:
                    raise refusal(
                        "grade.from_score_missing",
                        "grade {grade} has no from_score: only the last grade may leave it out",
                        grade=step.grade,
                    )
        scored = [step for step in self.thresholds if step.from_score is not None]
        for above, step in pairwise(scored):
            assert above.from_score is not None and step.from_score is not None
            if step.from_score >= above.from_score:
                raise refusal(
                    "grade.order",
                    "grade {grade} starts at {from_score}, not below {above} at "
                    "{above_from_score}: list the best grade first, each from a lower score",
                    grade=step.grade,
                    from_score=str(from_hundredths(step.from_score)),
                    above=above.grade,
                    above_from_score=str(from_hundredths(above.from_score)),
                )
        return self


class PointsAdjustment(Section):
    """More or fewer points for items that match: `add` points, or take so many percent."""

    id: Name
    when: ConditionField
    add: SignedMicroPoints | None = None
    multiply_percent: Percent | None = None
    note: str = ""

    @model_validator(mode="after")
    def _does_one_thing(self) -> "PointsAdjustment":
        if (self.add is None) == (self.multiply_percent is None):
            raise refusal(
                "points.adjustment_kind",
                "adjustment {adjustment} needs either add or multiply_percent: exactly one of "
                "the two",
                adjustment=self.id,
            )
        must_not_read_rep(self.when, "adjustment", self.id)
        return self


class PointsSection(Section):
    """Points by grade, adjusted one after the other in the order written, then bounded.

    `kinds` overrides the base for one kind of item. Without `max`, the bound is the most that
    base and adjustments can reach. With `allow_given`, points that an item brings
    (`lead.points`) replace the calculation, within the same bounds.
    """

    base: Annotated[dict[Name, MicroPoints], Field(min_length=1)]
    kinds: dict[ItemKind, dict[Name, MicroPoints]] = Field(default_factory=dict)
    adjustments: tuple[PointsAdjustment, ...] = ()
    min: MicroPoints = 0
    max: MicroPoints | None = None
    allow_given: Flag = False
    note: str = ""

    @model_validator(mode="after")
    def _is_bounded(self) -> "PointsSection":
        _must_differ((adjustment.id for adjustment in self.adjustments), "adjustment")
        if self.max is not None and not self.min <= self.max:
            raise refusal(
                "points.bounds_swapped",
                "min is {min} micro-points and max is {max}: min must not lie above max",
                min=self.min,
                max=self.max,
            )
        for grade, points in self._all_base():
            if points < self.min or (self.max is not None and points > self.max):
                raise refusal(
                    "points.base_out_of_bounds",
                    "grade {grade} has {points} micro-points, outside min {min} and max {max}",
                    grade=grade,
                    points=points,
                    min=self.min,
                    max=self.max,
                )
        if not any(points for _, points in self._all_base()):
            raise refusal(
                "points.all_zero", "every grade has 0 points: at least one needs more than 0"
            )
        return self

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of all adjustments."""
        return tuple(adjustment.when for adjustment in self.adjustments)

    def _all_base(self) -> list[tuple[str, int]]:
        return [pair for table in (self.base, *self.kinds.values()) for pair in table.items()]


def must_not_read_rep(
    condition: Condition, part: Literal["signal", "adjustment"], name: str
) -> None:
    """What an item is worth is settled before anybody is looked at.

    :raises PydanticCustomError: the condition names a field of the rep.
    """
    for path in sorted(fields_read(condition)):
        if path.startswith("rep."):
            raise refusal(
                "points.reads_rep" if part == "adjustment" else "score.reads_rep",
                "{name} reads {field}: what an item is worth cannot depend on who gets it",
                name=name,
                field=path,
            )


def _must_hold_zero(cap: int, floor: int | None) -> None:
    # An item without any signal has 0: a range without 0 would lift or lower it silently.
    if cap < 0 or (floor is not None and floor > 0):
        raise refusal(
            "score.bounds_without_zero",
            "cap {cap} and floor {floor} must have 0 between them, the score of an item of which "
            "nothing is known",
            cap=str(from_hundredths(cap)),
            floor=None if floor is None else str(from_hundredths(floor)),
        )


def _must_differ(names: Iterable[str], part: Literal["signal", "grade", "adjustment"]) -> None:
    seen: set[str] = set()
    for name in names:
        folded = name.strip().casefold()
        if folded in seen:
            if part == "grade":
                raise refusal("grade.twice", "the grade {name} stands twice", name=name)
            if part == "signal":
                raise refusal("score.signal_twice", "two signals have the id {name}", name=name)
            raise refusal("points.twice", "two adjustments have the id {name}", name=name)
        seen.add(folded)
