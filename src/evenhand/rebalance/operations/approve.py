"""Approving a rebalance, making its moves, and taking them back within a day.

The moves are made by a job, each in a transaction of its own together with its mark: a job that
dies goes on where it stopped, and nothing moves twice. Each is a transfer with its receipt: who
gives is refunded, who takes pays. What changed since it was looked at is not moved. Where the rules
keep to working hours, a move waits until those of its receiver begin; it says so.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import Reason, reason
from evenhand.journal.operations import record
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.models import Assignment, State
from evenhand.notify.operations import tell
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.queries.absences import away_until
from evenhand.people.scope import Right, actor_of, may
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import NotFound, Refused
from evenhand.platform.transactions import in_transaction
from evenhand.rebalance.access import people_of, rebalance_for
from evenhand.rebalance.models import MoveState, Rebalance, RebalanceMove, RebalanceState
from evenhand.rebalance.names import TASK
from evenhand.rebalance.operations.propose import faults
from evenhand.rebalance.refusals import fault_reason, refuse
from evenhand.rebalance.takers import why_not_yet
from evenhand.rebalance.todos import version_of
from evenhand.routing.desk import CannotAct, Desk, open_desk
from evenhand.routing.operations.acts import check_peace, check_target
from evenhand.routing.operations.give import give_for
from evenhand.routing.world import World, world_of
from evenhand.tasks.models import Task
from evenhand.tasks.operations.giving import check_receiver, hand_over

JOB = "evenhand:rebalance"
UNDO_WITHIN = timedelta(days=1)
_UNDONE_FROM = (RebalanceState.APPROVED, RebalanceState.DONE)
MADE, TAKEN_BACK = "rebalance", "rebalance_undone"


def approve(rebalance_id: int, *, leaving_out: bool = False, actor: Actor) -> Rebalance:
    """Approve a proposal: a job makes its moves. `leaving_out`: without those that no longer hold.

    :raises NotAllowed, NotFound: as `rebalance_for`; or people of it are out of his reach.
    :raises CannotRebalance: it is approved already, some moves no longer hold, or none is left.
    """

    def work() -> Rebalance:
        found = rebalance_for(actor, rebalance_id, Right.TRANSFER, locked=True)
        if found.state != RebalanceState.PROPOSED:
            raise refuse("rebalance.not_open")
        rows = found.moves.filter(state=MoveState.PROPOSED)
        _must_reach(actor, found, rows.values_list("from_rep_id", "to_rep_id"))
        wrong = faults(found)
        if wrong and not leaving_out:
            raise refuse("rebalance.stale", count=len({pk for pk, _ in wrong}))
        now = timezone.now()
        for pk, fault in wrong:
            found.moves.filter(pk=pk).update(
                state=MoveState.REFUSED, why=fault_reason(fault).as_json(), settled_at=now
            )
        count = rows.count()
        if not count:
            raise refuse("rebalance.nothing_left")
        found.state, found.approved_by_id, found.approved_at = (
            RebalanceState.APPROVED,
            actor.user_id,
            now,
        )
        found.save(update_fields=["state", "approved_by", "approved_at"])
        _record("rebalance.approved", found, actor, moves=count)
        _defer(found)
        return found

    return in_transaction(work)


def undo(rebalance_id: int, *, actor: Actor) -> Rebalance:
    """Take the moves back within a day; what has moved on since stays where it is, and what still
    waits is not made.

    :raises NotAllowed, NotFound: as `rebalance_for`; or people of it are out of his reach.
    :raises CannotRebalance: it is not approved, or was done more than a day ago.
    """

    def work() -> Rebalance:
        found = rebalance_for(actor, rebalance_id, Right.TRANSFER, locked=True)
        if found.state not in _UNDONE_FROM:
            raise refuse("rebalance.not_done")
        if not may_undo(found):
            raise refuse("rebalance.too_late", limit=UNDO_WITHIN // timedelta(hours=1))
        found.moves.filter(state=MoveState.PROPOSED).update(
            state=MoveState.OUT, why=None, settled_at=timezone.now()
        )
        rows = found.moves.filter(state=MoveState.DONE)
        _must_reach(actor, found, rows.values_list("from_rep_id", "to_rep_id"))
        found.state, found.undone_by_id, found.undone_at = (
            RebalanceState.UNDOING,
            actor.user_id,
            timezone.now(),
        )
        found.save(update_fields=["state", "undone_by", "undone_at"])
        _record("rebalance.undone", found, actor, moves=rows.count())
        _defer(found)
        return found

    return in_transaction(work)


def may_undo(found: Rebalance) -> bool:
    """Whether it can be taken back still: until a day after its last move."""
    if found.state not in _UNDONE_FROM:
        return False
    return found.finished_at is None or timezone.now() <= found.finished_at + UNDO_WITHIN


def _must_reach(actor: Actor, found: Rebalance, pairs: Iterable[tuple[int, int]]) -> None:
    within = {one.id for one in people_of(actor, None)}
    if not {rep for pair in pairs for rep in pair} <= within:
        raise NotFound("rebalance", found.pk)


class NotYet(Exception):
    """A move waits for the working hours of its receiver; `opens_at` None = they never begin."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.code)
        opens_at = why["opens_at"]
        self.why = why
        self.opens_at = None if opens_at is None else datetime.fromisoformat(str(opens_at))


def _defer(found: Rebalance, at: datetime | None = None) -> None:
    # One that waits for a time has a lock of its own: it keeps no other from going on now.
    lock = f"rebalance:{found.pk}" if at is None else f"rebalance:{found.pk}:later"
    job = app.configure_task(JOB, queue="long", lock=lock, schedule_at=at)
    job.defer(rebalance_id=found.pk)


def go_on(rebalance_id: int) -> None:
    """Make or take back the moves that wait; called again, it goes on. For the job."""
    found = Rebalance.objects.get(pk=rebalance_id)
    if found.state == RebalanceState.APPROVED:
        waiting = _each(found, MoveState.PROPOSED, found.approved_by_id or 0, _make)
        if waiting is not None:
            _defer(found, at=waiting)
            return
        _finish(found, RebalanceState.APPROVED, RebalanceState.DONE)
    elif found.state == RebalanceState.UNDOING:
        _each(found, MoveState.DONE, found.undone_by_id or 0, _take_back)
        _finish(found, RebalanceState.UNDOING, RebalanceState.UNDONE)


Act = Callable[[RebalanceMove, Actor], None]


def _each(found: Rebalance, state: MoveState, user_id: int, act: Act) -> datetime | None:
    """Settle the moves one by one; when the first of those that wait can be tried again."""
    rows = found.moves.filter(state=state).order_by("item_kind", "item_id")
    waiting: list[datetime] = []
    for pk in rows.values_list("pk", flat=True):
        user = User.objects.select_related("rep").get(pk=user_id)
        opens_at = _one(pk, state, user, act)
        if opens_at is not None:
            waiting.append(opens_at)
        crashpoint("rebalance.between_moves")
    return min(waiting, default=None)


def _one(move_id: int, state: MoveState, user: User, act: Act) -> datetime | None:
    """Settle one move; where it waits, until when."""

    def work() -> datetime | None:
        rows = RebalanceMove.objects.select_for_update(of=("self",))
        row = rows.filter(pk=move_id, state=state).first()
        if row is None:
            return None
        row.settled_at = timezone.now()
        row.why = None
        try:
            with transaction.atomic():
                actor = actor_of(user)
                if not (user.is_active and may(actor, Right.TRANSFER)):
                    raise CannotAct(reason("act.out_of_reach"))
                act(row, actor)
                crashpoint("rebalance.moved")
        except NotYet as wait:
            row.why, row.settled_at = wait.why.as_json(), None
            if wait.opens_at is None:
                row.state = MoveState.REFUSED
            row.save()
            return wait.opens_at
        except Refused as refusal:
            row.state = MoveState.REFUSED if state == MoveState.PROPOSED else MoveState.KEPT
            row.why = refusal.why.as_json()
        row.save()
        return None

    return in_transaction(work, again=(LoadsMoved,))


def _make(row: RebalanceMove, actor: Actor) -> None:
    _must_be_there(row.to_rep_id, timezone.now())
    if row.item_kind == TASK:
        seen = (row.from_rep_id, row.assignment_id)
        line = Task.objects.filter(pk=row.item_id).values_list("line__key", flat=True).first()
        if line is not None:
            _must_receive_now(world_of(line), row.to_rep_id)
        row.receipt_id = _pass_task_on(row, seen, row.to_rep_id, MADE, actor)
    else:
        row.receipt_id = _pass_on(row, actor)
    row.state = MoveState.DONE


def _pass_on(row: RebalanceMove, actor: Actor) -> int:
    held = Assignment.objects.filter(pk=row.assignment_id, closed_at=None)
    desk = _desk_of(row, row.to_rep_id, held, actor)
    _must_receive_now(desk.world, row.to_rep_id)
    check_peace(desk, row.to_rep_id)
    return give_for(desk, to=row.to_rep_id, why=MADE, actor=actor, is_told=False)


def _desk_of(row: RebalanceMove, to_rep_id: int, held: QuerySet[Assignment], actor: Actor) -> Desk:
    """The desk of an item that is still held as it was then, and may go to somebody.

    :raises CannotAct: it has another owner by now.
    """
    desk = open_desk(ItemKind(row.item_kind), row.item_id)
    if desk.item.state != State.OWNED or not held.exists():
        raise CannotAct(reason("rebalance.owner_changed"))
    check_target(desk, actor, to_rep_id)
    return desk


def _take_back(row: RebalanceMove, actor: Actor) -> None:
    if row.item_kind == TASK:
        seen = (row.to_rep_id, row.receipt_id or 0)
        row.undo_receipt_id = _pass_task_on(row, seen, row.from_rep_id, TAKEN_BACK, actor)
    else:
        row.undo_receipt_id = _bring_back(row, actor)
    row.state = MoveState.UNDONE


def _bring_back(row: RebalanceMove, actor: Actor) -> int:
    held = Assignment.objects.filter(
        item_kind=row.item_kind, item_id=row.item_id, closed_at=None, receipt_id=row.receipt_id
    )
    desk = _desk_of(row, row.from_rep_id, held, actor)
    return give_for(desk, to=row.from_rep_id, why=TAKEN_BACK, actor=actor, is_told=False)


def _pass_task_on(
    row: RebalanceMove, seen: tuple[int, int], to: int, why: str, actor: Actor
) -> int | None:
    """Hand a to-do over, in the book of workload points, where it is still where it was seen."""

    def check(task: Task) -> None:
        if (task.owner_id, version_of(task.receipt_id)) != seen:
            raise CannotAct(reason("rebalance.owner_changed"))

    try:
        check_receiver(to, actor)
    except NotFound:
        raise CannotAct(reason("act.nobody_there", rep=str(to))) from None
    return hand_over(
        row.item_id, to=to, why=why, actor=actor, check=check, is_told=False
    ).receipt_id


def _must_receive_now(world: World, rep_id: int) -> None:
    why = why_not_yet(world, rep_id)
    if why is not None:
        raise NotYet(why)


def _must_be_there(rep_id: int, now: datetime) -> None:
    if away_until([rep_id], now):
        raise CannotAct(reason("rebalance.away"))


def _finish(found: Rebalance, was: RebalanceState, state: RebalanceState) -> None:
    """Close it, and tell everybody once what he gained or lost."""
    is_made = state == RebalanceState.DONE
    settled = MoveState.DONE if is_made else MoveState.UNDONE

    def work() -> None:
        rows = Rebalance.objects.filter(pk=found.pk, state=was)
        if not rows.update(state=state, finished_at=timezone.now()):
            return
        by = (found.approved_by_id if is_made else found.undone_by_id) or 0
        actor = actor_of(User.objects.select_related("rep").get(pk=by))
        counts = Counter(found.moves.values_list("state", flat=True))
        _record(
            "rebalance.finished",
            found,
            actor,
            moves=counts[settled],
            refused=counts[MoveState.REFUSED] if is_made else counts[MoveState.KEPT],
            is_undone=not is_made,
        )
        pairs = list(found.moves.filter(state=settled).values_list("from_rep_id", "to_rep_id"))
        gains = Counter(to if is_made else away for away, to in pairs)
        losses = Counter(away if is_made else to for away, to in pairs)
        for kind, people in (("rebalanced_to_you", gains), ("rebalanced_away", losses)):
            for user_id, count in sorted(people.items()):
                tell(
                    user_id, kind, params={"by": by, "count": count},
                    object_kind="rebalance", object_id=found.pk,
                )  # fmt: skip

    in_transaction(work)


def _record(kind: str, found: Rebalance, actor: Actor, **data: int | bool) -> None:
    record(
        kind,
        actor=actor,
        object_kind="rebalance",
        object_id=found.pk,
        data={"rebalance": found.pk, **data},
    )
