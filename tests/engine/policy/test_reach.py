"""Lint's questions about leads: which reach a rule, which none catches, what two rules share."""

from typing import Any

import pytest

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.lint import LintReport, lint
from evenhand.engine.policy.problem import Gravity, PolicyProblem
from tests.engine.policy.documents import NOW, Plain, rich, rule, small

REGIONS = {"华东": ["上海", "江苏"], "江苏": ["南京"]}
POOLS = [{"pool": "公海"}]


def _rules(*rules: Plain, **sections: Any) -> PolicyDocument:
    return small(rules=list(rules), regions=REGIONS, pools=POOLS, **sections)


def _report(document: PolicyDocument, **options: Any) -> LintReport:
    return lint(document, now=NOW, **options)


def _of(document: PolicyDocument, code: str) -> list[PolicyProblem]:
    return [one for one in _report(document).problems if one.why.code == code]


def _only(document: PolicyDocument, code: str) -> PolicyProblem:
    (problem,) = _of(document, code)
    return problem


def _notes(document: PolicyDocument) -> set[str]:
    return {note.code for note in _report(document).notes}


# -- unreachable rules -------------------------------------------------------------------------


def test_a_rule_behind_one_for_everything_is_unreachable() -> None:
    document = _rules(rule("全部"), rule("百度", "lead.source = 百度"))

    problem = _only(document, "lint.rule_unreachable")

    assert (problem.path, problem.why["rule"], problem.why["by"]) == ("rules[2]", "百度", ("全部",))
    assert problem.gravity is Gravity.WARNING
    assert "lint.no_unreachable_found" not in _notes(document)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("lead.source = 百度", "lead.source = 百度"),
        ("lead.region is within 华东", "lead.region is within 江苏"),
        ("lead.region is within 华东", "lead.region = 南京 and lead.budget > 5"),
        ("lead.budget >= 5", "lead.budget between 10 and 20"),
        ("lead.source in (a, b, c)", "lead.source = B"),
        ("not (lead.grade = A)", "lead.grade = B"),
        ("lead.created_at older than 1d", "lead.created_at older than 30d"),
    ],
)
def test_a_rule_inside_an_earlier_one_is_unreachable(first: str, second: str) -> None:
    problem = _only(_rules(rule("先", first), rule("后", second)), "lint.rule_unreachable")

    assert (problem.why["rule"], problem.why["by"]) == ("后", ("先",))


def test_several_earlier_rules_may_take_everything_together() -> None:
    document = _rules(
        rule("小", "lead.budget < 10"),
        rule("大", "lead.budget >= 10"),
        rule("有预算", "lead.budget is not empty"),
    )

    assert _only(document, "lint.rule_unreachable").why["by"] == ("小", "大")


def test_an_earlier_rule_that_passes_leads_on_blocks_nothing() -> None:
    document = _rules(rule("全部", do="next_rule"), rule("百度", "lead.source = 百度"), rule("末"))

    assert _of(document, "lint.rule_unreachable") == []
    assert "lint.no_unreachable_found" in _notes(document)


def test_a_pool_takes_everything_whatever_if_nobody_says() -> None:
    pool = {
        "rule": "抢",
        "to": {"strategy": "pool", "pool": "公海"},
        "if_nobody": {"do": "next_rule"},
    }

    assert _only(_rules(pool, rule("后")), "lint.rule_unreachable").why["by"] == ("抢",)


def test_a_disabled_rule_neither_blocks_nor_is_looked_at() -> None:
    document = _rules(
        rule("全部", is_enabled=False),
        rule("无", "lead.budget > 5 and lead.budget < 3", is_enabled=False, who="false"),
        rule("末"),
    )

    assert [one for one in _report(document).problems if one.gravity is not Gravity.HINT] == []


def test_a_rule_whose_condition_contradicts_itself_never_applies() -> None:
    document = _rules(rule("无", "lead.budget > 5 and lead.budget < 3"), rule("末"))

    problem = _only(document, "lint.rule_never_applies")

    assert (problem.path, problem.why["rule"]) == ("rules[1]", "无")
    assert _of(document, "lint.rule_unreachable") == []


def test_a_rule_on_grades_is_reached_through_the_card() -> None:
    scoring = {
        "dimensions": {"fit": {"cap": 100}},
        "signals": [{"id": "a", "dimension": "fit", "points": 90, "when": "lead.source = 展会"}],
    }
    grades = {
        "source": "score_only",
        "thresholds": [{"grade": "A", "from_score": 80}, {"grade": "B"}],
        "ungraded": "B",
    }
    document = _rules(
        rule("好", "lead.grade = A"),
        rule("更好", "lead.source = 展会"),
        rule("末"),
        scoring=scoring,
        grades=grades,
    )

    # Every lead from a fair is an A, but a card is too large a thing to be sure of it.
    assert _of(document, "lint.rule_never_applies") == []
    assert _of(document, "lint.rule_unreachable") == []


# -- leads that nothing catches ----------------------------------------------------------------


def test_a_lead_that_no_rule_catches_is_shown() -> None:
    document = _rules(rule("东", "lead.region is within 华东"), rule("大", "lead.budget >= 5"))

    problem = _only(document, "lint.lead_uncaught")

    assert problem.why["example"] == ("lead.budget = 4", 'lead.region = "other"')
    assert problem.gravity is Gravity.WARNING
    assert "lint.no_gap_found" not in _notes(document)


def test_a_rule_for_everything_leaves_no_gap() -> None:
    document = _rules(rule("东", "lead.region is within 华东"), rule("末"))

    assert _of(document, "lint.lead_uncaught") == []
    assert "lint.no_gap_found" in _notes(document)


def test_rules_that_share_everything_out_leave_no_gap() -> None:
    document = _rules(
        rule("小", "lead.budget < 10"),
        rule("大", "lead.budget >= 10"),
        rule("不知", "lead.budget is empty"),
    )

    assert "lint.no_gap_found" in _notes(document)


def test_forgetting_the_missing_value_is_a_gap() -> None:
    document = _rules(rule("小", "lead.budget < 10"), rule("大", "lead.budget >= 10"))

    assert _only(document, "lint.lead_uncaught").why["example"] == ("lead.budget is empty",)


def test_without_an_enabled_rule_any_lead_is_a_gap() -> None:
    document = _rules(rule("停", is_enabled=False))

    assert _only(document, "lint.lead_uncaught").why["example"] == ()


def test_a_last_rule_that_passes_on_leads_nowhere() -> None:
    document = _rules(rule("东", "lead.region is within 华东"), rule("末", do="next_rule"))

    problem = _only(document, "lint.lead_passed_on")

    assert (problem.path, problem.why["rule"]) == ("rules[2]", "末")
    assert problem.why["example"] == ('lead.region = "other"',)


def test_passing_on_to_a_rule_that_settles_is_sound() -> None:
    document = _rules(rule("东", "lead.region is within 华东", do="next_rule"), rule("末"))

    assert _of(document, "lint.lead_passed_on") == []


# -- overlaps ----------------------------------------------------------------------------------


def test_rules_that_overlap_with_different_outcomes_are_shown_with_a_lead() -> None:
    document = _rules(
        rule("东", "lead.region is within 华东"),
        rule("大", "lead.budget >= 50000", group="甲"),
        rule("老", "lead.source = 老客户介绍", group="乙"),
        rule("末"),
        groups=[{"group": name, "who": True} for name in ("全员", "甲", "乙")],
    )

    first, second = _of(document, "lint.rules_overlap")

    assert (first.why["first"], first.why["second"], first.why["more"]) == ("东", "大", ("老",))
    assert first.why["example"] == ("lead.budget = 50000", 'lead.region = "华东"')
    assert (second.why["first"], second.why["second"]) == ("大", "老")
    assert first.gravity is Gravity.HINT
    assert "lint.no_overlap_found" not in _notes(document)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # the exception before the rule
        (
            rule("苏", "lead.region is within 江苏"),
            rule("东", "lead.region is within 华东", group="甲"),
        ),
        # no lead in common
        (rule("苏", "lead.region is within 江苏"), rule("沪", "lead.region = 上海", group="甲")),
        # the same outcome
        (rule("东", "lead.region is within 华东"), rule("大", "lead.budget > 5")),
        # a rule for everything, and what follows if nobody can
        (rule("全", do="next_rule"), rule("大", "lead.budget > 5", group="甲")),
        (rule("大", "lead.budget > 5"), rule("末", group="甲")),
        # the same leads, in two steps
        (rule("一", "lead.budget > 5", do="next_rule"), rule("二", "lead.budget > 5", group="甲")),
    ],
    ids=lambda one: str(one["rule"]),
)
def test_an_intended_order_is_no_overlap(first: Plain, second: Plain) -> None:
    groups = [{"group": "全员", "who": True}, {"group": "甲", "who": True}]
    document = _rules(first, second, groups=groups)

    assert _of(document, "lint.rules_overlap") == []
    assert "lint.no_overlap_found" in _notes(document)


def test_owners_go_first_by_intent() -> None:
    owner = {
        "rule": "老客户",
        "when": "company.owner is not empty",
        "to": {
            "strategy": "owner",
            "of": "company",
            "if_absent": "next_rule",
            "if_departed": "next_rule",
        },
        "if_nobody": {"do": "next_rule"},
    }

    assert _of(_rules(owner, rule("大", "lead.budget > 5"), rule("末")), "lint.rules_overlap") == []


def test_an_overlap_that_an_earlier_rule_hides_does_not_matter() -> None:
    document = _rules(
        rule("东大", "lead.region is within 华东 and lead.budget > 5"),
        rule("东", "lead.region is within 华东"),
        rule("大", "lead.budget > 5", group="甲"),
        groups=[{"group": "全员", "who": True}, {"group": "甲", "who": True}],
    )

    assert [one.why["first"] for one in _of(document, "lint.rules_overlap")] == []


# -- levels and conditions ---------------------------------------------------------------------


def test_a_lead_that_no_level_takes_is_shown() -> None:
    levels = [
        {"level": "新人", "takes": "lead.budget < 10"},
        {"level": "资深", "takes": "lead.budget >= 10"},
    ]
    whole = [*levels[:1], {"level": "资深"}]

    problem = _only(small(levels=levels), "lint.no_level_takes")

    assert problem.why["example"] == ("lead.budget is empty",)
    assert _of(small(levels=whole), "lint.no_level_takes") == []


def test_conditions_that_never_hold_are_found_everywhere() -> None:
    never = "lead.budget > 5 and lead.budget < 3"

    def change(plain: Plain) -> None:
        plain["rules"][2]["who"] = never
        plain["levels"][0]["takes"] = never
        plain["groups"][0]["who"] = "rep.is_new and not rep.is_new"
        plain["points"]["adjustments"][0]["when"] = never

    found = _of(rich(change), "lint.condition_never_holds")

    assert [one.path for one in found] == [
        "points.adjustments[1].when",
        "levels[1].takes",
        "groups[1].who",
        "rules[3].who",
    ]


def test_a_condition_on_lead_and_person_can_hold() -> None:
    document = _rules(
        rule(
            "a",
            who="rep.region contains lead.region and lead.skill in rep.skill "
            "and rep.joined_on older than 90d",
        )
    )

    assert _of(document, "lint.condition_never_holds") == []


# -- the bound ---------------------------------------------------------------------------------


def test_a_lint_that_runs_out_of_steps_says_so_and_claims_nothing() -> None:
    document = _rules(
        rule("先", "lead.source = 百度"), rule("后", "lead.source = 百度"), rule("末")
    )

    report = _report(document, steps=1)

    assert "lint.search_limited" in {note.code for note in report.notes}
    assert [one.why.code for one in report.problems if one.gravity is not Gravity.HINT] == []


def test_a_lint_says_the_same_twice() -> None:
    assert _report(rich()) == _report(rich())


def test_sixty_rules_are_checked_within_the_bound() -> None:
    rules = [
        rule(f"r{k}", f"lead.region = R{k % 34} and lead.budget >= {k} or lead.industry = I{k % 7}")
        for k in range(60)
    ]

    report = _report(_rules(*rules), steps=3_000)

    assert {note.code for note in report.notes} >= {"lint.search_limited"}
