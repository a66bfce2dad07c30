"""One to-do under lock for an act by hand, with the book of workload points it was booked in.

Locks are taken in the one order: policy, books, person, to-do. Where the rules know no to-dos any
more, acts go on without the ledger.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.engine.facts import ItemKind
from evenhand.engine.ledger.bookings import Act
from evenhand.engine.routing.edits import EditAct
from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.notify.operations.telling import tell
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.platform.clock import now as now_
from evenhand.routing.desk import Desk, desk_in, new_receipt_id
from evenhand.routing.models import Receipt
from evenhand.routing.world import World, world_of
from evenhand.tasks.facts import linked, stored_item
from evenhand.tasks.making import work_of_line
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.refusals import CannotDo, refuse

_SETTLED = (Act.REFUNDED.value, Act.VOIDED.value)


@dataclass(slots=True)
class TaskDesk:
    """A to-do under lock; `desk` is its place in the ledger, None where the rules know none."""

    task: Task
    world: World
    desk: Desk | None
    now: datetime

    def book(
        self,
        act: EditAct,
        *,
        name: str,
        to: int | None = None,
        why: str = "",
        note: str = "",
        actor: Actor,
    ) -> int:
        """Book an act and write its receipt; `name` is what the receipt calls it."""
        receipt_id = new_receipt_id()
        line = ""
        if self.desk is not None and not (to is None and self._is_settled(self.desk)):
            line = self.desk.book(act, to=to, rate_percent=100, actor=actor, receipt_id=receipt_id)
            self.desk.write()
        last = None if self.desk is None else self.desk.last_charge
        Receipt.objects.create(
            id=receipt_id,
            line_id=self.task.line_id,
            item_kind=ItemKind.TASK.value,
            item_id=self.task.pk,
            round=self.task.round,
            at=self.now,
            outcome="assigned" if to is not None else name,
            cause="manual",
            rep_id=to,
            from_rep_id=self.task.owner_id,
            book_id=None if last is None else last.book_id,
            points=self.task.points,
            actor_id=actor.user_id,
            act=name,
            reason=why,
            note=note[:500],
            body=line,
        )
        return receipt_id

    def _is_settled(self, desk: Desk) -> bool:
        """Whether nothing is booked for it that could be given back."""
        last = desk.last_charge
        if last is None:
            return True
        return any(one.act in _SETTLED and one.pk > last.pk for one in desk.booked)

    def give(self, to: int, *, cause: str, receipt_id: int) -> None:
        """It is somebody's from now on."""
        task = self.task
        task.state, task.owner_id, task.assigned_at = TaskState.OPEN, to, self.now
        task.why_unassigned, task.offered_at, task.reminded_of = None, None, None
        task.cause, task.receipt_id, task.edition = cause, receipt_id, task.edition + 1
        task.claimed_at = self.now if cause == "claimed" else None
        task.save(
            update_fields=[
                "state", "owner", "assigned_at", "why_unassigned", "offered_at", "cause",
                "receipt_id", "edition", "claimed_at", "reminded_of",
            ]
        )  # fmt: skip

    def tell(
        self,
        kind: str,
        data: dict[str, Any],
        *,
        actor: Actor,
        was: int | None,
        is_told: bool = True,
    ) -> None:
        """The event, the pages that are open, and, where `is_told`, notices to who gained or lost
        it."""
        told(self.task, kind, data, actor=actor, at=self.now)
        if not is_told:
            return
        if self.task.owner_id not in (None, actor.user_id, was):
            _notify(self.task, "task_given", self.task.owner_id or 0, actor)
        if was not in (None, actor.user_id, self.task.owner_id):
            _notify(self.task, "task_taken", was or 0, actor)


def _notify(task: Task, kind: str, user_id: int, actor: Actor) -> None:
    tell(
        user_id,
        kind,
        params={"by": actor.user_id, "count": 1},
        object_kind="task",
        object_id=task.pk,
        needed_by=task.due_at if kind == "task_given" else None,
    )


def told(
    task: Task, kind: str, data: dict[str, Any], *, actor: Actor, at: datetime | None = None
) -> None:
    """Write the event of a to-do and wake the pages of its owner."""
    record(kind, actor=actor, object_kind="task", object_id=task.pk, data=data, at=at)
    hint({"tasks": [task.owner_id] if task.owner_id is not None else []})


def open_task(task_id: int, *, rep_id: int | None = None, now: datetime | None = None) -> TaskDesk:
    """Lock a to-do, the books that an act on it can touch and, before it, the person `rep_id`.

    :raises NoSuchLine: its line has no live policy.
    """
    seen = Task.objects.select_related("line").get(pk=task_id)
    world = world_of(seen.line.key, now or now_())
    work = work_of_line(world)

    def lock() -> Task:
        if rep_id is not None:
            lock_person(rep_id)
        return Task.objects.select_for_update(of=("self",)).get(pk=task_id)

    if work is None:
        return TaskDesk(lock(), world, None, world.now)
    about = None
    if seen.item_id is not None:
        link = (seen.item_kind, seen.item_id)
        about = linked([link]).get(link)
    facts = stored_item(seen, about, work.live.policy.schema)
    desk = desk_in(work, ItemKind.TASK, task_id, facts, lock=lock)
    return TaskDesk(desk.item, world, desk, world.now)


def lock_person(rep_id: int) -> None:
    """Lock somebody for what is counted of his: before any to-do of his is locked."""
    list(Rep.objects.select_for_update(no_key=True).filter(pk=rep_id).values_list("pk"))


def check_open(task: Task) -> None:
    """Refuse what is done, skipped or canceled.

    :raises CannotDo: it is.
    """
    if task.state not in (TaskState.OPEN, TaskState.OFFERED):
        raise refuse("over")


def check_edition(task: Task, seen: int | None) -> None:
    """Refuse a change of what somebody else changed meanwhile; None = whatever it is now.

    :raises CannotDo: somebody did.
    """
    if seen is not None and seen != task.edition:
        raise refuse("changed")


Check = Callable[[Task], None]
__all__ = ["CannotDo", "Check", "TaskDesk", "check_edition", "check_open", "open_task", "told"]
