"""What a policy shows without trying leads, and what it shows beside a team."""

from typing import Any

import pytest

from evenhand.engine.facts import Rep
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.lint import lint
from evenhand.engine.policy.problem import Gravity, PolicyProblem
from evenhand.engine.routing.team import Team
from tests.engine.policy.documents import NOW, Plain, rule, small

POOLS = [{"pool": "公海"}]
FIT = {"mode": "declared", "weights": {"industry": 1}}


def _problems(document: PolicyDocument, team: Team | None = None) -> tuple[PolicyProblem, ...]:
    return lint(document, now=NOW, team=team).problems


def _only(document: PolicyDocument, code: str, team: Team | None = None) -> PolicyProblem:
    (problem,) = [one for one in _problems(document, team) if one.why.code == code]
    return problem


def _codes(document: PolicyDocument, team: Team | None = None) -> set[str]:
    return {one.why.code for one in _problems(document, team)}


def _to(strategy: str, **more: Any) -> Plain:
    return {"rule": "r", "to": {"strategy": strategy, **more}, "if_nobody": {"do": "wait"}}


# -- strategies --------------------------------------------------------------------------------


def test_rotation_by_count_is_a_hint_where_leads_differ_in_value() -> None:
    problem = _only(small(rules=[_to("rotation", group="全员")]), "lint.rotation_ignores_value")

    assert problem.gravity is Gravity.HINT
    assert problem.path == "rules[1].to"
    assert (problem.why["least"], problem.why["most"]) == ("1", "8")


def test_grabbing_is_a_hint_where_leads_differ_in_value() -> None:
    document = small(rules=[_to("pool", pool="公海")], pools=POOLS)

    assert _only(document, "lint.pool_ignores_value").gravity is Gravity.HINT


@pytest.mark.parametrize("target", [{"group": "全员"}, {"pool": "公海"}], ids=str)
def test_where_all_leads_of_a_rule_are_worth_the_same_nothing_is_said(target: Plain) -> None:
    to = _to("pool" if "pool" in target else "rotation", **target)
    equal = small(rules=[to], pools=POOLS, points={"base": {"A": 3, "B": 3}})
    narrow = small(rules=[{**to, "when": "lead.grade = B"}, rule("末")], pools=POOLS)

    for document in (equal, narrow):
        assert _codes(document).isdisjoint(
            {"lint.rotation_ignores_value", "lint.pool_ignores_value"}
        )


def test_a_pool_for_what_nobody_can_take_is_no_grabbing() -> None:
    last = {**rule("a"), "if_nobody": {"do": "pool", "pool": "公海"}}

    assert "lint.pool_ignores_value" not in _codes(small(rules=[last], pools=POOLS))


def test_best_fit_is_a_hint_and_without_fit_a_warning() -> None:
    rules = [_to("best_fit", group="全员")]

    assert _only(small(rules=rules), "lint.best_fit_without_fit").gravity is Gravity.WARNING
    assert _only(small(rules=rules), "lint.best_fit_ignores_share").gravity is Gravity.HINT
    assert "lint.best_fit_without_fit" not in _codes(small(rules=rules, fit=FIT))


def _owner(of: str, if_absent: str, if_departed: str) -> Plain:
    return _to("owner", of=of, if_absent=if_absent, if_departed=if_departed)


def test_waiting_for_somebody_who_left_is_a_warning() -> None:
    problem = _only(
        small(rules=[_owner("company", "next_rule", "wait")]), "lint.waits_for_departed"
    )

    assert problem.gravity is Gravity.WARNING


def test_waiting_for_somebody_who_is_away_is_a_hint() -> None:
    owner = small(rules=[_owner("company", "wait", "next_rule")])
    person = small(rules=[_to("person", rep="张三", if_absent="wait")])

    for document in (owner, person):
        assert _only(document, "lint.waits_while_absent").gravity is Gravity.HINT
    assert "lint.waits_for_departed" not in _codes(owner)


def test_a_rule_for_owners_of_territories_needs_territories() -> None:
    territories = [{"territory": "浦东", "when": True, "owner": "张三"}]
    asking = [_owner("territory", "next_rule", "next_rule")]

    assert "lint.no_territories" in _codes(small(rules=asking))
    assert "lint.territories_unused" in _codes(small(territories=territories))
    both = _codes(small(rules=asking, territories=territories))
    assert both.isdisjoint({"lint.no_territories", "lint.territories_unused"})


# -- groups, pools, levels ---------------------------------------------------------------------


def test_what_no_rule_uses_is_a_hint() -> None:
    groups = [{"group": "全员", "who": True}, {"group": "闲", "who": True}]
    document = small(
        groups=groups,
        pools=POOLS,
        rules=[rule("a"), rule("b", group="闲", is_enabled=False)],
    )

    assert _only(document, "lint.group_unused").why["group"] == "闲"
    assert _only(document, "lint.pool_unused").path == "pools[1]"


def test_members_by_name_are_a_hint() -> None:
    document = small(groups=[{"group": "全员", "members": ["张三", "李四"]}])

    assert _only(document, "lint.members_by_name").why["count"] == 2


def test_groups_by_condition_cannot_be_checked_without_a_team() -> None:
    document = small(groups=[{"group": "全员", "who": "rep.region contains 华东"}])

    assert _only(document, "lint.groups_unchecked").why["groups"] == ("全员",)
    assert "lint.groups_unchecked" not in _codes(small())


def test_a_stretch_on_the_highest_level_reaches_nowhere() -> None:
    levels = [{"level": "新人", "stretch": {}}, {"level": "资深", "stretch": {}}]

    problem = _only(small(levels=levels), "lint.stretch_nowhere")

    assert (problem.why["level"], problem.path) == ("资深", "levels[2].stretch")


def test_what_a_ladder_says_in_vain_is_a_hint() -> None:
    levels = [{"level": "新人", "mostly": "lead.grade = B"}, {"level": "资深", "graduation": {}}]

    vain = _only(small(levels=levels), "lint.mostly_unread")
    nowhere = _only(small(levels=levels), "lint.graduation_nowhere")

    assert (vain.why["level"], vain.path) == ("新人", "levels[1].mostly")
    assert (nowhere.why["level"], nowhere.path) == ("资深", "levels[2].graduation")
    counted = {"mode": "declared", "weights": {"level": 1}}
    assert "lint.mostly_unread" not in _codes(small(levels=levels, fit=counted))


@pytest.mark.parametrize(
    ("weights", "is_weightless"),
    [
        ([{"when": True, "percent": 0}], True),
        ([{"when": "rep.is_new", "percent": 0}, {"when": True, "percent": 0}], True),
        ([{"when": "rep.is_new", "percent": 0}], False),
        ([{"when": "rep.is_new", "percent": 50}, {"when": True, "percent": 0}], False),
        ([], False),
    ],
)
def test_weights_that_are_zero_for_everybody_are_an_error(
    weights: list[Plain], is_weightless: bool
) -> None:
    document = small(groups=[{"group": "全员", "who": True, "weights": weights}])

    found = [one for one in _problems(document) if one.why.code == "lint.group_weightless"]

    assert bool(found) is is_weightless
    assert all(one.is_error for one in found)


# -- scores, fairness, capacity ----------------------------------------------------------------


def _card(cap: int, *signals: Plain, total: int | None = None) -> Plain:
    named = [{"id": f"s{k}", "dimension": "fit", **one} for k, one in enumerate(signals)]
    return {"dimensions": {"fit": {"cap": cap}}, "signals": named, "cap": total}


@pytest.mark.parametrize(
    ("scoring", "reachable"),
    [
        (_card(70, {"points": 90, "when": True}), "70"),
        (_card(100, {"points": 30, "when": True}, {"points": -50, "when": True}), "30"),
        (_card(100, {"points": 10, "behavior": "b", "max_count": 3}), "30"),
        (_card(100, {"points": 10, "behavior": "b", "cap": "12.5"}), "12.5"),
        (_card(100, {"points": 90, "when": True}, total=79), "79"),
    ],
)
def test_a_grade_above_what_the_card_can_give_is_a_warning(scoring: Plain, reachable: str) -> None:
    found = [
        one
        for one in _problems(small(scoring=scoring))
        if one.why.code == "lint.grade_out_of_reach"
    ]

    assert found[0].why["reachable"] == reachable
    assert (found[0].why["grade"], found[0].path) == ("A", "grades.thresholds[1].from_score")


def test_a_behaviour_without_a_bound_reaches_the_cap() -> None:
    document = small(scoring=_card(80, {"points": 1, "behavior": "b"}))

    assert "lint.grade_out_of_reach" not in _codes(document)


@pytest.mark.parametrize(
    ("sections", "code"),
    [
        ({}, "lint.tau_unused"),
        ({"fairness": {"tau": 3}}, "lint.tau_unused"),
        ({"fit": FIT, "fairness": {"tau": 0}}, "lint.fit_unused"),
        ({"fit": FIT, "fairness": {"tau": 8, "band": 4}}, "lint.band_below_tau"),
        ({"fit": FIT, "fairness": {"band": 9}}, "lint.band_above_tau"),
        ({"fit": FIT, "fairness": {"tau": 40}}, "lint.tau_high"),
        ({"exploration": {"rate_millionths": 12_500}}, "lint.exploration_on"),
    ],
)
def test_choices_about_fairness_are_hints(sections: Plain, code: str) -> None:
    assert _only(small(**sections), code).gravity is Gravity.HINT


def test_with_fit_and_the_default_tau_nothing_is_said() -> None:
    assert _codes(small(fit=FIT)) == set()


def test_the_rate_of_exploration_is_told_in_percent() -> None:
    document = small(exploration={"rate_millionths": 12_500})

    assert _only(document, "lint.exploration_on").why["percent"] == "1.25"


@pytest.mark.parametrize(
    ("capacity", "code", "path"),
    [
        ({"open_items": 0}, "lint.capacity_zero", "capacity"),
        (
            {"windows": [{"cap": "c", "per": "day", "items": 0}]},
            "lint.capacity_zero",
            "capacity.windows[1]",
        ),
        ({"open_points": 5}, "lint.capacity_below_lead", "capacity"),
        (
            {"windows": [{"cap": "c", "per": "day", "points": "7.5"}]},
            "lint.capacity_below_lead",
            "capacity.windows[1]",
        ),
    ],
)
def test_a_limit_that_lets_nothing_through_is_a_warning(
    capacity: Plain, code: str, path: str
) -> None:
    problem = _only(small(capacity=capacity), code)

    assert (problem.path, problem.gravity) == (path, Gravity.WARNING)


def test_a_limit_that_the_largest_lead_just_fits_is_no_finding() -> None:
    assert "lint.capacity_below_lead" not in _codes(small(capacity={"open_points": 8}))


# -- beside a team -----------------------------------------------------------------------------


def _team(*reps: Rep) -> Team:
    return Team.of(reps)


def test_an_empty_group_is_found_beside_a_team() -> None:
    document = small(groups=[{"group": "全员", "who": "rep.region contains 华东"}])
    team = _team(Rep("r1", fields={"region": ("华南",)}), Rep("r2", is_active=False))

    problem = _only(document, "lint.group_empty", team)

    assert (problem.path, problem.gravity) == ("groups[1]", Gravity.WARNING)
    assert "lint.groups_unchecked" not in _codes(document, team)


def test_somebody_in_the_group_is_enough() -> None:
    document = small(groups=[{"group": "全员", "who": "rep.region contains 华东"}])

    assert "lint.group_empty" not in _codes(document, _team(Rep("r", fields={"region": ("华东",)})))


def test_a_team_of_weight_zero_is_an_error_not_a_crash() -> None:
    problem = _only(
        small(), "lint.group_weightless", _team(Rep("r1", weight=0), Rep("r2", weight=0))
    )

    assert problem.is_error


def test_a_grade_for_which_everybody_has_weight_zero_is_an_error() -> None:
    team = _team(Rep("r1", weights={"A": 0}), Rep("r2", weights={"lead:A": 0}))

    problem = _only(small(), "lint.grade_weightless", team)

    assert (problem.why["grade"], problem.is_error) == ("A", True)


def test_weights_of_the_policy_replace_those_of_people() -> None:
    groups = [{"group": "全员", "who": True, "weights": [{"when": True, "percent": 50}]}]

    assert "lint.group_weightless" not in _codes(small(groups=groups), _team(Rep("r1", weight=0)))


def test_levels_that_are_not_on_the_ladder_are_counted() -> None:
    document = small(levels=[{"level": "新人"}, {"level": "资深"}])
    team = _team(
        Rep("r1", level="新人"),
        Rep("r2", level="经理"),
        Rep("r3", level="经理"),
        Rep("r4", level="总监", is_active=False),
        Rep("r5"),
    )

    problem = _only(document, "lint.level_not_on_ladder", team)

    assert (problem.why["levels"], problem.why["people"]) == (("经理",), 2)
    assert "lint.level_not_on_ladder" not in _codes(small(), team)


# -- the report --------------------------------------------------------------------------------


def test_the_worst_comes_first_and_is_counted() -> None:
    document = small(
        rules=[_owner("company", "wait", "wait"), rule("后")],
        groups=[{"group": "全员", "who": True, "weights": [{"when": True, "percent": 0}]}],
    )

    report = lint(document, now=NOW)

    gravities = [one.gravity for one in report.problems]
    assert gravities == sorted(gravities, key=list(Gravity).index)
    assert report.count(Gravity.ERROR) == 1
    assert report.count(Gravity.WARNING) == gravities.count(Gravity.WARNING) > 0


def test_a_document_with_errors_is_not_asked_further() -> None:
    report = lint(small(rules=[rule("a", "lead.nothing = 1")]), now=NOW)

    assert [one.why.code for one in report.problems] == ["condition.unknown_field"]
    assert report.notes == ()
