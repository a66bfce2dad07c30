"""Deciding appeals: who, what is booked, what is told; reopening; what is overdue."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.appeals.models import Appeal, Ruling
from evenhand.appeals.operations.decide import reject, uphold
from evenhand.appeals.operations.file import file_appeal
from evenhand.appeals.operations.handing import CannotAppeal
from evenhand.appeals.operations.overdue import pass_on_overdue
from evenhand.appeals.operations.reopen import reopen
from evenhand.journal.models import Event
from evenhand.leads.access import NotFound
from evenhand.ledger.models import Posting
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Organization
from evenhand.people.scope import NotAllowed
from evenhand.platform.invariants import examine
from evenhand.routing.desk import CannotAct
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give_up import void
from tests.server.appeals.cases import MICRO, POINTS, Case, dealt, owed, sums
from tests.server.cast import act_as

pytestmark = pytest.mark.django_db


def filed(one: Case, why: str = "excluded") -> Appeal:
    return file_appeal("lead", one.lead.pk, why, "", actor=act_as(one.loser))


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("user_id", flat=True))


def undecided(appeal: Appeal) -> bool:
    appeal.refresh_from_db()
    return (
        appeal.state == "open"
        and not Posting.objects.filter(act="credited").exists()
        and not Receipt.objects.filter(act="credit").exists()
        and not Event.objects.filter(kind__in=("appeal.upheld", "appeal.rejected")).exists()
    )


def broken() -> list[str]:
    with connection.cursor() as cursor:
        return [one.invariant.message for one in examine(cursor)]


def test_upheld_it_owes_him_the_points_of_the_item_and_the_books_stay_even(one: Case) -> None:
    before = owed(one.loser)
    appeal = filed(one)

    found = uphold(appeal.pk, answer="规则写错了", actor=act_as(one.people.tom))

    assert (found.state, found.credit) == ("upheld", POINTS)
    # He makes up a third of it himself, as a member who shared the item.
    assert owed(one.loser) - before == pytest.approx(POINTS * 2 / 3, abs=1)
    assert sums() == {0}
    receipt = Receipt.objects.get(act="credit")
    assert (receipt.rep_id, receipt.actor_id, receipt.points) == (
        one.loser.pk,
        one.people.tom.pk,
        POINTS,
    )
    assert Posting.objects.get(act="credited").receipt_id == receipt.pk
    assert told("appeal_upheld") == {one.loser.pk}
    event = Event.objects.get(kind="appeal.upheld")
    assert event.data["points"] == POINTS
    assert Ruling.objects.get().answer == "规则写错了"
    assert broken() == []


def test_upheld_with_less_or_nothing(one: Case) -> None:
    appeal = filed(one)

    found = uphold(appeal.pk, points=0, actor=act_as(one.people.tom))

    assert (found.state, found.credit, found.credit_receipt_id) == ("upheld", 0, None)
    assert not Posting.objects.filter(act="credited").exists()
    assert broken() == []


def test_more_than_the_item_cost_is_refused(one: Case) -> None:
    appeal = filed(one)

    for points, error in ((POINTS + 1, CannotAct), (-1, CannotAppeal)):
        with pytest.raises(error) as refused:
            uphold(appeal.pk, points=points, actor=act_as(one.people.tom))
        assert refused.value.field == "points"

    assert undecided(appeal)


def test_a_void_lead_credits_nobody(one: Case) -> None:
    appeal = filed(one)
    void("lead", one.lead.pk, reason="spam", actor=SYSTEM)

    with pytest.raises(CannotAct, match="too_many_points"):
        uphold(appeal.pk, points=MICRO, actor=act_as(one.people.tom))
    assert undecided(appeal)

    assert uphold(appeal.pk, actor=act_as(one.people.tom)).credit == 0


def test_a_credit_goes_when_the_lead_turns_out_void(one: Case) -> None:
    uphold(filed(one).pk, actor=act_as(one.people.tom))

    void("lead", one.lead.pk, reason="spam", actor=SYSTEM)

    assert {owed(user) for user in (one.winner, one.loser)} == {0}
    assert sums() == {0}
    assert broken() == []


def test_rejected_it_says_why_and_books_nothing(one: Case) -> None:
    appeal = filed(one)
    before = owed(one.loser)

    with pytest.raises(CannotAppeal, match="answer_missing"):
        reject(appeal.pk, answer=" ", actor=act_as(one.people.tom))
    assert undecided(appeal)
    found = reject(appeal.pk, answer="当时你在请假", actor=act_as(one.people.tom))

    assert found.state == "rejected"
    assert owed(one.loser) == before
    assert told("appeal_rejected") == {one.loser.pk}
    assert broken() == []


def test_nobody_decides_who_may_not(one: Case) -> None:
    appeal = filed(one)
    refusals = (
        (one.loser, NotAllowed),
        (one.people.ada, NotAllowed),
    )
    for user, error in refusals:
        with pytest.raises(error):
            uphold(appeal.pk, actor=act_as(user))

    one.people.tom.team = one.people.south
    one.people.tom.save()
    Appeal.objects.update(decider=one.people.hua)
    with pytest.raises(NotFound):
        uphold(appeal.pk, actor=act_as(one.people.tom))

    assert undecided(appeal)


def test_neither_the_appellant_nor_whoever_did_the_act_decides(one: Case) -> None:
    appeal = filed(one)
    Receipt.objects.filter(pk=appeal.receipt_id).update(actor_id=one.people.tom.pk)

    with pytest.raises(CannotAppeal, match="not_yours_to_decide"):
        uphold(appeal.pk, actor=act_as(one.people.tom))
    Appeal.objects.update(person=one.people.olga)
    with pytest.raises(CannotAppeal, match="not_yours_to_decide"):
        uphold(appeal.pk, actor=act_as(one.people.olga))

    assert undecided(appeal)


def test_it_is_decided_once(one: Case) -> None:
    appeal = filed(one)
    uphold(appeal.pk, actor=act_as(one.people.tom))

    with pytest.raises(CannotAppeal, match="not_open"):
        uphold(appeal.pk, actor=act_as(one.people.olga))

    assert Posting.objects.filter(act="credited").count() == 1


def test_a_manager_credits_as_often_a_day_as_he_may_assign_by_hand(one: Case) -> None:
    Organization.objects.update(overrides_per_day=1)
    first, lead = filed(one), dealt(1)
    second = file_appeal("lead", lead.pk, "excluded", "", actor=act_as(one.loser))
    uphold(first.pk, actor=act_as(one.people.tom))

    with pytest.raises(CannotAct, match="limit_reached"):
        uphold(second.pk, actor=act_as(one.people.tom))
    second.refresh_from_db()
    assert second.state == "open"

    assert uphold(second.pk, actor=act_as(one.people.olga)).state == "upheld"


def test_reopened_once_with_new_facts_somebody_else_decides(one: Case) -> None:
    rep, appeal = act_as(one.loser), filed(one)
    reject(appeal.pk, answer="不符合", actor=act_as(one.people.tom))

    with pytest.raises(CannotAppeal, match="decided_already"):
        filed(one)
    with pytest.raises(CannotAppeal, match="facts_missing"):
        reopen(appeal.pk, "", actor=rep)
    found = reopen(appeal.pk, "我有批准的邮件", actor=rep)

    assert (found.state, found.decider_id) == ("open", None)
    assert told("appeal_reopened") == {one.people.olga.pk}
    with pytest.raises(CannotAppeal, match="not_yours_to_decide"):
        uphold(appeal.pk, actor=act_as(one.people.tom))
    reject(appeal.pk, answer="邮件是后来的", actor=act_as(one.people.olga))
    with pytest.raises(CannotAppeal, match="reopened_already"):
        reopen(appeal.pk, "再来", actor=rep)
    assert [one.is_upheld for one in Ruling.objects.all()] == [False, False]


def test_only_a_rejected_appeal_is_reopened(one: Case) -> None:
    appeal = filed(one)

    with pytest.raises(CannotAppeal, match="not_rejected"):
        reopen(appeal.pk, "新情况", actor=act_as(one.loser))
    with pytest.raises(NotFound):
        reopen(appeal.pk, "新情况", actor=act_as(one.winner))

    assert undecided(appeal)


def test_what_is_overdue_goes_to_sales_operations_once(one: Case) -> None:
    appeal = filed(one)
    late = appeal.due_at + timedelta(minutes=1)

    assert pass_on_overdue(timezone.now()) == 0
    assert pass_on_overdue(late) == 1
    assert pass_on_overdue(late + timedelta(days=1)) == 0

    appeal.refresh_from_db()
    assert (appeal.overdue_at, appeal.decider_id) == (late, None)
    assert told("appeal_overdue") == {one.people.olga.pk}
    assert Event.objects.filter(kind="appeal.overdue").count() == 1
    # His manager may still answer it.
    assert uphold(appeal.pk, actor=act_as(one.people.tom)).state == "upheld"
