"""Conditions as fields of policy sections."""

import json

import pytest
from pydantic import BaseModel, ValidationError

from evenhand.engine.conditions import parse
from evenhand.engine.conditions.field import ALWAYS, ConditionField


class Section(BaseModel):
    when: ConditionField = ALWAYS


@pytest.mark.parametrize(
    "written",
    [
        "lead.source = web",
        {"field": "lead.source", "op": "=", "value": "web"},
        parse("lead.source = web"),
    ],
)
def test_a_section_reads_text_tree_or_condition_and_writes_text(written: object) -> None:
    section = Section.model_validate({"when": written})

    assert section.when == parse("lead.source = web")
    assert json.loads(section.model_dump_json()) == {"when": 'lead.source = "web"'}


def test_a_refusal_keeps_its_code_and_its_words() -> None:
    with pytest.raises(ValidationError) as caught:
        Section.model_validate({"when": {"field": "lead.x", "op": "=", "value": 0.5}})

    (error,) = caught.value.errors()
    assert error["type"] == "condition.inexact_number"
    assert error["loc"] == ("when",)
    assert error["msg"].startswith("value: 0.5 is a binary fraction")
    assert '{"number": "0.5"}' in error["msg"]


def test_the_default_always_holds() -> None:
    assert Section().when == ALWAYS
