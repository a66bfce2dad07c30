"""Conditions that are too deep, too many or too long cannot even be built."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from evenhand.engine.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Atom,
    Bindings,
    Condition,
    Duration,
    FieldRef,
    InvalidCondition,
    Not,
    Operator,
    Range,
    Unit,
    all_of,
    any_of,
    check,
    evaluate,
    explain,
    first_failure,
    from_tree,
    parse,
    to_text,
    to_tree,
)
from evenhand.engine.facts import BUILT_IN_FIELDS

X = FieldRef("lead", "x")


def _nested(levels: int) -> Condition:
    condition: Condition = ALWAYS
    for _ in range(levels - 1):
        condition = Not(condition)
    return condition


def test_sixteen_levels_can_be_used_in_every_way() -> None:
    condition = _nested(16)
    bound = Bindings(lead={}, now=datetime(2026, 5, 1, tzinfo=UTC))

    assert parse(to_text(condition)) == condition
    assert from_tree(to_tree(condition)) == condition
    assert evaluate(condition, bound) is False
    assert explain(condition, bound).holds is False
    assert first_failure(condition, bound) is not None
    assert check(condition, BUILT_IN_FIELDS) == []


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: _nested(17), "too_deep"),
        (lambda: AllOf((ALWAYS,) * 500), "too_many_parts"),
        (lambda: AnyOf((AllOf((ALWAYS,) * 250), AllOf((ALWAYS,) * 250))), "too_many_parts"),
        (lambda: AllOf((ALWAYS,)), "too_few_parts"),
        (lambda: AnyOf(()), "too_few_parts"),
        (lambda: Atom(X, Operator.EQUAL, "a" * 20_000), "too_long"),
        (lambda: Atom(X, Operator.EQUAL, "a" * 20_001), "too_long"),
        (lambda: Atom(X, Operator.EQUAL, "\u202e" * 4_000), "too_long"),
        (lambda: AllOf((Atom(X, Operator.EQUAL, "a" * 15_000),) * 2), "too_long"),
        (lambda: Atom(X, Operator.IN, ("a",) * 1_001), "too_long_list"),
        (lambda: Duration(-1, Unit.DAYS), "span_out_of_range"),
        (lambda: Duration(36_501, Unit.DAYS), "span_out_of_range"),
        (lambda: Duration(10**5000, Unit.WORKING_DAYS), "span_out_of_range"),
        (lambda: Atom(X, Operator.EQUAL), "wrong_shape"),
        (lambda: Atom(X, Operator.IS_EMPTY, "a"), "wrong_shape"),
        (lambda: Atom(X, Operator.IS_EMPTY, X), "wrong_shape"),
        (lambda: Atom(X, Operator.BETWEEN, ("a", "b")), "wrong_shape"),
        (lambda: Atom(X, Operator.IN, Range(1, 2)), "wrong_shape"),
        (lambda: Atom(X, Operator.OLDER_THAN, X), "wrong_shape"),
        (lambda: FieldRef("nobody", "x"), "unknown_root"),
    ],
)
def test_what_is_beyond_the_bounds_cannot_be_built(build: Callable[[], object], code: str) -> None:
    with pytest.raises(InvalidCondition) as caught:
        build()

    assert caught.value.reason.code == f"condition.{code}"


def test_the_largest_condition_can_be_built() -> None:
    condition = AllOf((ALWAYS,) * 499)

    assert condition.node_count == 500
    assert parse(to_text(condition)) == condition


def test_a_text_beyond_the_bound_is_refused_before_it_is_read() -> None:
    with pytest.raises(InvalidCondition) as caught:
        parse("(" * 20_001)

    assert caught.value.reason.as_json() == {
        "code": "condition.too_long",
        "length": 20_001,
        "limit": 20_000,
    }


def test_a_list_beyond_the_bound_is_refused() -> None:
    with pytest.raises(InvalidCondition) as caught:
        parse(f"lead.x in ({', '.join('a' for _ in range(1_001))})")

    assert caught.value.reason.code == "condition.too_long_list"


def test_joining_none_or_one_needs_no_group() -> None:
    assert all_of() == ALWAYS
    assert any_of() == NEVER
    assert all_of(NEVER) == any_of(NEVER) == NEVER


def test_a_zone_becomes_its_offset_so_that_the_print_is_settled() -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)

    assert to_text(Atom(X, Operator.BELOW, at)) == "lead.x < 2026-07-01T12:00+02:00"


def test_an_offset_with_seconds_is_refused() -> None:
    at = datetime(1890, 7, 1, tzinfo=ZoneInfo("Europe/Berlin"))

    with pytest.raises(InvalidCondition) as caught:
        Atom(X, Operator.BELOW, at)

    assert caught.value.reason.code == "condition.unusable_constant"


def test_durations_know_their_length() -> None:
    day = timedelta(hours=7)

    assert Duration(2, Unit.WORKING_DAYS).length(day) == timedelta(hours=14)
    assert Duration(2, Unit.WEEKS).length(day) == timedelta(days=14)
    assert Duration(90, Unit.WORKING_MINUTES).length(day) == timedelta(hours=1.5)


def test_an_unknown_unit_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="'y'"):
        Duration(1, "y")  # type: ignore[arg-type]
