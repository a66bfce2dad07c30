"""To-dos for which a job has something to do, or will have in an hour."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day
from evenhand.people.models import Leave, Rep
from evenhand.people.operations.revision import people_changed
from evenhand.platform.clock import database_now
from evenhand.tasks.making import REP, Wish, make_all
from evenhand.tasks.models import Task
from evenhand.tasks.operations.series import SeriesIn, make_series
from tests.server.cast import act_as
from tests.server.routing.world import person
from tests.server.tasks.rules import company_with_tasks

# Prepares it so that the job is to do it in so long, and tells what was done by now.
Prepare = Callable[[timedelta], Callable[[], int]]


def reminded(ahead: timedelta) -> Callable[[], int]:
    """Somebody is to be reminded: two hours before it is due."""
    (rep,) = company_with_tasks(1, remind_before="2h")
    at = database_now() + ahead + timedelta(hours=2)
    (made,) = make_all([Wish("电话回访", REP, rep.pk, due_at=at)], via="hand", actor=SYSTEM)
    # It is no news to him.
    Task.objects.filter(pk=made.id).update(assigned_at=database_now() - timedelta(days=9))
    return Task.objects.exclude(reminded_of=None).count


def absent(ahead: timedelta) -> Callable[[], int]:
    """Somebody's leave begins, and a to-do of his is due during it."""
    rep, *_ = company_with_tasks(1)
    begins = database_now() + ahead
    due = begins + timedelta(hours=30)
    make_all([Wish("电话回访", REP, rep.pk, due_at=due)], via="hand", actor=SYSTEM)
    Leave.objects.create(rep=rep, from_at=begins, until_at=begins + timedelta(days=9))
    _people_changed()
    return Task.objects.filter(due_at__gt=due).count


def made_ahead(ahead: timedelta) -> Callable[[], int]:
    """A series wants a to-do on the last day that the rules look ahead to, in so many days."""
    company_with_tasks(1, horizon_days=10)
    boss = act_as(person("Boss", "manager", "all"))
    last = company_day(database_now()) + timedelta(days=10 + ahead.days)
    make_series(SeriesIn("电话回访", "day", last, until_on=last, to="rules"), actor=boss)
    return Task.objects.filter(series__isnull=False).count


def dealt(ahead: timedelta) -> Callable[[], int]:
    """Somebody is back, who can take what waits."""
    waits = {"rule": "大家分", "to": {"strategy": "fair_share", "group": "全体"}}
    rep, *_ = company_with_tasks(1, rules=[{**waits, "if_nobody": {"do": "wait"}}])
    _away(rep, database_now() + timedelta(days=9))
    make_all([Wish("电话回访")], via="hand", actor=SYSTEM)
    assert not Task.objects.exclude(owner=None).exists()
    # Work is dealt at whole seconds: whoever is back within this one is not yet there.
    _away(rep, (database_now() + ahead).replace(microsecond=0))
    return Task.objects.exclude(owner=None).count


def _away(rep: Rep, until: datetime) -> None:
    """He is on leave since nine days, until then."""
    Leave.objects.all().delete()
    Leave.objects.create(rep=rep, from_at=until - timedelta(days=18), until_at=until)
    _people_changed()


def _people_changed() -> None:
    with transaction.atomic():
        people_changed()


PREPARED: dict[str, Prepare] = {
    "absent_tasks": absent,
    "deal_tasks": dealt,
    "remind_tasks": reminded,
    "tasks_ahead": made_ahead,
}
