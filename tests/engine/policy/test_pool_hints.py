"""What lint says of pools and clocks."""

from typing import Any

from evenhand.engine.facts import Rep
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.lint import lint
from evenhand.engine.routing.team import Team
from tests.engine.policy.documents import NOW, Plain, small

TEAM = Team.of((Rep(id="1", name="张三", level="P3"), Rep(id="2", name="李四")))


def _said(document: PolicyDocument, team: Team | None = None) -> dict[str, str]:
    """The findings about pools and clocks: code → place."""
    found = lint(document, now=NOW, team=team).problems
    return {
        one.why.code.removeprefix("lint."): one.path
        for one in found
        if one.path.startswith(("pools", "clocks"))
    }


def _clocks(*clocks: Plain, **rule: Any) -> Plain:
    return {"rules": [{"rule": "保护", "clocks": list(clocks), **rule}]}


POOL: Plain = {"pool": "公海", "group": "全员"}
CLOCK: Plain = {"clock": "untouched", "after": "10d", "extends": "3d", "at_most": "20d"}


def test_a_sound_pool_with_its_clock_is_not_remarked_upon() -> None:
    assert _said(small(pools=[POOL], clocks=_clocks(CLOCK)), TEAM) == {}


def test_a_pool_that_is_free_nobody_may_claim_from_or_nobody_tends_is_remarked_upon() -> None:
    free = small(pools=[{"pool": "公海", "takes": "lead.grade = A"}])
    assert _said(free, TEAM) == {"pool_costs_nothing": "pools[1]"}

    shut = small(pools=[{**POOL, "takes": True, "who": "rep.level = P9"}])
    assert _said(shut, TEAM)["pool_nobody_claims"] == "pools[1].who"

    untended = small(pools=[{"pool": "公海", "takes": True, "mode": "assign_only"}])
    assert _said(untended, TEAM) == {"pool_without_administrator": "pools[1]"}

    strangers = small(pools=[{**POOL, "takes": True, "administrators": ["1", "99"]}])
    assert _said(strangers, TEAM) == {"pool_strangers": "pools[1].administrators"}


def test_whoever_may_claim_without_a_share_in_the_group_is_counted() -> None:
    groups = [
        {"group": "全员", "who": True},
        {"group": "上海", "who": "rep.level = P3"},
    ]
    document = small(groups=groups, pools=[{**POOL, "takes": True, "group": "上海"}])

    found = lint(document, now=NOW, team=TEAM).problems
    (one,) = [problem for problem in found if problem.why.code == "lint.pool_outside_group"]
    assert one.why["people"] == 1


def test_clocks_that_lead_nowhere_never_run_or_cannot_be_extended_are_remarked_upon() -> None:
    assert "clocks_without_pool" in _said(small(clocks=_clocks(CLOCK)))
    assert "clocks_off" in _said(small(pools=[POOL], clocks=_clocks(CLOCK, is_on=False)))
    two = [{"rule": name, "clocks": [CLOCK]} for name in ("甲", "乙")]
    assert _said(small(pools=[POOL], clocks={"rules": two})) == {
        "clocks_unreachable": "clocks.rules[2]"
    }
    other_kind = [two[0], {**two[1], "kind": "account"}]
    held = {**POOL, "holds": ["lead", "account"]}
    assert _said(small(pools=[held], clocks={"rules": other_kind})) == {}
    early = _clocks({**CLOCK, "at_most": "8d"}, {"clock": "accept", "after": "1h", "missed": []})
    assert {"clock_end_too_early", "clock_does_nothing"} <= set(
        _said(small(pools=[POOL], clocks=early))
    )
    warned = _clocks({**CLOCK, "warn": [{"left": "12d"}]})
    assert "clock_warns_at_start" in _said(small(pools=[POOL], clocks=warned))
