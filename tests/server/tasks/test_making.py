"""To-dos are made and dealt by the engine, in the books of workload points."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from evenhand.engine.facts import POINT
from evenhand.leads.models import Load
from evenhand.ledger.models import Book
from evenhand.people.actor import SYSTEM
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.platform.clock import now
from evenhand.platform.invariants import examine
from evenhand.platform.refusal import NotFound
from evenhand.routing.audit import decide_again, every_batch
from evenhand.routing.explain import explain
from evenhand.routing.models import Receipt
from evenhand.tasks.making import OWN, REP, Wish, make_all
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.create import create
from evenhand.tasks.queries import TaskFilter, day_plan, list_tasks, open_load
from evenhand.tasks.refusals import CannotDo
from evenhand.wording.catalogue import Words
from tests.server.builders import person, team
from tests.server.routing.world import hire
from tests.server.tasks.rules import as_rep, company_with_tasks

pytestmark = pytest.mark.django_db


def nothing_broken() -> bool:
    with connection.cursor() as cursor:
        return examine(cursor) == []


def test_to_dos_are_shared_by_workload_and_touch_no_lead_points() -> None:
    reps = company_with_tasks(3)

    made = make_all([Wish("电话回访")] * 9 + [Wish("方案")], via="hand", actor=SYSTEM)

    calls = Counter(one.owner_id for one in made[:9])
    assert set(calls.values()) == {3}
    senior = made[9]  # nobody has a level, so nobody is below one
    assert senior.owner_id in {rep.pk for rep in reps} and senior.points == 12 * POINT
    assert [book.key for book in Book.objects.all()] == ["全体|work"]
    assert not Load.objects.exists()
    assert sum(open_load([rep.pk for rep in reps]).values()) == 9 * POINT + 12 * POINT
    assert nothing_broken()
    assert all(one.wrong == "" for one in decide_again(every_batch()))


def test_a_to_do_goes_to_who_has_level_and_skills_else_to_the_market() -> None:
    company_with_tasks(0)
    junior = hire(team(), "新", level="新人", skills=["陈列"])
    senior = hire(team(), "老", level="资深")

    plan, visit = make_all([Wish("方案"), Wish("门店拜访")], via="hand", actor=SYSTEM)
    assert (plan.owner_id, visit.owner_id) == (senior.pk, junior.pk)

    junior.is_active = False
    junior.save()
    senior.skills = ["别的"]
    senior.save()
    from evenhand.people.operations.revision import people_changed

    people_changed()
    (offered,) = make_all([Wish("门店拜访")], via="hand", actor=SYSTEM)
    assert (offered.state, offered.owner_id) == (TaskState.OFFERED, None)
    receipt = Receipt.objects.select_related("batch").get(pk=offered.receipt_id)
    said = explain(receipt, Words("zh-Hans"))
    assert said.holds and said.sections
    assert nothing_broken()


def test_what_is_for_somebody_s_customer_goes_to_him_and_what_one_sets_oneself_costs_nothing() -> (
    None
):
    one, other = company_with_tasks(2)
    boss = actor_of(person("Boss", "manager", "all"))

    named = create(Wish("电话回访", REP, other.pk, title="回访 <李四>"), actor=boss)
    own = create(Wish("电话回访", OWN, quantity=3), actor=as_rep(one))

    assert (named.owner_id, named.cause, named.created_by_id) == (other.pk, "manual", boss.user_id)
    assert (own.owner_id, own.cause, own.receipt_id) == (one.pk, "own", None)
    assert (own.points, own.minutes) == (3 * POINT, 30)
    assert named.due_at is not None and named.due_at > now()
    book = Book.objects.get()
    assert book.postings == 1
    with pytest.raises(NotAllowed):
        create(Wish("电话回访", REP, other.pk), actor=as_rep(one))
    with pytest.raises(CannotDo):
        create(Wish("没有的", OWN), actor=as_rep(one))
    assert Task.objects.count() == 2
    assert nothing_broken()


def test_whom_one_does_not_see_of_him_one_sees_no_to_dos() -> None:
    one, other = company_with_tasks(2)
    task = create(Wish("电话回访", OWN), actor=as_rep(one))

    assert list_tasks(as_rep(one), TaskFilter()).rows == [task]
    assert list_tasks(as_rep(other), TaskFilter()).rows == []
    plan = day_plan(as_rep(one), now() - timedelta(hours=1))
    assert [t.pk for t in (*plan.today, *plan.next)] == [task.pk]
    from evenhand.tasks.access import task_for

    with pytest.raises(NotFound):
        task_for(as_rep(other), task.pk)


def test_rules_ask_how_hard_a_to_do_is_and_it_says_so_while_its_points_are_time_alone() -> None:
    """Hard ones go to seniors; the receipt names what the rule asked, and replays."""
    types = [
        {"type": "招标", "minutes": 60, "difficulty": "hard"},
        {"type": "回访", "minutes": 60, "difficulty": "easy"},
    ]
    hard = {
        "rule": "难的给资深",
        "when": "task.difficulty = hard",
        "to": {"strategy": "fair_share", "group": "全体"},
        "who": "rep.level = 资深",
        "if_nobody": {"do": "wait"},
    }
    easy = {
        "rule": "其余放大厅",
        "to": {"strategy": "market"},
        "if_nobody": {"do": "wait"},
    }
    company_with_tasks(0, types=types, rules=[hard, easy])
    hire(team(), "新", level="新人")
    senior = hire(team(), "老", level="资深")

    bid, call = make_all([Wish("招标"), Wish("回访")], via="hand", actor=SYSTEM)

    assert (bid.owner_id, call.state) == (senior.pk, TaskState.OFFERED)
    assert bid.points == call.points == 6 * POINT
    assert dict(Task.objects.values_list("type", "difficulty")) == {"招标": "hard", "回访": "easy"}
    assert all(one.wrong == "" for one in decide_again(every_batch()))
