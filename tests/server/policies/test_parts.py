"""A form changes one part of the draft and leaves every other as it was."""

import pytest

from evenhand.engine.policy.load import read_policy
from evenhand.engine.policy.problem import InvalidPolicy
from evenhand.policies.operations.drafting import change_draft, save_draft
from evenhand.policies.operations.hold import take_hold
from evenhand.policies.parts import Change, copy_of, move, put, remove, settle
from evenhand.policies.refusals import CannotEdit
from tests.server.policies.studio import Studio, second_rule, text
from tests.server.routing.world import SHARE

pytestmark = pytest.mark.django_db


def begun() -> Studio:
    """Olga edits two rules: 大客户, 全部."""
    own = Studio()
    copy = take_hold(own.line.pk, actor=own.olga)
    save_draft(
        own.line.pk, text(rules=[second_rule(), SHARE]), edition=copy.edition, actor=own.olga
    )
    return own


def changed(own: Studio, change: Change) -> list[str]:
    """The names of the rules afterwards."""
    change_draft(own.line.pk, change, text=None, edition=own.copy.edition, actor=own.olga)
    return [rule.rule for rule in read_policy(own.copy.text).rules]


def test_rules_are_moved_copied_and_taken_away() -> None:
    own = begun()

    assert changed(own, move("rules", 0, "大客户", 1)) == ["全部", "大客户"]
    assert changed(own, move("rules", 0, "全部", -1)) == ["全部", "大客户"]
    assert changed(own, copy_of("rules", 0, "全部")) == ["全部", "全部 2", "大客户"]
    assert changed(own, remove("rules", 1, "全部 2")) == ["全部", "大客户"]


def test_a_group_keeps_its_rules_under_another_name() -> None:
    own = begun()

    changed(own, put("groups", 0, "全体", {"group": "大家", "who": "true"}))

    document = read_policy(own.copy.text)
    assert [group.group for group in document.groups] == ["大家"]
    assert {rule.to.group for rule in document.rules} == {"大家"}  # type: ignore[union-attr]


def test_a_setting_goes_back_to_its_default() -> None:
    own = begun()
    changed(own, settle("fairness", {"tau": "2.5"}))
    assert read_policy(own.copy.text).fairness.tau == 2_500_000

    changed(own, settle("fairness", {"tau": None}))

    assert "fairness" not in own.copy.text


def test_what_would_be_no_policy_is_refused_and_the_draft_stays() -> None:
    own = begun()
    before = own.copy.text

    with pytest.raises(InvalidPolicy):
        changed(own, remove("groups", 0, "全体"))
    with pytest.raises(CannotEdit):
        changed(own, remove("rules", 0, "全部"))
    with pytest.raises(InvalidPolicy):
        changed(own, put("rules", None, "", {**SHARE, "rule": "新", "when": "lead.budget >"}))

    assert own.copy.text == before
