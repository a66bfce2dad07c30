"""One thing changes hands, whatever its kind: under its locks, in the caller's transaction."""

from evenhand.engine.facts import ItemKind
from evenhand.handover.holdings import TASK
from evenhand.leads.access import MODELS
from evenhand.leads.models import Assignment, State
from evenhand.people.actor import SYSTEM, Actor
from evenhand.routing.desk import open_desk
from evenhand.routing.operations.acts import check_peace, check_target
from evenhand.routing.operations.give import give_for
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.giving import hand_over


def is_with(kind: str, item_id: int, rep_id: int, *, since_receipt: int | None = None) -> bool:
    """Whether somebody holds a thing; with `since_receipt`: without a break since that move."""
    if kind == TASK:
        tasks = Task.objects.filter(pk=item_id, state=TaskState.OPEN, owner_id=rep_id)
        tasks = tasks if since_receipt is None else tasks.filter(receipt_id=since_receipt)
        return tasks.exists()
    if since_receipt is not None:
        held = Assignment.objects.filter(item_kind=kind, item_id=item_id, rep_id=rep_id)
        return held.filter(closed_at=None, receipt_id=since_receipt).exists()
    rows = MODELS[kind]._default_manager.filter(pk=item_id)
    return rows.filter(state=State.OWNED, owner_id=rep_id).exists()


def pass_on(
    kind: str,
    item_id: int,
    *,
    holder: int,
    to: int,
    why: str,
    keeps_peace: bool,
    actor: Actor,
) -> int | None:
    """Give a thing from its holder to somebody; the receipt's id, or None if he lost it meanwhile.

    The caller looked whether the actor may, and tells those concerned, once for all.

    :raises Refused: whoever is to have it left, the customer's peace forbids it, or the ledger.
    """
    if kind == TASK:
        return _pass_task_on(item_id, holder, to, why, actor)
    desk = open_desk(ItemKind(kind), item_id)
    if desk.item.state != State.OWNED or desk.item.owner_id != holder:
        return None
    check_target(desk, SYSTEM, to)
    if keeps_peace:
        check_peace(desk, to)
    return give_for(desk, to=to, why=why, actor=actor, is_told=False)


class _NotHis(Exception):
    """The to-do is somebody else's by now, or nobody's."""


def _pass_task_on(task_id: int, holder: int, to: int, why: str, actor: Actor) -> int | None:
    def check(task: Task) -> None:
        if task.owner_id != holder:
            raise _NotHis

    try:
        # Looked at under its lock: he may have given it back a moment ago.
        return hand_over(task_id, to=to, why=why, actor=actor, check=check).receipt_id
    except _NotHis:
        return None
