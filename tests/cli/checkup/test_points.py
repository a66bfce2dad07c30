"""What leads were worth: by what the file has, never by what was only known afterwards."""

from decimal import Decimal

import pytest

from evenhand.cli.checkup.points import (
    UnreadablePoints,
    Valuation,
    Worth,
    parse_points,
    shown_points,
    value_leads,
)
from evenhand.engine.facts import POINT


def _value(leads: list[Worth], *roles: str, given: dict[str, int] | None = None) -> Valuation:
    return value_leads(leads, given or {}, {role: f"column {role}" for role in roles})


def _codes(found: Valuation) -> list[str]:
    return [note.code for note in found.notes]


def test_points_are_read_with_decimals_and_chinese_commas() -> None:
    assert parse_points("A=8, B=2.5，高=13") == {
        "A": 8 * POINT,
        "B": 2_500_000,
        "高": 13 * POINT,
    }


@pytest.mark.parametrize("text", ["A", "A=", "=8", "A=-1", "A=many", "A=8,A=5", "", " , "])
def test_points_that_cannot_be_understood_are_refused(text: str) -> None:
    with pytest.raises(UnreadablePoints):
        parse_points(text)


def test_a_grade_may_hold_an_equals_sign() -> None:
    assert parse_points("A=B=5") == {"A=B": 5 * POINT}


def test_grades_have_the_default_points() -> None:
    found = _value([Worth(grade=grade) for grade in "ABCD"], "grade")

    assert [points // POINT for _, points in found.leads] == [8, 5, 3, 1]
    assert _codes(found) == ["points-grade"]
    assert found.has_grades


@pytest.mark.parametrize(
    ("grade", "points"),
    [
        ("A级", 8),
        ("b", 5),
        ("C类", 3),
        ("D (cold)", 1),
        ("Ａ", 8),
        ("高意向", 8),
        ("Warm", 3),
        ("低", 1),
    ],
)
def test_grades_are_understood_as_people_write_them(grade: str, points: int) -> None:
    found = _value([Worth(grade=grade)], "grade")

    assert found.leads == ((grade, points * POINT),)


def test_a_few_unlisted_grades_count_as_the_lowest_and_that_is_said() -> None:
    leads = [*(Worth(grade="A") for _ in range(5)), Worth(grade="B"), Worth(grade="X")]

    found = _value(leads, "grade")

    assert found.leads[-1] == ("X", 5 * POINT)
    assert _codes(found) == ["points-grade", "points-grade-unlisted"]


def test_a_blank_grade_counts_as_the_middle_and_that_is_said() -> None:
    found = _value([Worth(grade="A"), Worth(grade="B"), Worth(grade="D"), Worth()], "grade")

    assert found.leads[-1] == ("", 5 * POINT)
    assert _codes(found)[-1] == "points-grade-blank"


def test_a_column_of_unknown_words_is_no_grade() -> None:
    found = _value([Worth(grade=f"campaign {n}") for n in range(5)], "grade")

    assert set(found.leads) == {("", POINT)}
    assert _codes(found) == ["grade-unknown", "points-one"]
    assert not found.has_grades


def test_points_given_for_grades_win_over_a_points_column() -> None:
    found = _value(
        [Worth(grade="gold", points=Decimal(2))], "grade", "points", given={"gold": 9 * POINT}
    )

    assert found.leads == (("gold", 9 * POINT),)


def test_a_points_column_wins_over_grades_and_keeps_them() -> None:
    found = _value([Worth(grade="A", points=Decimal("2.5")), Worth(grade="B")], "grade", "points")

    assert found.leads == (("A", 2_500_000), ("B", 2_500_000))
    assert _codes(found) == ["points-points"]


def test_scores_become_grades_by_their_rank() -> None:
    found = _value([Worth(score=Decimal(n)) for n in range(100)], "score")

    grades = [grade for grade, _ in found.leads]
    assert {grade: grades.count(grade) for grade in "ABCD"} == {"A": 15, "B": 20, "C": 30, "D": 35}
    assert grades[-1] == "A"


def test_a_score_of_zero_is_a_score_and_a_value_of_zero_is_none() -> None:
    scores = _value([Worth(score=Decimal(n)) for n in (0, 0, 0, 5, 9)], "score")
    values = _value([Worth(value=Decimal(n)) for n in (0, 0, 0, 5, 9)], "value")

    assert scores.leads[0][0] == "D"
    assert values.leads[0][0] == "C"


def test_a_value_filled_only_after_winning_is_refused_and_that_is_said() -> None:
    won = [Worth(value=Decimal(100 + n), is_won=True) for n in range(20)]
    lost = [Worth(value=Decimal(0), is_won=False) for _ in range(20)]

    found = _value(won + lost, "value")

    assert set(found.leads) == {("", POINT)}
    assert _codes(found) == ["points-value-refused", "points-one"]


def test_a_value_known_for_all_leads_is_used() -> None:
    leads = [Worth(value=Decimal(100 + n), is_won=n % 3 == 0) for n in range(40)]

    assert _codes(_value(leads, "value")) == ["points-quantiles"]


def test_a_value_that_never_varies_says_nothing() -> None:
    assert _codes(_value([Worth(value=Decimal(5))] * 9, "value")) == ["points-one"]


@pytest.mark.parametrize(
    ("micro_points", "shown"), [(8 * POINT, "8"), (2_500_000, "2.5"), (0, "0"), (10 * POINT, "10")]
)
def test_points_are_shown_without_needless_zeros(micro_points: int, shown: str) -> None:
    assert shown_points(micro_points) == shown
