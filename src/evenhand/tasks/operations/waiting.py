"""To-dos that wait: dealt as soon as somebody can take them; and dealing one anew.

A look without locks finds out which could move; only those are decided for real.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from evenhand.engine.facts import Item
from evenhand.engine.routing.contests import books_of
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Outcome
from evenhand.engine.routing.edits import EditAct
from evenhand.engine.routing.plan import plan
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.models import State
from evenhand.ledger.store import read_books
from evenhand.people.actor import SYSTEM, Actor
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import NoSuchLine
from evenhand.policies.models import Line
from evenhand.routing.deal import Placement, deal_work
from evenhand.routing.world import World, roster_for
from evenhand.tasks.carried import everybody_carries
from evenhand.tasks.facts import linked, stored_item
from evenhand.tasks.making import work_of_line, world_for_tasks
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.desk import open_task, told
from evenhand.tasks.refusals import CannotDo

_LOOKED_AT = 1_000


def deal_waiting(*, now: datetime | None = None) -> int:
    """Deal what can be dealt of all lines; returns how many found somebody, or the market."""
    lines = Line.objects.filter(
        is_active=True, pk__in=_waiting().order_by().values("line_id").distinct()
    )
    return sum(_deal_of(key, now) for key in lines.values_list("key", flat=True))


def _waiting() -> QuerySet[Task]:
    return Task.objects.filter(state=TaskState.OPEN, owner=None)


def _deal_of(line_key: str, now: datetime | None) -> int:
    def work() -> int:
        try:
            _, ours = world_for_tasks(line_key, now)
        except (NoSuchLine, CannotDo):
            return 0
        rows = list(_waiting().filter(line__key=line_key).order_by("due_at", "pk")[:_LOOKED_AT])
        movable = _movable(ours, rows)
        return len(deal_tasks(ours, [one for one in rows if one.pk in movable], actor=SYSTEM))

    return in_transaction(work, again=(LoadsMoved,))


def _movable(work: World, rows: Sequence[Task]) -> set[int]:
    """Those of them that would find a place now: a look, nothing is written."""
    policy, clock = work.live.policy, work.people.team.company_calendar
    roster = roster_for(work)
    items = {row.pk: item for row, item in zip(rows, items_of(work, rows), strict=True)}
    readings = {policy.read(one, now=roster.now, clock=clock) for one in items.values()}
    plans = (plan(one, policy, now=roster.now, clock=clock) for one in readings)
    router = Router(
        policy,
        work.people.team,
        now=work.moment,
        seed=work.seed,
        books=read_books(
            work.live.line_id, {key for one in plans for key in books_of(policy, one)}
        ),
        loads=everybody_carries(),
        roster=roster,
    )
    router.settle_members()
    placed = (Outcome.ASSIGNED, Outcome.POOLED)
    return {pk for pk, item in items.items() if router.route(item).outcome in placed}


def items_of(work: World, rows: Sequence[Task], *, gave_back: tuple[str, ...] = ()) -> list[Item]:
    """Stored to-dos as the engine sees them."""
    links = linked((row.item_kind, row.item_id) for row in rows if row.item_id is not None)
    schema = work.live.policy.schema
    return [
        stored_item(row, links.get((row.item_kind, row.item_id or 0)), schema, gave_back=gave_back)
        for row in rows
    ]


def deal_tasks(
    work: World, rows: Sequence[Task], *, actor: Actor, gave_back: tuple[str, ...] = ()
) -> list[Placement]:
    """Deal to-dos that nobody has, in the caller's transaction, in the world `work`.

    :raises LoadsMoved: somebody was quicker; run the transaction again.
    """
    if not rows:
        return []
    placed = deal_work(work, items_of(work, rows, gave_back=gave_back), everybody_carries)
    crashpoint("tasks.dealt")
    locked = {
        one.pk: one
        for one in Task.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.pk for row in rows], state=TaskState.OPEN, owner=None)
        .order_by("pk")
    }
    if len(locked) != len(rows):
        raise LoadsMoved
    for one in placed:
        task = locked[one.item_id]
        place(task, one, work.now)
        data = {"state": str(task.state), "rep": one.rep_id, "receipt": one.receipt_id}
        told(task, "task.dealt", data, actor=actor)
    return placed


def place(task: Task, placed: Placement, at: datetime) -> None:
    """Write where a to-do is by a decision."""
    offered = placed.state == State.POOLED
    task.state = TaskState.OFFERED if offered else TaskState.OPEN
    task.owner_id = placed.rep_id
    task.assigned_at = at if placed.rep_id is not None else None
    task.offered_at = at if offered else None
    task.cause, task.claimed_at, task.reminded_of = placed.cause, None, None
    task.why_unassigned = None if placed.why is None else placed.why.as_json()
    task.receipt_id, task.round, task.edition = placed.receipt_id, placed.round, task.edition + 1
    task.save(
        update_fields=[
            "state", "owner", "assigned_at", "offered_at", "cause", "claimed_at",
            "why_unassigned", "receipt_id", "round", "edition", "reminded_of",
        ]
    )  # fmt: skip


def deal_anew(task_id: int, *, why: str) -> bool:
    """The program takes a to-do from its owner and deals it to somebody else, in one transaction.

    Whether somebody has it now, or the market; where nobody can take it, it stays where it is.
    """

    def work() -> bool:
        desk = open_task(task_id)
        task = desk.task
        ours = work_of_line(desk.world)
        if task.state != TaskState.OPEN or task.owner_id is None or ours is None:
            return False
        was = task.owner_id
        # The way to the holder would lead back to him: the rules alone are asked.
        receipt_id = desk.book(EditAct.RETURN, name="return", why=why, actor=SYSTEM)
        (placed,) = deal_work(
            ours, items_of(ours, [task], gave_back=(str(was),)), everybody_carries
        )
        if placed.rep_id is None and placed.state != State.POOLED:
            raise _NobodyElse
        place(task, placed, desk.now)
        data = {"rep": task.owner_id, "from": was, "reason": why, "receipt": receipt_id}
        desk.tell("task.transferred", data, actor=SYSTEM, was=was)
        return True

    try:
        return in_transaction(work, again=(LoadsMoved,))
    except _NobodyElse:
        return False


class _NobodyElse(Exception):
    """Nobody else can take it: nothing is changed."""
