"""Every act with crash points: what is there before, where it may die, and how it has to end.

`inside` are points before the one commit of the act, or of its first portion: whoever dies there
has changed nothing. `between` are points where something is committed and something is not: the act
goes on from there when it is done again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.exports.models import Export, ExportFile, Step
from evenhand.exports.operations import ask as asking
from evenhand.exports.operations.ask import Wanted, ask
from evenhand.fairness.models import BookDay, Counted
from evenhand.handover.models import AtDeadline, Cover, CoverState, Departure, DepartureState
from evenhand.handover.operations.cover import Class, plan_cover
from evenhand.handover.operations.departure import open_departure
from evenhand.imports.models import Import, ImportRow
from evenhand.imports.models import Step as Stage
from evenhand.imports.operations import run as importing
from evenhand.imports.operations.begin import start, upload
from evenhand.imports.operations.run import run as run_import
from evenhand.imports.operations.undo import undo
from evenhand.journal.models import Answer, Event, Outbox
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Contact, Lead, Load, Merge, Opportunity, PoolStay
from evenhand.leads.operations.closing import company_day, lose_lead
from evenhand.ledger.models import Book
from evenhand.notify.delivery import LEASE
from evenhand.notify.operations import owe_mail
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Calendar, Leave, Rep
from evenhand.people.operations.revision import people_changed
from evenhand.policies.models import PolicyVersion, VersionState
from evenhand.policies.operations.publish import publish
from evenhand.pool.models import Firing
from evenhand.rebalance.models import Rebalance, RebalanceState
from evenhand.rebalance.operations.approve import approve
from evenhand.rebalance.operations.propose import propose
from evenhand.routing.models import LongAct, Receipt
from evenhand.routing.operations.long_acts import start_long_act
from evenhand.routing.operations.merging import merge
from evenhand.routing.take_in import take_in
from evenhand.tasks.making import REP, Wish, make_all
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.following import follow_events
from evenhand.wording.catalogue import Words
from tests.server.api.caller import company as callers
from tests.server.builders import person
from tests.server.cast import Cast, act_as, cast
from tests.server.drills.prepared import Act, act
from tests.server.journal.settling import settled
from tests.server.pool import deep
from tests.server.pool.test_sweeping import PROTECTION, rules
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import SHARE, company, policy
from tests.server.tasks.rules import company_with_tasks, document

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class Ready:
    """An act that can be done, and what has to be so when it is done."""

    act: Act
    ends: Callable[[], None]
    # What passes before a program that died is followed by another.
    before_next: Callable[[], Any] = lambda: None


@dataclass(frozen=True)
class Drill:
    """An act, and the points at which it dies."""

    prepare: Callable[[Path], Ready]
    inside: tuple[str, ...]
    between: tuple[str, ...] = ()


DRILLS: dict[str, Drill] = {}


def drill(
    *, inside: tuple[str, ...] = (), between: tuple[str, ...] = ()
) -> Callable[[Callable[[Path], Ready]], Callable[[Path], Ready]]:
    """Adds what prepares an act, under its name."""

    def add(prepare: Callable[[Path], Ready]) -> Callable[[Path], Ready]:
        DRILLS[prepare.__name__] = Drill(prepare, inside, between)
        return prepare

    return add


# -- leads -------------------------------------------------------------------------------------


@drill(
    inside=("deal.parts_written", "deal.booked", "intake.placed", "intake.recorded"),
    between=("intake.committed",),
)
def a_lead_comes_in(folder: Path) -> Ready:
    company(2)

    def ends() -> None:
        assert Lead.objects.get().owner_id is not None
        assert Answer.objects.count() == Receipt.objects.count() == 1
        assert Event.objects.filter(kind="lead.taken_in").count() == 1

    return Ready(act("take_in", phone="13800000001", key="one"), ends)


@drill(inside=("claim.part_written", "claim.booked"), between=("claim.committed",))
def leads_are_claimed_from_the_pool(folder: Path) -> Ready:
    rep, _ = deep.waters(reps=2)
    lying = deep.adrift(2)

    def ends() -> None:
        assert set(Lead.objects.values_list("owner_id", flat=True)) == {rep.pk}
        assert Load.objects.get(pk=rep.pk).open_count == 2
        assert Receipt.objects.filter(act="claim").count() == 2

    return Ready(act("claim_all", items=[one.pk for one in lying], user=rep.user.pk), ends)


@drill(
    inside=("clocks.wound",),
    between=("sweep.noted", "sweep.taken_away", "sweep.between_portions"),
)
def clocks_run_out(folder: Path) -> Ready:
    company(2, rules(PROTECTION))
    take_in(leads(2), actor=SYSTEM)
    first = Assignment.objects.order_by("opened_at")[0]

    def ends() -> None:
        assert PoolStay.objects.count() == 2
        assert set(Lead.objects.values_list("state", flat=True)) == {"pooled"}
        fired = Firing.objects.values_list("assignment_id", "clock", "step")
        assert len(set(fired)) == len(fired) == 2 * 3

    return Ready(act("sweep", at=(first.opened_at + 11 * DAY).isoformat()), ends)


@drill(inside=("give.booked", "give.told"))
def a_lead_is_transferred(folder: Path) -> Ready:
    first, second = company(2)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    to = second.pk if taken.owner_id == first.pk else first.pk
    ops = person("Olga", "sales_ops")

    def ends() -> None:
        assert Lead.objects.get().owner_id == to
        assert Receipt.objects.filter(act="transfer").count() == 1

    return Ready(act("transfer", lead=taken.lead_id, to=to, user=ops.pk), ends)


@drill(inside=("give_up.booked", "give_up.waiting", "retry.placed"))
def a_lead_is_handed_back(folder: Path) -> Ready:
    company(2)
    (taken,) = take_in(leads(1), actor=SYSTEM)

    def ends() -> None:
        assert Lead.objects.get().owner_id not in (None, taken.owner_id)
        assert Assignment.objects.filter(closed_by="return").count() == 1

    return Ready(act("hand_back", lead=taken.lead_id, user=taken.owner_id), ends)


def _two_of_one() -> tuple[Lead, Lead, int]:
    company(2)
    one = LeadIn(name="王芳", phone="13800138000", note="要样机")
    other = LeadIn(name="王 芳", email="fang@haichuan.example.cn", note="下周回电")
    taken = take_in([one, other], actor=SYSTEM)
    first, second = (Lead.objects.get(pk=found.lead_id) for found in taken)
    return first, second, person("Olga", "sales_ops").pk


@drill(inside=("merge.released", "merge.marked"))
def two_leads_become_one(folder: Path) -> Ready:
    first, second, ops = _two_of_one()

    def ends() -> None:
        assert Lead.objects.get(pk=second.pk).merged_into_id == first.pk
        assert Merge.objects.filter(item_kind="lead", undone_at=None).count() == 1

    return Ready(act("merge", survivor=first.pk, merged=second.pk, user=ops), ends)


@drill(inside=("part.turned_back", "part.survivor_back"))
def one_lead_becomes_two_again(folder: Path) -> Ready:
    first, second, ops = _two_of_one()
    owners = (first.owner_id, second.owner_id)
    done = merge("lead", first.pk, second.pk, take=["note"], actor=act_as(_user(ops)))

    def ends() -> None:
        rows = Lead.objects.order_by("pk").values_list("owner_id", flat=True)
        assert tuple(rows) == owners
        assert Merge.objects.get(pk=done.pk).undone_at is not None

    return Ready(act("take_apart", merge_id=done.pk, user=ops), ends)


def _user(pk: int) -> Any:
    from evenhand.people.models import User

    return User.objects.get(pk=pk)


@drill(inside=("convert.closed", "convert.opened"))
def a_lead_becomes_an_opportunity(folder: Path) -> Ready:
    company(1)
    one = LeadIn(name="王芳", phone="13800138000", company="海川机械有限公司")
    (taken,) = take_in([one], actor=SYSTEM)

    def ends() -> None:
        assert Opportunity.objects.get().owner_id == taken.owner_id
        assert Lead.objects.get().state == "closed"

    return Ready(act("convert", lead=taken.lead_id, user=taken.owner_id), ends)


@drill(inside=("erase.contacts_blanked", "erase.blanked"))
def a_person_is_erased(folder: Path) -> Ready:
    company(1)
    (taken,) = take_in([LeadIn(name="王芳", phone="13800138000")], actor=SYSTEM)
    admin = person("Alice", "admin")

    def ends() -> None:
        assert Lead.objects.get().phone == "" == Contact.objects.get().phone
        assert Event.objects.filter(kind="person.erased").count() == 1

    return Ready(act("erase", lead=taken.lead_id, user=admin.pk), ends)


@drill(inside=("revive.reopened",))
def a_lost_lead_comes_back(folder: Path) -> Ready:
    (one,) = company(1)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    on = company_day(timezone.now()) + 30 * DAY
    lose_lead(taken.lead_id, why="no_budget", revive_on=on, actor=act_as(one.user))

    def ends() -> None:
        assert Lead.objects.get().owner_id == one.pk
        assert Event.objects.filter(kind="lead.revived").count() == 1

    return Ready(act("revive", at=(timezone.now() + 31 * DAY).isoformat()), ends)


@drill(between=("long_act.between_leads",))
def many_leads_are_transferred(folder: Path) -> Ready:
    first, _ = company(2)
    olga = person("Olga", "sales_ops", "all")
    ids = [one.lead_id for one in take_in(leads(4), actor=SYSTEM)]
    his = Lead.objects.filter(owner=first).count()
    asked = {"to": first.pk, "reason": "overload", "note": "", "stage": "", "why": ""}
    begun = start_long_act("transfer", ids, asked, actor=act_as(olga))

    def ends() -> None:
        assert set(Lead.objects.values_list("owner_id", flat=True)) == {first.pk}
        assert Receipt.objects.filter(act="transfer").count() == 4 - his
        assert LongAct.objects.get().finished_at is not None

    return Ready(act("long_act", act_id=begun.pk), ends)


@drill(inside=("fairness.added",))
def the_days_of_books_are_counted(folder: Path) -> Ready:
    company(2)
    take_in(leads(6), actor=SYSTEM)

    def ends() -> None:
        assert Counted.objects.get().number == Book.objects.get().postings
        assert sum(sum(one.counts) for one in BookDay.objects.all()) == 6

    return Ready(act("count_fairness"), ends)


@drill(inside=("policy.written", "policy.live"))
def new_rules_go_live(folder: Path) -> Ready:
    company(1)
    new = policy(rules=[{**SHARE, "rule": "大客户", "when": "lead.budget > 500000"}, SHARE])

    def ends() -> None:
        live = PolicyVersion.objects.get(state=VersionState.LIVE)
        assert live.number == 2 and PolicyVersion.objects.count() == 2
        assert Event.objects.filter(kind="policy.published").count() == 2

    return Ready(act("go_live", document=new), ends)


# -- files -------------------------------------------------------------------------------------

ROWS = 255


def _fair() -> Import:
    """A file whose rows take two portions, begun."""
    people = callers()
    text = "姓名,手机,公司\n" + "".join(
        f"客户{n},1390013{n:04},第{n}机械有限公司\n" for n in range(ROWS)
    )
    row = upload("展会.csv", text.encode(), actor=act_as(people.olga))
    start(row.pk, actor=act_as(people.olga))
    return row


@drill(inside=("import.part_written",), between=("import.between_parts", "import.ended"))
def a_file_is_taken_in(folder: Path) -> Ready:
    row = _fair()
    assert ROWS > importing._AT_ONCE

    def ends() -> None:
        assert Import.objects.get(pk=row.pk).step == Stage.DONE
        assert Lead.objects.count() == ImportRow.objects.filter(outcome="created").count() == ROWS
        assert Event.objects.filter(kind="import.done").count() == 1

    return Ready(act("import_rows", import_id=row.pk), ends)


@drill(between=("import.between_undone",))
def a_file_is_taken_back(folder: Path) -> Ready:
    people = callers()
    text = "姓名,手机\n" + "".join(f"客户{n},1390013{n:04}\n" for n in range(4))
    row = upload("展会.csv", text.encode(), actor=act_as(people.alice))
    start(row.pk, actor=act_as(people.alice))
    run_import(row.pk)
    undo(row.pk, actor=act_as(people.alice))

    def ends() -> None:
        assert Import.objects.get(pk=row.pk).step == Stage.UNDONE
        assert set(Lead.objects.values_list("state", flat=True)) == {"closed"}
        assert Event.objects.filter(kind="lead.voided").count() == 4

    return Ready(act("take_back", import_id=row.pk), ends)


@drill(between=("export.written", "export.part_kept"))
def rows_leave_as_a_file(folder: Path) -> Ready:
    company(1)
    take_in(leads(3), actor=SYSTEM)
    olga = person("Olga", "sales_ops", "all")
    at_once, asking.AT_ONCE = asking.AT_ONCE, 0
    try:
        wanted = Wanted(page="leads", query="", why="report")
        asked = ask(wanted, words=Words("zh-Hans"), zone=_zone(), actor=act_as(olga))
    finally:
        asking.AT_ONCE = at_once

    def ends() -> None:
        assert Export.objects.get(pk=asked.row.pk).step == Step.DONE
        assert ExportFile.objects.get().parts.count() == 1
        assert Event.objects.filter(kind="leads.exported").count() == 1

    return Ready(act("export_rows", export_id=asked.row.pk), ends)


def _zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo("Asia/Shanghai")


@drill(between=("deliver.claimed", "deliver.sent"))
def a_mail_is_sent(folder: Path) -> Ready:
    params = {"name": "王芳", "company": "华东", "hours": 72, "link": "https://e.example/l/x"}
    with transaction.atomic():
        owe_mail("wang@example.com", "invite", locale="en", params=params)
    later = timezone.now() + HOUR
    waiting = {"at": later.isoformat()}

    def lease_runs_out() -> None:
        # Whoever died has claimed the row for a while: the next run is after that.
        waiting["at"] = (timezone.datetime.fromisoformat(waiting["at"]) + LEASE).isoformat()  # type: ignore[attr-defined]

    def ends() -> None:
        assert Outbox.objects.get().delivered_at is not None
        mails = [one.read_text() for one in (folder / "mails").glob("*.log")]
        ids = [line for mail in mails for line in mail.splitlines() if "X-Evenhand-Id" in line]
        # Sent before the death and after it: at least once, under one id.
        assert len(ids) == 2 and len(set(ids)) == 1

    return Ready(Act("deliver", waiting), ends, lease_runs_out)


# -- people and their work ---------------------------------------------------------------------


def _overloaded() -> tuple[Cast, Rebalance]:
    """Ren has six leads and may have three; a rebalance is approved."""
    people = cast()
    Calendar.objects.create(
        name="公司", zone="Asia/Shanghai", hours=["09:00-18:00"] * 5 + ["", ""], is_default=True
    )
    publish("direct", policy(), actor=SYSTEM)
    _only(people.ren.pk, 6)
    for rep_id, most in ((people.ren.pk, 3), (people.rui.pk, 20), (people.carl.pk, 20)):
        Rep.objects.filter(pk=rep_id).update(capacity=most)
    with transaction.atomic():
        people_changed()
    tom = act_as(people.tom)
    found = propose(people.shanghai.pk, actor=tom)
    return people, approve(found.pk, actor=tom)


def _only(rep_id: int, count: int) -> None:
    """So many leads, all of which go to one."""
    Rep.objects.exclude(pk=rep_id).update(is_accepting=False)
    take_in(leads(count), actor=SYSTEM)
    Rep.objects.update(is_accepting=True)


def _moved(people: Cast, found: Rebalance) -> Callable[[], None]:
    moves = found.moves.count()

    def ends() -> None:
        assert Rebalance.objects.get(pk=found.pk).state == RebalanceState.DONE
        assert Lead.objects.filter(owner_id=people.ren.pk).count() == 6 - moves
        assert Receipt.objects.filter(act="transfer", reason="rebalance").count() == moves
        assert Event.objects.filter(kind="rebalance.finished").count() == 1

    return ends


@drill(inside=("rebalance.moved",), between=("rebalance.between_moves",))
def work_is_rebalanced(folder: Path) -> Ready:
    people, found = _overloaded()
    return Ready(act("rebalance", rebalance_id=found.pk), _moved(people, found))


@drill(between=("job.done",))
def a_job_is_done_and_not_noted(folder: Path) -> Ready:
    people, found = _overloaded()
    return Ready(act("work_jobs"), _moved(people, found), _worker_is_missed)


def _worker_is_missed() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
        )


def _on_leave() -> tuple[Cast, Leave]:
    people = cast()
    publish("direct", document(), actor=SYSTEM)
    _only(people.ren.pk, 3)
    now = timezone.now()
    leave = Leave.objects.create(rep_id=people.ren.pk, from_at=now - HOUR, until_at=now + 2 * DAY)
    plan_cover(leave.pk, [Class(substitute=people.rui.pk)], actor=act_as(people.tom))
    return people, leave


@drill(inside=("cover.moved",), between=("cover.between_moves",))
def leave_begins(folder: Path) -> Ready:
    people, _ = _on_leave()

    def ends() -> None:
        assert set(Lead.objects.values_list("owner_id", flat=True)) == {people.rui.pk}
        assert Cover.objects.get().state == CoverState.BEGUN
        assert Event.objects.filter(kind="cover.begun").count() == 1

    return Ready(act("cover", at=timezone.now().isoformat()), ends)


@drill(between=("cover.between_returns",))
def leave_ends(folder: Path) -> Ready:
    from evenhand.handover.operations.covering import cover_due

    people, leave = _on_leave()
    cover_due(timezone.now())

    def ends() -> None:
        assert set(Lead.objects.values_list("owner_id", flat=True)) == {people.ren.pk}
        assert Cover.objects.get().state == CoverState.ENDED
        assert Event.objects.filter(kind="cover.ended").count() == 1

    return Ready(act("cover", at=(leave.until_at + HOUR).isoformat()), ends)


@drill(between=("departure.given_up", "departure.between_lines"))
def somebody_leaves(folder: Path) -> Ready:
    people = cast()
    publish("direct", document(), actor=SYSTEM)
    _only(people.ren.pk, 3)
    deadline = timezone.now() + 7 * DAY
    open_departure(
        people.ren.pk, deadline=deadline, at_deadline=AtDeadline.GIVE, actor=act_as(people.tom)
    )

    def ends() -> None:
        assert people.ren.pk not in Lead.objects.values_list("owner_id", flat=True)
        assert Departure.objects.get().state != DepartureState.OPEN
        assert Assignment.objects.filter(closed_by="departure").count() == 3

    return Ready(act("settle_sheets", at=(deadline + HOUR).isoformat()), ends)


# -- to-dos ------------------------------------------------------------------------------------


@drill(inside=("tasks.written",))
def to_dos_are_made(folder: Path) -> Ready:
    company_with_tasks(2)

    def ends() -> None:
        assert Task.objects.filter(state=TaskState.OPEN).exclude(owner=None).count() == 4

    return Ready(act("make_tasks", count=4), ends)


@drill(between=("tasks.followed",))
def events_make_to_dos(folder: Path) -> Ready:
    trigger = {"trigger": "接手后回访", "on": "assigned", "type": "电话回访", "after": "1d"}
    company_with_tasks(2, triggers=[trigger])
    follow_events()
    take_in([LeadIn(name="李四", grade="A"), LeadIn(name="王五", grade="A")], actor=SYSTEM)
    settled()

    def ends() -> None:
        assert Task.objects.count() == 2

    return Ready(act("follow"), ends, settled)


@drill(inside=("tasks.dealt",))
def to_dos_that_wait_are_dealt(folder: Path) -> Ready:
    waits = {"rule": "大家分", "to": {"strategy": "fair_share", "group": "全体"}}
    rep, *_ = company_with_tasks(1, rules=[{**waits, "if_nobody": {"do": "wait"}}])
    _accepts(False)
    make_all([Wish("电话回访")] * 2, via="hand", actor=SYSTEM)
    assert not Task.objects.exclude(owner=None).exists()
    _accepts(True)

    def ends() -> None:
        assert set(Task.objects.values_list("owner_id", flat=True)) == {rep.pk}

    return Ready(act("deal_tasks"), ends)


def _accepts(whether: bool) -> None:
    Rep.objects.update(is_accepting=whether)
    with transaction.atomic():
        people_changed()


__all__ = ["DRILLS", "REP", "Drill", "Ready"]
