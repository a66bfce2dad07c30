"""Reading and writing plain data."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from evenhand.engine.conditions import InvalidCondition, from_tree, parse, to_text, to_tree


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (True, "true"),
        (False, "false"),
        ("lead.source = web", 'lead.source = "web"'),
        ({"all": ["lead.a", {"not": "lead.b"}]}, "lead.a = true and not (lead.b = true)"),
        ({"all": ["lead.a"]}, "lead.a = true"),
        ({"any": ("lead.a", True)}, "lead.a = true or true"),
        ({"field": "task.x", "op": "=", "value": "a"}, 'lead.x = "a"'),
        ({"field": "lead.x", "op": "NOT_IN", "value": ["a", 1]}, 'lead.x not in ("a", 1)'),
        ({"field": "lead.x", "op": " is  empty"}, "lead.x is empty"),
        ({"field": "lead.x", "op": "≥", "value": 5}, "lead.x >= 5"),
        ({"field": "lead.x", "op": "within_last", "value": "7d"}, "lead.x within last 7d"),
        ({"field": "lead.x", "op": "between", "value": [1, 2]}, "lead.x between 1 and 2"),
        (
            {"field": "lead.x", "op": "between", "value": [{"field": "rep.a"}, 2]},
            "lead.x between rep.a and 2",
        ),
        ({"field": "lead.x", "op": "=", "value": "18:00"}, "lead.x = 18:00"),
        ({"field": "lead.x", "op": "=", "value": {"text": "18:00"}}, 'lead.x = "18:00"'),
        ({"field": "lead.x", "op": "=", "value": {"number": "0.50"}}, "lead.x = 0.5"),
        ({"field": "lead.x", "op": "=", "value": Decimal("0.50")}, "lead.x = 0.5"),
        ({"field": "lead.x", "op": "=", "value": "123"}, 'lead.x = "123"'),
        ({"field": "lead.x", "op": "=", "value": "true"}, 'lead.x = "true"'),
        ({"field": "lead.x", "op": "=", "value": date(2026, 5, 1)}, "lead.x = 2026-05-01"),
        ({"field": "lead.x", "op": "=", "value": time(18)}, "lead.x = 18:00"),
        (
            {"field": "lead.x", "op": "=", "value": datetime(2026, 5, 1, tzinfo=UTC)},
            "lead.x = 2026-05-01T00:00+00:00",
        ),
        ({"field": "lead.Lead Source", "op": "=", "value": "a"}, 'lead.`Lead Source` = "a"'),
        ({"field": "lead.x", "op": "=", "value": "9" * 150 + "d"}, f'lead.x = "{"9" * 150}d"'),
    ],
)
def test_plain_data_is_read(tree: Any, text: str) -> None:
    condition = from_tree(tree)

    assert to_text(condition) == text
    assert from_tree(to_tree(condition)) == condition


def test_a_tree_holds_nothing_but_json() -> None:
    text = 'lead.x in ("a", 1, 0.5, true, 2026-05-01, "7d") or not (rep.y older than 2wd)'

    assert to_tree(parse(text)) == {
        "any": [
            {
                "field": "lead.x",
                "op": "in",
                "value": ["a", 1, {"number": "0.5"}, True, "2026-05-01", {"text": "7d"}],
            },
            {"not": {"field": "rep.y", "op": "older than", "value": "2wd"}},
        ]
    }


_ENDLESS: list[Any] = []
_ENDLESS.append({"all": _ENDLESS})


@pytest.mark.parametrize(
    ("tree", "code", "where"),
    [
        (None, "not_a_condition", ""),
        (5, "not_a_condition", ""),
        ([], "not_a_condition", ""),
        ({}, "not_a_condition", ""),
        ({"all": "lead.a"}, "not_a_condition", "all"),
        ({"all": []}, "too_few_parts", "all"),
        ({"any": [True, {"not": 3}]}, "not_a_condition", "any[1].not"),
        ({"al": []}, "unknown_key", ""),
        ({"all": [True], "note": "x"}, "unknown_key", ""),
        ({3: 4}, "unknown_key", ""),
        ({"not": ""}, "blank", "not"),
        ({"all": _ENDLESS}, "too_deep", "all[0]" + ".all[0]" * 15),
        ({"all": [True] * 600}, "too_many_parts", "all[499]"),
        ({"field": "lead.x"}, "missing_key", ""),
        ({"field": "lead.x", "op": "="}, "missing_key", ""),
        ({"field": "lead.x", "op": "is empty", "value": 1}, "unknown_key", ""),
        ({"field": "lead.x", "op": "=", "vale": 1}, "unknown_key", ""),
        ({"field": "lead.x", "op": "contain", "value": 1}, "unknown_operator", ""),
        ({"field": "lead.x", "op": 5, "value": 1}, "unknown_operator", ""),
        ({"field": "lead.x", "op": "x" * 200, "value": 1}, "unknown_operator", ""),
        ({"field": "x", "op": "=", "value": 1}, "unknown_root", ""),
        ({"field": "lead", "op": "=", "value": 1}, "name_unusable", ""),
        ({"field": "lead.a`b", "op": "=", "value": 1}, "name_unusable", ""),
        ({"field": "lead.a\nb", "op": "=", "value": 1}, "name_unusable", ""),
        ({"field": "lead.\ud800", "op": "=", "value": 1}, "name_unusable", ""),
        ({"field": 5, "op": "=", "value": 1}, "name_unusable", ""),
        ({"field": "lead.x", "op": "=", "value": None}, "unusable_constant", "value"),
        ({"field": "lead.x", "op": "=", "value": 0.5}, "inexact_number", "value"),
        ({"field": "lead.x", "op": "=", "value": b"a"}, "unusable_constant", "value"),
        ({"field": "lead.x", "op": "=", "value": {"a": 1}}, "unusable_constant", "value"),
        ({"field": "lead.x", "op": "=", "value": {"number": "x"}}, "unusable_constant", "value"),
        ({"field": "lead.x", "op": "=", "value": {"text": 5}}, "unusable_constant", "value"),
        ({"field": "lead.x", "op": "=", "value": ["a"]}, "wrong_shape", "value"),
        ({"field": "lead.x", "op": "=", "value": "7d"}, "wrong_shape", "value"),
        ({"field": "lead.x", "op": "=", "value": "\ud800"}, "text_unusable", "value"),
        ({"field": "lead.x", "op": "=", "value": "x" * 20_001}, "too_long", "value"),
        ({"field": "lead.x", "op": "=", "value": "x" * 20_000}, "too_long", "value"),
        ({"field": "lead.x", "op": "=", "value": "25:00"}, "bad_literal", "value"),
        ({"field": "lead.x", "op": "=", "value": 10**5000}, "number_out_of_range", "value"),
        (
            {"field": "lead.x", "op": "=", "value": Decimal("NaN")},
            "number_out_of_range",
            "value",
        ),
        (
            {"field": "lead.x", "op": "=", "value": Decimal("1E-999999")},
            "number_out_of_range",
            "value",
        ),
        (
            {"field": "lead.x", "op": "=", "value": time(1, microsecond=1)},
            "unusable_constant",
            "value",
        ),
        (
            {"field": "lead.x", "op": "=", "value": datetime(2026, 5, 1, 1, 1, 1, 1)},
            "unusable_constant",
            "value",
        ),
        ({"field": "lead.x", "op": "in", "value": "a"}, "wrong_shape", "value"),
        ({"field": "lead.x", "op": "in", "value": []}, "empty_list", "value"),
        ({"field": "lead.x", "op": "in", "value": [["a"]]}, "unusable_constant", "value"),
        ({"field": "lead.x", "op": "in", "value": [{"field": "rep.a"}]}, "wrong_shape", "value"),
        ({"field": "lead.x", "op": "in", "value": ["a"] * 1001}, "too_long_list", "value"),
        ({"field": "lead.x", "op": "is within", "value": 5}, "wrong_shape", "value"),
        ({"field": "lead.x", "op": "is within", "value": [5]}, "wrong_shape", "value"),
        ({"field": "lead.x", "op": "between", "value": [1]}, "wrong_shape", "value"),
        ({"field": "lead.x", "op": "between", "value": ["1d", 2]}, "wrong_shape", "value"),
        ({"field": "lead.x", "op": "older than", "value": 4}, "wrong_shape", "value"),
        (
            {"field": "lead.x", "op": "older than", "value": "9999999d"},
            "span_out_of_range",
            "value",
        ),
        (
            {"all": [True, {"field": "lead.x", "op": "=", "value": 0.5}]},
            "inexact_number",
            "all[1].value",
        ),
    ],
)
def test_data_that_is_no_condition_is_refused_with_its_place(
    tree: Any, code: str, where: str
) -> None:
    with pytest.raises(InvalidCondition) as caught:
        from_tree(tree)

    assert caught.value.reason.code == f"condition.{code}"
    assert caught.value.where == where
    assert str(caught.value).startswith(where)


def test_texts_in_a_tree_share_one_bound() -> None:
    long_text = f'lead.x = "{"a" * 7_000}"'

    with pytest.raises(InvalidCondition) as caught:
        from_tree({"any": [long_text] * 3})

    assert caught.value.reason.code == "condition.too_long"


def test_a_mistyped_operator_is_answered_with_the_right_one() -> None:
    with pytest.raises(InvalidCondition, match="did you mean contains any"):
        from_tree({"field": "lead.x", "op": "contain_any", "value": ["a"]})
