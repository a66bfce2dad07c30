"""Working on a to-do: ticking its checklist, finishing it with evidence, changing its time."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from evenhand.leads.models import Activity
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now as now_
from evenhand.platform.transactions import in_transaction
from evenhand.tasks.access import locked_task
from evenhand.tasks.making import MOST_QUANTITY
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.desk import check_edition, check_open, told
from evenhand.tasks.operations.giving import check_own
from evenhand.tasks.refusals import refuse

LONGEST_RESULT, LONGEST_LINK, MOST_MINUTES = 2_000, 500, 1_440
# Notes and what the program wrote itself are no contacts.
_NO_CONTACT = ("note", "system")


def tick(task_id: int, number: int, *, is_done: bool = True, actor: Actor) -> Task:
    """Tick one entry of the checklist, or untick it.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is not his, over, or there is no such entry.
    """

    def work() -> Task:
        task = locked_task(actor, task_id, Right.WORK)
        check_own(task, actor)
        if not 0 <= number < len(task.checklist):
            raise refuse("no_such_entry")
        if task.checklist[number][1] != is_done:
            task.checklist[number][1] = is_done
            task.save(update_fields=["checklist"])
        return task

    return in_transaction(work)


def complete(
    task_id: int,
    *,
    result: str = "",
    link: str = "",
    quantity: int | None = None,
    minutes: int | None = None,
    ticked: set[int] | None = None,
    seen: int | None = None,
    actor: Actor,
) -> Task:
    """Finish one's own to-do, with what its type asks for as evidence.

    `ticked` are the entries of the checklist, None = as they are; `minutes` is how long it took.
    Once more changes nothing.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is not his, over, changed meanwhile, or something is missing.
    """
    if len(result) > LONGEST_RESULT:
        raise refuse("text_too_long", "result", limit=LONGEST_RESULT)
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise refuse("minutes_unusable", "minutes", limit=MOST_MINUTES)

    def work() -> Task:
        task = locked_task(actor, task_id, Right.WORK)
        if task.state == TaskState.DONE and task.owner_id == actor.user_id:
            return task
        check_edition(task, seen)
        check_open(task)
        check_own(task, actor)
        now = now_()
        if ticked is not None:
            task.checklist = [[text, k in ticked] for k, (text, _) in enumerate(task.checklist)]
        if not all(is_done for _, is_done in task.checklist):
            raise refuse("checklist_open", "checklist")
        task.quantity_done = task.quantity if quantity is None else quantity
        if not 1 <= task.quantity_done <= MOST_QUANTITY:
            raise refuse("quantity_unusable", "quantity", limit=MOST_QUANTITY)
        task.result, task.result_link = result.strip(), link.strip()
        _prove(task, now)
        task.state, task.done_at, task.handled_minutes = TaskState.DONE, now, minutes
        task.edition += 1
        task.save(
            update_fields=[
                "state", "done_at", "handled_minutes", "quantity_done", "result", "result_link",
                "activity_id", "checklist", "edition",
            ]
        )  # fmt: skip
        data = {
            "rep": task.owner_id,
            "type": task.type,
            "quantity": task.quantity_done,
            "minutes": minutes,
            "evidence": task.needs,
        }
        told(task, "task.done", data, actor=actor, at=now)
        return task

    return in_transaction(work)


def _prove(task: Task, now: datetime) -> None:
    """Refuse a to-do whose evidence is missing; a contact is looked for.

    :raises CannotDo: it is.
    """
    if task.result_link:
        parts = urlsplit(task.result_link)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise refuse("link_unusable", "link")
        if len(task.result_link) > LONGEST_LINK:
            raise refuse("text_too_long", "link", limit=LONGEST_LINK)
    if task.needs == "note" and not task.result:
        raise refuse("result_missing", "result")
    if task.needs == "link" and not task.result_link:
        raise refuse("link_missing", "link")
    if task.needs == "photo" and not task.photos.exists():
        raise refuse("photo_missing", "photo")
    if task.needs == "contact":
        rows = Activity.objects.filter(
            item_kind=task.item_kind,
            item_id=task.item_id or 0,
            user_id=task.owner_id or 0,
            at__gte=task.created_at,
            at__lte=now,
        ).exclude(channel__in=_NO_CONTACT)
        found = rows.order_by("-at").values_list("pk", flat=True).first()
        if found is None:
            raise refuse("contact_missing", "result")
        task.activity_id = found


def reopen(task_id: int, *, actor: Actor) -> Task:
    """Undo finishing it, within the day: it is open again, and its owner's.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is not his or not done, or it is too late.
    """

    def work() -> Task:
        task = locked_task(actor, task_id, Right.WORK)
        if task.state != TaskState.DONE or task.owner_id != actor.user_id:
            raise refuse("not_yours")
        assert task.done_at is not None, "the table says so"
        if (now_() - task.done_at).days >= 1:
            raise refuse("reopened_too_late")
        task.state, task.done_at, task.handled_minutes = TaskState.OPEN, None, None
        task.quantity_done, task.activity_id = 0, None
        task.edition += 1
        task.save(
            update_fields=[
                "state", "done_at", "handled_minutes", "quantity_done", "activity_id", "edition"
            ]
        )  # fmt: skip
        told(task, "task.reopened", {"rep": task.owner_id}, actor=actor)
        return task

    return in_transaction(work)


def reschedule(
    task_id: int,
    *,
    due_at: datetime,
    starts_at: datetime | None = None,
    seen: int | None = None,
    actor: Actor,
) -> Task:
    """Give a to-do another time; one of a series too: the others stay where they are.

    Its owner may, and whoever assigns.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is over, not his, changed meanwhile, or the time cannot be.
    """
    if due_at <= now_():
        raise refuse("due_passed", "due_at")
    if starts_at is not None and due_at <= starts_at:
        raise refuse("due_before_start", "due_at")
    changes: dict[str, Any] = {"due_at": due_at}
    if starts_at is not None:
        changes["starts_at"] = starts_at
    return _change(task_id, changes, "task.rescheduled", seen, actor)


def edit(
    task_id: int, *, title: str, note: str = "", seen: int | None = None, actor: Actor
) -> Task:
    """Change what a to-do is called and what exactly is to be done; raises as `reschedule`."""
    if not title.strip() or len(title) > 200:
        raise refuse("title_unusable", "title", limit=200)
    if len(note) > 5_000:
        raise refuse("text_too_long", "note", limit=5_000)
    changes = {"title": title.strip(), "note": note.strip()}
    return _change(task_id, changes, "task.edited", seen, actor)


def _change(
    task_id: int, changes: dict[str, Any], kind: str, seen: int | None, actor: Actor
) -> Task:
    def work() -> Task:
        task = locked_task(actor, task_id, Right.WORK)
        check_edition(task, seen)
        check_open(task)
        if task.owner_id != actor.user_id and not may(actor, Right.ASSIGN):
            raise refuse("not_yours")
        was = {name: getattr(task, name) for name in changes}
        if all(was[name] == value for name, value in changes.items()):
            return task
        for name, value in changes.items():
            setattr(task, name, value)
        if task.due_at is not None and task.due_at <= task.starts_at:
            task.starts_at = min(now_(), task.due_at)  # it is begun earlier than was planned
        task.edition += 1
        task.save(update_fields=[*changes, "starts_at", "edition"])
        data: dict[str, Any] = {"fields": sorted(changes)}
        if "due_at" in changes:
            before = was["due_at"]
            data = {
                "due_at": changes["due_at"].isoformat(),
                "before": None if before is None else before.isoformat(),
            }
        told(task, kind, data, actor=actor)
        return task

    return in_transaction(work)
