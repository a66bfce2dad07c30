"""Every way in which a policy can be wrong is named: place, value, remedy."""

from copy import deepcopy
from typing import Any

import pytest

from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.policy.load import policy_from_plain, read_policy
from evenhand.engine.policy.problem import InvalidPolicy, PolicyProblem
from evenhand.engine.reasons import reason
from tests.engine.policy.documents import RICH, SMALL, Plain, rich, rule, small


def _problems(plain: Any) -> tuple[PolicyProblem, ...]:
    with pytest.raises(InvalidPolicy) as caught:
        policy_from_plain(plain)
    return caught.value.problems


def _changed(path: str, value: Any) -> Plain:
    """The rich policy with another value at a path such as `rules.0.to.group`; ... removes it."""
    plain = deepcopy(RICH)
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    inner: Any = plain
    for step in steps:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return plain


def test_the_samples_are_read() -> None:
    assert small().line == "test"
    assert rich().rules[0].rule == "老客户"


@pytest.mark.parametrize(
    ("path", "value", "at", "code", "params"),
    [
        # keys
        ("line", ..., None, None, {}),  # has a default
        ("groups", ..., "groups", "policy.missing", {"key": "groups"}),
        ("rules.2.to.group", ..., "rules[3].to.group", "policy.missing", {"key": "group"}),
        ("rules.2.to.strategy", ..., "rules[3].to.strategy", "policy.missing", {"key": "strategy"}),
        ("rules.2.if_nobody", ..., "rules[3].if_nobody", "policy.missing", {"key": "if_nobody"}),
        ("rules.2.when_", True, "rules[3].when_", "policy.unknown_key", {"suggestion": "when"}),
        ("rulez", [], "rulez", "policy.unknown_key", {"suggestion": "rules"}),
        (
            "rules.2.to.gruop",
            "x",
            "rules[3].to.gruop",
            "policy.unknown_key",
            {"suggestion": "group", "known": ("strategy", "group")},
        ),
        ("capacity.windows.0.itms", 3, None, "policy.unknown_key", {"suggestion": "items"}),
        (
            "fairness.zzz",
            3,
            "fairness.zzz",
            "policy.unknown_key",
            {"key": "zzz", "suggestion": None},
        ),
        # choices
        (
            "rules.2.to.strategy",
            "fairshare",
            "rules[3].to.strategy",
            "policy.not_one_of",
            {"value": "'fairshare'", "suggestion": "fair_share"},
        ),
        ("rules.2.if_nobody.do", "waiting", None, "policy.not_one_of", {"suggestion": "wait"}),
        (
            "fairness.basis",
            "totals",
            "fairness.basis",
            "policy.not_one_of",
            {"choices": ("entitlement", "equal_totals")},
        ),
        ("fields.0.type", "texts", None, "policy.not_one_of", {"suggestion": "text"}),
        ("scoring.signals.0.dimension", "fti", None, "policy.not_one_of", {"suggestion": "fit"}),
        ("schema", 2, "schema", "policy.not_one_of", {"value": "2"}),
        # types
        ("rules.0.rule", 7, "rules[1].rule", "policy.wrong_type", {"wanted": "text"}),
        ("rules.0.rule", True, "rules[1].rule", "policy.wrong_type", {"value": "True"}),
        ("rules", {"a": 1}, "rules", "policy.wrong_type", {"wanted": "list"}),
        ("rules.0", "x", "rules[1]", "policy.wrong_type", {"wanted": "mapping"}),
        ("fairness.grade_books", "maybe", None, "policy.wrong_type", {"wanted": "truth"}),
        ("regions", [], "regions", "policy.wrong_type", {"wanted": "mapping"}),
        # bounds
        ("levels.0.ramp.days", 0, None, "policy.too_small", {"limit": "1"}),
        ("levels.0.stretch.percent", 51, None, "policy.too_big", {"limit": "50"}),
        ("line", "", "line", "policy.too_short", {"limit": "1"}),
        ("line", "x" * 201, "line", "policy.too_long", {"limit": "200"}),
        ("grades.thresholds", [], "grades.thresholds", "policy.too_short", {}),
        ("points.base", {}, "points.base", "policy.too_short", {}),
        # numbers
        ("points.base.B", 2.5, "points.base.B", "points.not_a_number", {"value": "2.5"}),
        ("points.base.B", "viel", "points.base.B", "points.not_a_number", {"value": "'viel'"}),
        ("points.base.B", True, "points.base.B", "points.not_a_number", {"value": "True"}),
        ("points.base.B", "nan", "points.base.B", "points.not_a_number", {}),
        ("points.base.B", "inf", "points.base.B", "points.out_of_range", {"value": "inf"}),
        ("points.base.B", 1_000_001, None, "points.out_of_range", {"limit": 1_000_000}),
        ("points.base.B", "0.0000001", "points.base.B", "points.too_fine", {}),
        ("version", "3", "version", "policy.wrong_type", {"value": "'3'", "wanted": "whole"}),
        ("schema", 10**30, "schema", "policy.wrong_type", {"wanted": "whole"}),
        ("levels.0.ramp.days", float("nan"), None, "policy.wrong_type", {"wanted": "whole"}),
        # the sections' own refusals pass through
        ("scoring.signals.0.points", "0.001", None, "score.too_fine", {"value": "0.001"}),
        ("scoring.signals.0.when", "lead.source =", None, "condition.expected", {}),
        ("rules.2.when", "leed.x = 1", "rules[3].when", "condition.unknown_root", {}),
        ("groups.0.who", {"al": []}, "groups[1].who", "condition.unknown_key", {"key": "al"}),
        ("scoring.signals.0.when", "rep.is_new", None, "score.reads_rep", {"field": "rep.is_new"}),
        ("points.adjustments.0.when", "rep.is_new", None, "points.reads_rep", {}),
        ("grades.thresholds.1.from_score", 70, "grades", "grade.order", {"grade": "B"}),
        ("fit.weights", ..., "fit", "fit.part_missing", {"part": "weights"}),
        (
            "groups.0",
            {"group": "全员"},
            "groups[1]",
            "policy.group_names_nobody",
            {"group": "全员"},
        ),
        (
            "capacity.windows.0",
            {"cap": "每天", "per": "day"},
            "capacity.windows[1]",
            "policy.cap_limits_nothing",
            {"cap": "每天"},
        ),
        (
            "fairness",
            {"basis": "equal_totals", "catch_up": {"mode": "bounded"}},
            "fairness",
            "fairness.catch_up_not_here",
            {},
        ),
        ("fairness", {"owed_limit": 3}, "fairness", "fairness.owed_limit_not_here", {}),
        ("fields.0.field", "urgency", "fields[1].field", "policy.field_without_root", {}),
        ("fields.0.field", "now.x", None, "policy.field_without_root", {"value": "now.x"}),
        # parts that refer to each other
        ("rules.2.to.group", "华东", "rules[3].to.group", "policy.unknown_name", {"kind": "group"}),
        ("rules.2.to.group", "华东", None, "policy.unknown_name", {"suggestion": "华东组"}),
        ("rules.5.to.pool", "x", "rules[6].to.pool", "policy.unknown_name", {"suggestion": None}),
        ("rules.6.if_nobody.pool", "公", None, "policy.unknown_name", {"suggestion": "公海"}),
        ("capacity.by_level.0.level", "新", None, "policy.unknown_name", {"kind": "level"}),
        ("rules.1.rule", "老客户 ", "rules[2].rule", "policy.name_twice", {"kind": "rule"}),
        ("groups.1.group", "全员", "groups[3].group", "policy.name_twice", {"name": "全员"}),
        ("levels.1.level", "新人", "levels[2].level", "policy.name_twice", {"kind": "level"}),
        ("pools.1.pool", "公海", "pools[2].pool", "policy.name_twice", {"kind": "pool"}),
        ("capacity.windows.1.cap", "每天", None, "policy.name_twice", {"kind": "cap"}),
        ("fields.1.field", "lead.urgency", None, "policy.name_twice", {"kind": "field"}),
        ("points.base.A", ..., "points.base", "points.grade_without_base", {"grade": "A"}),
        ("points.base.X", 3, "points.base", "points.grade_unknown", {"grade": "X"}),
        # fields that are not there when the condition is asked
        ("groups.0.who", "lead.source = a", "groups[1].who", "policy.reads_item", {}),
        ("groups.0.who", "now.weekday = 1", None, "policy.reads_item", {"field": "now.weekday"}),
        ("groups.0.who", "company.size = a", None, "policy.reads_item", {}),
        ("capacity.windows.0.who", "lead.kind = lead", None, "policy.reads_item", {}),
        ("levels.0.takes", "rep.is_new", "levels[1].takes", "policy.reads_person", {}),
        (
            "rules.2.when",
            "lead.region is within rep.region",
            "rules[3].when",
            "policy.reads_person",
            {"field": "rep.region"},
        ),
        ("territories.0.when", "rep.is_new", None, "policy.reads_person", {}),
        ("exploration.never_when", "rep.is_new", None, "policy.reads_person", {}),
        # fields and regions
        ("fields.1", {"field": "lead.points", "type": "text"}, None, "policy.field_fixed", {}),
        (
            "fields.1",
            {"field": "lead.phone", "type": "text"},
            "fields[2]",
            "policy.field_personal",
            {"field": "lead.phone"},
        ),
        (
            "regions.华南",
            ["上海"],
            "regions.华南",
            "policy.region_twice",
            {"region": "上海", "first": "华东", "second": "华南"},
        ),
        ("regions.南京", ["华东"], None, "policy.region_circle", {}),
        ("regions.华南", ["华南"], "regions.华南", "policy.region_circle", {"region": "华南"}),
    ],
)
def test_a_mistake_is_named(
    path: str, value: Any, at: str | None, code: str | None, params: dict[str, Any]
) -> None:
    plain = _changed(path, value)
    if code is None:
        assert policy_from_plain(plain)
        return

    problems = [one for one in _problems(plain) if one.why.code == code]

    assert problems, [str(one) for one in _problems(plain)]
    assert at is None or problems[0].path == at
    assert {name: problems[0].why[name] for name in params} == params
    assert problems[0].message
    assert problems[0].is_error


def test_every_mistake_is_listed_once() -> None:
    plain = _changed("rules.2.to.group", 7)
    plain["rulez"] = 1
    plain["fairness"]["tau"] = "viel"

    problems = _problems(plain)

    assert [one.path for one in problems] == ["rules[3].to.group", "fairness.tau", "rulez"]
    assert "rules[3].to.group" in str(InvalidPolicy(problems))


@pytest.mark.parametrize("plain", [None, 1, "x", [], [SMALL]])
def test_what_is_no_mapping_is_refused(plain: Any) -> None:
    (problem,) = _problems(plain)

    assert problem.why == reason("policy.not_a_mapping")


def test_a_circle_of_regions_is_one_mistake() -> None:
    circle = {"a": ["b"], "b": ["c"], "c": ["a", "d"]}

    (problem,) = _problems({**SMALL, "regions": circle})

    assert problem.why == reason("policy.region_circle", region="a")


def test_fields_that_differ_in_a_letter_are_two_fields() -> None:
    fields = [{"field": f"lead.{name}", "type": "text"} for name in ("VIP", "vip")]

    assert len(small(fields=fields).fields) == 2


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InvalidPolicy) as caught:
        read_policy("# nothing yet\n")

    assert caught.value.problems[0].why.code == "policy.not_a_mapping"


def test_a_problem_knows_its_line() -> None:
    text = """\
schema: 1
grades:
  thresholds: [{grade: A}]
  ungraded: A
points: {base: {A: 8}}
groups:
  - {group: 全员, who: true}
rules:
  - rule: a
    to: {strategy: fair_share, group: 全国}
    if_nobody: {do: wait}
"""
    with pytest.raises(InvalidPolicy) as caught:
        read_policy(text)

    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("rules[1].to.group", 10)


def test_yaml_numbers_reach_the_document_exactly() -> None:
    text = """\
grades: {thresholds: [{grade: A, from_score: 0.07}], ungraded: A}
points: {base: {A: 0.1}}
groups: [{group: no, who: true}]
rules:
  - {rule: 18:00, to: {strategy: fair_share, group: no}, if_nobody: {do: wait}}
"""

    document = read_policy(text)

    assert document.points.base == {"A": 100_000}
    assert document.grades.thresholds[0].from_score == 7
    assert (document.groups[0].group, document.rules[0].rule) == ("no", "18:00")


def test_yaml_and_json_of_one_policy_have_one_digest() -> None:
    document = rich()

    again = read_policy(document.canonical_json())

    assert again == document
    assert again.digest() == document.digest()


def test_a_condition_as_a_tree_is_the_same_as_its_text() -> None:
    tree = {"all": [{"field": "lead.budget", "op": ">=", "value": 5}, "lead.source = 百度"]}

    as_tree = small(rules=[rule("a", tree)])
    as_text = small(rules=[rule("a", "lead.budget >= 5 and lead.source = 百度")])

    assert as_tree.digest() == as_text.digest()


def test_a_stored_document_becomes_a_policy_again() -> None:
    document = rich()

    policy = policy_from_json(document.as_plain())

    assert policy.label == document.label


def test_a_stored_document_that_was_tampered_with_is_refused_not_stumbled_over() -> None:
    plain = rich().as_plain()
    plain["rules"][2]["to"]["group"] = "nobody"

    with pytest.raises(InvalidPolicy):
        policy_from_json(plain)
