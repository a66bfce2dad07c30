"""Who stands in, who leaves, how load was put right: something to look at of each."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import QuerySet

from evenhand.cli.demo_company.load_staff import Staff
from evenhand.handover.models import LineState
from evenhand.handover.operations.by_hand import add_by_hand
from evenhand.handover.operations.cover import Class, plan_cover
from evenhand.handover.operations.departure import offer, open_departure
from evenhand.leads.models import Assignment
from evenhand.people.models import Leave, Rep, User
from evenhand.people.scope import actor_of
from evenhand.rebalance.operations.approve import approve, go_on
from evenhand.rebalance.operations.propose import drop, propose
from evenhand.rebalance.queries import load_lines
from evenhand.tasks.operations.following import follow_events

_DAYS = 7
_LINES = 6
_REGISTERED = 12


def hand_work_over(staff: Staff, now: datetime) -> None:
    """Cover is planned for a leave, and the sheet of somebody else begun."""
    busy = _plan_next_leave(now)
    boss = next(user for user in staff.users.values() if user.role == "sales_ops")
    here = Rep.objects.filter(is_active=True, is_accepting=True).exclude(pk__in=busy)
    free = here.exclude(leaves__until_at__gt=now, leaves__canceled_at=None)
    leaver = _leaver(free)
    by = actor_of(boss)
    if leaver is None:
        return
    sheet = open_departure(leaver.pk, deadline=now + timedelta(days=_DAYS), actor=by)
    heirs = free.filter(user__team=leaver.user.team).exclude(pk=leaver.pk).order_by("pk")
    lines = sheet.lines.filter(state=LineState.OPEN, kind="lead").order_by("pk")
    chosen = list(lines.values_list("pk", flat=True)[:_LINES])
    to = list(heirs.values_list("pk", flat=True)[:2])
    if chosen and to:
        offer(sheet.pk, chosen, to=to, actor=by)
    add_by_hand(sheet.pk, "厂家系统里的报备", count=_REGISTERED, actor=by)


def _leaver(free: QuerySet[Rep]) -> Rep | None:
    """Somebody with a few leads to hand over; where nobody has as many, whoever has most."""
    open_leads = Assignment.objects.filter(closed_at=None, item_kind="lead")
    held = Counter(open_leads.values_list("rep_id", flat=True))
    people = sorted(free.select_related("user__team"), key=lambda rep: (held[rep.pk], -rep.pk))
    some = [rep for rep in people if held[rep.pk] >= _LINES] or people[-1:]
    return some[0] if some else None


def put_load_right() -> None:
    """Where somebody is too full his manager had moves made; sales operations looks at everybody.

    To-dos that belong to a lead follow it.
    """
    operations = User.objects.filter(role="sales_ops", is_active=True).order_by("pk").first()
    if operations is None:
        return
    by = actor_of(operations)
    for line in load_lines(propose(actor=by)):
        team = Rep.objects.select_related("user__team__manager").get(pk=line.rep_id).user.team
        boss = None if team is None else (team.manager or _above(team.path))
        if line.before <= line.cap or boss is None or boss.team_id is None:
            continue
        found = propose(boss.team_id, actor=actor_of(boss))
        if found.moves.exists():
            approve(found.pk, actor=actor_of(boss))
            go_on(found.pk)
            break
        drop(found.pk, actor=actor_of(boss))
    follow_events()
    propose(actor=by)


def _plan_next_leave(now: datetime) -> set[int]:
    """A leave ahead, covered by a colleague of the same team; returns who has to do with it."""
    rows = Leave.objects.filter(canceled_at=None, until_at__gt=now, rep__is_active=True)
    for leave in rows.select_related("rep__user__team").order_by("-from_at", "pk"):
        team = leave.rep.user.team
        manager = None if team is None else (team.manager or _above(team.path))
        mates = Rep.objects.filter(user__team=team, is_active=True).exclude(pk=leave.rep_id)
        mate = mates.exclude(leaves__until_at__gt=now).order_by("pk").first()
        if mate is None or manager is None or manager.pk == leave.rep_id:
            continue
        classes = [Class(item_kind="lead", touch="live"), Class(substitute=mate.pk)]
        plan_cover(
            leave.pk, classes, comes_back="untouched", back_per_day=10, actor=actor_of(manager)
        )
        return {leave.rep_id, mate.pk}
    return set()


def _above(path: list[int]) -> User | None:
    """The nearest manager above a team."""
    return User.objects.filter(role="manager", team_id__in=path).order_by("-team_id").first()
