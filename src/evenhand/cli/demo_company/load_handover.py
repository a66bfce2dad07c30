"""Who stands in, who leaves, how load could be put right: something to look at of each."""

from datetime import datetime, timedelta

from evenhand.cli.demo_company.load_staff import Staff
from evenhand.handover.models import LineState
from evenhand.handover.operations.cover import Class, plan_cover
from evenhand.handover.operations.departure import offer, open_departure
from evenhand.people.models import Leave, Rep, User
from evenhand.people.scope import actor_of
from evenhand.rebalance.operations.propose import propose

_DAYS = 7


def hand_work_over(staff: Staff, now: datetime) -> None:
    """Cover is planned for a leave, load looked at, and the sheet of somebody else begun."""
    busy = _plan_next_leave(now)
    boss = next(user for user in staff.users.values() if user.role == "sales_ops")
    here = Rep.objects.filter(is_active=True, is_accepting=True).exclude(pk__in=busy)
    free = here.exclude(leaves__until_at__gt=now, leaves__canceled_at=None)
    leaver = free.select_related("user__team").order_by("-pk").first()
    by = actor_of(boss)
    propose(actor=by)
    if leaver is None:
        return
    sheet = open_departure(leaver.pk, deadline=now + timedelta(days=_DAYS), actor=by)
    heirs = free.filter(user__team=leaver.user.team).exclude(pk=leaver.pk).order_by("pk")
    lines = sheet.lines.filter(state=LineState.OPEN, kind="lead").order_by("pk")
    chosen = list(lines.values_list("pk", flat=True)[:6])
    to = list(heirs.values_list("pk", flat=True)[:2])
    if chosen and to:
        offer(sheet.pk, chosen, to=to, actor=by)


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
