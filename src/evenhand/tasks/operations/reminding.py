"""Who has a to-do is reminded before it is due: once for each due time, in his working hours."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import Rep
from evenhand.engine.pool.counting import Counting, Stop
from evenhand.engine.pool.spans import Span
from evenhand.notify.letters import Told
from evenhand.notify.operations.telling import tell_many
from evenhand.people.snapshot import people_now
from evenhand.platform.clock import now as now_
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import live_now
from evenhand.policies.models import Line
from evenhand.tasks.models import Task, TaskState

_AT_ONCE = 1_000


def remind(*, now: datetime | None = None) -> int:
    """Remind everybody whose to-dos are due within the time that their rules say; how many to-dos.

    Nobody is reminded outside his working hours or on leave, nor of what he got within that time.
    """
    at = now or now_()
    count = 0
    for line in Line.objects.filter(is_active=True).order_by("pk"):
        live = live_now(line.pk)
        if live is None or live.tasks is None or not live.tasks.remind_before:
            continue
        for (until, length), reps in _by_horizon(live.tasks.remind_before, at).items():
            while done := _remind(line.pk, reps, until, length, at):
                count += done
    return count


def _by_horizon(span: Span, at: datetime) -> dict[tuple[datetime, timedelta], list[int]]:
    """Who works now, by how far the span reaches for him from now on, and how long it is."""
    found: dict[tuple[datetime, timedelta], list[int]] = defaultdict(list)
    for rep, calendar in _at_work(at):
        stops = [Stop(one.from_at, one.until_at) for one in rep.leaves]
        counting = Counting.of(calendar, stops, "working")
        until = counting.after(at, span)
        if until is not None:
            length = span.lasting(timedelta(minutes=counting.day_minutes))
            found[until, length].append(int(rep.id))
    return found


def _at_work(at: datetime) -> Iterator[tuple[Rep, Calendar]]:
    team = people_now(at).team
    for rep in team.reps:
        calendar = team.calendar_of(rep)
        is_away = any(one.from_at <= at < one.until_at for one in rep.leaves)
        if rep.is_active and not is_away and calendar.is_working(at):
            yield rep, calendar


def _remind(line_id: int, reps: list[int], until: datetime, length: timedelta, at: datetime) -> int:
    """Tell these people of what is due until then, and note it, in one transaction."""

    def work() -> int:
        rows = list(
            Task.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(
                Q(reminded_of=None) | ~Q(reminded_of=F("due_at")),
                line_id=line_id,
                owner_id__in=reps,
                state=TaskState.OPEN,
                due_at__gt=at,
                due_at__lte=until,
                assigned_at__lt=F("due_at") - length,
            )
            .order_by("due_at", "pk")[:_AT_ONCE]
        )
        Task.objects.filter(pk__in=[one.pk for one in rows]).update(reminded_of=F("due_at"))
        of: dict[int, list[Task]] = defaultdict(list)
        for row in rows:
            assert row.owner_id is not None, "asked for"
            of[row.owner_id].append(row)
        tell_many([_told(rep_id, tasks) for rep_id, tasks in sorted(of.items())])
        return len(rows)

    return in_transaction(work)


def _told(rep_id: int, tasks: list[Task]) -> Told:
    """One notice a person, however many are due; of one alone it leads there."""
    first = tasks[0]
    if len(tasks) == 1:
        return Told(rep_id, "task_due", {"count": 1}, "task", first.pk, first.due_at)
    return Told(rep_id, "tasks_due", {"count": len(tasks)}, needed_by=first.due_at)
