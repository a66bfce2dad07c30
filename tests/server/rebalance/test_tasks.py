"""A rebalance moves to-dos by their own rules, in their own book; those of a lead go with it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from evenhand.engine.facts import POINT
from evenhand.leads.models import Lead, Stage
from evenhand.ledger.models import Balance
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import actor_of
from evenhand.platform.invariants import examine
from evenhand.rebalance.models import Rebalance
from evenhand.rebalance.operations.approve import approve, go_on, undo
from evenhand.rebalance.operations.propose import edit_move, propose
from evenhand.rebalance.queries import load_lines, titles
from evenhand.rebalance.sight import look
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give import transfer
from evenhand.routing.take_in import take_in
from evenhand.tasks.making import HOLDER, MARKET, OWN, REP, Wish, make_all
from evenhand.tasks.models import Series, SeriesTo, Task, Unit
from evenhand.tasks.operations import doing, giving
from evenhand.tasks.operations.following import follow_events
from tests.server.builders import person
from tests.server.journal.settling import settled
from tests.server.rebalance.test_rebalance import refused
from tests.server.routing.test_take_in import everything_replays, leads
from tests.server.routing.world import company, policy
from tests.server.tasks.rules import LEVELS, TASKS, as_rep

pytestmark = pytest.mark.django_db


def team_of(*caps: int, document: dict[str, Any] | None = None, **tasks: Any) -> list[Rep]:
    """Newcomers who may have so many items each; a new lead is 3 points, a call is 1."""
    plain = policy(levels=LEVELS, tasks={**TASKS, **tasks}, **(document or {}))
    people = company(len(caps), plain)
    for rep, cap in zip(people, caps, strict=True):
        change(rep, capacity=cap, level="新人")
    return people


def change(rep: Rep, **values: Any) -> None:
    """Something about a rep is another now."""
    Rep.objects.filter(pk=rep.pk).update(**values)
    with transaction.atomic():
        people_changed()


def give(rep: Rep, kind: str, count: int, **wish: Any) -> list[int]:
    """So many to-dos of a type for a rep."""
    made = make_all([Wish(kind, REP, rep.pk, **wish)] * count, via="hand", actor=SYSTEM)
    return [one.id for one in made]


def head() -> Actor:
    """Somebody who answers for everybody."""
    return actor_of(person("Head", "manager", "all"))


def owners(ids: list[int]) -> list[int | None]:
    """Who has these to-dos."""
    found = dict(Task.objects.filter(pk__in=ids).values_list("pk", "owner_id"))
    return [found[one] for one in ids]


def balances() -> dict[int, list[int]]:
    """What stands in every book."""
    return {row.pk: list(row.amounts) for row in Balance.objects.all()}


def moved(found: Rebalance) -> dict[int, int]:
    """To whom each to-do of a proposal goes."""
    return dict(found.moves.filter(item_kind="task").values_list("item_id", "to_rep_id"))


def all_is_kept() -> None:
    """Nothing that is promised is broken."""
    everything_replays()
    assert {sum(amounts) for amounts in balances().values()} <= {0}
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def test_to_dos_move_with_a_refund_in_the_book_of_work_and_come_back() -> None:
    one, other = team_of(4, 9)  # 12 and 27 points
    boss = head()
    calls = give(one, "电话回访", 16)
    own = make_all([Wish("电话回访", OWN, one.pk)], via="hand", actor=as_rep(one))[0].id
    before = balances()

    found = propose(actor=boss)
    moves = list(found.moves.all())
    assert {(m.item_kind, m.from_rep_id, m.to_rep_id, m.load, m.cost) for m in moves} == {
        ("task", one.pk, other.pk, POINT, 1)
    }
    assert len(moves) == 5 and own not in moved(found)
    assert titles(boss, moves)["task", moves[0].item_id] == "电话回访"
    approve(found.pk, actor=boss)
    go_on(found.pk)
    go_on(found.pk)  # again changes nothing
    gone = [call for call in calls if call in moved(found)]
    assert owners(gone) == [other.pk] * 5 and len(gone) == 5
    assert [(line.rep_id, line.after) for line in load_lines(found)] == [
        (one.pk, 12 * POINT), (other.pk, 5 * POINT),
    ]  # fmt: skip
    receipts = Receipt.objects.filter(item_kind="task", act="transfer", reason="rebalance")
    assert receipts.count() == 5
    # In the book of workload points alone: who gave is owed more by what who took is owed less.
    changes = {
        pk: [now - then for now, then in zip(balances()[pk], amounts, strict=True)]
        for pk, amounts in before.items()
    }
    (changed,) = [pk for pk, amounts in changes.items() if any(amounts)]
    book = Balance.objects.get(pk=changed).book
    assert book.key.endswith("|work")
    gained = dict(zip(book.members, changes[changed], strict=True))
    assert gained[one.pk] == -gained[other.pk] > 0
    for rep in (one, other):  # each is told once
        told = Notice.objects.filter(user_id=rep.pk, params__count=5, kind__contains="rebalanced")
        assert told.count() == 1
    assert not Notice.objects.filter(kind="task_taken").exists()
    all_is_kept()

    # What was done or handed on meanwhile stays; the rest comes back.
    doing.complete(gone[0], actor=as_rep(other))
    undo(found.pk, actor=boss)
    go_on(found.pk)
    assert owners(gone) == [other.pk, *[one.pk] * 4]
    states = dict(found.moves.values_list("item_id", "state"))
    assert states == {gone[0]: "kept", **dict.fromkeys(gone[1:], "undone")}
    all_is_kept()


def test_to_dos_go_only_to_whom_their_type_lets_them() -> None:
    one, plain, skilled, senior = team_of(2, 9, 9, 9)  # 6, 27, 27, 27 points
    change(skilled, skills=["陈列"])
    change(senior, level="资深")
    boss = head()
    (visit,) = give(one, "门店拜访", 1)  # for the skilled
    (plan,) = give(one, "方案", 1)  # for the senior
    found = propose(actor=boss)
    assert moved(found) == {visit: skilled.pk, plan: senior.pk}
    move = found.moves.get(item_id=visit)
    refused(lambda: edit_move(found.pk, move.pk, to=plain.pk, actor=boss), "rebalance.not_eligible")

    # Who gave one back himself does not get it again.
    first = giving.transfer(visit, to=skilled.pk, why="overload", actor=boss)
    giving.give_back(first.pk, why="overload", actor=as_rep(skilled))
    giving.assign(visit, to=one.pk, actor=boss)
    assert moved(propose(actor=boss)) == {plan: senior.pk}


def test_what_is_somebodys_own_or_begun_is_locked_or_dear() -> None:
    one, _ = team_of(1, 9)  # 3 and 27 points
    boss = head()
    series = Series.objects.create(
        line_id=Task._meta.get_field("line").related_model.objects.get().pk,
        type="电话回访", title="周报", unit=Unit.WEEK, from_on=date(2026, 1, 1),
        to=SeriesTo.REP, rep=one,
    )  # fmt: skip
    (named,) = give(one, "电话回访", 1, series_id=series.pk, occurrence=date(2026, 1, 1))
    own = make_all([Wish("电话回访", OWN, one.pk)], via="hand", actor=as_rep(one))[0].id
    free = give(one, "电话回访", 1)
    on_sale = make_all([Wish("电话回访", MARKET)], via="hand", actor=SYSTEM)[0].id
    giving.claim_one(on_sale, actor=as_rep(one))
    costs = {item.item: item.cost for item in look([one.pk, _.pk]).items}
    assert costs == {f"task:{free[0]}": 1, f"task:{on_sale}": 4}  # of 4 points one has to go
    assert moved(propose(actor=boss)).keys() == {free[0]}
    change(one, capacity=0)
    assert moved(propose(actor=boss)).keys() == {free[0], on_sale}
    assert owners([named, own]) == [one.pk, one.pk]


@pytest.mark.django_db(transaction=True)  # the feed gives what is committed
def test_to_dos_of_a_lead_go_with_it_and_count_where_it_goes() -> None:
    one, other = team_of(99, 99)
    change(other, is_accepting=False)
    boss = head()
    take_in(leads(3), actor=SYSTEM)  # 9 points
    change(other, is_accepting=True)
    ids = list(Lead.objects.order_by("pk").values_list("pk", flat=True))
    settled()
    follow_events()
    wishes = [Wish("电话回访", HOLDER, link=("lead", ids[0])) for _ in range(4)]
    mine = [made.id for made in make_all(wishes, via="hand", actor=SYSTEM)]  # 4 points
    assert owners(mine) == [one.pk] * 4
    change(one, capacity=3)  # 9 points: 4 too many, the first lead with its to-dos is 7
    found = propose(actor=boss)
    (move,) = found.moves.all()
    assert (move.item_kind, move.item_id, move.load, move.tasks) == ("lead", ids[0], 7 * POINT, 4)

    approve(found.pk, actor=boss)
    go_on(found.pk)
    settled()
    follow_events()
    assert owners(mine) == [other.pk] * 4
    carried = {rep.rep: rep.fixed for rep in look([one.pk, other.pk]).carriers}
    lines = {str(line.rep_id): line.after for line in load_lines(found)}
    assert carried == lines == {str(one.pk): 6 * POINT, str(other.pk): 7 * POINT}
    all_is_kept()


def test_a_receiver_keeps_to_his_number_of_items_and_of_to_dos() -> None:
    light = {"workload": {"leads": {"new": 3, "contacted": 1}}}
    one, other = team_of(99, 0, document=light, most_open=2)
    boss = head()
    change(other, is_accepting=False)
    take_in(leads(4), actor=SYSTEM)
    change(other, is_accepting=True)
    mine = list(Lead.objects.order_by("pk").values_list("pk", flat=True))
    for pk in mine[:2]:
        transfer("lead", pk, to=other.pk, reason="expertise", actor=boss)
    Lead.objects.filter(pk__in=mine[:2]).update(stage=Stage.CONTACTED)
    give(one, "电话回访", 2)
    give(other, "电话回访", 1)
    change(other, capacity=3)  # 9 points
    change(one, capacity=0)
    # He has 3 of 9 points, two of three items and one of two to-dos: by points all would fit.
    carriers = {carrier.rep: carrier for carrier in look([one.pk, other.pk]).carriers}
    his = carriers[str(other.pk)]
    assert (his.cap - his.fixed, his.item_room, his.task_room) == (6 * POINT, 1, 1)
    found = propose(actor=boss)
    kinds = sorted(found.moves.values_list("item_kind", flat=True))
    assert kinds == ["lead", "task"]
    # Somebody sends him his third item: by points there is room still.
    (left,) = set(mine[2:]) - set(
        found.moves.filter(item_kind="lead").values_list("item_id", flat=True)
    )
    transfer("lead", left, to=other.pk, reason="expertise", actor=boss)
    Lead.objects.filter(pk=left).update(stage=Stage.CONTACTED)
    refused(lambda: approve(found.pk, actor=boss), "rebalance.stale")
    approve(found.pk, leaving_out=True, actor=boss)
    whys = {one.item_kind: one.why["code"] for one in found.moves.filter(state="refused")}
    assert whys == {"lead": "rebalance.over_count"}
