"""What each lead of a history was worth: points as given, or by grade, or by score, or 1 each.

Whatever is assumed comes back as a `Note`, to be said on the page.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evenhand.engine.facts import POINT

# Points by grade where the user gives none (the scale of the shipped policy).
DEFAULT_POINTS: Mapping[str, int] = {
    "S": 8 * POINT,
    "A": 8 * POINT,
    "B": 5 * POINT,
    "C": 3 * POINT,
    "D": 1 * POINT,
}
# Other words for grades; three-step scales use the ends and the middle.
_WORDS = {
    "A": "hot high 高 高意向 高价值 高價值 重点 重點 热 熱 优质 優質",
    "C": "warm medium middle 中 中意向 一般 普通 温 溫",
    "D": "cold low 低 低意向 冷",
}
_BY_WORD = {word: grade for grade, words in _WORDS.items() for word in words.split()}
_LETTER = re.compile(r"([SABCD])(?:[级級类類等\s_:(+-].*)?")
# A column whose values a table does not know is something else than a grade.
_LEAST_KNOWN = 0.5
# A value that is filled this much more often after winning was not known when the lead came.
_LEAK = 0.3
_CUTS = ((0.85, "A"), (0.65, "B"), (0.35, "C"))


class UnreadablePoints(Exception):
    """`--points` could not be understood; the message says which part."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was assumed: the end of a message id, and its parameters."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Worth:
    """What the file says about the worth of one lead; None where it says nothing."""

    grade: str | None = None
    points: Decimal | None = None
    score: Decimal | None = None
    value: Decimal | None = None
    is_won: bool | None = None


@dataclass(frozen=True, slots=True)
class Valuation:
    """Grade ("" = none) and micro-points of every lead, in order, and what was assumed."""

    leads: tuple[tuple[str, int], ...]
    notes: tuple[Note, ...]
    has_grades: bool


def parse_points(text: str) -> dict[str, int]:
    """Read "A=8,B=5": micro-points by grade as written.

    :raises UnreadablePoints: not of that form, a negative number, or a grade twice.
    """
    found: dict[str, int] = {}
    for part in re.split(r"[,，;；]", text):
        if not part.strip():
            continue
        grade, equals, number = (piece.strip() for piece in part.rpartition("="))
        if not equals or not grade or not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", number):
            raise UnreadablePoints(f"“{part.strip()}” is not of the form A=8")
        if grade in found:
            raise UnreadablePoints(f"grade “{grade}” stands there twice")
        found[grade] = int(Decimal(number) * POINT)
    if not found:
        raise UnreadablePoints("no grade is given; write A=8,B=5")
    return found


def value_leads(
    leads: Sequence[Worth], given: Mapping[str, int], headings: Mapping[str, str]
) -> Valuation:
    """Decide by which column leads are valued, and value them.

    `headings` names the column behind each role that was found. Order: grades if the user gave
    points for them, points, grades, score, value, and else every lead counts one point.
    """
    notes: list[Note] = []
    attempts = ["grade", "points", "grade", "score", "value"] if given else [
        "points", "grade", "score", "value",
    ]  # fmt: skip
    for role in attempts:
        if role not in headings:
            continue
        heading = headings[role]
        if role == "points" and (found := _by_points(leads, heading)):
            return found
        if role == "grade" and (found := _by_grade(leads, given, heading, notes)):
            return found
        if role in ("score", "value") and (found := _by_quantile(leads, role, heading, notes)):
            return found
    return Valuation(tuple(("", POINT) for _ in leads), (*notes, Note("points-one")), False)


def _by_points(leads: Sequence[Worth], heading: str) -> Valuation | None:
    filled = [lead.points for lead in leads if lead.points is not None and lead.points >= 0]
    if not filled:
        return None
    middle = int(sorted(filled)[len(filled) // 2] * POINT)
    return Valuation(
        tuple(
            (
                lead.grade or "",
                middle if lead.points is None or lead.points < 0 else int(lead.points * POINT),
            )
            for lead in leads
        ),
        (Note("points-points", (("column", heading),)),),
        any(lead.grade for lead in leads),
    )


def _by_grade(
    leads: Sequence[Worth], given: Mapping[str, int], heading: str, notes: list[Note]
) -> Valuation | None:
    counts = Counter(lead.grade for lead in leads if lead.grade)
    worth = {grade: _points_of(grade, given) for grade in counts}
    known = sum(counts[grade] for grade, points in worth.items() if points is not None)
    if not known or known < _LEAST_KNOWN * counts.total():
        if counts:
            some = ", ".join(grade for grade, _ in counts.most_common(5))
            notes.append(Note("grade-unknown", (("column", heading), ("values", some))))
        return None
    table = {grade: points for grade, points in worth.items() if points is not None}
    lowest = min(table.values())
    middle = sorted(table.values())[(len(table) - 1) // 2]
    ordered = sorted(table.items(), key=lambda item: (-item[1], item[0]))
    notes.append(
        Note("points-grade", (("column", heading), ("table", _shown(ordered)))),
    )
    unlisted = [grade for grade in counts if worth[grade] is None]
    if unlisted:
        notes.append(
            Note(
                "points-grade-unlisted",
                (
                    ("grades", ", ".join(sorted(unlisted)[:8])),
                    ("points", shown_points(lowest)),
                    ("count", sum(counts[grade] for grade in unlisted)),
                ),
            )
        )
    if blank := len(leads) - counts.total():
        params = (("count", blank), ("points", shown_points(middle)))
        notes.append(Note("points-grade-blank", params))
    return Valuation(
        tuple(
            (lead.grade, table.get(lead.grade, lowest)) if lead.grade else ("", middle)
            for lead in leads
        ),
        tuple(notes),
        True,
    )


def _points_of(grade: str, given: Mapping[str, int]) -> int | None:
    if grade in given:
        return given[grade]
    plain = unicodedata.normalize("NFKC", grade).strip()
    letter = _LETTER.fullmatch(plain.upper())
    settled = letter[1] if letter else _BY_WORD.get(plain.casefold(), "")
    if given:
        return given.get(settled)
    return DEFAULT_POINTS.get(settled)


def _by_quantile(
    leads: Sequence[Worth], role: str, heading: str, notes: list[Note]
) -> Valuation | None:
    amounts = [lead.score if role == "score" else lead.value for lead in leads]
    # An amount of 0 is how systems write "not known yet"; a score of 0 is a score.
    filled = [a for a in amounts if a is not None and (a != 0 or role == "score")]
    if len(set(filled)) < 2:
        return None
    if role == "value" and (leak := _leak(leads, amounts)):
        notes.append(
            Note(
                "points-value-refused", (("column", heading), ("won", leak[0]), ("other", leak[1]))
            )
        )
        return None
    ordered = sorted(filled)
    cuts = [(ordered[int(share * (len(ordered) - 1))], grade) for share, grade in _CUTS]

    def graded(amount: Decimal | None) -> str:
        if amount is None or (amount == 0 and role == "value"):
            return "C"
        # Equal amounts share a grade, the lower one: half a file of zeros is not half B.
        return next((grade for below, grade in cuts if amount > below), "D")

    table = [(grade, DEFAULT_POINTS[grade]) for grade in "ABCD"]
    notes.append(Note("points-quantiles", (("column", heading), ("table", _shown(table)))))
    if blank := len(leads) - len(filled):
        params = (("count", blank), ("points", shown_points(DEFAULT_POINTS["C"])))
        notes.append(Note("points-quantiles-blank", params))
    grades = [graded(amount) for amount in amounts]
    return Valuation(tuple((grade, DEFAULT_POINTS[grade]) for grade in grades), tuple(notes), True)


def _leak(leads: Sequence[Worth], amounts: Sequence[Decimal | None]) -> tuple[str, str] | None:
    """How often the value is filled among won and other leads, if that gives the outcome away."""
    rates = []
    for side in (True, False):
        part = [bool(a) for lead, a in zip(leads, amounts, strict=True) if lead.is_won is side]
        if not part:
            return None
        rates.append(sum(part) / len(part))
    won, other = rates
    return (f"{won:.0%}", f"{other:.0%}") if won - other > _LEAK else None


def _shown(table: Sequence[tuple[str, int]]) -> str:
    return " · ".join(f"{grade} {shown_points(points)}" for grade, points in table)


def shown_points(micro_points: int) -> str:
    """Micro-points as a plain number of points: 8, 2.5."""
    whole, rest = divmod(micro_points, POINT)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)
