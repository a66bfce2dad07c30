"""The sheet of somebody who leaves: begun, its lines offered, accepted or declined, canceled.

What is accepted moves at once: the receiver pays for it, who leaves is refunded.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, Sum
from django.utils import timezone

from evenhand.handover.access import departure_to_run
from evenhand.handover.belongings import belongings_of, hand, is_his
from evenhand.handover.holdings import BY_HAND, ELSEWHERE
from evenhand.handover.models import (
    WAITING,
    AtDeadline,
    Departure,
    DepartureLine,
    DepartureState,
    LineState,
)
from evenhand.handover.refusals import refuse
from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.access import rep_for
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.names import reps_within
from evenhand.people.operations.availability import set_accepting
from evenhand.people.scope import NotAllowed, Right, demand
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import in_transaction

MOST_AT_ONCE = 200
_WITH_OTHERS = (LineState.DONE, LineState.DEALT)
LONGEST = timedelta(days=92)


def open_departure(
    rep_id: int, *, deadline: datetime, at_deadline: str = AtDeadline.GIVE, actor: Actor
) -> Departure:
    """Begin the sheet of somebody who leaves; from now on he receives nothing new.

    :raises NotAllowed, NotFound: not his to do, or out of reach.
    :raises CannotHandOver: there is one already, or the deadline is not within three months.
    """
    demand(actor, Right.TRANSFER)
    if actor.user_id is None or rep_id == actor.user_id:
        raise NotAllowed(Right.TRANSFER)
    by = actor.user_id
    if at_deadline not in AtDeadline.values:
        raise refuse("handover.not_a_choice")

    def work() -> Departure:
        rep = rep_for(actor, rep_id, Right.EDIT_LEAVE, locked=True)
        now = timezone.now()
        if not now < deadline <= now + LONGEST:
            raise refuse("handover.deadline", field="deadline", limit=LONGEST.days)
        if Departure.objects.filter(rep=rep, state=DepartureState.OPEN).exists():
            raise refuse("handover.open_already")
        made = Departure.objects.create(
            rep=rep, deadline=deadline, at_deadline=at_deadline, made_by_id=by
        )
        made.stopped_intake = set_accepting(False, rep_id=rep.pk, actor=actor)
        made.save(update_fields=["stopped_intake"])
        lines = bring_up_to_date(made, now)
        data = {
            "departure": made.pk,
            "lines": lines,
            "until": deadline.isoformat(),
            "then": at_deadline,
        }
        record("departure.opened", actor=actor, object_kind="person", object_id=rep.pk, data=data)
        tell(
            rep.pk, "departure_opened", params={"by": actor.user_id},
            object_kind="departure", object_id=made.pk,
        )  # fmt: skip
        return made

    return in_transaction(work)


def bring_up_to_date(departure: Departure, now: datetime) -> int:
    """Add what reached him since, mark what is not his any more; how many lines were added."""
    his = {one[:2]: one for one in belongings_of(departure.rep_id)}
    known = set(departure.lines.values_list("kind", "item_id"))
    # A chat stays his whoever has taken it up.
    left_him = Q(state=LineState.GONE) | (Q(state__in=_WITH_OTHERS) & ~Q(kind__in=ELSEWHERE))
    lines = departure.lines.exclude(kind=BY_HAND)
    for line in lines.filter(left_him | Q(state__in=WAITING)).order_by("pk"):
        is_waiting = line.state in WAITING
        if is_waiting == ((line.kind, line.item_id) in his):
            continue
        # What he was given back, or took again, is to be handed over again.
        line.state, line.settled_at = (
            (LineState.GONE, now) if is_waiting else (LineState.OPEN, None)
        )
        line.receiver = None
        line.save(update_fields=["state", "settled_at", "receiver"])
    fresh = [one for key, one in his.items() if key not in known]
    DepartureLine.objects.bulk_create(
        (
            DepartureLine(
                departure=departure, kind=one.kind, item_id=one.item_id, points=one.points
            )
            for one in fresh
        ),
        batch_size=1_000,
    )
    return len(fresh)


def offer(departure_id: int, line_ids: Collection[int], *, to: Sequence[int], actor: Actor) -> int:
    """Offer lines to one receiver, or even them out over several by points; how many.

    :raises NotAllowed, NotFound: not his to run, out of reach, or a line that is not on the sheet.
    :raises CannotHandOver: nobody or nothing chosen, too many, a receiver who left or is the one
        who leaves, or a line that is settled.
    """
    receivers = list(dict.fromkeys(to))

    def work() -> int:
        departure = departure_to_run(actor, departure_id)
        must_be_open(departure)
        lines = _lines(departure, line_ids)
        _check_receivers(departure, receivers, actor)
        counts = _even_out(departure, lines, receivers)
        now = timezone.now()
        for line in lines:
            line.state, line.offered_at, line.why = LineState.OFFERED, now, None
        DepartureLine.objects.bulk_update(lines, ["state", "receiver", "offered_at", "why"])
        data = {
            "departure": departure.pk,
            "lines": len(lines),
            "receivers": sorted(receivers),
        }
        record(
            "departure.offered",
            actor=actor,
            object_kind="person",
            object_id=departure.rep_id,
            data=data,
        )
        for one, count in sorted(counts.items()):
            tell(
                one, "departure_offered", params={"by": actor.user_id, "count": count},
                object_kind="departure", object_id=departure.pk, needed_by=departure.deadline,
            )  # fmt: skip
        return len(lines)

    return in_transaction(work)


def answer(departure_id: int, line_ids: Collection[int], *, accepts: bool, actor: Actor) -> int:
    """Accept lines that one is offered, which are one's own from now on, or decline them.

    :raises NotFound: they are not offered to him.
    :raises CannotHandOver: nothing chosen, or too many.
    :raises CannotAct: the ledger refuses it.
    """

    def work() -> int:
        departure = _offered_departure(departure_id, actor)
        lines = _lines(departure, line_ids, receiver=actor.user_id)
        now = timezone.now()
        taken = 0
        for line in lines:
            taken += settle_line(line, departure, now, actor=actor, accepts=accepts)
        data = {
            "departure": departure.pk,
            "lines": len(lines),
            "is_accepted": accepts,
            "receiver": actor.user_id,
        }
        record(
            "departure.answered",
            actor=actor,
            object_kind="person",
            object_id=departure.rep_id,
            data=data,
        )
        if not accepts:
            tell(
                departure.made_by_id, "departure_declined",
                params={"by": actor.user_id, "count": len(lines)},
                object_kind="departure", object_id=departure.pk,
            )  # fmt: skip
        close_if_settled(departure, now, actor=actor)
        return taken if accepts else len(lines)

    return in_transaction(work)


def settle_line(
    line: DepartureLine, departure: Departure, now: datetime, *, actor: Actor, accepts: bool
) -> bool:
    """Hand a line to its receiver, or note that he declines; whether he has it now."""
    if not is_his(line, departure.rep_id):
        line.state, line.settled_at = LineState.GONE, now
    elif not accepts:
        line.state = LineState.DECLINED
    else:
        assert line.receiver_id is not None, "only what is offered to somebody is accepted"
        holder = departure.rep_id
        line.receipt_id = hand(line, holder=holder, to=line.receiver_id, actor=actor)
        # Without a receipt he lost it a moment ago, while the locks were waited for.
        is_done = line.kind in ELSEWHERE or line.receipt_id is not None
        line.state, line.settled_at = LineState.DONE if is_done else LineState.GONE, now
    line.save(update_fields=["state", "receipt_id", "settled_at"])
    return line.state == LineState.DONE


def leave_out(departure_id: int, line_ids: Collection[int], *, actor: Actor) -> int:
    """Say of chats and of what is in another system that nobody has to take it up; how many.

    :raises NotAllowed, NotFound: not his to run, out of reach, or a line that is not on the sheet.
    :raises CannotHandOver: an item, which always needs a receiver, or a line that is settled.
    """

    def work() -> int:
        departure = departure_to_run(actor, departure_id)
        must_be_open(departure)
        lines = _lines(departure, line_ids)
        if any(one.kind not in ELSEWHERE for one in lines):
            raise refuse("handover.needs_somebody")
        now = timezone.now()
        rows = departure.lines.filter(pk__in=[one.pk for one in lines])
        rows.update(state=LineState.LEFT, settled_at=now)
        data = {"departure": departure.pk, "lines": len(lines)}
        record(
            "departure.left_out",
            actor=actor,
            object_kind="person",
            object_id=departure.rep_id,
            data=data,
        )
        close_if_settled(departure, now, actor=actor)
        return len(lines)

    return in_transaction(work)


def cancel_departure(departure_id: int, *, actor: Actor) -> Departure:
    """He stays after all: what is not settled stays with him, and he may receive again.

    :raises NotAllowed, NotFound: not his to run, or out of reach.
    :raises CannotHandOver: it is closed.
    """

    def work() -> Departure:
        departure = departure_to_run(actor, departure_id)
        must_be_open(departure)
        departure.state, departure.closed_at = DepartureState.CANCELED, timezone.now()
        departure.save(update_fields=["state", "closed_at"])
        departure.lines.filter(state__in=WAITING).update(
            state=LineState.GONE, settled_at=departure.closed_at
        )
        if departure.stopped_intake:
            set_accepting(True, rep_id=departure.rep_id, actor=actor)
        data = {"departure": departure.pk}
        record(
            "departure.canceled",
            actor=actor,
            object_kind="person",
            object_id=departure.rep_id,
            data=data,
        )
        return departure

    return in_transaction(work)


def close_if_settled(departure: Departure, now: datetime, *, actor: Actor) -> bool:
    """Close a sheet on which nothing waits any more, and tell whoever made it.

    Under the sheet's lock. What reached him since it was looked at last is on it first: nobody
    looks after a departure that is over.
    """
    waiting = departure.lines.filter(state__in=WAITING)
    if waiting.exists():
        return False
    bring_up_to_date(departure, now)
    if waiting.exists():
        return False
    rows = Departure.objects.filter(pk=departure.pk, state=DepartureState.OPEN)
    if not rows.update(state=DepartureState.DONE, closed_at=now):
        return False
    counts = Counter(departure.lines.values_list("state", flat=True))
    data = {
        "departure": departure.pk,
        "handed": counts[LineState.DONE],
        "dealt": counts[LineState.DEALT],
    }
    record(
        "departure.finished",
        actor=actor,
        object_kind="person",
        object_id=departure.rep_id,
        data=data,
    )
    tell(
        departure.made_by_id, "departure_finished", params={"by": departure.rep_id},
        object_kind="departure", object_id=departure.pk,
    )  # fmt: skip
    return True


def must_be_open(departure: Departure) -> None:
    """Refuse what is done to a sheet that is over.

    :raises CannotHandOver: it is.
    """
    if departure.state != DepartureState.OPEN:
        raise refuse("handover.closed")


def _offered_departure(departure_id: int, actor: Actor) -> Departure:
    rows = Departure.objects.select_for_update(of=("self",)).filter(state=DepartureState.OPEN)
    found = rows.filter(pk=departure_id).first()
    offered = DepartureLine.objects.filter(
        departure_id=departure_id, receiver_id=actor.user_id or 0, state=LineState.OFFERED
    )
    if found is None or not actor.is_rep or not offered.exists():
        raise NotFound("departure", departure_id)
    return found


def _lines(
    departure: Departure, line_ids: Collection[int], *, receiver: int | None = None
) -> list[DepartureLine]:
    wanted = sorted(set(line_ids))
    if not wanted:
        raise refuse("work.nothing_chosen")
    if len(wanted) > MOST_AT_ONCE:
        raise refuse("work.too_many", count=len(wanted), limit=MOST_AT_ONCE)
    rows = departure.lines.select_for_update(of=("self",)).filter(pk__in=wanted)
    if receiver is not None:
        rows = rows.filter(receiver_id=receiver, state=LineState.OFFERED)
    # In the order of items, so that two acts on the same ones wait for each other.
    found = list(rows.order_by("kind", "item_id"))
    if len(found) < len(wanted):
        raise NotFound("departure_line", min(set(wanted) - {one.pk for one in found}))
    if any(one.state not in WAITING for one in found):
        raise refuse("handover.settled_already")
    return found


def _check_receivers(departure: Departure, receivers: Sequence[int], actor: Actor) -> None:
    if not receivers:
        raise refuse("handover.nobody_chosen", field="to")
    within = {one.id for one in reps_within(actor)}
    for one in receivers:
        if one == departure.rep_id:
            raise refuse("handover.himself", field="to")
        if one not in within:
            raise refuse("handover.nobody_there", field="to")
        if Departure.objects.filter(rep_id=one, state=DepartureState.OPEN).exists():
            name = Rep.objects.values_list("user__name", flat=True).get(pk=one)
            raise refuse("handover.leaves_too", field="to", name=name)


def _even_out(
    departure: Departure, lines: Sequence[DepartureLine], receivers: Sequence[int]
) -> Counter[int]:
    """Choose a receiver for each: the dearest first, to whoever has least of this sheet so far."""
    others = departure.lines.exclude(pk__in=[one.pk for one in lines])
    rows = others.filter(receiver_id__in=receivers).values("receiver_id")
    had = {row["receiver_id"]: row["sum"] for row in rows.annotate(sum=Sum("points"))}
    loads = {one: (had.get(one, 0) or 0, 0) for one in receivers}
    counts: Counter[int] = Counter()
    for line in sorted(lines, key=lambda one: (-one.points, one.kind, one.item_id)):
        to = min(receivers, key=lambda one: (*loads[one], receivers.index(one)))
        points, count = loads[to]
        loads[to] = points + line.points, count + 1
        line.receiver_id = to
        counts[to] += 1
    return counts
