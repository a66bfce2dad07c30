"""Acts on to-dos: who has it, what it took, what it proves, how it ends."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from evenhand.engine.facts import POINT
from evenhand.journal.models import Event
from evenhand.ledger.models import Posting
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import actor_of
from evenhand.platform.clock import now
from evenhand.platform.invariants import examine
from evenhand.platform.refusal import NotFound
from evenhand.routing.models import Receipt
from evenhand.routing.operations.acts import overrides_today
from evenhand.tasks.access import visible
from evenhand.tasks.making import MARKET, MOST_QUANTITY, REP, Wish, make_all
from evenhand.tasks.market import market, why_not_each
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations import doing, ending, giving
from evenhand.tasks.queries import STATES, done_minutes, open_load
from evenhand.tasks.refusals import CannotDo
from tests.server.builders import person, team
from tests.server.cast import login
from tests.server.routing.world import hire
from tests.server.tasks.rules import as_rep, company_with_tasks

pytestmark = pytest.mark.django_db


def boss() -> Actor:
    """Somebody who gives work to everybody."""
    return actor_of(person("Boss", "manager", "all"))


def refused(act: object, code: str, task_id: int) -> None:
    """The act is refused for this reason, and nothing changed."""
    before = (Task.objects.filter(pk=task_id).values().get(), Posting.objects.count())
    events = Event.objects.count()
    with pytest.raises(CannotDo) as error:
        act()  # type: ignore[operator]
    assert error.value.why.code == code
    assert before == (Task.objects.filter(pk=task_id).values().get(), Posting.objects.count())
    assert Event.objects.count() == events


def kept() -> bool:
    """Nothing that is promised is broken."""
    with connection.cursor() as cursor:
        return examine(cursor) == []


def test_a_to_do_changes_hands_and_what_it_cost_goes_back() -> None:
    one, other = company_with_tasks(2)
    by = boss()
    (made,) = make_all([Wish("电话回访", REP, one.pk)], via="hand", actor=by)

    refused(
        lambda: giving.transfer(made.id, to=other.pk, why="?", actor=by),
        "task.reason_unknown",
        made.id,
    )
    refused(lambda: giving.assign(made.id, to=one.pk, actor=by), "task.his_already", made.id)
    refused(lambda: giving.assign(made.id, to=other.pk, seen=9, actor=by), "task.changed", made.id)
    moved = giving.transfer(made.id, to=other.pk, why="overload", actor=by)
    assert (moved.owner_id, moved.edition) == (other.pk, 2)
    assert open_load([one.pk, other.pk]) == {one.pk: 0, other.pk: POINT}
    assert kept()

    back = giving.give_back(made.id, why="overload", actor=as_rep(other))
    assert (back.state, back.owner_id) == (TaskState.OFFERED, None)
    canceled = ending.cancel(made.id, why="not_needed", actor=by)
    assert (canceled.state, canceled.closed_reason) == (TaskState.CANCELED, "not_needed")
    refused(lambda: ending.cancel(made.id, why="not_needed", actor=by), "task.over", made.id)
    assert overrides_today(by) == 0  # giving out to-dos is no exception to the rules
    assert kept()


def test_claims_keep_to_the_market_s_limits_and_only_one_wins() -> None:
    one, other = company_with_tasks(2, market={"per_day": 2, "holding": 3})
    made = make_all(
        [Wish("电话回访", MARKET)] * 4 + [Wish("门店拜访", MARKET)], via="hand", actor=SYSTEM
    )
    ids = [task.id for task in made]
    assert {task.state for task in made} == {TaskState.OFFERED}

    found = giving.claim([ids[0], ids[4], ids[1], ids[2]], actor=as_rep(one))
    assert [None if c.refused is None else c.refused.code for c in found] == [
        None, "task.skill_missing", None, "task.day_limit",
    ]  # fmt: skip
    refused(lambda: giving.claim_one(ids[0], actor=as_rep(other)), "task.gone", ids[0])
    (seen,) = market(as_rep(other))
    assert (seen.claimed_today, seen.why_not, seen.tasks.count()) == (0, None, 3)
    (full,) = market(as_rep(one))
    assert full.why_not is not None and full.why_not.code == "task.day_limit"
    giving.claim_one(ids[2], actor=as_rep(other))
    assert kept()


def test_the_market_says_beforehand_what_claiming_would_say() -> None:
    company_with_tasks(0, market={"per_day": 9, "holding_points": 11})
    junior = hire(team(), "新", level="新人", skills=["陈列"])
    hire(team(), "老", level="资深")
    names = ("电话回访", "门店拜访", "方案", "电话回访")
    ids = [
        one.id for one in make_all([Wish(one, MARKET) for one in names], via="hand", actor=SYSTEM)
    ]
    giving.claim_one(ids[0], actor=as_rep(junior))
    giving.claim_one(ids[1], actor=as_rep(junior))
    Rep.objects.filter(pk=junior.pk).update(skills=[])
    people_changed()
    rest = make_all([Wish("门店拜访", MARKET)], via="hand", actor=SYSTEM)[0].id

    (seen,) = market(as_rep(junior))
    foreseen = why_not_each(seen, list(seen.tasks), actor=as_rep(junior))

    assert {pk: why.code for pk, why in foreseen.items()} == {
        ids[2]: "task.level_too_low",
        ids[3]: "task.holding_points",
        rest: "task.skill_missing",
    }
    for found in giving.claim(list(foreseen), actor=as_rep(junior)):
        assert found.refused == foreseen[found.task_id]
    senior = Rep.objects.get(user__name="老")
    (his,) = market(as_rep(senior))
    found_for_him = why_not_each(his, list(his.tasks), actor=as_rep(senior))
    assert {pk: why.code for pk, why in found_for_him.items()} == {
        ids[2]: "task.holding_points",  # twelve points, where eleven may be held
        rest: "task.skill_missing",
    }


def test_finishing_takes_the_checklist_and_the_evidence_and_counts_the_minutes() -> None:
    (one,) = company_with_tasks(1)
    one.skills = ["陈列"]
    one.save()
    by = as_rep(one)
    visit, plan, call = (
        task.id
        for task in make_all(
            [Wish(name, REP, one.pk) for name in ("门店拜访", "方案", "跟进")],
            via="hand",
            actor=SYSTEM,
        )
    )

    refused(lambda: doing.complete(visit, actor=by), "task.checklist_open", visit)
    doing.tick(visit, 0, actor=by)
    refused(lambda: doing.complete(visit, ticked={0, 1}, actor=by), "task.link_missing", visit)
    refused(
        lambda: doing.complete(visit, ticked={0, 1}, link="javascript:x", actor=by),
        "task.link_unusable",
        visit,
    )
    done = doing.complete(
        visit, ticked={0, 1}, link="https://photo.example/1", minutes=75, actor=by
    )
    assert (done.state, done.handled_minutes) == (TaskState.DONE, 75)
    assert doing.complete(visit, actor=by).done_at == done.done_at  # once more changes nothing
    refused(lambda: doing.complete(plan, actor=by), "task.result_missing", plan)
    refused(lambda: doing.complete(call, actor=by), "task.contact_missing", call)
    day = (now() - timedelta(hours=1), now() + timedelta(hours=1))
    assert done_minutes([one.pk], *day) == {one.pk: 75}
    assert doing.reopen(visit, actor=by).state == TaskState.OPEN
    assert done_minutes([one.pk], *day) == {one.pk: 0}
    assert kept()


@pytest.mark.parametrize("quantity", [0, MOST_QUANTITY + 1, 10**10, 10**18])
def test_a_quantity_that_cannot_be_is_refused(quantity: int) -> None:
    (one,) = company_with_tasks(1)
    (made,) = make_all([Wish("电话回访", REP, one.pk)], via="hand", actor=SYSTEM)

    refused(
        lambda: doing.complete(made.id, quantity=quantity, actor=as_rep(one)),
        "task.quantity_unusable",
        made.id,
    )
    with pytest.raises(CannotDo) as found:
        make_all([Wish("电话回访", REP, one.pk, quantity=quantity)], via="hand", actor=SYSTEM)
    assert found.value.why.code == "task.quantity_unusable"


def test_what_is_to_be_done_before_it_was_to_begin_begins_now() -> None:
    (one,) = company_with_tasks(1)
    later = now() + timedelta(days=9)
    wish = Wish("电话回访", REP, one.pk, starts_at=later, due_at=later + timedelta(hours=2))
    (made,) = make_all([wish], via="hand", actor=SYSTEM)

    soon = now() + timedelta(days=1)
    moved = doing.reschedule(made.id, due_at=soon, actor=as_rep(one))

    assert moved.due_at == soon and moved.starts_at <= now()
    again = doing.reschedule(made.id, due_at=later, actor=as_rep(one))
    assert again.starts_at == moved.starts_at


def test_time_and_words_of_a_to_do_change_only_as_they_can() -> None:
    one, other = company_with_tasks(2)
    (made,) = make_all([Wish("电话回访", REP, one.pk)], via="hand", actor=SYSTEM)
    soon = now() + timedelta(days=3)

    refused(
        lambda: doing.reschedule(made.id, due_at=now() - timedelta(1), actor=as_rep(one)),
        "task.due_passed",
        made.id,
    )
    with pytest.raises(NotFound):
        doing.reschedule(made.id, due_at=soon, actor=as_rep(other))
    assert doing.reschedule(made.id, due_at=soon, seen=1, actor=as_rep(one)).due_at == soon
    refused(
        lambda: doing.edit(made.id, title="x", seen=1, actor=as_rep(one)), "task.changed", made.id
    )
    assert doing.edit(made.id, title="问报价", actor=as_rep(one)).title == "问报价"
    skipped = ending.skip(made.id, why="customer_wish", actor=as_rep(one))
    assert skipped.state == TaskState.SKIPPED
    assert kept()


def test_pages_show_decisions_about_to_dos(client: Client) -> None:
    company_with_tasks(2)
    admin = person("Ada", "admin", "all")
    made = make_all([Wish("方案"), Wish("电话回访", MARKET)], via="hand", actor=SYSTEM)
    ending.cancel(made[0].id, why="not_needed", actor=actor_of(admin))
    login(client, admin)

    for address in ("/distribution", "/fairness", f"/receipts/{made[0].receipt_id}"):
        page = client.get(address).content.decode()
        assert "待办" in page or "工作量" in page, address
    assert "放到任务大厅" in client.get(f"/receipts/{made[1].receipt_id}").content.decode()
    by_hand = Receipt.objects.get(act="void")
    assert "不需要做了" in client.get(f"/receipts/{by_hand.pk}").content.decode()


def test_whoever_asks_for_some_states_alone_sees_the_same_to_dos() -> None:
    one, other = company_with_tasks(2)
    wishes = [
        Wish("电话回访", REP, one.pk),
        Wish("电话回访", MARKET),
        Wish("电话回访", REP, other.pk),
    ]
    mine, _, his = make_all(wishes, via="hand", actor=SYSTEM)
    doing.complete(his.id, actor=as_rep(other))
    why = {"code": "rule.group_empty", "params": {}}
    Task.objects.create(
        line_id=Task.objects.get(pk=mine.id).line_id, type="方案", title="方案", state="open",
        minutes=1, why_unassigned=why,
    )  # fmt: skip
    seen = set()
    for actor in (as_rep(one), as_rep(other), boss(), SYSTEM):
        for states in STATES.values():
            rows = set(visible(actor, states).values_list("pk", flat=True))
            all_of_them = visible(actor).filter(state__in=states)
            assert rows == set(all_of_them.values_list("pk", flat=True))
            seen.add(len(rows))
    assert seen >= {0, 1, 2}
