"""What the sections accept, what they refuse, and with which words."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from evenhand.engine.reasons import reason
from evenhand.engine.scoring.section import GradesSection, PointsSection, ScoringSection

CARD: dict[str, Any] = {
    "dimensions": {"fit": {"cap": 40}, "engagement": {"cap": Decimal("30.5"), "floor": -10}},
    "signals": [
        {"id": "large", "dimension": "fit", "when": "company.employees > 500", "points": 15},
        {
            "id": "price page",
            "dimension": "engagement",
            "behavior": "price_page",
            "points": Decimal("2.5"),
            "half_life_days": 14,
            "max_count": 3,
            "cap": 6,
        },
    ],
}
GRADES: dict[str, Any] = {
    "thresholds": [
        {"grade": "A", "from_score": 60},
        {"grade": "B", "from_score": 30, "aliases": ["warm", "温"]},
        {"grade": "C"},
    ]
}
POINTS: dict[str, Any] = {
    "base": {"A": 8, "B": 3, "C": 1, "ungraded": 1},
    "kinds": {"task": {"A": 2}},
    "adjustments": [
        {"id": "far", "when": "lead.region is within 西藏", "add": Decimal("0.5")},
        {"id": "cold", "when": {"field": "lead.source", "op": "=", "value": "list"},
         "multiply_percent": 50},
    ],
}  # fmt: skip


def refused(model: type[BaseModel], data: Mapping[str, Any]) -> tuple[str, str]:
    """The code and the words of the only complaint; its parameters are those of the code."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    (error,) = caught.value.errors()
    reason(error["type"], **error["ctx"])
    return error["type"], error["msg"]


def signal(**changes: Any) -> dict[str, Any]:
    return {**CARD, "signals": [{**CARD["signals"][0], **changes}]}


@pytest.mark.parametrize(
    ("model", "data"), [(ScoringSection, CARD), (GradesSection, GRADES), (PointsSection, POINTS)]
)
def test_a_section_round_trips_through_json(model: type[BaseModel], data: dict[str, Any]) -> None:
    section = model.model_validate(data)

    stored = json.dumps(section.model_dump(mode="json", exclude_none=True), ensure_ascii=False)

    assert model.model_validate(json.loads(stored)) == section


def test_numbers_are_stored_as_they_were_written() -> None:
    stored = ScoringSection.model_validate(CARD).model_dump(mode="json")

    assert stored["dimensions"]["engagement"]["cap"] == "30.5"
    assert stored["signals"][1]["half_life_days"] == 14


def test_conditions_are_stored_as_text_whichever_way_they_came() -> None:
    stored = PointsSection.model_validate(POINTS).model_dump(mode="json")

    assert stored["adjustments"][1]["when"] == 'lead.source = "list"'


def test_a_section_cannot_be_changed() -> None:
    section = GradesSection.model_validate(GRADES)

    with pytest.raises(ValidationError, match="frozen"):
        section.ungraded = "C"  # type: ignore[misc]


def test_a_key_that_nobody_reads_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        GradesSection.model_validate({**GRADES, "thresholdz": []})


def test_a_broken_condition_keeps_its_own_code_and_place() -> None:
    with pytest.raises(ValidationError) as caught:
        ScoringSection.model_validate(signal(when="lead.budget >"))

    (error,) = caught.value.errors()
    assert error["loc"] == ("signals", 0, "when")
    assert error["type"].startswith("condition.")
    assert reason(error["type"], **error["ctx"]).code == error["type"]


@pytest.mark.parametrize(
    "bounds", [{"cap": -5}, {"cap": 10, "floor": 5}, {"cap": -5, "floor": -10}]
)
def test_bounds_without_zero_are_refused(bounds: dict[str, int]) -> None:
    code, words = refused(ScoringSection, {**CARD, "dimensions": {"fit": bounds}, "signals": []})

    assert code == "score.bounds_without_zero"
    assert "must have 0 between them" in words


def test_a_total_that_nothing_can_reach_is_refused() -> None:
    code, words = refused(ScoringSection, {**CARD, "cap": 100})

    assert code == "score.cap_out_of_reach"
    assert words.startswith("cap is 100, but the caps of the dimensions add up to 70.5")


def test_a_signal_of_a_dimension_without_a_cap_is_refused() -> None:
    code, words = refused(ScoringSection, signal(dimension="need"))

    assert code == "score.dimension_missing"
    assert words.startswith("signal large belongs to need, which has no cap")


def test_two_signals_of_one_id_are_refused() -> None:
    twice = [CARD["signals"][0], {**CARD["signals"][0], "id": "LARGE "}]

    assert refused(ScoringSection, {**CARD, "signals": twice})[0] == "score.signal_twice"


@pytest.mark.parametrize("changes", [{"behavior": "visit"}, {"when": None}])
def test_a_signal_is_either_a_condition_or_a_behavior(changes: dict[str, Any]) -> None:
    code, words = refused(ScoringSection, signal(**changes))

    assert code == "score.signal_kind"
    assert words.startswith("signal large needs either when")


def test_decay_on_a_condition_is_refused() -> None:
    code, words = refused(ScoringSection, signal(half_life_days=7))

    assert code == "score.only_for_behavior"
    assert words.startswith("signal large has half_life_days, which is for behavior only")


def test_a_signal_without_points_is_refused() -> None:
    assert refused(ScoringSection, signal(points=0))[0] == "score.signal_gives_nothing"


def test_a_score_cannot_depend_on_who_gets_the_item() -> None:
    code, words = refused(ScoringSection, signal(when="rep.region contains lead.region"))

    assert code == "score.reads_rep"
    assert words.startswith("large reads rep.region")


@pytest.mark.parametrize("from_score", [60, 75])
def test_thresholds_that_do_not_descend_are_refused(from_score: int) -> None:
    steps = [GRADES["thresholds"][0], {"grade": "B", "from_score": from_score}, {"grade": "C"}]

    code, words = refused(GradesSection, {"thresholds": steps})

    assert code == "grade.order"
    assert words.startswith(f"grade B starts at {from_score}, not below A at 60")


def test_only_the_last_grade_may_leave_out_its_score() -> None:
    code, words = refused(
        GradesSection, {"thresholds": [{"grade": "A"}, {"grade": "B", "from_score": 3}]}
    )

    assert code == "grade.from_score_missing"
    assert words.startswith("grade A has no from_score")


def test_grades_that_items_bring_need_no_scores() -> None:
    section = GradesSection.model_validate(
        {"source": "field_only", "thresholds": [{"grade": "A"}, {"grade": "B"}], "ungraded": "B"}
    )

    assert section.names == ("A", "B")


def test_an_alias_that_is_another_grade_is_refused() -> None:
    steps = [{"grade": "A", "from_score": 1, "aliases": ["b"]}, {"grade": "B"}]

    assert refused(GradesSection, {"thresholds": steps})[0] == "grade.twice"


def test_names_list_the_best_grade_first_and_ungraded_last() -> None:
    assert GradesSection.model_validate(GRADES).names == ("A", "B", "C", "ungraded")


@pytest.mark.parametrize("changes", [{}, {"add": 1, "multiply_percent": 50}])
def test_an_adjustment_does_exactly_one_thing(changes: dict[str, int]) -> None:
    adjustment = {"id": "far", "when": "true", **changes}

    code, words = refused(PointsSection, {**POINTS, "adjustments": [adjustment]})

    assert code == "points.adjustment_kind"
    assert words.startswith("adjustment far needs either add or multiply_percent")


def test_points_cannot_depend_on_who_gets_the_item() -> None:
    adjustment = {"id": "new", "when": "rep.is_new = true", "add": 1}

    assert refused(PointsSection, {**POINTS, "adjustments": [adjustment]})[0] == "points.reads_rep"


def test_two_adjustments_of_one_id_are_refused() -> None:
    twice = [{"id": "far", "when": "true", "add": 1}] * 2

    assert refused(PointsSection, {**POINTS, "adjustments": twice})[0] == "points.twice"


def test_swapped_bounds_are_refused() -> None:
    assert refused(PointsSection, {**POINTS, "min": 9, "max": 8})[0] == "points.bounds_swapped"


@pytest.mark.parametrize("bounds", [{"max": 7}, {"min": 2}])
def test_a_base_outside_the_bounds_is_refused(bounds: dict[str, int]) -> None:
    code, words = refused(PointsSection, {**POINTS, **bounds})

    assert code == "points.base_out_of_bounds"
    assert words.startswith("grade ")


def test_points_of_nothing_but_zero_are_refused() -> None:
    assert refused(PointsSection, {"base": {"A": 0, "B": 0}})[0] == "points.all_zero"


def test_no_negative_base() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        PointsSection.model_validate({"base": {"A": -1}})
