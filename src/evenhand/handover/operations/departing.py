"""Sheets of departures go on by themselves: what reached him since is added; the deadline.

For the job: every line in a transaction of its own, so that it can be stopped at any moment.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from evenhand.engine.facts import ItemKind
from evenhand.handover.belongings import is_his
from evenhand.handover.holdings import BY_HAND, ELSEWHERE, TASK
from evenhand.handover.models import (
    WAITING,
    AtDeadline,
    Departure,
    DepartureLine,
    DepartureState,
    LineState,
)
from evenhand.handover.operations.departure import (
    bring_up_to_date,
    close_if_settled,
    settle_line,
)
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.models import State
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.routing.desk import open_desk
from evenhand.routing.operations.give_up import requeue
from evenhand.routing.retry import deal_queued
from evenhand.tasks.models import Task
from evenhand.tasks.operations.giving import offer as offer_task


def settle_departures(now: datetime) -> int:
    """Bring open sheets up to date and settle those past their deadline; how many lines moved."""
    moved = 0
    rows = Departure.objects.filter(state=DepartureState.OPEN).order_by("pk")
    for departure in rows:
        if not _while_open(departure, lambda one: bring_up_to_date(one, now)):
            continue
        if departure.deadline <= now:
            if departure.at_deadline == AtDeadline.GIVE:
                moved += _settle_all(departure, now)
            _tell_deadline(departure, now)
        _while_open(departure, lambda one: close_if_settled(one, now, actor=SYSTEM))
    return moved


def _while_open(departure: Departure, act: Callable[[Departure], object]) -> bool:
    """Do something to a sheet under its lock, unless somebody has canceled or closed it meanwhile:
    nothing is added to a sheet that is over, and none is closed over what is just being added."""

    def work() -> bool:
        rows = Departure.objects.select_for_update(of=("self",))
        found = rows.filter(pk=departure.pk, state=DepartureState.OPEN).first()
        if found is not None:
            act(found)
        return found is not None

    return in_transaction(work)


def _settle_all(departure: Departure, now: datetime) -> int:
    waiting = departure.lines.filter(state__in=WAITING).order_by("kind", "item_id")
    moved = 0
    for pk in waiting.values_list("pk", flat=True):
        moved += _settle(departure, pk, now)
        crashpoint("departure.between_lines")
    return moved


def _settle(departure: Departure, line_id: int, now: datetime) -> bool:
    def work() -> bool:
        # The sheet before its lines, as everybody who answers does.
        rows = Departure.objects.select_for_update(of=("self",))
        if not rows.filter(pk=departure.pk, state=DepartureState.OPEN).exists():
            return False
        line = departure.lines.filter(pk=line_id, state__in=WAITING).first()
        if line is None:
            return False
        try:
            with transaction.atomic():
                if line.kind == BY_HAND:
                    return False  # only whoever did it in the other system can say so
                if line.state == LineState.OFFERED:
                    return settle_line(line, departure, now, actor=SYSTEM, accepts=True)
                return _deal(line, departure, now)
        except Refused as refusal:
            line.why = refusal.why.as_json()
            line.save(update_fields=["why"])
            return False

    return in_transaction(work, again=(LoadsMoved,))


def _deal(line: DepartureLine, departure: Departure, now: datetime) -> bool:
    """Let the rules deal what nobody accepted; what is elsewhere waits for a person."""
    if line.kind in ELSEWHERE:
        return False
    # Before it is looked at: whatever happens to a to-do afterwards, it is another edition.
    edition = Task.objects.filter(pk=line.item_id).values_list("edition", flat=True).first()
    if not is_his(line, departure.rep_id):
        line.state = LineState.GONE
    elif line.kind == TASK:
        offer_task(line.item_id, seen=edition, actor=SYSTEM)  # to-dos go to the market
        line.state = LineState.DEALT
    else:
        line.state = _deal_item(line, departure.rep_id)
    line.settled_at = now
    line.save(update_fields=["state", "receipt_id", "settled_at"])
    return line.state == LineState.DEALT


def _deal_item(line: DepartureLine, rep_id: int) -> str:
    kind = ItemKind(line.kind)
    desk = open_desk(kind, line.item_id)
    if desk.item.state != State.OWNED or desk.item.owner_id != rep_id:
        return LineState.GONE  # he lost it while its locks were waited for
    line.receipt_id = requeue(desk, actor=SYSTEM)
    crashpoint("departure.given_up")
    deal_queued(desk.world, kind, [line.item_id], actor=SYSTEM)
    return LineState.DEALT


@transaction.atomic
def _tell_deadline(departure: Departure, now: datetime) -> None:
    """Say once what is still open after the deadline."""
    left = departure.lines.filter(state__in=WAITING).count()
    if not left:
        return
    rows = Departure.objects.filter(pk=departure.pk, told_at=None)
    if rows.update(told_at=now):
        tell(
            departure.made_by_id, "departure_overdue",
            params={"by": departure.rep_id, "count": left},
            object_kind="departure", object_id=departure.pk, needed_by=now,
        )  # fmt: skip
