"""What lint says of to-dos and levels."""

from typing import Any

import pytest

from evenhand.engine.facts import Rep
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.lint import lint
from evenhand.engine.policy.problem import PolicyProblem
from evenhand.engine.routing.team import Team
from tests.engine.policy.documents import NOW, Plain, small

LEVELS: list[Plain] = [
    {"level": "P1", "takes": "lead.grade = B"},
    {"level": "P2"},
]
VISIT: Plain = {"type": "拜访", "level": "P2", "skills": ["陈列"]}
DEAL: Plain = {
    "rule": "给大家",
    "to": {"strategy": "fair_share", "group": "全员"},
    "if_nobody": {"do": "wait"},
}
SENIOR = Rep(id="1", name="张三", level="P2", fields={"skill": ("陈列",)})
JUNIOR = Rep(id="2", name="李四", level="P1")
TEAM = Team.of((SENIOR, JUNIOR))


def _found(document: PolicyDocument, team: Team | None = None) -> list[PolicyProblem]:
    return [
        one
        for one in lint(document, now=NOW, team=team).problems
        if one.path.startswith(("tasks", "levels"))
    ]


def _said(document: PolicyDocument, team: Team | None = None) -> dict[str, str]:
    return {one.why.code.removeprefix("lint."): one.path for one in _found(document, team)}


def _tasks(**sections: Any) -> PolicyDocument:
    tasks = {"types": [VISIT], "rules": [DEAL], **sections}
    return small(levels=LEVELS, tasks=tasks)


def _trigger(**keys: Any) -> Plain:
    return {"trigger": "跟进", "on": "assigned", "type": "拜访", **keys}


def test_sound_to_dos_and_levels_are_not_remarked_upon() -> None:
    triggers = [
        _trigger(on="stage", stages=["qualified"], to="rules"),
        _trigger(trigger="谈判", on="stage", kind="opportunity", stages=["negotiation"]),
        _trigger(trigger="流失", on="lost", kind="account"),
    ]

    document = _tasks(triggers=triggers, market={"per_day": 1, "holding": 3}, most_open=9)

    assert _said(document, TEAM) == {}


@pytest.mark.parametrize(
    ("people", "code", "path"),
    [
        ((JUNIOR,), "task_level_nobody", "tasks.types[1].level"),
        ((Rep(id="1", level="P2"), JUNIOR), "task_skill_nobody", "tasks.types[1].skills"),
        (
            (Rep(id="1", level="P2"), Rep(id="2", level="P1", fields={"skill": ("陈列",)})),
            "task_nobody_fits",
            "tasks.types[1]",
        ),
        # Who left the company does no to-dos any more.
        (
            (Rep(id="1", level="P2", fields={"skill": ("陈列",)}, is_active=False), JUNIOR),
            "task_level_nobody",
            "tasks.types[1].level",
        ),
    ],
    ids=["level", "skill", "both", "departed"],
)
def test_a_type_that_nobody_can_be_dealt_is_a_warning(
    people: tuple[Rep, ...], code: str, path: str
) -> None:
    assert _said(_tasks(), Team.of(people)) == {code: path}


def test_whoever_stands_above_the_level_counts_and_skills_are_compared_as_words() -> None:
    low = {**VISIT, "level": "P1", "skills": ["Ｄemo "]}
    people = (Rep(id="1", level="P2", fields={"skill": ("demo",)}), JUNIOR)

    assert _said(_tasks(types=[low]), Team.of(people)) == {}


def test_a_skill_that_the_rules_do_not_list_is_a_warning() -> None:
    fields = [{"field": "rep.skill", "type": "list", "choices": ["演示"]}]
    document = small(levels=LEVELS, fields=fields, tasks={"types": [VISIT], "rules": [DEAL]})

    (one,) = _found(document)
    assert (one.why.code, one.path) == ("lint.task_skill_unlisted", "tasks.types[1].skills")
    assert one.why["names"] == ("陈列",)
    known = [{"field": "rep.skill", "type": "list", "choices": ["演示", "陈列"]}]
    listed = small(levels=LEVELS, fields=known, tasks={"types": [VISIT], "rules": [DEAL]})
    assert _found(listed) == []


@pytest.mark.parametrize(
    ("trigger", "code", "path"),
    [
        (
            {"on": "stage", "stages": ["new", "proposal"]},
            "trigger_stage_unknown",
            "tasks.triggers[1].stages",
        ),
        (
            {"on": "stage", "kind": "opportunity", "stages": ["contacted"]},
            "trigger_stage_unknown",
            "tasks.triggers[1].stages",
        ),
        (
            {"on": "stage", "kind": "account", "stages": ["new"]},
            "trigger_never",
            "tasks.triggers[1].on",
        ),
        ({"on": "won", "kind": "account"}, "trigger_never", "tasks.triggers[1].on"),
        ({"type": "电话", "to": "rules"}, "trigger_undealt", "tasks.triggers[1].to"),
    ],
    ids=str,
)
def test_a_trigger_that_never_leads_to_work_is_a_warning(
    trigger: Plain, code: str, path: str
) -> None:
    only_visits = {**DEAL, "types": ["拜访"]}
    types = [VISIT, {"type": "电话"}]

    document = _tasks(types=types, rules=[only_visits], triggers=[_trigger(**trigger)])

    assert _said(document) == {code: path}


@pytest.mark.parametrize("rules", [[], [{**DEAL, "is_enabled": False}]], ids=["none", "off"])
def test_a_rule_that_is_off_deals_nothing(rules: list[Plain]) -> None:
    assert set(_said(_tasks(rules=rules, triggers=[_trigger(to="rules")]))) == {"trigger_undealt"}
    assert _said(_tasks(rules=rules, triggers=[_trigger(to="holder")])) == {}


@pytest.mark.parametrize("name", ["per_day", "holding", "holding_points"])
def test_a_market_limit_of_nothing_is_a_warning(name: str) -> None:
    (one,) = _found(_tasks(market={name: 0}))

    assert (one.why.code, one.path) == ("lint.market_shut", f"tasks.market.{name}")
    assert one.why["setting"] == name


@pytest.mark.parametrize("name", ["most_open", "most_open_points"])
def test_a_limit_of_no_open_to_dos_is_a_warning(name: str) -> None:
    assert _said(_tasks(**{name: 0})) == {"tasks_undealt": f"tasks.{name}"}


def test_a_level_that_sets_nothing_apart_is_a_hint_but_the_highest_takes_all() -> None:
    plain = [{"level": "P1"}, {"level": "P2"}]

    assert _said(small(levels=plain)) == {"level_takes_all": "levels[1]"}
    assert _said(small(levels=LEVELS)) == {}


def test_a_ramp_that_outlasts_the_time_to_the_next_level_is_a_hint() -> None:
    def ladder(**terms: Any) -> PolicyDocument:
        return small(levels=[{**LEVELS[0], "ramp": {"days": 120}, **terms}, LEVELS[1]])

    (one,) = _found(ladder())  # 90 days are the usual ones
    assert (one.why.code, one.path) == ("lint.ramp_outlasts", "levels[1].ramp.days")
    assert (one.why["ramp"], one.why["minimum"]) == (120, 90)
    assert _found(ladder(graduation={"days": 120})) == []
    assert _found(ladder(graduation={"is_enabled": False})) == []
