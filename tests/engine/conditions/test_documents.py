"""The page on conditions tells the truth: every example on it is tried."""

import json
import re
from pathlib import Path

import pytest

from evenhand.engine.conditions import InvalidCondition, check, from_tree, parse, to_text
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSpec, FieldType
from evenhand.engine.reasons import CODES

PAGE = (Path(__file__).parents[3] / "docs/algorithms/conditions.md").read_text(encoding="utf-8")
SCHEMA = BUILT_IN_FIELDS.extended([FieldSpec("lead", "Lead Source", FieldType.TEXT)])


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def _lines(language: str) -> list[str]:
    return [line for block in _blocks(language) for line in block.splitlines()]


def test_the_page_has_examples_of_every_kind() -> None:
    assert len(_lines("condition")) >= 15
    assert len(_blocks("tree")) >= 5
    assert len(_lines("refused")) >= 10
    assert len(_lines("problem")) >= 8


@pytest.mark.parametrize("line", _lines("condition"))
def test_an_example_is_a_sound_condition(line: str) -> None:
    assert check(parse(line), SCHEMA) == []


@pytest.mark.parametrize("block", _blocks("tree"))
def test_a_tree_prints_as_the_page_says(block: str) -> None:
    *tree, text = block.splitlines()

    assert to_text(from_tree(json.loads("\n".join(tree)))) == text


@pytest.mark.parametrize("line", _lines("refused"))
def test_a_refused_example_is_refused_with_its_code(line: str) -> None:
    text, code = line.split(" # ")

    with pytest.raises(InvalidCondition) as caught:
        parse(text.strip())

    assert caught.value.reason.code == code.strip()


@pytest.mark.parametrize("line", _lines("problem"))
def test_a_problem_on_the_page_is_found(line: str) -> None:
    text, code = line.split(" # ")

    (problem,) = check(parse(text.strip()), SCHEMA)

    assert problem.reason.code == code.strip()


def test_every_code_of_conditions_has_its_english_sentence_or_is_an_explanation() -> None:
    from evenhand.engine.conditions.english import _SENTENCES

    explained = {
        "all",
        "always",
        "any",
        "failed",
        "held",
        "masked",
        "missing",
        "no_calendar",
        "said",
    }
    explained |= {"not", "remedy", "remedy_masked"}
    codes = {code.removeprefix("condition.") for code in CODES if code.startswith("condition.")}

    assert codes == explained | set(_SENTENCES)
