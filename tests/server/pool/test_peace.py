"""The customer's peace is kept where items are given by hand and where contacts are logged."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Activity, Assignment, Company, Contact, Lead, State
from evenhand.leads.operations.activities import CannotLog, log_activity
from evenhand.leads.operations.peace import CannotLeaveInPeace, leave_in_peace
from evenhand.people.actor import SYSTEM, Actor, ActorKind
from evenhand.people.models import Rep
from evenhand.people.scope import NotAllowed
from evenhand.policies.models import Line
from evenhand.routing.desk import CannotAct
from evenhand.routing.operations.give import assign, transfer
from evenhand.routing.operations.give_up import hand_back
from evenhand.routing.retry import retry_all
from evenhand.routing.take_in import take_in
from tests.server.leads.company import account, contact, lead
from tests.server.routing.test_acts import OPS, as_manager, as_rep
from tests.server.routing.test_take_in import everything_replays
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db


def firm(**terms: Any) -> list[Rep]:
    """Four reps; what is given back waits."""
    document = policy(peace=terms, rules=[])
    return company(4, document)


def called(one: Lead, rep: Rep, **entry: Any) -> Activity:
    entry = {"channel": "call", "outcome": "no_answer"} | entry
    return log_activity("lead", one.pk, **entry, actor=as_rep(rep))


def test_a_customer_changes_hands_so_often_over_all_his_leads_and_no_further() -> None:
    one, two, three, *_ = firm(owners=2)
    person = contact()
    first, second = lead(one, contact=person), lead(None, contact=person)

    assign("lead", second.pk, to=two.pk, reason="waiting", actor=OPS)
    before = Assignment.objects.count()
    with pytest.raises(CannotAct) as refused:
        transfer("lead", first.pk, to=three.pk, reason="expertise", actor=OPS)

    assert refused.value.why.code == "peace.owners"
    assert Assignment.objects.count() == before
    assert Lead.objects.get(pk=first.pk).owner_id == one.pk
    transfer("lead", first.pk, to=two.pk, reason="expertise", actor=OPS)
    assert Lead.objects.get(pk=first.pk).owner_id == two.pk


def test_after_a_return_the_customer_has_quiet_before_the_next_owner() -> None:
    one, two, *_ = firm(quiet="2d")
    mine = lead(one)
    hand_back("lead", mine.pk, reason="wrong_region", actor=as_rep(one))

    with pytest.raises(CannotAct) as refused:
        assign("lead", mine.pk, to=two.pk, reason="waiting", actor=OPS)

    assert refused.value.why.code == "peace.quiet"
    assert Lead.objects.get(pk=mine.pk).state == State.QUEUED
    Assignment.objects.update(
        opened_at=timezone.now() - timedelta(days=5), closed_at=timezone.now() - timedelta(days=2)
    )
    assign("lead", mine.pk, to=two.pk, reason="waiting", actor=OPS)
    assert Lead.objects.get(pk=mine.pk).owner_id == two.pk


def test_a_company_has_one_owner_and_a_whole_company_can_move() -> None:
    one, two, *_ = firm()
    customer = account(one)
    new = lead(None, company=customer)

    with pytest.raises(CannotAct) as refused:
        assign("lead", new.pk, to=two.pk, reason="waiting", actor=OPS)

    assert refused.value.why.code == "peace.company_held"
    assign("lead", new.pk, to=one.pk, reason="waiting", actor=OPS)
    transfer("account", customer.pk, to=two.pk, reason="expertise", actor=OPS)
    transfer("lead", new.pk, to=two.pk, reason="expertise", actor=OPS)
    assert Company.objects.get().owner_id == Lead.objects.get().owner_id == two.pk


def test_turning_to_a_customer_too_often_is_refused_and_what_he_answered_is_kept() -> None:
    one, *_ = firm(contacts=2, contacts_within="7d")
    mine = lead(one)
    called(mine, one)
    called(mine, one, channel="wechat", outcome="sent")

    with pytest.raises(CannotLog) as refused:
        called(mine, one)

    assert refused.value.why.code == "peace.contacts"
    assert Activity.objects.count() == 2
    called(mine, one, outcome="reached")
    program = Actor(ActorKind.TOKEN, user_id=one.pk, role="rep", scope="self", is_rep=True)
    log_activity(
        "lead", mine.pk, channel="call", outcome="no_answer", evidence="call_record", actor=program
    )
    called(mine, one, channel="note", outcome="noted", note="客户下周回电")
    assert Activity.objects.count() == 5


def test_who_asks_for_peace_has_it_until_a_manager_lifts_it() -> None:
    one, two, *_ = firm()
    person = contact()
    mine, other = lead(one, contact=person), lead(None, contact=person)

    leave_in_peace("lead", mine.pk, is_left=True, actor=as_rep(one))
    leave_in_peace("lead", mine.pk, is_left=True, actor=as_rep(one))

    event = Event.objects.get(kind="lead.left_in_peace")
    assert event.data == {"is_left": True, "contact": person.pk, "company": None}
    with pytest.raises(CannotLog) as refused:
        called(mine, one)
    assert refused.value.why.code == "peace.no_contact"
    with pytest.raises(CannotAct) as no:
        assign("lead", other.pk, to=two.pk, reason="waiting", actor=OPS)
    assert no.value.why.code == "peace.left_in_peace"
    with pytest.raises(NotAllowed):
        leave_in_peace("lead", mine.pk, is_left=False, actor=as_rep(one))

    # Merged into another contact, the wish goes with him.
    survivor = contact()
    Contact.objects.filter(pk=person.pk).update(merged_into=survivor)
    Lead.objects.update(contact=survivor)
    with pytest.raises(CannotLog):
        called(mine, one)
    leave_in_peace("lead", mine.pk, is_left=False, actor=as_manager(one))
    called(mine, one)


def test_a_lead_of_nobody_known_cannot_be_left_in_peace() -> None:
    one, *_ = firm()
    unknown = lead(one)
    with pytest.raises(CannotLeaveInPeace):
        leave_in_peace("lead", unknown.pk, is_left=True, actor=as_rep(one))
    assert not Event.objects.filter(kind="lead.left_in_peace").exists()


def test_what_the_rules_deal_keeps_the_customers_peace_and_says_until_when() -> None:
    one, *_ = company(4, policy(peace={"quiet": "2d"}))
    customer, other = account(one), account(None, name="宏远贸易")
    person = contact()
    leave_in_peace("lead", lead(one, contact=person).pk, is_left=True, actor=as_rep(one))
    held = [lead(None, company=customer) for _ in range(3)]
    # Two of a company that nobody looks after yet: whoever gets the first gets the second.
    pair = [lead(None, company=other) for _ in range(2)]
    quiet_one = lead(None, contact=person)
    mine = lead(one)
    hand_back("lead", mine.pk, reason="wrong_region", actor=as_rep(one))
    Lead.objects.filter(state=State.QUEUED).update(line=Line.objects.get())

    retry_all()
    retry_all()

    def owner(*leads: Lead) -> set[int | None]:
        rows = Lead.objects.filter(pk__in=[one.pk for one in leads])
        return set(rows.values_list("owner_id", flat=True))

    assert owner(*held) == {one.pk}
    assert len(owner(*pair)) == 1 and None not in owner(*pair)
    assert owner(quiet_one, mine) == {None}
    retried = retry_all()
    assert retried == 0  # what waits for peace is not decided over and over
    why = Lead.objects.get(pk=mine.pk).why_unassigned
    assert why is not None and why["code"] == "peace.quiet" and why["opens_at"]
    ended = timezone.now() - timedelta(days=2, seconds=1)
    Assignment.objects.filter(item_id=mine.pk).update(
        opened_at=ended - timedelta(days=1), closed_at=ended
    )
    assert retry_all() == 1
    assert owner(mine) not in ({None}, {one.pk})
    assert everything_replays()


def test_a_new_lead_of_a_known_company_goes_to_its_owner_alone() -> None:
    one, *_ = company(3, policy(peace={}))
    account(one, name="江南精密")
    Rep.objects.filter(pk=one.pk).update(weight=1)

    taken = take_in(
        [LeadIn(name=f"客户{n}", company=firm) for n in range(3) for firm in ("江南精密", "新厂")],
        actor=SYSTEM,
    )

    assert {t.owner_id for t in taken[::2]} == {one.pk}
    assert len({t.owner_id for t in taken[1::2]}) == 1
    assert everything_replays()
