"""A leave begins: what its cover names goes to the substitutes. It ends: what is to comes back.

For the job. Each item moves in a transaction of its own, together with the row that says so: a job
that dies goes on where it stopped, and nothing moves twice. Every move is booked as a transfer:
who gives is refunded, who takes pays, and what comes back is booked the other way round.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from evenhand.engine.reasons import Reason, reason
from evenhand.handover.holdings import TASK, Holding, holdings_of, tasks_of
from evenhand.handover.models import Back, Cover, CoverMove, CoverRule, CoverState, Touch
from evenhand.handover.moving import is_with, pass_on
from evenhand.journal.operations import record
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.models import Activity, Direction
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Leave, Rep
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction

_DAY = timedelta(days=1)


def cover_due(now: datetime) -> int:
    """Begin and go on with covers whose leave has begun, end those whose leave is over.

    Returns how many items changed hands.
    """
    moved = 0
    going = Cover.objects.filter(
        Q(state=CoverState.AGREED) | Q(state=CoverState.BEGUN), leave__from_at__lte=now
    )
    for cover in going.select_related("leave__rep").order_by("pk"):
        leave = cover.leave
        if leave.canceled_at is not None or leave.until_at <= now:
            moved += _end(cover, now)
        else:
            moved += _begin(cover, now)
    # A leave that was canceled before it began never gets here: its plan is dropped.
    never = Cover.objects.filter(state__in=(CoverState.ASKED, CoverState.AGREED)).filter(
        Q(leave__canceled_at__isnull=False) | Q(leave__until_at__lte=now)
    )
    never.update(state=CoverState.DROPPED)
    return moved


def _begin(cover: Cover, now: datetime) -> int:
    """Move what he holds and has not been tried yet; also what reached him since."""
    rules = list(cover.rules.order_by("position"))
    tried = set(cover.moves.values_list("item_kind", "item_id"))
    wanted = [
        (one, rule, to)
        for one in (
            *holdings_of(cover.leave.rep_id),
            *tasks_of(cover.leave.rep_id, due_before=cover.leave.until_at),
        )
        if (one.kind, one.item_id) not in tried
        and (rule := rule_for(rules, one)) is not None
        and (to := rule.substitute_id) is not None
    ]
    moved: dict[int, int] = {}
    for one, rule, to in wanted:
        try:
            if _move(cover, rule, one, to, now):
                moved[to] = moved.get(to, 0) + 1
        except _Dropped:
            if not moved:
                return 0
            break  # whoever has some of it already is told so
        crashpoint("cover.between_moves")
    _note_begun(cover, moved, now)
    return sum(moved.values())


def rule_for(rules: Sequence[CoverRule], one: Holding) -> CoverRule | None:
    """The first rule that fits an item."""
    touch = Touch.LIVE if one.is_live else Touch.NEW
    for rule in rules:
        fits = (
            rule.item_kind in ("", one.kind)
            and rule.grade in ("", one.grade)
            and rule.touch in ("", touch)
        )
        if fits:
            return rule
    return None


def _move(cover: Cover, rule: CoverRule, one: Holding, to: int, now: datetime) -> bool:
    def work() -> bool:
        row = CoverMove(
            cover=cover, item_kind=one.kind, item_id=one.item_id, to_rep_id=to,
            state="moved", moved_at=now,
        )  # fmt: skip
        try:
            with transaction.atomic():
                _check_there(to, now)
                holder = cover.leave.rep_id
                row.receipt_id = pass_on(
                    one.kind, one.item_id, holder=holder, to=to, why="leave", keeps_peace=True,
                    actor=SYSTEM,
                )  # fmt: skip
            if row.receipt_id is None:
                return False
        except Refused as refusal:
            row.state, row.why, row.settled_at = "refused", refusal.why.as_json(), now
        crashpoint("cover.moved")
        row.save(force_insert=True)
        _mark_begun(cover, rule)
        return row.state == "moved"

    return in_transaction(work, again=(LoadsMoved,))


class _Dropped(Exception):
    """Somebody dropped or changed the plan before its first move, or he is back already."""


def _mark_begun(cover: Cover, rule: CoverRule) -> None:
    """From its first move on nobody can drop or change a plan: what has moved would not come back.

    Last in its transaction, as whoever changes a plan takes the person's row before the plan's.
    """
    going = (CoverState.AGREED, CoverState.BEGUN)
    if not Cover.objects.filter(pk=cover.pk, state__in=going).update(state=CoverState.BEGUN):
        raise _Dropped
    # Looked at once the plan is locked: another one in its place has rules of its own.
    there = CoverRule.objects.filter(
        pk=rule.pk, cover__leave__canceled_at=None, cover__leave__until_at=cover.leave.until_at
    )
    if not there.exists():
        raise _Dropped


def _check_there(rep_id: int, now: datetime) -> None:
    away = Leave.objects.filter(rep_id=rep_id, canceled_at=None, from_at__lte=now, until_at__gt=now)
    if away.exists():
        name = Rep.objects.values_list("user__name", flat=True).get(pk=rep_id)
        raise Refused(reason("handover.away_then", name=name))


@transaction.atomic
def _note_begun(cover: Cover, moved: dict[int, int], now: datetime) -> None:
    rows = Cover.objects.filter(pk=cover.pk, state__in=(CoverState.AGREED, CoverState.BEGUN))
    begun = rows.filter(begun_at=None).update(state=CoverState.BEGUN, begun_at=now)
    leave = cover.leave
    if begun:
        refused = cover.moves.filter(state="refused").count()
        data = {"leave": leave.pk, "moved": sum(moved.values()), "refused": refused}
        record("cover.begun", actor=SYSTEM, object_kind="person", object_id=leave.rep_id, data=data)
    for to, count in sorted(moved.items()):
        tell(
            to, "cover_begun", params={"by": leave.rep_id, "count": count},
            object_kind="leave", object_id=leave.pk,
        )  # fmt: skip


def _end(cover: Cover, now: datetime) -> int:
    """Bring back what is to come back, as much of it as a day may bring."""
    back = 0
    for row in cover.moves.filter(state="moved").order_by("moved_at", "pk"):
        if cover.back_per_day is not None and _back_today(cover, now) >= cover.back_per_day:
            break
        back += _settle(cover, row, now)
        crashpoint("cover.between_returns")
    _note_ended(cover, back, now)
    return back


def _back_today(cover: Cover, now: datetime) -> int:
    return cover.moves.filter(state="back", settled_at__gt=now - _DAY).count()


def _settle(cover: Cover, row: CoverMove, now: datetime) -> bool:
    """Whether it came back; otherwise it stays where it is, and the row says why."""

    def work() -> bool:
        fresh = CoverMove.objects.filter(pk=row.pk, state="moved").first()
        if fresh is None:
            return False
        why = _why_kept(cover, fresh)
        try:
            if why is None:
                with transaction.atomic():
                    fresh.back_receipt_id = pass_on(
                        fresh.item_kind, fresh.item_id, holder=fresh.to_rep_id,
                        to=cover.leave.rep_id, why="leave_over", keeps_peace=True, actor=SYSTEM,
                    )  # fmt: skip
                if fresh.back_receipt_id is None:  # he lost it a moment ago
                    why = reason("handover.moved_on")
        except Refused as refusal:
            why = refusal.why
        fresh.state = "back" if why is None else "kept"
        fresh.why = None if why is None else why.as_json()
        fresh.settled_at = now
        fresh.save()
        return why is None

    return in_transaction(work, again=(LoadsMoved,))


def _why_kept(cover: Cover, row: CoverMove) -> Reason | None:
    if cover.comes_back == Back.NONE:
        return reason("handover.stays_by_plan")
    if not is_with(row.item_kind, row.item_id, row.to_rep_id, since_receipt=row.receipt_id):
        return reason("handover.moved_on")
    if cover.comes_back == Back.UNTOUCHED:
        spoken = Activity.objects.filter(
            item_kind=row.item_kind,
            item_id=row.item_id,
            user_id=row.to_rep_id,
            at__gte=row.moved_at,
            direction__in=(Direction.OUT, Direction.BOTH),
        )
        if spoken.exists():
            return reason("handover.in_conversation")
    return None


@transaction.atomic
def _note_ended(cover: Cover, back: int, now: datetime) -> None:
    leave = cover.leave
    if back:
        tell(
            leave.rep_id, "cover_back", params={"count": back},
            object_kind="leave", object_id=leave.pk,
        )  # fmt: skip
    if cover.moves.filter(state="moved").exists():
        return
    rows = Cover.objects.filter(pk=cover.pk, state__in=(CoverState.AGREED, CoverState.BEGUN))
    if rows.update(state=CoverState.ENDED, ended_at=now):
        data = {
            "leave": leave.pk,
            "back": cover.moves.filter(state="back").count(),
            "kept": cover.moves.filter(state="kept").count(),
        }
        record("cover.ended", actor=SYSTEM, object_kind="person", object_id=leave.rep_id, data=data)


def sees_to_task(task_id: int, leave_id: int) -> bool:
    """Whether the plan for a leave will move a to-do to a substitute, and has not tried yet."""
    cover = Cover.objects.filter(
        leave_id=leave_id, state__in=(CoverState.AGREED, CoverState.BEGUN)
    ).first()
    if cover is None or cover.moves.filter(item_kind=TASK, item_id=task_id).exists():
        return False
    rules = list(cover.rules.order_by("position"))
    rule = rule_for(rules, Holding(TASK, task_id, "", 0, is_live=False))
    return rule is not None and rule.substitute_id is not None
