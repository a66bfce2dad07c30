"""Clocks are worked out after every change, and what they do is done once, never early."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from evenhand.journal.models import Event
from evenhand.leads.models import (
    Activity,
    Assignment,
    Company,
    Lead,
    Opportunity,
    PoolStay,
    State,
)
from evenhand.leads.operations.activities import log_activity
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Duty, Leave, Rep, Team, User
from evenhand.platform.invariants import examine
from evenhand.policies.models import Line
from evenhand.pool.failures import failed_clocks
from evenhand.pool.models import Firing, Pause
from evenhand.pool.operations.sweeping import _portion, _worked_out, sweep, wind_and_sweep
from evenhand.pool.winding import restart, wind, wind_all
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give import transfer
from evenhand.routing.take_in import take_in
from evenhand.tasks.models import Task
from tests.server.builders import person
from tests.server.cast import act_as, browser
from tests.server.routing.test_acts import OPS, as_rep, loads_are_their_recount, owed
from tests.server.routing.test_take_in import everything_replays, leads
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PROTECTION = {
    "clock": "untouched",
    "after": "10d",
    "extends": "3d",
    "at_most": "20d",
    "warn": [{"left": "3d"}, {"left": "1d", "tell": ["owner", "manager"]}],
}


def rules(*clocks: dict[str, Any], **section: Any) -> dict[str, Any]:
    """A document with one pool and one rule of clocks in calendar days."""
    rule = {"rule": "保护", "time": "real", "clocks": list(clocks)}
    return policy(pools=[{"pool": "公海"}], clocks={"rules": [rule], **section})


def held() -> Assignment:
    return Assignment.objects.get(closed_at=None)


def nothing_is_broken() -> None:
    with connection.cursor() as cursor:
        assert [one.invariant.message for one in examine(cursor)] == []


def test_a_clock_reminds_and_recycles_each_once_and_nothing_early() -> None:
    reps = company(2, rules(PROTECTION))
    (taken,) = take_in(leads(1), actor=SYSTEM)
    before = owed()
    assert wind_all() == 1 and wind_all() == 0
    opened, due = held().opened_at, held().due_at
    assert due == opened + 10 * DAY and held().next_at == opened + 7 * DAY
    assert held().clocks["clocks"][0]["state"] == "running"

    assert sweep(now=opened + 7 * DAY - timedelta(microseconds=1)).done == 0
    assert sweep(now=opened + 7 * DAY).done == 1
    assert sweep(now=opened + 7 * DAY).done == 0
    kinds = Notice.objects.exclude(kind="assigned").values_list("user_id", "kind")
    assert list(kinds) == [(taken.owner_id, "clock_warns")]
    assert held().next_at == opened + 9 * DAY
    assert sweep(now=due - timedelta(microseconds=1)).done == 1 and held().rep_id == taken.owner_id

    swept = sweep(now=due)

    assert (swept.pooled, swept.done) == (1, 1) and sweep(now=due + DAY).done == 0
    lead, stay = Lead.objects.get(), PoolStay.objects.get()
    assert (lead.state, lead.pool, lead.owner_id) == (State.POOLED, "公海", None)
    assert (stay.how, stay.why, stay.from_rep_id) == ("recycle", "untouched", taken.owner_id)
    assert stay.entered_at == due and Assignment.objects.get().closed_by == "recycle"
    receipt = Receipt.objects.latest("pk")
    assert (receipt.act, receipt.reason, receipt.from_rep_id, lead.receipt_id) == (
        *("pool", "untouched", taken.owner_id),
        receipt.pk,
    )
    missed, pooled = Event.objects.order_by("-pk")[:2][::-1]
    assert (missed.kind, pooled.kind) == ("lead.clock_missed", "lead.pooled")
    assert owed() == before and len(reps) == 2  # ignoring it is not refunded
    assert Firing.objects.count() == 3
    loads_are_their_recount()
    nothing_is_broken()
    assert everything_replays() == 1


def test_whatever_changes_a_fact_has_the_clocks_worked_out_anew() -> None:
    first, second = company(2, rules(PROTECTION))
    (taken,) = take_in(leads(1), actor=SYSTEM)
    owner = first if taken.owner_id == first.pk else second
    wind_all()
    opened = held().opened_at

    def move_to(at: datetime) -> datetime:
        """Stand still: the time of what was logged last is another."""
        Activity.objects.filter(pk=Activity.objects.latest("pk").pk).update(at=at)
        assert held().wound_at is None and wind_all() == 1
        due = held().due_at
        assert due is not None
        return due

    log_activity(
        "lead", taken.lead_id, channel="note", outcome="noted", note="跟进", actor=as_rep(owner)
    )
    assert move_to(opened + 9 * DAY) == opened + 10 * DAY
    log_activity(
        "lead", taken.lead_id, channel="call", outcome="reached", evidence="call_record",
        seconds=90, actor=SYSTEM,
    )  # fmt: skip
    assert move_to(opened + 9 * DAY) == opened + 12 * DAY

    leave = Leave.objects.create(rep=owner, from_at=opened + DAY, until_at=opened + 3 * DAY)
    assert held().wound_at is None and wind_all() == 1
    assert held().due_at == opened + 12 * DAY  # from the evidence, which came after the leave
    leave.canceled_at = opened
    leave.save()
    pause = Pause.objects.create(kind="company", from_at=opened + 10 * DAY, until_at=None)
    restart("lead", [taken.lead_id])
    wind()
    assert (held().due_at, held().next_at) == (None, None)
    assert held().clocks["clocks"][0]["state"] == "frozen"
    pause.until_at = opened + 11 * DAY
    pause.save()
    restart("lead", [taken.lead_id])
    wind()
    assert held().due_at == opened + 13 * DAY

    Activity.objects.update(at=opened)
    other = second if owner is first else first
    transfer("lead", taken.lead_id, to=other.pk, reason="leave", actor=OPS)
    assert wind_all() == 1
    again = held()
    assert again.rep_id == other.pk and again.due_at == again.opened_at + 10 * DAY + DAY
    # What its former owner did proves nothing of the new one's work.
    assert "proof" not in again.clocks["clocks"][0]


def test_what_is_let_lie_goes_to_somebody_else_never_back_and_then_into_the_pool() -> None:
    company(4, rules({"clock": "first_contact", "after": "4h", "missed": ["reassign"]},
                     most_hand_offs=2))  # fmt: skip
    take_in(leads(1), actor=SYSTEM)
    owners = []
    for _ in range(2):
        wind_all()
        owners.append(held().rep_id)
        due = held().due_at
        assert due is not None
        assert sweep(now=due).reassigned == 1
        assert Lead.objects.get().state == State.OWNED
    wind_all()
    owners.append(held().rep_id)
    assert len(set(owners)) == 3
    due = held().due_at
    assert due is not None
    swept = wind_and_sweep(now=due)
    assert (swept.pooled, swept.reassigned) == (1, 0)
    assert PoolStay.objects.get().why == "hand_offs"
    assert Event.objects.filter(kind="lead.reassigned").count() == 2
    assert Notice.objects.filter(kind="taken_back").count() == 2
    loads_are_their_recount()
    nothing_is_broken()
    assert everything_replays() == 3


def test_a_missed_clock_can_tell_the_manager_and_switch_the_owner_off() -> None:
    acts = ["tell_owner", "warn_manager", "unavailable"]
    (rep,) = company(1, rules({"clock": "first_contact", "after": "4h", "missed": acts}))
    boss = person("boss", "manager")
    team = rep.user.team
    assert team is not None
    team.manager = boss
    team.save()
    take_in(leads(7), actor=SYSTEM)
    wind_all()
    at = Assignment.objects.latest("opened_at").opened_at + timedelta(hours=4)

    swept = sweep(now=at)

    assert (swept.done, swept.pooled, swept.reassigned) == (7, 0, 0)
    assert not Rep.objects.get().is_accepting
    told = Notice.objects.exclude(kind="assigned").order_by("user_id", "kind")
    assert sorted((one.user_id, one.kind, one.params["count"]) for one in told) == sorted(
        [(rep.pk, "clock_missed", 7), (boss.pk, "clock_missed_of", 7)]
    )
    assert Lead.objects.filter(state=State.OWNED).count() == 7 and sweep(now=at).done == 0
    assert set(Assignment.objects.values_list("next_at", flat=True)) == {None}


def test_an_item_that_comes_under_a_rule_by_a_change_gets_its_clocks() -> None:
    document = rules(PROTECTION)
    document["clocks"]["rules"][0]["when"] = "lead.campaign = 展会"
    company(1, document)
    take_in(leads(1), actor=SYSTEM)
    assert wind_all() == 1 and held().due_at is None
    Lead.objects.update(campaign="展会")
    assert wind_all() == 1 and held().due_at == held().opened_at + 10 * DAY
    Lead.objects.update(campaign="")
    assert wind_all() == 1 and held().due_at is None


def test_a_company_without_clocks_winds_once_and_keeps_the_version() -> None:
    company(1)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    assert wind_all() == 1
    assert held().clocks is None and held().clocks_policy_id is not None
    log_activity(
        "lead", taken.lead_id, channel="call", outcome="no_answer", actor=as_rep(Rep.objects.get())
    )
    assert held().wound_at is not None and wind_all() == 0


def test_the_doctor_names_what_a_clock_did_early_and_what_a_sweep_left_behind() -> None:
    company(2, rules(PROTECTION))
    take_in(leads(3), actor=SYSTEM)
    wind_all()
    first, second, third = Assignment.objects.order_by("pk")
    due = first.due_at
    assert due is not None
    sweep(now=due)
    nothing_is_broken()
    Firing.objects.filter(assignment=first).update(at=due - DAY, due_at=due + DAY)
    Assignment.objects.filter(pk=second.pk).update(
        closed_at=None, closed_by="", next_at=due - DAY, wound_at=due - DAY
    )
    Firing.objects.filter(assignment=third).delete()

    with connection.cursor() as cursor:
        found = {one.invariant.message: one.examples for one in examine(cursor)}

    assert found["invariant-clocks-never-early"] == (f"assignment {first.pk} untouched",)
    assert found["invariant-clocks-none-left"] == (f"assignment {second.pk}",)
    assert found["invariant-recycled-after-its-clock"] == (
        f"assignment {first.pk}",
        f"assignment {third.pk}",
    )


def test_what_one_took_oneself_need_not_be_accepted() -> None:
    company(1, rules({"clock": "accept", "after": "1h", "missed": ["reassign"]}))
    take_in(leads(1), actor=SYSTEM)
    wind_all()
    assert held().due_at is not None
    Assignment.objects.update(cause="claimed", wound_at=None)
    wind_all()
    assert held().due_at is None and held().clocks["clocks"][0]["state"] == "met"


def test_clocks_that_cannot_be_worked_out_are_said_listed_and_tried_again() -> None:
    company(2, rules(PROTECTION))
    ops = person("ops", "sales_ops")
    take_in(leads(2), actor=SYSTEM)
    broken = Lead.objects.latest("pk")
    Lead.objects.filter(pk=broken.pk).update(extra=[1])  # what no door lets in

    assert wind_all() == 2

    failed = Assignment.objects.get(item_id=broken.pk)
    assert (failed.clocks, failed.due_at) == ({"clocks": [], "failed": "AttributeError"}, None)
    assert Assignment.objects.exclude(pk=failed.pk).get().due_at is not None
    told = Notice.objects.filter(kind="clock_failed").values_list("user_id", "object_id")
    assert list(told) == [(ops.pk, broken.pk)]
    with connection.cursor() as cursor:
        (found,) = examine(cursor)
    assert found.invariant.message == "invariant-clocks-worked-out"
    assert found.examples == (f"assignment {failed.pk} AttributeError",)
    assert [one.pk for one in failed_clocks(act_as(ops))] == [failed.pk]
    rep = Rep.objects.get(pk=failed.rep_id)
    assert failed_clocks(as_rep(rep)) == ()
    page = browser(ops).get("/clocks").content.decode()
    assert f'href="/leads/{broken.pk}"' in page

    assert failed.wound_at is not None
    wind_and_sweep(now=failed.wound_at + timedelta(minutes=61))
    assert Notice.objects.filter(kind="clock_failed").count() == 1
    Lead.objects.filter(pk=broken.pk).update(extra={})
    wind_all()
    failed.refresh_from_db()
    assert failed.due_at == failed.opened_at + 10 * DAY
    nothing_is_broken()


def test_every_fact_of_accounts_sales_and_people_sets_clocks_back() -> None:
    (rep, other) = company(2, rules(PROTECTION))
    firm = Company.objects.create(name="甲", name_key="甲", state=State.UNTENDED)
    sale = Opportunity.objects.create(
        name="订单", company=firm, state=State.OWNED, owner=rep, stage="proposal", currency="CNY"
    )
    owned = Assignment.objects.create(
        item_kind="opportunity", item_id=sale.pk, rep=rep, cause="created"
    )

    def is_set_back_by(change: Callable[[], object]) -> bool:
        Assignment.objects.filter(pk=owned.pk).update(wound_at=owned.opened_at, clocks={})
        change()
        return Assignment.objects.get(pk=owned.pk).wound_at is None

    of_firm, of_sale = Company.objects.filter(pk=firm.pk), Opportunity.objects.filter(pk=sale.pk)
    assert is_set_back_by(lambda: of_firm.update(name="乙"))
    assert is_set_back_by(lambda: of_firm.update(owner=other, state=State.OWNED))
    assert not is_set_back_by(lambda: of_firm.update(note="见过"))
    assert is_set_back_by(lambda: of_sale.update(name="大订单"))
    assert is_set_back_by(lambda: of_sale.update(points=5))
    assert not is_set_back_by(lambda: of_sale.update(note="谈过"))
    assert is_set_back_by(lambda: Rep.objects.filter(pk=rep.pk).update(joined_on=owned.opened_at))
    team = Team.objects.create(name="二队")
    assert is_set_back_by(lambda: User.objects.filter(pk=rep.pk).update(team=team))
    hours = {"from_at": owned.opened_at, "until_at": owned.opened_at + DAY}
    assert is_set_back_by(lambda: Duty.objects.create(roster="晚班", rep=rep, **hours))
    touch = {"item_kind": "opportunity", "channel": "call", "direction": "both"}
    spoken = Activity.objects.create(item_id=sale.pk, **touch)
    of_call = Activity.objects.filter(pk=spoken.pk)
    assert is_set_back_by(lambda: of_call.update(item_id=sale.pk + 1))
    of_call.update(item_id=sale.pk)
    assert is_set_back_by(of_call.delete)


def test_a_to_do_that_somebody_makes_for_an_item_is_its_agreed_next_step() -> None:
    (rep,) = company(1, rules({"clock": "next_step", "after": "2d", "missed": ["tell_owner"]}))
    (taken,) = take_in(leads(1), actor=SYSTEM)
    wind_all()
    opened = held().opened_at
    assert held().due_at == opened + 2 * DAY
    step = Task.objects.create(
        line=Line.objects.get(), type="回访", title="回访", state="open", owner=rep, minutes=15,
        item_kind="lead", item_id=taken.lead_id, due_at=opened + 7 * DAY,
    )  # fmt: skip
    assert wind_all() == 1 and held().due_at == opened + 9 * DAY
    of_step = Task.objects.filter(pk=step.pk)
    of_step.update(note="带样品")
    assert held().wound_at is not None
    of_step.update(due_at=opened + 5 * DAY)
    assert wind_all() == 1 and held().due_at == opened + 7 * DAY
    of_step.update(trigger="首次联系")  # what rules make is agreed by nobody
    restart("lead", [taken.lead_id])
    assert wind_all() == 1 and held().due_at == opened + 2 * DAY
    of_step.update(trigger="")
    of_step.update(state="canceled")
    assert wind_all() == 1 and held().due_at == opened + 2 * DAY


def test_what_changes_between_reading_and_locking_is_put_aside_and_not_acted_on() -> None:
    company(1, rules(PROTECTION))
    (taken,) = take_in(leads(1), actor=SYSTEM)
    wind_all()
    due = held().due_at
    assert due is not None
    rows = list(Assignment.objects.all())
    known = _worked_out(rows, due)
    log_activity(
        "lead", taken.lead_id, channel="call", outcome="reached", evidence="call_record",
        seconds=90, actor=SYSTEM,
    )  # fmt: skip
    Activity.objects.update(at=due - DAY)

    swept = _portion(rows, known, due, SYSTEM)

    assert (swept.done, swept.aside) == (0, [rows[0].pk])
    assert held().rep_id == taken.owner_id and not Firing.objects.exists()
    assert sweep(now=due).pooled == 0 and held().due_at == due + 2 * DAY
