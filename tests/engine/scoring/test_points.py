"""What an item costs its taker: base, adjustments, bounds, own points, and P."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from evenhand.engine.conditions import Bindings
from evenhand.engine.facts import POINT, ItemKind, Regions, Value
from evenhand.engine.reasons import reason
from evenhand.engine.scoring.points import (
    PointScale,
    UnpricedGrade,
    Worth,
    check_points,
    largest_points,
    worth_of,
)
from evenhand.engine.scoring.section import GradesSection, PointsSection

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TREE = Regions(parents={"拉萨市": "西藏自治区"})
BASE = {"A": 8, "B": 3, "C": 1}


def points(*adjustments: dict[str, Any], **changes: Any) -> PointsSection:
    return PointsSection.model_validate({"base": BASE, "adjustments": adjustments, **changes})


def worth(
    section: PointsSection, grade: str = "B", kind: ItemKind = ItemKind.LEAD, **fields: Value
) -> Worth:
    bindings = Bindings(lead=fields, now=NOW, regions=TREE)
    return worth_of(section, bindings, grade=grade, kind=kind)


def test_a_grade_has_its_base_points() -> None:
    assert worth(points(), "A") == Worth(
        8 * POINT, (reason("points.base", grade="A", kind=None, points=8 * POINT),)
    )


def test_a_kind_may_have_its_own_base_and_else_takes_the_general_one() -> None:
    section = points(kinds={"task": {"A": Decimal("0.5")}})

    assert worth(section, "A", ItemKind.TASK).micro_points == POINT // 2
    assert worth(section, "B", ItemKind.TASK).micro_points == 3 * POINT
    assert worth(section, "A", ItemKind.TASK).reasons[0]["kind"] == "task"


def test_adjustments_apply_in_the_order_written() -> None:
    section = points(
        {"id": "far", "when": "lead.region is within 西藏自治区", "add": 1},
        {"id": "cold", "when": "lead.source = list", "multiply_percent": 50},
    )

    result = worth(section, "B", region="拉萨市", source="list")

    assert result.micro_points == 2 * POINT
    assert result.reasons[1:] == (
        reason("points.adjusted", adjustment="far", add=POINT, percent=None, points=4 * POINT),
        reason("points.adjusted", adjustment="cold", add=None, percent=50, points=2 * POINT),
    )


def test_an_adjustment_that_does_not_apply_leaves_no_trace() -> None:
    section = points({"id": "cold", "when": "lead.source = list", "multiply_percent": 50})

    assert len(worth(section, "B", source="web").reasons) == 1


def test_a_percentage_rounds_half_up_to_micro_points() -> None:
    section = points(
        {"id": "x", "when": "true", "multiply_percent": 33}, base={"B": Decimal("0.000050")}
    )

    assert worth(section, "B").micro_points == 17  # 16.5


@pytest.mark.parametrize(
    ("add", "amount"), [(Decimal("-2.9"), Decimal("0.5")), (5, 6), (1, 4)]
)  # fmt: skip
def test_points_end_inside_the_bounds(add: Any, amount: Any) -> None:
    section = points(
        {"id": "x", "when": "true", "add": add},
        base={"B": 3, "C": 1},
        min=Decimal("0.5"),
        max=6,
    )

    result = worth(section, "B")

    assert result.micro_points == amount * POINT
    is_bounded = result.reasons[-1].code == "points.bounded"
    assert is_bounded is (3 + add != amount)


def test_points_never_fall_below_zero() -> None:
    section = points({"id": "x", "when": "true", "add": -20})

    assert worth(section, "A").micro_points == 0


def test_own_points_count_only_if_the_policy_allows() -> None:
    assert worth(points(), "B", points=5).micro_points == 3 * POINT


def test_own_points_replace_the_calculation() -> None:
    section = points({"id": "x", "when": "true", "add": 1}, allow_given=True)

    assert worth(section, "B", points=Decimal("4.25")) == Worth(
        4_250_000, (reason("points.given", points=4_250_000),)
    )


def test_own_points_stay_inside_the_bounds() -> None:
    section = points(allow_given=True, min=1)

    assert worth(section, "B", points=500).micro_points == 8 * POINT
    assert worth(section, "B", points=0).micro_points == POINT
    assert worth(section, "B", points=500).reasons[-1] == reason(
        "points.bounded", before=500 * POINT, points=8 * POINT
    )


@pytest.mark.parametrize("given", ["many", True, -1, Decimal(10) ** 12])
def test_unusable_own_points_are_stated_and_the_grade_decides(given: Value) -> None:
    result = worth(points(allow_given=True), "B", points=given)

    assert result.micro_points == 3 * POINT
    assert result.reasons[0] == reason("points.given_unusable", text=str(given))


def test_missing_own_points_need_no_word() -> None:
    result = worth(points(allow_given=True), "B", points=None)

    assert [why.code for why in result.reasons] == ["points.base"]


def test_a_grade_without_points_is_refused() -> None:
    with pytest.raises(UnpricedGrade, match="grade D has no base points") as refusal:
        worth(points(), "D")

    assert refusal.value.reason == reason("points.grade_without_base", grade="D", kind=None)


def test_adjustments_may_read_the_settled_grade_and_score() -> None:
    section = points({"id": "top", "when": "lead.grade = A and lead.score > 90", "add": 2})

    bindings = Bindings(lead={"grade": "A", "score": Decimal("90.5")}, now=NOW)

    assert worth_of(section, bindings, grade="A").micro_points == 10 * POINT


def test_a_scale_says_what_it_reads() -> None:
    section = points({"id": "x", "when": "company.size = L", "add": 1}, allow_given=True)

    assert PointScale(section).fields_read == {"company.size", "lead.points"}


def test_the_largest_points_are_those_of_the_best_grade_with_all_that_adds() -> None:
    section = points(
        {"id": "more", "when": "lead.source = a", "add": 2},
        {"id": "half", "when": "lead.source = b", "multiply_percent": 50},
        {"id": "twice", "when": "lead.source = c", "multiply_percent": 200},
        kinds={"account": {"A": 10}},
    )

    assert largest_points(section) == (10 + 2) * 2 * POINT


def test_a_generous_bound_does_not_raise_the_largest_points() -> None:
    assert largest_points(points(max=1000)) == 8 * POINT


def test_a_tight_bound_lowers_the_largest_points() -> None:
    raised = {"id": "x", "when": "true", "add": 90}

    assert largest_points(points(raised, max=9)) == 9 * POINT


def test_own_points_raise_the_largest_points_to_the_bound() -> None:
    assert largest_points(points(allow_given=True, max=20)) == 20 * POINT


sources = st.sampled_from("abc")
steps = st.lists(
    st.one_of(
        st.builds(lambda s, n: {"when": f"lead.source = {s}", "add": n}, sources,
                  st.integers(-9, 9)),
        st.builds(lambda s, n: {"when": f"lead.source = {s}", "multiply_percent": n}, sources,
                  st.integers(0, 300)),
    ),
    max_size=5,
)  # fmt: skip


@given(
    steps=steps,
    source=sources,
    grade=st.sampled_from("ABC"),
    most=st.none() | st.integers(8, 60),
    own=st.none() | st.integers(-5, 200),
    allow_given=st.booleans(),
)
def test_no_item_costs_more_than_the_largest_points(
    steps: list[dict[str, Any]],
    source: str,
    grade: str,
    most: int | None,
    own: int | None,
    allow_given: bool,
) -> None:
    numbered = [{"id": str(number), **step} for number, step in enumerate(steps)]
    section = points(*numbered, max=most, allow_given=allow_given)

    amount = worth(section, grade, source=source, points=own).micro_points

    assert 0 <= amount <= largest_points(section)


GRADES = GradesSection.model_validate(
    {"thresholds": [{"grade": "A", "from_score": 60}, {"grade": "B"}], "ungraded": "C"}
)


def test_grades_and_points_that_fit_together_pass() -> None:
    check_points(points(kinds={"task": {"A": 1}}), GRADES)


def test_a_grade_without_base_points_is_found_before_publication() -> None:
    with pytest.raises(PydanticCustomError, match="nothing for grade C") as refusal:
        check_points(points(base={"A": 2, "B": 1}), GRADES)

    assert refusal.value.type == "points.grade_without_base"


def test_points_for_a_grade_that_is_not_there_are_found() -> None:
    with pytest.raises(PydanticCustomError, match="names grade Z") as refusal:
        check_points(points(kinds={"task": {"Z": 1}}), GRADES)

    assert refusal.value.context == {"grade": "Z", "grades": ("A", "B", "C")}
