"""Which grade wins, the item's own or the score's, and what happens with neither."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.conditions import Bindings
from evenhand.engine.facts import Value
from evenhand.engine.reasons import reason
from evenhand.engine.scoring.card import Score
from evenhand.engine.scoring.grades import GradeScale, Grading, grade_item
from evenhand.engine.scoring.section import GradesSection

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
STEPS = [
    {"grade": "A", "from_score": 60, "aliases": ["热", "hot"]},
    {"grade": "B", "from_score": Decimal("30.5")},
    {"grade": "C"},
]


def grades(**changes: Any) -> GradesSection:
    return GradesSection.model_validate({"thresholds": STEPS, **changes})


def graded(section: GradesSection, score: int | None = None, **fields: Value) -> Grading:
    bindings = Bindings(lead=fields, now=NOW)
    return grade_item(section, bindings, None if score is None else Score(score, (), ()))


@pytest.mark.parametrize(
    ("score", "grade"),
    [(9999, "A"), (6000, "A"), (5999, "B"), (3050, "B"), (3049, "C"), (0, "C"), (-5000, "C")],
)
def test_a_score_earns_the_best_grade_that_it_reaches(score: int, grade: str) -> None:
    assert graded(grades(), score).grade == grade


def test_the_reason_names_the_threshold() -> None:
    assert graded(grades(), 4000).reasons == (
        reason("grade.from_score", grade="B", score=4000, from_score=3050),
    )


def test_the_last_grade_takes_what_lies_below_its_own_score_too() -> None:
    section = grades(thresholds=[*STEPS[:2], {"grade": "C", "from_score": 10}])

    assert graded(section, 500) == Grading("C", (reason("grade.lowest", grade="C", score=500),))


@pytest.mark.parametrize(
    ("source", "grade"),
    [("field_first", "B"), ("score_first", "A"), ("field_only", "B"), ("score_only", "A")],
)
def test_the_policy_says_which_grade_wins(source: str, grade: str) -> None:
    assert graded(grades(source=source), 8000, grade="B").grade == grade


@pytest.mark.parametrize(
    ("source", "grade"),
    [("field_first", "A"), ("score_first", "A"), ("field_only", "none"), ("score_only", "A")],
)
def test_an_item_without_a_grade_gets_that_of_its_score_if_the_policy_allows(
    source: str, grade: str
) -> None:
    assert graded(grades(source=source, ungraded="none"), 8000, grade=" ").grade == grade


@pytest.mark.parametrize(
    ("source", "grade"),
    [("field_first", "B"), ("score_first", "B"), ("field_only", "B"), ("score_only", "none")],
)
def test_without_a_card_the_items_own_grade_counts_if_the_policy_allows(
    source: str, grade: str
) -> None:
    assert graded(grades(source=source, ungraded="none"), grade="B").grade == grade


def test_without_a_card_a_score_that_the_item_brings_counts() -> None:
    bindings = Bindings(lead={"score": Decimal("30.5")}, now=NOW)

    assert grade_item(grades(), bindings, None).grade == "B"


def test_the_cards_score_goes_before_one_that_the_item_brings() -> None:
    bindings = Bindings(lead={"score": 99}, now=NOW)

    assert grade_item(grades(), bindings, Score(0, (), ())).grade == "C"


def test_an_item_with_neither_is_ungraded_and_said_so() -> None:
    assert graded(grades(ungraded="C")) == Grading("C", (reason("grade.ungraded", grade="C"),))


@pytest.mark.parametrize("written", ["a", " A ", "A", "HOT", "热"])
def test_a_grade_is_recognized_in_any_spelling(written: str) -> None:
    result = graded(grades(), grade=written)

    assert result == Grading("A", (reason("grade.given", grade="A", text=written),))


def test_grades_may_be_numbers() -> None:
    section = grades(source="field_only", thresholds=[{"grade": "1"}, {"grade": "2"}], ungraded="2")

    assert graded(section, grade=1).grade == "1"


@pytest.mark.parametrize("written", ["AA", 7, True, ("A",)])
def test_an_unknown_grade_is_stated_and_the_score_decides(written: Value) -> None:
    result = graded(grades(), 8000, grade=written)

    assert result.grade == "A"
    assert result.reasons[0] == reason(
        "grade.unknown", text=str(written), grades=("A", "B", "C", "ungraded")
    )


def test_an_unknown_grade_without_a_score_is_ungraded_with_both_reasons() -> None:
    result = graded(grades(source="field_only"), 8000, grade="?")

    assert [why.code for why in result.reasons] == ["grade.unknown", "grade.ungraded"]


@given(low=st.integers(-10_000, 10_000), more=st.integers(0, 10_000))
def test_a_better_score_never_earns_a_worse_grade(low: int, more: int) -> None:
    scale = GradeScale(grades())

    assert "CBA".index(scale.grade(low + more).grade) >= "CBA".index(scale.grade(low).grade)
