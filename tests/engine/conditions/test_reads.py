"""What a condition reads, what is asked once, and personal values that never leave."""

import pytest

from evenhand.engine.conditions import (
    Bindings,
    compile_condition,
    derive,
    evaluate,
    explain,
    fields_read,
    first_failure,
    parse,
    personal_atoms,
    reads_rep,
    settle,
    split,
    to_text,
)
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSpec, FieldType
from tests.engine.conditions.strategies import NOW

MIXED = parse(
    "lead.source = web and (rep.skill contains lead.skill or company.is_key_account) "
    "and not (now.time between lead.opens_at and 18:00) and lead.budget > 5"
)


def test_fields_on_both_sides_are_read() -> None:
    assert fields_read(MIXED) == {
        "lead.source",
        "rep.skill",
        "lead.skill",
        "company.is_key_account",
        "now.time",
        "lead.opens_at",
        "lead.budget",
    }
    assert fields_read(parse("true")) == frozenset()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("lead.x = 1 and now.weekday = 1", False),
        ("not (lead.x = 1 or rep.x = 1)", True),
        ("lead.x = rep.x", True),
        ("true", False),
    ],
)
def test_a_condition_knows_whether_the_rep_matters(text: str, answer: bool) -> None:
    assert reads_rep(parse(text)) is answer


def test_splitting_leaves_the_part_that_is_asked_of_each_rep() -> None:
    once, per_rep = split(MIXED)

    assert not reads_rep(once)
    assert to_text(once) == (
        'lead.source = "web" and not (now.time between lead.opens_at and 18:00) and lead.budget > 5'
    )
    assert to_text(per_rep) == "rep.skill contains lead.skill or company.is_key_account = true"


def test_splitting_one_side_leaves_true_on_the_other() -> None:
    assert [to_text(part) for part in split(parse("lead.x"))] == ["lead.x = true", "true"]
    assert [to_text(part) for part in split(parse("rep.x"))] == ["true", "rep.x = true"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("lead.a = 1 and rep.x", "rep.x = true"),
        ("lead.a = 2 and rep.x", "false"),
        ("lead.a = 1 or rep.x", "true"),
        ("lead.a = 2 or rep.x", "rep.x = true"),
        ("not (lead.a = 1 and rep.x)", "not (rep.x = true)"),
        ("not (lead.a = 2 and rep.x)", "true"),
        ("rep.x and (rep.y or lead.a = 2)", "rep.x = true and rep.y = true"),
        ("lead.a = 1", "true"),
    ],
)
def test_settling_leaves_what_only_the_rep_can_answer(text: str, left: str) -> None:
    assert to_text(settle(parse(text), Bindings(lead={"a": 1}, now=NOW))) == left


PERSONAL = parse(
    'lead.phone starts with "138" and (lead.source = web or lead.note contains 急) '
    'and not (lead.phone starts with "138")'
)
SECRETS = {"phone": "13812345678", "note": "急!", "source": "web"}


def test_personal_atoms_are_listed_once_each() -> None:
    texts = [atom.text for atom in personal_atoms(PERSONAL)]

    assert texts == ['lead.phone starts with "138"', 'lead.note contains "急"']


def test_derived_facts_answer_in_place_of_the_values() -> None:
    known = Bindings(lead=SECRETS, now=NOW)
    derived = derive(personal_atoms(PERSONAL), known)
    public = Bindings(lead={"source": "web"}, now=NOW, derived=derived)
    condition = parse('lead.phone starts with "138" and lead.source = web')

    assert derived == {'lead.phone starts with "138"': True, 'lead.note contains "急"': True}
    assert evaluate(condition, public)
    assert not evaluate(condition, Bindings(lead={"source": "web"}, now=NOW))


def test_a_derived_fact_goes_before_the_value_and_only_for_personal_fields() -> None:
    bound = Bindings(
        lead=SECRETS,
        now=NOW,
        derived={'lead.phone starts with "138"': False, 'lead.source = "web"': False},
    )

    assert not evaluate(parse('lead.phone starts with "138"'), bound)
    assert compile_condition(parse("lead.source = web"))(bound)


def test_own_fields_can_be_personal_too() -> None:
    schema = BUILT_IN_FIELDS.extended([FieldSpec("lead", "wechat", FieldType.TEXT, personal=True)])
    condition = parse("lead.wechat is empty or lead.source = web")

    assert len(personal_atoms(condition, schema)) == 1
    assert personal_atoms(condition) == ()


def test_no_explanation_holds_a_personal_value() -> None:
    bound = Bindings(lead=SECRETS, now=NOW)
    condition = parse(
        'lead.phone = "13812345678" and lead.note contains "急" and lead.phone = lead.note'
    )

    told = str(explain(condition, bound)) + str(first_failure(condition, bound))

    assert "138" not in told.replace(to_text(condition.parts[0]), "")  # type: ignore[union-attr]
    assert "急" not in str(explain(condition, bound))
    failure = first_failure(condition, bound)
    assert failure is not None
    assert failure.reasons[0].as_json() == {
        "code": "condition.masked",
        "field": "lead.phone",
        "operator": "=",
        "other": "lead.note",
        "holds": False,
    }
    assert failure.remedy is not None
    assert failure.remedy.code == "condition.remedy_masked"
