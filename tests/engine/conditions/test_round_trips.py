"""Text and tree give back the condition they came from, and the print never moves."""

import copy
import json
import pickle

from hypothesis import given

from evenhand.engine.conditions import Condition, from_tree, parse, to_text, to_tree
from tests.engine.conditions.strategies import conditions


@given(conditions)
def test_the_text_of_a_condition_reads_as_the_same_condition(condition: Condition) -> None:
    again = parse(to_text(condition))

    assert again == condition
    # Equality is by text; repr also shows every operand and its type.
    assert repr(again) == repr(condition)


@given(conditions)
def test_the_tree_of_a_condition_reads_as_the_same_condition(condition: Condition) -> None:
    again = from_tree(to_tree(condition))

    assert repr(again) == repr(condition)


@given(conditions)
def test_a_tree_survives_json(condition: Condition) -> None:
    stored = json.dumps(to_tree(condition))

    assert repr(from_tree(json.loads(stored))) == repr(condition)


@given(conditions)
def test_the_print_is_one_line_and_stable(condition: Condition) -> None:
    text = to_text(condition)

    assert len(text.splitlines()) == 1
    assert to_text(parse(text)) == text


@given(conditions)
def test_equal_conditions_have_equal_hashes_and_survive_copying(condition: Condition) -> None:
    twins = [from_tree(to_tree(condition)), copy.deepcopy(condition)]
    twins.append(pickle.loads(pickle.dumps(condition)))

    assert {condition, *twins} == {condition}
    assert len({condition, *twins}) == 1


def test_conditions_that_python_would_call_equal_are_different() -> None:
    texts = ["lead.x = 1", "lead.x = true", 'lead.x = "1"', "lead.x in (1)"]

    assert len({parse(text) for text in texts}) == 4


def test_one_number_has_one_print() -> None:
    printed = {to_text(parse(f"lead.x = {number}")) for number in ("1", "1.0", "1.00", "01")}

    assert printed == {"lead.x = 1"}
    assert to_text(parse("lead.x = -0.0")) == "lead.x = 0"
    assert to_text(parse("lead.x = 0.50")) == "lead.x = 0.5"
