"""What an item costs its taker, in integer micro-points: base by grade, adjusted, bounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evenhand.engine.conditions import Bindings, compile_condition, fields_read
from evenhand.engine.conditions.values import is_missing
from evenhand.engine.facts import BUILT_IN_FIELDS, POINT, FieldSchema, ItemKind, Value
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.refusal import refusal
from evenhand.engine.scoring.exact import rounded, scaled
from evenhand.engine.scoring.prepared import Prepared
from evenhand.engine.scoring.section import GradesSection, PointsAdjustment, PointsSection
from evenhand.engine.values import MOST_POINTS

_NO_BASE: Mapping[str, int] = MappingProxyType({})


class UnpricedGrade(Exception):
    """The grade has no points in this policy; `check_points` finds this before publication."""

    def __init__(self, grade: str) -> None:
        super().__init__(f"grade {grade} has no base points: add it to points.base")
        self.reason = reason("points.grade_without_base", grade=grade, kind=None)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an item is worth in micro-points, and how that came about."""

    micro_points: int
    reasons: tuple[Reason, ...]


class PointScale:
    """A points section made ready: compile once, price any number of items."""

    __slots__ = ("_adjustments", "_most", "fields_read", "section")

    def __init__(self, section: PointsSection, schema: FieldSchema = BUILT_IN_FIELDS) -> None:
        self.section = section
        self._most = largest_points(section)
        self._adjustments = [
            (adjustment, compile_condition(adjustment.when, schema))
            for adjustment in section.adjustments
        ]
        given = {"lead.points"} if section.allow_given else set()
        self.fields_read = frozenset(
            given.union(*(fields_read(condition) for condition in section.conditions))
        )

    def worth(self, grade: str, bindings: Bindings, kind: ItemKind) -> Worth:
        """The points of the item in `bindings`; adjustments may read its settled grade and score.

        :raises UnpricedGrade: no base points for the grade.
        """
        reasons: list[Reason] = []
        given = bindings.lead.get("points") if self.section.allow_given else None
        amount = None if is_missing(given) else _given_points(given, reasons)
        if amount is None:
            amount = self._calculated(grade, bindings, kind, reasons)
        bounded = max(self.section.min, min(self._most, amount))
        if bounded != amount:
            reasons.append(reason("points.bounded", before=amount, points=bounded))
        return Worth(bounded, tuple(reasons))

    def _calculated(
        self, grade: str, bindings: Bindings, kind: ItemKind, reasons: list[Reason]
    ) -> int:
        amount = self.section.kinds.get(kind, _NO_BASE).get(grade)
        own_kind = None if amount is None else kind.value
        if amount is None:
            amount = self.section.base.get(grade)
        if amount is None:
            raise UnpricedGrade(grade)
        reasons.append(reason("points.base", grade=grade, kind=own_kind, points=amount))
        for adjustment, holds in self._adjustments:
            if holds(bindings):
                amount = _adjusted(amount, adjustment)
                reasons.append(
                    reason(
                        "points.adjusted",
                        adjustment=adjustment.id,
                        add=adjustment.add,
                        percent=adjustment.multiply_percent,
                        points=amount,
                    )
                )
        return amount


_ready = Prepared(PointScale)


def worth_of(
    section: PointsSection,
    bindings: Bindings,
    *,
    grade: str,
    kind: ItemKind = ItemKind.LEAD,
    schema: FieldSchema = BUILT_IN_FIELDS,
) -> Worth:
    """The points of the item in `bindings`; adjustments may read its settled grade and score.

    :raises UnpricedGrade: no base points for the grade.
    """
    return _ready(section, schema).worth(grade, bindings, kind)


def largest_points(section: PointsSection) -> int:
    """P: the most micro-points that one item can have under this policy; τ is measured by it.

    `max` bounds it, but a generous `max` does not raise it, except that items may bring points
    of their own up to there.
    """
    amount = max(points for table in _tables(section) for points in table.values())
    for adjustment in section.adjustments:
        # Each step never falls as its input rises, so taking the better of both is the maximum.
        amount = max(amount, _adjusted(amount, adjustment))
    if section.max is None:
        return max(section.min, min(amount, MOST_POINTS * POINT))
    if section.allow_given:
        return section.max
    return max(section.min, min(amount, section.max))


def check_points(points: PointsSection, grades: GradesSection) -> None:
    """See that every grade has base points, and that no base stands for a grade that is not there.

    :raises PydanticCustomError: naming the grade, for use in the document's validator.
    """
    known = grades.names
    for grade in known:
        if grade not in points.base:
            raise refusal(
                "points.grade_without_base",
                "points.base has nothing for grade {grade}: say what such an item is worth",
                grade=grade,
                kind=None,
            )
    for table in _tables(points):
        for grade in table:
            if grade not in known:
                raise refusal(
                    "points.grade_unknown",
                    "points names grade {grade}, which is none of {grades}",
                    grade=grade,
                    grades=known,
                )


def _tables(section: PointsSection) -> list[dict[str, int]]:
    return [section.base, *section.kinds.values()]


def _adjusted(amount: int, adjustment: PointsAdjustment) -> int:
    if adjustment.add is not None:
        return amount + adjustment.add
    assert adjustment.multiply_percent is not None  # the section's validator saw to it
    return rounded(amount * adjustment.multiply_percent, 100)


def _given_points(given: Value, reasons: list[Reason]) -> int | None:
    """The points that an item brings, rounded to micro-points; None, with a reason, if unusable."""
    amount = scaled(given, 6)
    if amount is None or not 0 <= amount <= MOST_POINTS * POINT:
        reasons.append(reason("points.given_unusable", text=str(given)[:100]))
        return None
    reasons.append(reason("points.given", points=amount))
    return amount
