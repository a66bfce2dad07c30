"""To-dos of the demo company: weeks of work that was done, today's, a market, a series.

Dealt and made like any other; those of past weeks are marked as done in one statement.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from evenhand.cli.demo_company.plans import day_of
from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Lead, State
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Role, User
from evenhand.people.scope import actor_of
from evenhand.platform.clock import now as now_
from evenhand.tasks.making import HOLDER, MARKET, RULES, Wish, make, world_for_tasks
from evenhand.tasks.models import Task
from evenhand.tasks.operations.following import follow_events
from evenhand.tasks.operations.series import SeriesIn, make_ahead, make_series

_WEEKS, _A_WEEK = 6, 70
_TODAY, _ON_MARKET = 90, 14
_TYPES = ("电话回访", "客户拜访", "样机演示", "方案", "资料整理")


def give_work(until: datetime) -> None:
    """Past weeks, today, the market, and visits of key accounts every month."""
    for week in range(_WEEKS, 0, -1):
        _make(_past(week), until - timedelta(days=7 * week))
    _finish(until)
    leads = Lead.objects.filter(state=State.OWNED, line__is_default=True).order_by("-pk")
    ids = list(leads.values_list("pk", flat=True)[:_TODAY])
    wishes = [
        Wish(_TYPES[k % 2], HOLDER, link=(ItemKind.LEAD.value, pk)) for k, pk in enumerate(ids)
    ]
    wishes += [Wish(_TYPES[2 + k % 3], RULES) for k in range(_TODAY // 3)]
    wishes += [Wish(_TYPES[2 + k % 3], MARKET) for k in range(_ON_MARKET)]
    _make(wishes, now_() - timedelta(hours=30))
    follow_events()  # from now on
    _visit_key_accounts(until)


def _past(week: int) -> list[Wish]:
    return [Wish(_TYPES[(k * 3 + week) % len(_TYPES)], RULES) for k in range(_A_WEEK)]


def _make(wishes: list[Wish], at: datetime) -> None:
    with transaction.atomic():
        world, work = world_for_tasks("", at)
        make(world, work, wishes, via="hand", actor=SYSTEM)


def _finish(until: datetime) -> None:
    """Nearly all of past weeks was done, some of it slowly."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE task SET state = 'done', quantity_done = quantity,"
            " done_at = least(created_at + interval '1 hour' * (5 + id %% 60), %s),"
            " handled_minutes = minutes * (80 + id * 37 %% 60) / 100,"
            " checklist = (SELECT coalesce(jsonb_agg(jsonb_build_array(one -> 0, true)), '[]')"
            "  FROM jsonb_array_elements(checklist) AS one),"
            " result = CASE needs WHEN 'note' THEN '已约下次' ELSE '' END,"
            " result_link = CASE needs WHEN 'link' THEN 'https://docs.example/' || id ELSE '' END"
            " WHERE state = 'open' AND owner_id IS NOT NULL AND id %% 12 <> 0",
            [until],
        )
    # What nobody took then is of no use now.
    Task.objects.filter(state="offered").update(state="canceled", closed_reason="not_needed")
    Task.objects.filter(state="open", owner=None).update(
        state="canceled", closed_reason="not_needed", why_unassigned=None
    )


def _visit_key_accounts(until: datetime) -> None:
    boss = User.objects.filter(role=Role.SALES_OPS, is_active=True).order_by("pk").first()
    if boss is None:
        return
    visits = SeriesIn(
        "客户拜访",
        "month",
        day_of(until),
        title="大客户月度拜访",
        kind=ItemKind.ACCOUNT.value,
        filter={"key": "1"},
    )
    make_series(visits, actor=actor_of(boss))
    make_ahead()
