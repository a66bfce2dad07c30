"""The checker: every problem names field, operator and type, and what was probably meant."""

import pytest
from hypothesis import given

from evenhand.engine.conditions import Condition, Gravity, check, parse
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSpec, FieldType, Regions
from tests.engine.conditions.strategies import REGIONS, conditions

SCHEMA = BUILT_IN_FIELDS.extended(
    [
        FieldSpec("lead", "tier", FieldType.TEXT, choices=("金牌", "银牌", "Bronze")),
        FieldSpec("lead", "tags", FieldType.LIST, choices=("热", "冷")),
        FieldSpec("lead", "due_on", FieldType.DATE),
        FieldSpec("lead", "best_time", FieldType.TIME),
        FieldSpec("lead", "pin", FieldType.NUMBER, personal=True),
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "lead.tier in (金牌, bronze)",
        "lead.tier contains 牌 and lead.tier starts with 金",
        "lead.tags contains 热 and lead.tags contains any (冷)",
        "lead.tags contains any rep.skill",
        "lead.skill in rep.skill and rep.skill contains lead.skill",
        "rep.region contains lead.region and lead.region is within rep.region",
        "rep.region is within rep.region and lead.region is within 杭州",
        "rep.region contains any rep.region",
        "lead.region in rep.region and lead.region = company.region",
        "lead.created_at between 2026-05-01 and lead.due_on",
        "lead.created_at older than 2wd and lead.due_on within next 2w",
        "lead.best_time between 22:00 and 06:00",
        "lead.budget > lead.value and lead.budget in (1, 2.5)",
        "now.weekday in (6, 7) and now.is_working_time != false",
        "lead.phone starts with '138' and lead.phone is empty and lead.pin > 5",
        "lead.source contains lead.campaign",
        "lead.source contains any rep.skill",
    ],
)
def test_a_sound_condition_has_no_problems(text: str) -> None:
    assert [str(problem) for problem in check(parse(text), SCHEMA, REGIONS)] == []


@pytest.mark.parametrize(
    ("text", "gravity", "sentence"),
    [
        (
            "lead.sorce = web",
            Gravity.ERROR,
            "lead.sorce =: there is no such field; did you mean lead.source?",
        ),
        (
            "rep.source = web",
            Gravity.ERROR,
            "rep.source =: there is no such field; did you mean lead.source?",
        ),
        ("rep.zzz = web", Gravity.ERROR, "rep.zzz =: there is no such field"),
        (
            "lead.skill in rep.skil",
            Gravity.ERROR,
            "rep.skil in: there is no such field; did you mean rep.skill?",
        ),
        (
            "lead.is_new contains a",
            Gravity.ERROR,
            "lead.is_new contains: there is no such field; did you mean rep.is_new?",
        ),
        (
            "rep.is_new > true",
            Gravity.ERROR,
            "rep.is_new (boolean) cannot be used with >; it takes =, !=, is empty, is not empty",
        ),
        (
            "lead.budget = web",
            Gravity.ERROR,
            "lead.budget (number) = web: this compares it with a text; "
            "put text in quotes, and leave quotes off anything else",
        ),
        (
            "lead.source = 18:00",
            Gravity.ERROR,
            "lead.source (text) = 18:00: this compares it with a time; "
            "put text in quotes, and leave quotes off anything else",
        ),
        (
            "rep.is_new = 1",
            Gravity.ERROR,
            "rep.is_new (boolean) = 1: this compares it with a number; "
            "put text in quotes, and leave quotes off anything else",
        ),
        (
            "lead.budget = true",
            Gravity.ERROR,
            "lead.budget (number) = true: this compares it with a boolean; "
            "put text in quotes, and leave quotes off anything else",
        ),
        (
            "lead.region = 2026-05-01",
            Gravity.ERROR,
            "lead.region (region) = 2026-05-01: this compares it with a moment; "
            "put text in quotes, and leave quotes off anything else",
        ),
        (
            "lead.due_on older than 4h",
            Gravity.ERROR,
            "lead.due_on (date) older than 4h: this compares it with a duration; "
            "put text in quotes, and leave quotes off anything else",
        ),
        (
            "lead.source = rep.skill",
            Gravity.ERROR,
            "lead.source (text) = rep.skill (list): these two types cannot be compared so",
        ),
        (
            "lead.budget > lead.created_at",
            Gravity.ERROR,
            "lead.budget (number) > lead.created_at (datetime): "
            "these two types cannot be compared so",
        ),
        (
            "rep.skill contains any lead.skill",
            Gravity.ERROR,
            "rep.skill (list) contains any lead.skill (text): "
            "these two types cannot be compared so",
        ),
        (
            "lead.tier = 金",
            Gravity.ERROR,
            "lead.tier (text) = 金: not one of the values this field can have; did you mean 金牌?",
        ),
        (
            "lead.tags contains 暖",
            Gravity.ERROR,
            "lead.tags (list) contains 暖: not one of the values this field can have",
        ),
        (
            "now.weekday = 0",
            Gravity.ERROR,
            "now.weekday (number) = 0: not one of the values this field can have",
        ),
        (
            "lead.region is within 杭洲市",
            Gravity.WARNING,
            "lead.region (region) is within 杭洲市: the region is not in the tree of regions; "
            "did you mean 杭州市?",
        ),
        (
            "lead.budget between 10 and 5.5",
            Gravity.WARNING,
            "lead.budget (number) between 10 and 5.5: the low end lies above the high end, "
            "so this never holds; swap them",
        ),
        (
            "lead.created_at between 2026-05-02 and 2026-05-01T00:00Z",
            Gravity.WARNING,
            "lead.created_at (datetime) between 2026-05-02 and 2026-05-01T00:00+00:00: "
            "the low end lies above the high end, so this never holds; swap them",
        ),
        (
            'lead.source = "　"',
            Gravity.WARNING,
            "lead.source (text) =: a comparison with empty text never holds; "
            "write lead.source is empty",
        ),
        (
            "lead.email in ('a@b.cn')",
            Gravity.WARNING,
            "lead.email (text) in: the policy itself would hold personal data and keep it in "
            "every version; test a part of it, or mark the lead instead",
        ),
        (
            "lead.name = rep.team",
            Gravity.ERROR,
            "lead.name (text) =: personal data of the item cannot be compared with, "
            "or read from, the rep",
        ),
    ],
)
def test_a_problem_is_said_in_one_sentence(text: str, gravity: Gravity, sentence: str) -> None:
    (problem,) = check(parse(text), SCHEMA, REGIONS)

    assert str(problem) == sentence
    assert problem.gravity is gravity
    assert problem.is_error is (gravity is Gravity.ERROR)
    assert problem.reason["field"] == problem.reason.params[0][1]


def test_problems_stand_in_the_order_of_writing_with_their_places() -> None:
    condition = parse("lead.a = 1 and (true or not (lead.b is empty)) and lead.budget = web")

    found = [(problem.where, problem.atom.text) for problem in check(condition, SCHEMA)]

    assert found == [
        ("all[0]", "lead.a = 1"),
        ("all[1].any[1].not", "lead.b is empty"),
        ("all[2]", 'lead.budget = "web"'),
    ]
    assert str(check(condition, SCHEMA)[0]).startswith("all[0]: lead.a =: ")


def test_without_a_tree_of_regions_no_region_is_unknown() -> None:
    condition = parse("lead.region is within 火星")

    assert check(condition, SCHEMA) == []
    assert check(condition, SCHEMA, Regions()) == []
    assert len(check(condition, SCHEMA, REGIONS)) == 1
    assert check(parse('lead.region is within "/"'), SCHEMA, REGIONS) == []


def test_a_range_with_an_end_that_cannot_be_compared_is_one_problem_only() -> None:
    (problem,) = check(parse("lead.budget between 5 and 10:00"), SCHEMA)

    assert problem.reason.code == "condition.wrong_constant"


@given(conditions)
def test_every_condition_can_be_checked(condition: Condition) -> None:
    for problem in check(condition, SCHEMA, REGIONS):
        assert str(problem)
        assert problem.reason["operator"] == problem.atom.operator.value
