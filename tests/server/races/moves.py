"""What changes who owns an item or what state it is in: every such act, ready to be raced (C3).

One small company stands still for all of them: 王芳's lead is Ren's, Rui has another of hers, one
lies in the pool, one waits. Each act is done by whoever does it in life. What is in the operations
of the packages concerned and not here stands in `apart.py`, with its reason.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import local
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from evenhand.handover.models import AtDeadline, Departure, DepartureLine
from evenhand.handover.operations.cover import Class, plan_cover
from evenhand.handover.operations.covering import cover_due
from evenhand.handover.operations.departing import settle_departures
from evenhand.handover.operations.departure import answer, offer, open_departure
from evenhand.imports.operations.begin import start, upload
from evenhand.imports.operations.run import run as run_import
from evenhand.imports.operations.undo import run_undo, undo
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Company, Lead, State
from evenhand.leads.operations.accepting import accept
from evenhand.leads.operations.closing import lose_lead
from evenhand.leads.operations.converting import convert_lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.leads.operations.opportunities import create_opportunity, win_opportunity
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import company_day
from evenhand.people.models import Calendar, Leave, Rep, User
from evenhand.people.operations.leave import enter_leave
from evenhand.people.operations.revision import people_changed
from evenhand.people.operations.roles import set_role
from evenhand.platform.transactions import in_transaction
from evenhand.policies.operations.publish import publish
from evenhand.pool.asks import Ask
from evenhand.pool.operations.claim import settle_together
from evenhand.pool.operations.declining import decline
from evenhand.pool.operations.locking import lock_item
from evenhand.pool.operations.placing import give_back, put_in
from evenhand.pool.operations.reviving import revive_due
from evenhand.pool.operations.sweeping import wind_and_sweep
from evenhand.pool.winding import wind_all
from evenhand.rebalance.operations.approve import approve, go_on
from evenhand.rebalance.operations.propose import propose
from evenhand.routing import take_in as take_in_module
from evenhand.routing.operations import give, give_up
from evenhand.routing.operations.distribute import distribute
from evenhand.routing.operations.hand_out import deal_aside
from evenhand.routing.operations.hand_over import deactivate
from evenhand.routing.operations.merging import merge
from evenhand.routing.operations.parting import undo_merge
from evenhand.routing.retry import retry_all
from evenhand.routing.take_in import take_in
from evenhand.tasks.making import Wish, make_all
from evenhand.tasks.operations import doing, giving
from tests.server.cast import Cast, act_as, cast
from tests.server.pool.deep import adrift
from tests.server.routing.world import SHARE, policy
from tests.server.tasks.rules import LEVELS, TASKS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONE = "13800138000"
CLOCKS: dict[str, Any] = {
    "rules": [
        {
            "rule": "保护",
            "time": "real",
            "clocks": [
                {"clock": "accept", "after": "2h", "missed": ["reassign"]},
                {"clock": "untouched", "after": "10d"},
            ],
        }
    ],
    "locks": {"per_rep": 1, "at_most": "3d"},
}


def rules(**sections: Any) -> dict[str, Any]:
    """The rules by which the small company lives."""
    return policy(
        levels=LEVELS,
        tasks=dict(TASKS),
        pools=[{"pool": "公海", "group": "全体"}, {"pool": "冷线索", "takes": "lead.grade = A"}],
        clocks=CLOCKS,
        **sections,
    )


@dataclass
class Scene:
    """The small company, by ids: rows come and go."""

    people: Cast
    began: datetime
    ids: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.ids[name]

    def acts(self, name: str) -> Actor:
        """Somebody as he is at this moment."""
        user: User = getattr(self.people, name)
        return act_as(user)


def scene() -> Scene:
    """The small company, made."""
    people = cast()
    Calendar.objects.create(
        name="公司", zone="Asia/Shanghai", hours=["09:00-18:00"] * 5 + ["", ""], is_default=True
    )
    publish("direct", rules(), actor=SYSTEM)
    made = Scene(people, timezone.now())
    _leads(made)
    _work(made)
    wind_all()
    return made


def _leads(made: Scene) -> None:
    people, ids = made.people, made.ids
    with _Only(people.ren):
        text = f"姓名,手机,公司\n王芳,{PHONE},海川机械有限公司\n"
        row = upload("展会.csv", text.encode(), actor=made.acts("alice"))
        start(row.pk, actor=made.acts("alice"))
        run_import(row.pk)
        ids["file"], ids["own"] = row.pk, Lead.objects.get().pk
        ids["firm"] = Company.objects.get().pk
        lost, once = take_in(
            [LeadIn(name="李四", phone="13800138001"), LeadIn(name="王小芳", email="f@hc.example")],
            actor=SYSTEM,
        )
        ids["lost"], ids["once"] = lost.lead_id, once.lead_id
    with _Only(people.rui):
        (other,) = take_in([LeadIn(name="王 芳", email="fang@haichuan.example")], actor=SYSTEM)
        ids["other"] = other.lead_id
    with _Only():
        (waits,) = take_in([LeadIn(name="赵六", phone="13800138002")], actor=SYSTEM)
        ids["waits"] = waits.lead_id
    (pooled,) = adrift(1)
    (aside,) = adrift(1, state=State.UNTENDED, pool="", pooled_at=None)
    ids["pooled"], ids["aside"] = pooled.pk, aside.pk
    on = company_day(timezone.now()) + 30 * DAY
    lose_lead(ids["lost"], why="no_budget", revive_on=on, actor=made.acts("ren"))


def _work(made: Scene) -> None:
    ids, ren = made.ids, made.acts("ren")
    found = convert_lead(
        ids["once"], {"name": "年度采购", "value": "100", "currency": "CNY"}, actor=ren
    )
    ids["deal"] = found.opportunity.pk
    with _Only(made.people.ren):
        (own,) = make_all([Wish("电话回访")], via="hand", actor=SYSTEM)
    with _Only():
        (market,) = make_all([Wish("电话回访")], via="hand", actor=SYSTEM)
    ids["task"], ids["market"] = own.id, market.id


class _Only:
    """Meanwhile nobody receives anything but these."""

    def __init__(self, *users: User) -> None:
        self.ids = [one.pk for one in users]

    def __enter__(self) -> None:
        self._let(Rep.objects.exclude(pk__in=self.ids), False)

    def __exit__(self, *_: object) -> None:
        self._let(Rep.objects.all(), True)

    @staticmethod
    def _let(reps: Any, whether: bool) -> None:
        with transaction.atomic():
            reps.update(is_accepting=whether)
            people_changed()


def let_pass(time: timedelta) -> None:
    """Make everything that is there older by so much."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_MOMENTS)
        for table, changes in cursor.fetchall():
            cursor.execute(f"UPDATE {table} SET {changes}", {"time": time})
        cursor.execute("UPDATE assignment SET wound_at = NULL")
    wind_all()


_MOMENTS = """
SELECT quote_ident(table_name),
    string_agg(format('%1$I = %1$I - %%(time)s', column_name), ', ')
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'
    AND is_updatable = 'YES' AND table_type = 'BASE TABLE'
    AND table_name !~ '^(django|procrastinate)_'
GROUP BY table_name
"""


@contextmanager
def numbered() -> Iterator[None]:
    """What comes in has the same ids whenever it does, also when it is tried again.

    A tie is drawn by the number of the item: with other ids no two orders would have the same rows.
    """
    usual = take_in_module.take_ids

    def take_ids(leads: int) -> tuple[list[int], list[int], list[int]]:
        first = getattr(_side, "first_id", None)
        if first is None:
            return usual(leads)
        ids = [first + k for k in range(leads)]
        return ids, ids, ids

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(take_in_module, "take_ids", take_ids)
        yield


_side = local()  # of a thread: from where what it takes in is numbered


def done_by(side: int, move: "Move", of: Scene) -> Any:
    """The act, done by the first or the second of the two who meet."""
    _side.first_id = 1_000_000 * (1 + side)
    try:
        return move.act(of)
    finally:
        _side.first_id = None


@dataclass(frozen=True)
class Move:
    """An act; `ready` is what has to be there before it, for runs with it alone."""

    name: str
    act: Callable[[Scene], Any]
    ready: Callable[[Scene], None] | None = None
    ready_first: bool = False  # what the other needs would leave it nothing to do
    portions: bool = False  # several transactions: another may well come between them
    named: str = ""  # whom who does it names himself
    passed: timedelta = timedelta()  # since what is there was made, before anything begins
    again: Callable[[], Any] | None = None  # does within a minute what was in use and left


MOVES: dict[str, Move] = {}


def move(**more: Any) -> Callable[[Callable[[Scene], Any]], Callable[[Scene], Any]]:
    """Adds an act under its name."""

    def add(act: Callable[[Scene], Any]) -> Callable[[Scene], Any]:
        MOVES[act.__name__] = Move(act.__name__, act, **more)
        return act

    return add


# -- leads -------------------------------------------------------------------------------------


@move()
def comes_in(of: Scene) -> Any:
    again = LeadIn(name="王芳", phone="+86 138-0013-8000", company="海川机械有限公司")
    return take_in([again, LeadIn(name="孙七", phone="13800138003")], actor=SYSTEM)


@move()
def waits_no_more(of: Scene) -> Any:
    return retry_all()


@move(named="Rui")
def assigned(of: Scene) -> Any:
    to = of.people.rui.pk
    return give.assign("lead", of["pooled"], to=to, reason="waiting", actor=of.acts("olga"))


@move(named="Rui")
def transferred(of: Scene) -> Any:
    to = of.people.rui.pk
    return give.transfer("lead", of["own"], to=to, reason="overload", actor=of.acts("olga"))


@move()
def handed_back(of: Scene) -> Any:
    return give_up.hand_back("lead", of["own"], reason="overload", actor=of.acts("ren"))


@move()
def given_back_to_the_pool(of: Scene) -> Any:
    return give_back("lead", of["own"], reason="no_demand", actor=of.acts("ren"))


@move()
def put_into_the_pool(of: Scene) -> Any:
    return put_in("lead", of["own"], pool="公海", reason="tidying", actor=of.acts("olga"))


@move()
def claimed(of: Scene) -> Any:
    who = of.acts("carl")
    asks = [Ask("lead", of[name], who) for name in ("pooled", "own")]
    settle_together([asks])
    return [one.won or one.refused for one in asks]


# What is in use it leaves to the next time, which is there in seconds.
@move(portions=True, passed=11 * DAY, again=wind_and_sweep)
def swept(of: Scene) -> Any:
    return wind_and_sweep()


@move()
def merged(of: Scene) -> Any:
    return merge("lead", of["own"], of["other"], actor=of.acts("olga"))


def _merged_before(of: Scene) -> None:
    with _Only(of.people.rui):
        (third,) = take_in([LeadIn(name="王女士", email="wang@haichuan.example")], actor=SYSTEM)
    done = merge("lead", of["own"], third.lead_id, actor=of.acts("olga"))
    of.ids["merge"] = done.pk


@move(ready=_merged_before)
def taken_apart(of: Scene) -> Any:
    return undo_merge(of["merge"], actor=of.acts("olga"))


@move()
def voided(of: Scene) -> Any:
    return give_up.void("lead", of["own"], reason="spam", actor=of.acts("olga"))


@move()
def accepted(of: Scene) -> Any:
    return accept("lead", of["own"], via="list", actor=of.acts("ren"))


@move()
def declined(of: Scene) -> Any:
    return decline("lead", of["own"], reason="overload", actor=of.acts("ren"))


@move()
def lost(of: Scene) -> Any:
    return lose_lead(of["own"], why="no_budget", actor=of.acts("ren"))


@move()
def converted(of: Scene) -> Any:
    values = {"name": "设备", "value": "100", "currency": "CNY"}
    return convert_lead(of["own"], values, actor=of.acts("ren"))


@move()
def locked(of: Scene) -> Any:
    return lock_item("lead", of["own"], actor=of.acts("ren"))


@move(portions=True)
def revived(of: Scene) -> Any:
    return revive_due(timezone.now() + 31 * DAY)


@move()
def dealt_from_aside(of: Scene) -> Any:
    return in_transaction(lambda: deal_aside(of["aside"], actor=SYSTEM), again=(LoadsMoved,))


@move()
def erased(of: Scene) -> Any:
    return erase_person(of["own"], typed=str(of["own"]), actor=of.acts("alice"))


@move()
def distributed(of: Scene) -> Any:
    return distribute("account", [of["firm"]], actor=of.acts("olga"))


def _undoing(of: Scene) -> None:
    undo(of["file"], actor=of.acts("alice"))


@move(ready=_undoing, portions=True)
def file_taken_back(of: Scene) -> Any:
    return run_undo(of["file"])


# -- people and rules --------------------------------------------------------------------------


@move()
def another_role(of: Scene) -> Any:
    return set_role(of.people.ren.pk, "auditor", "all", actor=of.acts("alice"))


@move()
def on_leave(of: Scene) -> Any:
    now = timezone.now()  # for a while: decisions go by whole seconds
    span = {"from_at": now - HOUR, "until_at": now + 2 * DAY}
    return enter_leave(of.people.carl.pk, **span, reason_text="假", actor=of.acts("olga"))


def _leave_planned(of: Scene) -> None:
    now = timezone.now()
    span = {"from_at": now - HOUR, "until_at": now + 2 * DAY}
    leave = Leave.objects.create(rep_id=of.people.ren.pk, **span)
    plan_cover(leave.pk, [Class(substitute=of.people.rui.pk)], actor=of.acts("tom"))


def _covered_anew() -> int:
    """What reached him meanwhile goes with the next look, a minute later."""
    return cover_due(timezone.now())


@move(ready=_leave_planned, portions=True, again=_covered_anew)
def leave_covered(of: Scene) -> Any:
    return cover_due(timezone.now())


@move()
def deactivated(of: Scene) -> Any:
    return deactivate(of.people.ren.pk, to=None, actor=of.acts("alice"))


def _leaving(of: Scene) -> None:
    if Departure.objects.exists():  # the other of the two needs one as well
        return
    until, then = timezone.now() + 7 * DAY, AtDeadline.GIVE
    open_departure(of.people.ren.pk, deadline=until, at_deadline=then, actor=of.acts("tom"))


@move(ready=_leaving, portions=True)
def departed(of: Scene) -> Any:
    return settle_departures(timezone.now() + 8 * DAY)


def _offered(of: Scene) -> None:
    _leaving(of)
    sheet = Departure.objects.get()
    lines = list(sheet.lines.values_list("pk", flat=True))
    offer(sheet.pk, lines, to=[of.people.rui.pk], actor=of.acts("tom"))
    of.ids["sheet"] = sheet.pk


@move(ready=_offered)
def taken_over(of: Scene) -> Any:
    lines = list(DepartureLine.objects.filter(state="offered").values_list("pk", flat=True))
    return answer(of["sheet"], lines, accepts=True, actor=of.acts("rui"))


@move()
def rules_changed(of: Scene) -> Any:
    new = rules(rules=[{**SHARE, "rule": "大客户", "when": "lead.budget > 500000"}, SHARE])
    return publish("direct", new, actor=SYSTEM)


def _overloaded(of: Scene) -> None:
    ren = of.people.ren.pk
    Rep.objects.filter(pk=ren).update(capacity=1)
    Rep.objects.exclude(pk=ren).update(capacity=20)
    with transaction.atomic():
        people_changed()
    found = propose(of.people.shanghai.pk, actor=of.acts("tom"))
    of.ids["rebalance"] = approve(found.pk, actor=of.acts("tom")).pk


@move(ready=_overloaded, ready_first=True, portions=True)
def rebalanced(of: Scene) -> Any:
    return go_on(of["rebalance"])


# -- opportunities and to-dos ------------------------------------------------------------------


@move()
def won(of: Scene) -> Any:
    return win_opportunity(of["deal"], actor=of.acts("ren"))


def _firm_given(of: Scene) -> None:
    give.assign("account", of["firm"], to=of.people.ren.pk, reason="waiting", actor=of.acts("olga"))


@move(ready=_firm_given)
def opened(of: Scene) -> Any:
    values = {"name": "备件", "value": "10", "currency": "CNY"}
    return create_opportunity(of["firm"], values, actor=of.acts("ren"))


@move()
def task_done(of: Scene) -> Any:
    return doing.complete(of["task"], result="done", actor=of.acts("ren"))


@move(named="Rui")
def task_transferred(of: Scene) -> Any:
    to = of.people.rui.pk
    return giving.transfer(of["task"], to=to, why="overload", actor=of.acts("olga"))


@move()
def task_offered(of: Scene) -> Any:
    return giving.offer(of["task"], actor=of.acts("olga"))


@move()
def task_claimed(of: Scene) -> Any:
    return giving.claim_one(of["market"], actor=of.acts("carl"))
