"""To-dos of who is away when they are due: by their type they wait, go to a substitute, are dealt
anew, or are skipped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.calendar.worktime import BeyondHorizon
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Leave
from evenhand.people.snapshot import people_now
from evenhand.platform.clock import now as now_
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import live_now
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.desk import told
from evenhand.tasks.operations.ending import end_now
from evenhand.tasks.operations.waiting import deal_anew

_MOST = 2_000
# Whether a plan for a leave sees to a to-do, by their ids (to-do, leave): what knows plans adds it.
SEEN_TO: list[Callable[[int, int], bool]] = []


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of to-dos of people on leave."""

    moved: int = 0
    dealt: int = 0
    skipped: int = 0


def settle_absences(*, now: datetime | None = None) -> Settled:
    """Settle the to-dos that are due during a leave which has begun; each once.

    What a plan for the leave sees to is left to it. A type that wants a substitute where nobody was
    named is dealt anew.
    """
    at = now or now_()
    counts = {"wait": 0, "deal": 0, "skip": 0}
    for leave in Leave.objects.filter(canceled_at=None, from_at__lte=at, until_at__gt=at):
        rows = Task.objects.filter(
            owner_id=leave.rep_id,
            state=TaskState.OPEN,
            due_at__gte=leave.from_at,
            due_at__lt=leave.until_at,
        )
        for task in rows.order_by("due_at", "pk")[:_MOST]:
            if any(sees_to(task.pk, leave.pk) for sees_to in SEEN_TO):
                continue
            done = _settle(task, leave, at)
            if done:
                counts[done] += 1
    return Settled(counts["wait"], counts["deal"], counts["skip"])


def _settle(task: Task, leave: Leave, at: datetime) -> str:
    """What was done with it; "" = it is not his any more."""
    match _rule(task):
        case "skip":
            ended = in_transaction(lambda: end_now(task.pk, TaskState.SKIPPED, "absent"))
            return "skip" if ended else ""
        case "deal" | "substitute":
            if deal_anew(task.pk, why="absent"):
                return "deal"
    return "wait" if _wait(task, leave, at) else ""


def _rule(task: Task) -> str:
    live = live_now(task.line_id)
    terms = None if live is None or live.tasks is None else live.tasks.type_named(task.type)
    return "wait" if terms is None else terms.absent


def _wait(task: Task, leave: Leave, at: datetime) -> bool:
    """Its time begins again when he is back: so much working time as was left when he left."""
    team = people_now(at).team
    rep = team.find(str(leave.rep_id))
    if rep is None or task.due_at is None:
        return False
    calendar = team.calendar_of(rep)

    def work() -> bool:
        row = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if row.state != TaskState.OPEN or row.owner_id != leave.rep_id or row.due_at != task.due_at:
            return False
        before = task.due_at
        assert before is not None, "looked at above"
        begin = max(leave.from_at, row.starts_at)
        try:
            left = calendar.elapsed(begin, before)
            row.due_at = calendar.deadline(calendar.next_open(leave.until_at), left)
        except BeyondHorizon:
            return False
        # Due at the very moment of his return would be late at once.
        row.due_at = max(row.due_at, leave.until_at)
        row.edition += 1
        row.save(update_fields=["due_at", "edition"])
        data = {"due_at": row.due_at.isoformat(), "before": before.isoformat()}
        told(row, "task.rescheduled", data, actor=SYSTEM)
        return True

    return in_transaction(work)
