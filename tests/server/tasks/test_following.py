"""To-dos that follow: from events, from series, from somebody's absence."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from evenhand.handover.models import Back, Cover, CoverMove, CoverRule, CoverState
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Company
from evenhand.leads.operations.closing import lose_lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.leads.operations.stages import set_stage
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Calendar, Leave
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import actor_of
from evenhand.platform.clock import now
from evenhand.platform.invariants import examine
from evenhand.policies.operations.publish import publish
from evenhand.routing.operations.give import transfer
from evenhand.routing.take_in import take_in
from evenhand.tasks.making import REP, Wish, make_all
from evenhand.tasks.models import Series, Task, TaskState
from evenhand.tasks.operations.absence import Settled, settle_absences
from evenhand.tasks.operations.create import create
from evenhand.tasks.operations.doing import reschedule
from evenhand.tasks.operations.following import follow_events
from evenhand.tasks.operations.reminding import remind
from evenhand.tasks.operations.series import SeriesIn, make_ahead, make_series, stop_series
from evenhand.tasks.operations.waiting import deal_waiting
from evenhand.tasks.refusals import CannotDo
from evenhand.work.weeks import WEEK, this_week
from tests.server.builders import person
from tests.server.journal.settling import settled
from tests.server.tasks.rules import TASKS, as_rep, company_with_tasks, document

pytestmark = pytest.mark.django_db

TRIGGERS = [
    {"trigger": "接手后回访", "on": "assigned", "type": "电话回访", "after": "1d"},
    {"trigger": "有意向就出方案", "on": "stage", "stages": ["qualified"], "type": "方案"},
    {"trigger": "未成后问原因", "on": "lost", "type": "电话回访", "title": "问问为什么"},
]


def kept() -> bool:
    """Nothing that is promised is broken."""
    with connection.cursor() as cursor:
        return examine(cursor) == []


@pytest.mark.django_db(transaction=True)  # the feed gives what is committed
def test_events_make_to_dos_once_and_these_go_with_their_lead() -> None:
    one, other = company_with_tasks(2, triggers=TRIGGERS)
    follow_events()  # from now on
    (taken,) = take_in([LeadIn(name="李四", grade="A")], actor=SYSTEM)
    holder = next(rep for rep in (one, other) if rep.pk == taken.owner_id)
    second = other if holder is one else one

    settled()
    assert follow_events().made == 1
    assert follow_events().made == 0
    (call,) = Task.objects.all()
    assert (call.owner_id, call.trigger, call.item_id) == (holder.pk, "接手后回访", taken.lead_id)
    assert call.starts_at > now() + timedelta(hours=1)
    assert call.due_at is not None and call.due_at > call.starts_at

    transfer("lead", taken.lead_id, to=second.pk, reason="overload", actor=_boss())
    settled()
    found = follow_events()
    assert (found.moved, found.made) == (1, 0)  # `once`: the call is open still, with its new owner
    call.refresh_from_db()
    assert call.owner_id == second.pk

    set_stage(taken.lead_id, "qualified", actor=as_rep(second))
    settled()
    assert follow_events().made == 1
    lose_lead(taken.lead_id, why="no_budget", actor=as_rep(second))
    settled()
    found = follow_events()
    assert (found.ended, found.made) == (2, 1)
    assert {t.title: str(t.state) for t in Task.objects.all()} == {
        "电话回访": "canceled",
        "方案": "canceled",
        "问问为什么": "open",
    }
    assert kept()


def _boss() -> Any:
    return actor_of(person("Boss", "manager", "all"))


def test_a_series_is_made_ahead_once_for_all_that_a_filter_finds() -> None:
    company_with_tasks(2, horizon_days=10)
    boss = _boss()
    for number in range(3):
        Company.objects.create(
            name=f"店{number}",
            name_key=f"店{number}",
            is_key_account=number != 1,
            state="untended",
        )
    at = datetime(2026, 11, 30, 1, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday
    wanted = SeriesIn(
        "电话回访",
        "week",
        date(2026, 11, 30),
        weekdays=(1, 3),
        to="rules",
        kind="account",
        filter={"key": "1"},
    )
    series = make_series(wanted, actor=boss)

    assert make_ahead(now=at) == 8  # two stores; 30 Nov, 2, 7 and 9 Dec
    assert make_ahead(now=at) == 0
    Series.objects.update(made_until=None)
    assert make_ahead(now=at) == 0
    assert make_ahead(now=at + timedelta(days=7)) == 4  # 14 and 16 Dec
    assert len(set(Task.objects.values_list("occurrence", "item_id"))) == 12
    stop_series(series.pk, actor=boss)
    make_ahead(now=at + timedelta(days=8))
    assert Task.objects.filter(state=TaskState.OPEN, starts_at__gt=now()).count() == 0
    with pytest.raises(CannotDo):
        make_series(SeriesIn("电话回访", "day", date(2026, 11, 30), weekdays=(1,)), actor=boss)
    assert kept()


def test_what_is_due_while_its_owner_is_away_waits_or_goes_to_somebody_else() -> None:
    one, other = company_with_tasks(2)
    other.skills = ["陈列"]
    other.save()
    people_changed()
    visit, call = make_all(
        [Wish("门店拜访", REP, one.pk), Wish("电话回访", REP, one.pk)], via="hand", actor=SYSTEM
    )
    leave = Leave.objects.create(
        rep=one, from_at=now() - timedelta(hours=1), until_at=now() + timedelta(days=9)
    )
    people_changed()
    plan = Cover.objects.create(
        leave=leave, state=CoverState.AGREED, comes_back=Back.ALL, made_by=one.user
    )
    CoverRule.objects.create(cover=plan, position=1, item_kind="task", substitute=other)
    assert settle_absences() == Settled()  # the plan for the leave comes first
    CoverMove.objects.create(
        cover=plan, item_kind="task", item_id=visit.id, to_rep=other, state="refused"
    )
    found = settle_absences()  # the substitute could not take it: the rule of its type counts
    assert (found.dealt, found.moved) == (1, 0)
    plan.delete()

    found = settle_absences()
    assert (found.dealt, found.moved) == (0, 1)
    moved = Task.objects.get(pk=visit.id)
    waits = Task.objects.get(pk=call.id)
    assert (moved.owner_id, waits.owner_id) == (other.pk, one.pk)
    assert waits.due_at is not None and waits.due_at >= now() + timedelta(days=8)
    assert settle_absences() == Settled()
    assert kept()


def test_what_waits_is_dealt_when_somebody_is_there() -> None:
    one, *_ = company_with_tasks(
        1,
        most_open=1,
        rules=[
            {
                "rule": "大家分",
                "to": {"strategy": "fair_share", "group": "全体"},
                "if_nobody": {"do": "wait"},
            }
        ],
    )
    first, second = make_all([Wish("电话回访")] * 2, via="hand", actor=SYSTEM)
    assert (first.owner_id, second.owner_id) == (one.pk, None)
    assert deal_waiting() == 0
    assert Task.objects.get(pk=second.id).why_unassigned["code"] == "rule.everybody_full"
    from evenhand.tasks.operations.doing import complete

    complete(first.id, actor=as_rep(one))
    assert deal_waiting() == 1
    assert Task.objects.get(pk=second.id).owner_id == one.pk
    assert kept()


def test_erasing_a_person_blanks_what_was_written_in_to_dos() -> None:
    one, *_ = company_with_tasks(1)
    (taken,) = take_in([LeadIn(name="李四", phone="13900000000", grade="A")], actor=SYSTEM)
    wish = Wish(
        "电话回访", "own", title="问李四", note="打 13900000000", link=("lead", taken.lead_id)
    )
    task = create(wish, actor=as_rep(one))

    admin = actor_of(person("Ada", "admin", "all"))
    every = {"unit": "day", "from_on": date(2027, 3, 1), "to": "rules", "kind": "lead"}
    for said in ("给李四打电话", "先打 139 0000 0000", "给李雷打电话"):
        make_series(SeriesIn("电话回访", **every, title=said, note=said), actor=admin)
    erase_person(taken.lead_id, typed=str(taken.lead_id), actor=admin)

    task.refresh_from_db()
    assert (task.title, task.note) == ("电话回访", "")
    said_now = list(Series.objects.order_by("pk").values_list("title", "note"))
    assert said_now == [("电话回访", "")] * 2 + [("给李雷打电话", "给李雷打电话")]


def test_whoever_has_a_to_do_is_reminded_once_before_it_is_due_in_his_working_time() -> None:
    one, other, away = company_with_tasks(3, remind_before="2h")
    week = ["09:00-18:00"] * 5 + ["", ""]
    Calendar.objects.create(name="上班", zone="Asia/Shanghai", hours=week, is_default=True)
    nine = time(9, tzinfo=ZoneInfo("Asia/Shanghai"))
    monday = datetime.combine(this_week() + 2 * WEEK, nine)  # ahead, whenever the test runs
    soon, later = monday + timedelta(hours=1, minutes=30), monday + timedelta(hours=5)
    wishes = [Wish("电话回访", REP, rep.pk, due_at=soon) for rep in (one, other, other, away)]
    wishes.append(Wish("电话回访", REP, one.pk, due_at=later))
    made = make_all(wishes, via="hand", actor=SYSTEM)
    Leave.objects.create(rep=away, from_at=monday - timedelta(days=1), until_at=later)
    people_changed()
    Notice.objects.all().delete()

    assert remind(now=monday - timedelta(hours=1)) == 0  # at eight nobody works
    assert remind(now=monday + timedelta(minutes=5)) == 3
    assert remind(now=monday + timedelta(minutes=6)) == 0
    told = Notice.objects.values_list("user_id", "kind", "params__count", "object_id")
    assert sorted(told) == [
        (one.pk, "task_due", 1, made[0].id),
        (other.pk, "tasks_due", 2, None),
    ]
    # Another time, or another owner, is worth another word.
    reschedule(made[0].id, due_at=later, actor=as_rep(one))
    assert remind(now=later - timedelta(minutes=30)) == 2
    assert Task.objects.get(pk=made[3].id).reminded_of is None  # on leave: the absence settles it
    assert kept()


def test_what_is_due_at_once_is_no_news_and_rules_can_want_no_reminders() -> None:
    (one,) = company_with_tasks(1, remind_before="2h")
    at = now()
    made = make_all(
        [Wish("电话回访", REP, one.pk, due_at=at + timedelta(minutes=40))], via="hand", actor=SYSTEM
    )[0]
    assert remind(now=at + timedelta(minutes=1)) == 0  # he was told a minute ago

    Task.objects.filter(pk=made.id).update(assigned_at=at - timedelta(days=9))
    publish("direct", document({**TASKS, "remind_before": "0m"}), actor=SYSTEM)
    assert remind(now=at + timedelta(minutes=1)) == 0
    publish("direct", document({**TASKS, "remind_before": "2h"}), actor=SYSTEM)
    assert remind(now=at + timedelta(minutes=1)) == 1
