"""An item's grade: the one it brings, the one its score earns, or the policy's for neither."""

from dataclasses import dataclass
from decimal import Decimal

from evenhand.engine.conditions import Bindings
from evenhand.engine.conditions.values import fold, is_missing
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSchema, Value
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.scoring.card import Score
from evenhand.engine.scoring.exact import scaled
from evenhand.engine.scoring.prepared import Prepared
from evenhand.engine.scoring.section import GradesSection


@dataclass(frozen=True, slots=True)
class Grading:
    """A grade of the policy, and where it comes from."""

    grade: str
    reasons: tuple[Reason, ...]


class GradeScale:
    """A grades section made ready: grades by score and by what items call them."""

    __slots__ = ("_spellings", "_steps", "section")

    def __init__(self, section: GradesSection, _: FieldSchema = BUILT_IN_FIELDS) -> None:
        self.section = section
        self._steps = [(step.grade, step.from_score) for step in section.thresholds]
        self._spellings = {fold(section.ungraded): section.ungraded}
        for step in section.thresholds:
            for name in (step.grade, *step.aliases):
                self._spellings[fold(name)] = step.grade

    def grade(self, score: int | None, given: Value = None) -> Grading:
        """The grade for a score in hundredths, if there is one, and for the item's own grade."""
        source, reasons = self.section.source, list[Reason]()
        if score is not None and source in ("score_first", "score_only"):
            return self._by_score(score, reasons)
        if source != "score_only" and not is_missing(given):
            grade = self._by_text(given, reasons)
            if grade is not None:
                return Grading(grade, tuple(reasons))
        if score is not None and source == "field_first":
            return self._by_score(score, reasons)
        reasons.append(reason("grade.ungraded", grade=self.section.ungraded))
        return Grading(self.section.ungraded, tuple(reasons))

    def _by_score(self, score: int, reasons: list[Reason]) -> Grading:
        for grade, from_score in self._steps:
            if from_score is not None and score >= from_score:
                said = reason("grade.from_score", grade=grade, score=score, from_score=from_score)
                return Grading(grade, (*reasons, said))
        lowest = self._steps[-1][0]
        return Grading(lowest, (*reasons, reason("grade.lowest", grade=lowest, score=score)))

    def _by_text(self, given: Value, reasons: list[Reason]) -> str | None:
        # A sheet may hold grades 1, 2, 3 as numbers.
        is_readable = isinstance(given, str | int | Decimal) and not isinstance(given, bool)
        grade = self._spellings.get(fold(str(given))) if is_readable else None
        text = str(given)[:100]
        if grade is None:
            reasons.append(reason("grade.unknown", text=text, grades=self.section.names))
        else:
            reasons.append(reason("grade.given", grade=grade, text=text))
        return grade


_ready = Prepared(GradeScale)


def grade_item(section: GradesSection, bindings: Bindings, score: Score | None) -> Grading:
    """The grade of the item in `bindings`: `lead.grade` and `score` by the policy's order.

    Where the policy has no card (`score` is None), a score that the item brings counts.
    """
    amount = scaled(bindings.lead.get("score"), 2) if score is None else score.total
    return _ready(section, BUILT_IN_FIELDS).grade(amount, bindings.lead.get("grade"))
