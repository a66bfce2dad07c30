"""To-dos that are not done: skipped by their owner, canceled by who gives work or by the program.

What they cost in workload points comes back: it is no work that anybody did.
"""

from collections.abc import Iterable

from evenhand.engine.routing.edits import EditAct
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.scope import Right
from evenhand.platform.transactions import in_transaction
from evenhand.tasks.access import task_for
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.desk import Check, TaskDesk, check_edition, check_open, open_task
from evenhand.tasks.operations.giving import check_own
from evenhand.tasks.refusals import refuse

REASONS = ("not_needed", "not_possible", "duplicate", "customer_wish", "other")


def skip(task_id: int, *, why: str, note: str = "", seen: int | None = None, actor: Actor) -> Task:
    """Skip one's own to-do, or one of a series; the next of the series comes as ever.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is not his, over, or the reason is not on the list.
    """
    return _by_hand(task_id, TaskState.SKIPPED, why, note, seen, Right.WORK, actor)


def cancel(
    task_id: int, *, why: str, note: str = "", seen: int | None = None, actor: Actor
) -> Task:
    """Cancel a to-do that nobody needs to do; for who gives work. Raises as `skip`."""
    return _by_hand(task_id, TaskState.CANCELED, why, note, seen, Right.ASSIGN, actor)


def _by_hand(
    task_id: int,
    state: TaskState,
    why: str,
    note: str,
    seen: int | None,
    right: Right,
    actor: Actor,
) -> Task:
    if why not in REASONS:
        raise refuse("reason_unknown", "reason")
    if why == "other" and not note.strip():
        raise refuse("note_missing", "note")
    task_for(actor, task_id, right)

    def work() -> Task:
        desk = open_task(task_id)
        check_edition(desk.task, seen)
        check_open(desk.task)
        if state is TaskState.SKIPPED:
            check_own(desk.task, actor)
        _end(desk, state, why, note, actor)
        return desk.task

    return in_transaction(work)


def end_now(
    task_id: int,
    state: TaskState,
    why: str,
    *,
    actor: Actor = SYSTEM,
    is_told: bool = True,
    check: Check | None = None,
) -> bool:
    """The program ends a to-do in the caller's transaction; whether it was open still.

    Without `is_told` its owner is not: the caller tells everybody once of all that he ends.
    `check` looks at it under its locks and may refuse.
    """
    desk = open_task(task_id)
    if desk.task.state not in (TaskState.OPEN, TaskState.OFFERED):
        return False
    if check is not None:
        check(desk.task)
    _end(desk, state, why, "", actor, is_told=is_told)
    return True


def cancel_all(task_ids: Iterable[int], *, why: str) -> int:
    """The program cancels to-dos, each in a transaction of its own; how many were open still."""
    return sum(
        in_transaction(lambda one=one: end_now(one, TaskState.CANCELED, why))  # type: ignore[misc]
        for one in task_ids
    )


def _end(
    desk: TaskDesk, state: TaskState, why: str, note: str, actor: Actor, *, is_told: bool = True
) -> None:
    task, was = desk.task, desk.task.owner_id
    receipt_id = desk.book(EditAct.VOID, name="void", why=why, note=note, actor=actor)
    task.state, task.closed_reason, task.receipt_id = state, why, receipt_id
    task.why_unassigned, task.offered_at = None, None
    task.edition += 1
    task.save(
        update_fields=[
            "state", "closed_reason", "receipt_id", "why_unassigned", "offered_at", "edition"
        ]
    )  # fmt: skip
    kind = "task.skipped" if state is TaskState.SKIPPED else "task.canceled"
    data = {"from": was, "reason": why, "receipt": receipt_id}
    desk.tell(kind, data, actor=actor, was=was, is_told=is_told)
