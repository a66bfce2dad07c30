"""One editor at a time: whoever holds the draft writes; others read, and wait or take over."""

import pytest

from evenhand.notify.models import Notice
from evenhand.people.scope import NotAllowed
from evenhand.policies.draft import read_draft
from evenhand.policies.models import WorkingCopy
from evenhand.policies.operations.drafting import (
    discard_draft,
    rebase_draft,
    restore_draft,
    save_draft,
)
from evenhand.policies.operations.hold import HOLD_FOR, release, take_hold
from evenhand.policies.operations.publish import publish
from evenhand.policies.refusals import CannotEdit
from tests.server.builders import person
from tests.server.cast import act_as
from tests.server.policies.studio import Studio, codes, second_rule, text
from tests.server.routing.world import SHARE, policy

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = int(HOLD_FOR.total_seconds() // 60)


def refused(error: pytest.ExceptionInfo[CannotEdit]) -> str:
    return error.value.why.code


def test_a_draft_begins_with_the_live_rules_and_is_kept_as_typed() -> None:
    own = Studio()
    copy = take_hold(own.line.pk, actor=own.olga)
    assert copy.base == own.line.versions.get()
    assert read_draft(copy.text, line_key="direct").document.as_plain() == copy.base.document
    assert "region_aliases" not in copy.text

    saved = save_draft(own.line.pk, "rules: [", edition=copy.edition, actor=own.olga)

    assert own.copy.text == "rules: [" and own.copy.saved_by_id == own.olga.user_id
    assert saved.edition == copy.edition + 1
    assert codes(own.olga) == ["policy.draft_begun", "policy.draft_held"]


def test_somebody_else_reads_who_holds_it_and_writes_nothing() -> None:
    own = Studio()
    copy = take_hold(own.line.pk, actor=own.olga)

    with pytest.raises(CannotEdit) as taking:
        take_hold(own.line.pk, actor=own.alice)
    with pytest.raises(CannotEdit) as saving:
        save_draft(own.line.pk, "mine", edition=copy.edition, actor=own.alice)
    with pytest.raises(CannotEdit):
        discard_draft(own.line.pk, actor=own.alice)

    assert refused(taking) == refused(saving) == "studio.held"
    assert dict(taking.value.why.params)["name"] == "Olga"
    assert own.copy.text == copy.text and own.copy.holder_id == own.olga.user_id


def test_after_idling_another_person_goes_on_and_the_first_is_refused() -> None:
    own = Studio()
    copy = take_hold(own.line.pk, actor=own.olga)
    save_draft(own.line.pk, "half done", edition=copy.edition, actor=own.olga)
    own.idle(HALF_AN_HOUR + 1)

    taken = take_hold(own.line.pk, actor=own.alice)

    assert taken.text == "half done"
    with pytest.raises(CannotEdit):
        save_draft(own.line.pk, "late", edition=taken.edition, actor=own.olga)
    assert own.copy.text == "half done"


def test_whoever_comes_back_before_anybody_else_writes_on() -> None:
    own = Studio()
    copy = take_hold(own.line.pk, actor=own.olga)
    own.idle(HALF_AN_HOUR + 1)

    save_draft(own.line.pk, "back again", edition=copy.edition, actor=own.olga)

    assert own.copy.text == "back again"
    with pytest.raises(CannotEdit):
        take_hold(own.line.pk, actor=own.alice)


def test_letting_go_lets_others_in_at_once() -> None:
    own = Studio()
    take_hold(own.line.pk, actor=own.olga)
    release(own.line.pk, actor=own.olga)

    assert take_hold(own.line.pk, actor=own.alice).holder_id == own.alice.user_id


def test_an_administrator_takes_over_at_once_and_the_first_is_told() -> None:
    own = Studio()
    take_hold(own.line.pk, actor=own.olga)

    take_hold(own.line.pk, at_once=True, actor=own.alice)

    assert own.copy.holder_id == own.alice.user_id
    told = Notice.objects.get(kind="rules_taken_over")
    assert told.user_id == own.olga.user_id and told.params == {"by": own.alice.user_id}


def test_sales_operations_does_not_take_over_at_once() -> None:
    own = Studio()
    nora = act_as(person("Nora", "sales_ops"))
    take_hold(own.line.pk, actor=own.olga)

    with pytest.raises(NotAllowed):
        take_hold(own.line.pk, at_once=True, actor=nora)

    assert own.copy.holder_id == own.olga.user_id and not Notice.objects.exists()


def test_an_older_window_does_not_overwrite_a_newer_one() -> None:
    own = Studio()
    copy = take_hold(own.line.pk, actor=own.olga)
    save_draft(own.line.pk, "newer", edition=copy.edition, actor=own.olga)

    with pytest.raises(CannotEdit) as error:
        save_draft(own.line.pk, "older", edition=copy.edition, actor=own.olga)

    assert refused(error) == "studio.other_window" and own.copy.text == "newer"


def test_a_discarded_draft_comes_back_until_another_is_begun() -> None:
    own = Studio()
    copy = take_hold(own.line.pk, actor=own.olga)
    save_draft(own.line.pk, "precious", edition=copy.edition, actor=own.olga)
    discard_draft(own.line.pk, actor=own.olga)
    assert not WorkingCopy.objects.filter(discarded_at=None).exists()

    assert restore_draft(own.line.pk, actor=own.olga).text == "precious"

    discard_draft(own.line.pk, actor=own.olga)
    take_hold(own.line.pk, actor=own.alice)
    with pytest.raises(CannotEdit) as error:
        restore_draft(own.line.pk, actor=own.olga)
    assert refused(error) == "studio.nothing_discarded"


def test_what_was_published_meanwhile_refuses_a_save_and_can_be_merged() -> None:
    own = Studio()
    copy = take_hold(own.line.pk, actor=own.olga)
    mine = text(rules=[second_rule(), SHARE])
    theirs = policy(points={"base": {"A": 9, "B": 2}})
    publish("direct", theirs, actor=own.alice)

    with pytest.raises(CannotEdit) as error:
        save_draft(own.line.pk, mine, edition=copy.edition, actor=own.olga)
    assert refused(error) == "studio.moved_on" and own.copy.text == copy.text

    found = rebase_draft(own.line.pk, mine, actor=own.olga)

    assert found.is_merged and found.kept == ()
    assert "大客户" in own.copy.text and "A: 9" in own.copy.text
    save_draft(own.line.pk, own.copy.text + "\n", edition=own.copy.edition, actor=own.olga)


def test_where_both_changed_the_same_the_drafts_own_stands_and_is_named() -> None:
    own = Studio()
    take_hold(own.line.pk, actor=own.olga)
    both = second_rule("全部")
    publish("direct", policy(rules=[{**SHARE, "note": "theirs"}]), actor=own.alice)

    found = rebase_draft(own.line.pk, text(rules=[both]), actor=own.olga)

    assert found.kept == ("全部",) and "lead.budget" in own.copy.text
    assert "theirs" not in own.copy.text


def test_a_manager_edits_nothing() -> None:
    own = Studio()

    with pytest.raises(NotAllowed):
        take_hold(own.line.pk, actor=act_as(own.people.tom))

    assert not WorkingCopy.objects.exists()
