"""What depends on the fields and the people there are."""

from typing import Any

import pytest

from evenhand.engine.facts import Rep
from evenhand.engine.policy.check import check, structure_problems
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.problem import Gravity, PolicyProblem, path_text
from evenhand.engine.routing.team import Team
from tests.engine.policy.documents import rich, rule, small

TEAM = Team.of(
    [
        Rep("r1", name="张三", level="资深"),
        Rep("r2", name="李四", level="新人"),
        Rep("r3", name="王五", level="实习", is_active=False),
        Rep("r4", name="陈晨", level="资深"),
        Rep("r5", name="陈晨", level="资深"),
    ]
)


def _only(document: PolicyDocument, team: Team | None = None) -> PolicyProblem:
    (problem,) = check(document, team)
    return problem


def test_a_sound_document_has_no_problems() -> None:
    assert check(small()) == ()
    assert structure_problems(rich()) == ()


@pytest.mark.parametrize(
    ("when", "code", "gravity", "params"),
    [
        (
            "lead.sorce = 百度",
            "condition.unknown_field",
            Gravity.ERROR,
            {"suggestion": "lead.source"},
        ),
        ("lead.budget = 百度", "condition.wrong_constant", Gravity.ERROR, {"field": "lead.budget"}),
        ("lead.region is within 华夏", "condition.unknown_region", Gravity.WARNING, {}),
        ('lead.source = ""', "condition.empty_text", Gravity.WARNING, {}),
        ("lead.grade = X", "condition.not_a_choice", Gravity.WARNING, {"field": "lead.grade"}),
        ("lead.kind = leed", "condition.not_a_choice", Gravity.WARNING, {"suggestion": "lead"}),
        ("now.weekday = 8", "condition.not_a_choice", Gravity.ERROR, {}),
    ],
)
def test_a_condition_is_held_against_the_fields(
    when: str, code: str, gravity: Gravity, params: dict[str, Any]
) -> None:
    document = small(rules=[rule("a", when), rule("b")], regions={"华东": ["上海"]})

    problem = _only(document)

    assert (problem.why.code, problem.gravity) == (code, gravity)
    assert problem.path == "rules[1].when"
    assert {name: problem.why[name] for name in params} == params
    assert problem.message


def test_a_declared_field_and_its_choices_count() -> None:
    fields = [{"field": "lead.urgency", "type": "text", "choices": ["急", "不急"]}]
    good = small(fields=fields, rules=[rule("a", "lead.urgency = 急"), rule("b")])
    bad = small(fields=fields, rules=[rule("a", "lead.urgency = 极"), rule("b")])

    assert check(good) == ()
    assert _only(bad).why.code == "condition.not_a_choice"
    assert _only(bad).is_error


def test_choices_of_grades_that_the_policy_declares_itself_are_binding() -> None:
    fields = [{"field": "lead.grade", "type": "text", "choices": ["A", "X"]}]
    document = small(fields=fields, rules=[rule("a", "lead.grade = X"), rule("b")])

    assert check(document) == ()


def test_levels_are_known_from_the_ladder_and_from_the_team() -> None:
    levels = [{"level": "新人"}, {"level": "资深"}]
    groups = [{"group": "全员", "who": "rep.level in (资深, 实习)"}]
    document = small(levels=levels, groups=groups)

    assert "实习" in str(_only(document).why["value"])
    assert _only(document).gravity is Gravity.WARNING
    assert check(document, TEAM) == ()


def test_without_a_ladder_any_level_may_be_named() -> None:
    assert check(small(groups=[{"group": "全员", "who": "rep.level = 谁知道"}])) == ()


def test_personal_data_of_the_lead_is_never_held_against_a_person() -> None:
    problem = _only(small(rules=[rule("a", who="rep.skill contains lead.name")]))

    assert problem.why.code == "condition.personal_with_rep"
    assert (problem.path, problem.is_error) == ("rules[1].who", True)


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ({"rules": [rule("a", match=["industry", "region"])]}, "rules[1].match"),
        ({"fit": {"mode": "declared", "weights": {"region": 1}}}, "fit.weights.region"),
    ],
)
def test_a_match_on_what_receipts_must_not_hold_is_refused(
    parts: dict[str, Any], path: str
) -> None:
    fields = [{"field": "lead.region", "type": "region", "is_personal": True}]

    problem = _only(small(fields=fields, **parts))

    assert problem.why.code == "policy.match_personal"
    assert problem.why["field"] == "lead.region"
    assert (problem.path, problem.is_error) == (path, True)


def test_every_place_with_a_condition_is_checked() -> None:
    odd = "lead.nothing = 1"
    document = rich(
        lambda plain: plain.update(
            {
                "scoring": {
                    "dimensions": {"fit": {"cap": 100}},
                    "signals": [{"id": "s", "dimension": "fit", "points": 1, "when": odd}],
                },
                "points": {**plain["points"], "adjustments": [{"id": "a", "when": odd, "add": 1}]},
                "levels": [{"level": "新人", "takes": odd}, {"level": "资深"}],
                "territories": [{"territory": "t", "when": odd, "owner": "张三"}],
                "groups": [
                    {
                        "group": "华东组",
                        "who": "rep.nothing = 1",
                        "weights": [{"when": odd, "percent": 1}],
                    },
                    *plain["groups"][1:],
                ],
                "exploration": {"never_when": odd},
                "rules": [{**one, "when": odd, "who": odd} for one in plain["rules"][:1]],
                "capacity": {
                    "windows": [{"cap": "c", "per": "day", "items": 1, "who": "rep.nothing = 1"}]
                },
            }
        )
    )

    found = [one.path for one in check(document)]

    assert found == [
        "scoring.signals[1].when",
        "points.adjustments[1].when",
        "levels[1].takes",
        "groups[1].who",
        "groups[1].weights[1].when",
        "territories[1].when",
        "rules[1].when",
        "rules[1].who",
        "capacity.windows[1].who",
        "exploration.never_when",
    ]


def test_an_alias_of_an_alias_is_a_warning() -> None:
    document = small(region_aliases={"沪": "申", "申": "上海", "粤": "广东"})

    problem = _only(document)

    assert (problem.why.code, problem.path) == ("policy.alias_of_alias", "region_aliases.沪")
    assert problem.gravity is Gravity.WARNING


def test_errors_come_first() -> None:
    document = small(
        rules=[rule("a", 'lead.source = ""'), rule("b", "lead.nothing = 1"), rule("c")]
    )

    assert [one.path for one in check(document)] == ["rules[2].when", "rules[1].when"]


# -- people ----------------------------------------------------------------------------------


def test_people_are_looked_for_by_id_and_by_name() -> None:
    document = small(groups=[{"group": "全员", "members": ["r1", "李四"]}])

    assert check(document, TEAM) == ()


@pytest.mark.parametrize(
    ("name", "code", "params"),
    [
        ("张三丰", "policy.person_unknown", {"suggestion": "张三"}),
        ("赵六", "policy.person_unknown", {"suggestion": None}),
        ("陈晨", "policy.person_ambiguous", {"count": 2}),
        ("王五", "policy.person_left", {"name": "王五"}),
    ],
)
def test_a_name_that_leads_to_nobody_is_a_warning(
    name: str, code: str, params: dict[str, Any]
) -> None:
    document = small(groups=[{"group": "全员", "members": [name]}])

    problem = _only(document, TEAM)

    assert (problem.why.code, problem.gravity) == (code, Gravity.WARNING)
    assert problem.path == "groups[1].members[1]"
    assert {one: problem.why[one] for one in params} == params


def test_every_place_that_names_a_person_is_looked_at() -> None:
    nobody = "无名"
    document = small(
        territories=[{"territory": "t", "when": True, "owner": nobody}],
        rules=[
            {
                "rule": "a",
                "to": {"strategy": "person", "rep": nobody, "if_absent": "wait"},
                "if_nobody": {"do": "overflow", "rep": nobody},
            }
        ],
    )

    found = [one.path for one in check(document, TEAM)]

    assert found == ["territories[1].owner", "rules[1].to.rep", "rules[1].if_nobody.rep"]
    assert check(document) == ()


def test_whom_to_escalate_to_may_be_outside_of_the_team() -> None:
    escalated = {**rule("a"), "if_nobody": {"do": "escalate", "to": "总经理"}}

    assert check(small(rules=[escalated]), TEAM) == ()


def test_paths_count_as_people_do() -> None:
    assert path_text(("rules", 2, "to", "group")) == "rules[3].to.group"
    assert path_text(()) == ""
