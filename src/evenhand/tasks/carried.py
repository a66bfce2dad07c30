"""What people carry of to-dos, in workload points: read from an index, without a counter."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Sum

from evenhand.engine.facts import Load
from evenhand.routing.models import Receipt
from evenhand.tasks.models import Task, TaskState


def open_load(rep_ids: Collection[int], *, until: datetime | None = None) -> dict[int, int]:
    """Workload points of people's open to-dos, in micro-points; 0 where there are none.

    With `until` only of those that begin before then: series are made weeks ahead.
    """
    rows = Task.objects.filter(state=TaskState.OPEN, owner_id__in=rep_ids)
    if until is not None:
        rows = rows.filter(starts_at__lt=until)
    found = dict(rows.values_list("owner_id").annotate(points=Sum("points")))
    return {rep: int(found.get(rep, 0)) for rep in rep_ids}


def open_counts(rep_ids: Collection[int]) -> dict[int, int]:
    """How many to-dos people have open."""
    rows = Task.objects.filter(state=TaskState.OPEN, owner_id__in=rep_ids)
    found = dict(rows.values_list("owner_id").annotate(number=Count("pk")))
    return {rep: int(found.get(rep, 0)) for rep in rep_ids}


def done_minutes(rep_ids: Collection[int], from_at: datetime, until_at: datetime) -> dict[int, int]:
    """Minutes that people's to-dos done in a time took: as logged, else as expected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT owner_id, sum(coalesce(handled_minutes, minutes)) FROM task"
            " WHERE state = 'done' AND owner_id = ANY(%s) AND done_at >= %s AND done_at < %s"
            " GROUP BY owner_id",
            [sorted(rep_ids), from_at, until_at],
        )
        found = dict(cursor.fetchall())
    return {rep: int(found.get(rep, 0)) for rep in rep_ids}


def everybody_carries() -> dict[str, Load]:
    """Open to-dos of everybody as the engine's loads, by its ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT owner_id, count(*), sum(points) FROM task"
            " WHERE state = 'open' AND owner_id IS NOT NULL GROUP BY owner_id"
        )
        return {str(rep): Load(count, int(points)) for rep, count, points in cursor.fetchall()}


def claimed_since(rep_id: int, since: datetime) -> int:
    """How many to-dos somebody claimed since then, whatever became of them."""
    rows = Receipt.objects.filter(rep_id=rep_id, item_kind="task", act="claim", at__gte=since)
    return rows.count()


def held_of_claims(rep_id: int) -> tuple[int, int]:
    """What somebody claimed and has open still: number, and workload points."""
    rows = Task.objects.filter(owner_id=rep_id, claimed_at__isnull=False, state=TaskState.OPEN)
    told: dict[str, Any] = rows.aggregate(number=Count("pk"), points=Sum("points"))
    return int(told["number"]), int(told["points"] or 0)


def open_work(rep_ids: Collection[int], *, until: datetime) -> dict[int, tuple[int, int]]:
    """Number and micro-points of people's open to-dos that begin before a moment."""
    rows = Task.objects.filter(state=TaskState.OPEN, owner_id__in=rep_ids, starts_at__lt=until)
    found = rows.values_list("owner_id").annotate(number=Count("pk"), points=Sum("points"))
    return {int(rep or 0): (number, int(points)) for rep, number, points in found}
