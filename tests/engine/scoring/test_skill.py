"""Tables of odds: chances are exact integers, and what is not known changes nothing."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evenhand.engine.scoring.skill import WHOLE, Skill, SkillTables, chance_of, segment_key

TABLES: dict[str, Any] = {
    "segments": ["lead.product"],
    "base_odds": 250_000,  # 1 : 4, a chance of 20 %
    "levels": {"lead.product": {"crane": 2_000_000, "lift": WHOLE}, "lead.grade": {"a": 1_500_000}},
    "reps": {"li": 1_200_000, "wu": 800_000},
    "skills": {"li": {"lead.product": {"crane": 1_100_000}}},
    "kappa": 500_000,
    "outcome_count": 400,
}


def chance(rep: str, **fields: str | None) -> int:
    skill = Skill(SkillTables.model_validate(TABLES))
    values: Mapping[str, str | None] = {f"lead.{name}": value for name, value in fields.items()}
    return skill.chances(skill.keys(values.get), [rep])[0]


def test_a_chance_is_the_product_of_odds() -> None:
    odds = Fraction(1, 4) * 2 * Fraction(3, 2) * Fraction(6, 5) * Fraction(11, 10)

    assert chance("li", product="Crane ", grade="A") == int(1_000_000 * odds / (1 + odds))


def test_what_the_tables_do_not_name_changes_nothing() -> None:
    assert chance("zhao", product="boat", grade=None) == 200_000


def test_a_newcomer_is_expected_to_do_as_the_item_suggests() -> None:
    assert (
        chance("wu", product="lift") < chance("zhao", product="lift") < chance("li", product="lift")
    )


def test_remembered_chances_are_the_same_ones() -> None:
    skill = Skill(SkillTables.model_validate(TABLES))
    keys = skill.keys({"lead.product": "crane"}.get)

    first = skill.chances(keys, ["li", "wu"])

    assert skill.chances(keys, ["wu", "li"]) == first[::-1]


def test_more_rows_than_are_remembered_change_no_chance() -> None:
    skill = Skill(SkillTables.model_validate(TABLES))
    keys = skill.keys({"lead.product": "crane"}.get)
    first = skill.chances(keys, ["li"])

    for number in range(5_000):
        skill.chances(skill.keys({"lead.product": str(number)}.get), ["li"])

    assert skill.chances(keys, ["li"]) == first


def test_segments_without_history_are_named() -> None:
    skill = Skill(SkillTables.model_validate(TABLES))

    assert skill.unknown_segments(skill.keys({"lead.product": "boat"}.get)) == ("lead.product",)
    assert skill.unknown_segments(skill.keys({"lead.product": "LIFT"}.get)) == ()


def test_tables_say_which_fields_they_read() -> None:
    tables = SkillTables.model_validate({**TABLES, "value_field": "lead.budget"})

    assert Skill(tables).fields_read == {"lead.product", "lead.grade", "lead.budget"}


@given(st.lists(st.integers(100, 10**10), min_size=1, max_size=8))
def test_a_chance_lies_between_never_and_always(factors: list[int]) -> None:
    assert 0 <= chance_of(factors) <= WHOLE


@given(st.lists(st.integers(100, 10**10), min_size=1, max_size=5), st.integers(WHOLE, 10**10))
def test_a_factor_above_one_never_lowers_a_chance(factors: list[int], better: int) -> None:
    assert chance_of([*factors, better]) >= chance_of(factors)


@pytest.mark.parametrize(
    ("value", "key"), [(None, ""), ("  ", ""), (" Ab", "ab"), (("b", "A"), "a|b"), (3, "3")]
)
def test_values_fall_into_rows_without_regard_to_case_and_order(value: Any, key: str) -> None:
    assert segment_key(value) == key


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"outcome_count": 199}, "fit.too_few_outcomes"),
        ({"skills": {"li": {"lead.region": {"x": WHOLE}}}}, "fit.segment_unknown"),
        ({"kappa": 0}, "greater_than_equal"),
        ({"base_odds": 0}, "greater_than_equal"),
        ({"base_odds": 0.25}, "policy.wrong_type"),
        ({"segments": ["rep.level"]}, "string_pattern_mismatch"),
    ],
)
def test_tables_that_cannot_be_meant_are_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        SkillTables.model_validate({**TABLES, **changes})

    assert [error["type"] for error in caught.value.errors()] == [code]
