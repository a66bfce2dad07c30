"""To-dos change hands: assigned, offered, claimed, given back, moved to somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.engine.reasons import Reason
from evenhand.engine.routing.edits import EditAct
from evenhand.people.access import rep_for
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import in_transaction
from evenhand.routing.act_reasons import OTHER, REASONS
from evenhand.tasks.access import task_for
from evenhand.tasks.carried import claimed_since, held_of_claims
from evenhand.tasks.market import claims_here, midnight_of, why_not_claim, why_unfit
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.desk import (
    Check,
    TaskDesk,
    check_edition,
    check_open,
    open_task,
)
from evenhand.tasks.refusals import CannotDo, refuse

MOST_AT_ONCE = 200
BACK_REASONS = ("overload", "language", "not_possible", OTHER)


def assign(
    task_id: int, *, to: int, why: str = "", note: str = "", seen: int | None = None, actor: Actor
) -> Task:
    """Give a to-do to a rep: one that waits, one from the market, or one of somebody else's.

    His limits do not bind who assigns. What the former owner had for it he gets back.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is over, his already, he left, or it was changed meanwhile.
    """
    seen_task = task_for(actor, task_id, Right.ASSIGN)
    if seen_task.owner_id is not None:
        demand(actor, Right.TRANSFER)
    check_receiver(to, actor)
    return in_transaction(lambda: _hand_to(task_id, to, why, note, seen, actor))


def transfer(
    task_id: int,
    *,
    to: int,
    why: str,
    note: str = "",
    seen: int | None = None,
    actor: Actor,
) -> Task:
    """Move a to-do to another rep; raises as `assign`.

    :raises CannotDo: also where the reason is not on the list.
    """
    if why not in REASONS["transfer"] and why != "departure":
        raise refuse("reason_unknown", "reason")
    if why == OTHER and not note.strip():
        raise refuse("note_missing", "note")
    task_for(actor, task_id, Right.TRANSFER)
    check_receiver(to, actor)
    return in_transaction(lambda: _hand_to(task_id, to, why, note, seen, actor))


def hand_over(
    task_id: int,
    *,
    to: int,
    why: str,
    actor: Actor,
    check: Check | None = None,
    is_told: bool = True,
) -> Task:
    """The same in the caller's transaction, for acts that move many: leave, departure, rebalance.

    The caller looked whether the actor may, and holds no to-do locked. `check` looks at it once
    more under its lock. Not `is_told`: the caller tells whoever gained or lost it.

    :raises CannotDo: it is over, or his already.
    """
    return _hand_to(task_id, to, why, "", None, actor, check, is_told)


def _hand_to(
    task_id: int,
    to: int,
    why: str,
    note: str,
    seen: int | None,
    actor: Actor,
    check: Check | None = None,
    is_told: bool = True,
) -> Task:
    desk = open_task(task_id, rep_id=to)
    task = desk.task
    check_edition(task, seen)
    check_open(task)
    if check is not None:
        check(task)
    was = task.owner_id
    if was == to:
        raise refuse("his_already")
    name = "assign" if was is None else "transfer"
    act = EditAct.ASSIGN if was is None else EditAct.TRANSFER
    receipt_id = desk.book(act, name=name, to=to, why=why, note=note, actor=actor)
    desk.give(to, cause="manual", receipt_id=receipt_id)
    data = {"rep": to, "from": was, "reason": why, "receipt": receipt_id}
    kind = "task.assigned" if was is None else "task.transferred"
    desk.tell(kind, data, actor=actor, was=was, is_told=is_told)
    return task


def check_receiver(rep_id: int, actor: Actor) -> None:
    """Refuse whom a to-do cannot be given.

    :raises NotFound: he is out of reach.
    :raises CannotDo: he left.
    """
    rep = rep_for(actor, rep_id)
    if not (rep.is_active and rep.user.is_active):
        raise refuse("person_left", "rep", name=rep.user.name)


def offer(task_id: int, *, seen: int | None = None, actor: Actor) -> Task:
    """Put a to-do on the market; who had it gets back what it cost him.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is over, or there already.
    """
    task_for(actor, task_id, Right.ASSIGN)

    def work() -> Task:
        desk = open_task(task_id)
        check_edition(desk.task, seen)
        check_open(desk.task)
        if desk.task.state == TaskState.OFFERED:
            raise refuse("offered_already")
        _offer(desk, name="pool", why="", note="", kind="task.offered", actor=actor)
        return desk.task

    return in_transaction(work)


def give_back(
    task_id: int, *, why: str, note: str = "", seen: int | None = None, actor: Actor
) -> Task:
    """One's own to-do goes to the market; what it cost comes back.

    :raises NotAllowed, NotFound: not his to do, or out of his reach.
    :raises CannotDo: it is not his, over, of a reason not on the list, or the rules forbid it.
    """
    if why not in BACK_REASONS:
        raise refuse("reason_unknown", "reason")
    if why == OTHER and not note.strip():
        raise refuse("note_missing", "note")
    task_for(actor, task_id, Right.RETURN)

    def work() -> Task:
        desk = open_task(task_id)
        check_edition(desk.task, seen)
        check_open(desk.task)
        check_own(desk.task, actor)
        terms = desk.world.live.tasks
        if terms is not None and not terms.market.give_back:
            raise refuse("no_giving_back")
        _offer(desk, name="return", why=why, note=note, kind="task.given_back", actor=actor)
        return desk.task

    return in_transaction(work)


def check_own(task: Task, actor: Actor) -> None:
    """Refuse whoever does not have a to-do himself.

    :raises CannotDo: he does not.
    """
    if task.state != TaskState.OPEN or task.owner_id != actor.user_id:
        raise refuse("not_yours")


def _offer(desk: TaskDesk, *, name: str, why: str, note: str, kind: str, actor: Actor) -> None:
    task, was = desk.task, desk.task.owner_id
    receipt_id = desk.book(EditAct.RETURN, name=name, why=why, note=note, actor=actor)
    task.state, task.owner_id, task.assigned_at = TaskState.OFFERED, None, None
    task.why_unassigned, task.claimed_at, task.offered_at = None, None, desk.now
    task.receipt_id, task.round, task.edition = receipt_id, task.round + 1, task.edition + 1
    task.save(
        update_fields=[
            "state", "owner", "assigned_at", "why_unassigned", "claimed_at", "offered_at",
            "receipt_id", "round", "edition",
        ]
    )  # fmt: skip
    data = {"from": was, "reason": why, "receipt": receipt_id}
    desk.tell(kind, data, actor=actor, was=was)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What became of one to-do that somebody wanted: refused with the reason, or his."""

    task_id: int
    refused: Reason | None = None
    receipt_id: int | None = None


def claim(task_ids: Iterable[int], *, actor: Actor) -> list[Claimed]:
    """Claim to-dos from the market (申领), each judged by itself under its locks, in this order.

    :raises NotAllowed: the actor does not claim.
    :raises CannotDo: he is no rep in service, or wants too many at once.
    """
    demand(actor, Right.CLAIM)
    if not actor.is_rep or actor.user_id is None:
        raise refuse("no_rep")
    wanted = list(dict.fromkeys(task_ids))
    if len(wanted) > MOST_AT_ONCE:
        raise refuse("too_many", limit=MOST_AT_ONCE)
    found = []
    for task_id in wanted:
        try:
            task = claim_one(task_id, actor=actor)
            found.append(Claimed(task_id, receipt_id=task.receipt_id))
        except CannotDo as error:
            found.append(Claimed(task_id, refused=error.why))
        except NotFound:
            found.append(Claimed(task_id, refused=refuse("gone").why))
    return found


def claim_one(task_id: int, *, actor: Actor) -> Task:
    """Claim one to-do. Losing changes nothing and uses no limit up.

    :raises NotAllowed: the actor does not claim.
    :raises NotFound: there is none within his reach.
    :raises CannotDo: why, and where it is a question of limits, which.
    """
    demand(actor, Right.CLAIM)
    if not actor.is_rep or actor.user_id is None:
        raise refuse("no_rep")
    own = actor.user_id
    # Whoever comes late is told so without standing in line for the locks.
    if not Task.objects.filter(pk=task_id, state=TaskState.OFFERED).exists():
        if not Task.objects.filter(pk=task_id, offered_at=None, cause="claimed").exists():
            task_for(actor, task_id)
        raise refuse("gone")

    def work() -> Task:
        desk = open_task(task_id, rep_id=own)
        task = desk.task
        if task.state != TaskState.OFFERED:
            raise refuse("gone")
        _check_claim(desk, own, actor)
        receipt_id = desk.book(EditAct.ASSIGN, name="claim", to=own, actor=actor)
        desk.give(own, cause="claimed", receipt_id=receipt_id)
        data = {"rep": own, "receipt": receipt_id}
        desk.tell("task.claimed", data, actor=actor, was=None)
        return task

    return in_transaction(work)


def _check_claim(desk: TaskDesk, rep_id: int, actor: Actor) -> None:
    """Refuse a claim that the market's terms do not let through.

    :raises CannotDo: they do not.
    """
    section = desk.world.live.tasks
    if section is None or desk.desk is None or not claims_here(actor, desk.world, section.market):
        raise refuse("no_member")
    why = why_unfit(desk.desk.router.roster, rep_id, desk.task, desk.desk.prepared.plan.bindings)
    if why is not None:
        raise CannotDo(why)
    used = claimed_since(rep_id, midnight_of(desk.world, desk.now))
    held, points = held_of_claims(rep_id)
    why = why_not_claim(section.market, used, held, points, desk.task.points)
    if why is not None:
        raise CannotDo(why)
