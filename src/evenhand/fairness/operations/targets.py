"""A group's fairness target (公平目标): setting it, and watching whether it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.fairness.figures import Figures, figures_of
from evenhand.fairness.groups import group_for, who_watches
from evenhand.fairness.models import Alarm, Target
from evenhand.fairness.periods import Period
from evenhand.journal.operations import record
from evenhand.ledger.models import Book
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import company_day, company_zone
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused

MICRO = 1_000_000
MOST_POINTS = 100_000  # of a limit, in points
LEAST_JAIN, WHOLE = 500, 1_000
FEWEST_DAYS, MOST_DAYS = 7, 90


class CannotSetTarget(Refused):
    """A target makes no sense like this."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a target asks for: micro-points, thousandths, days of the window; None = no limit."""

    most_points: int | None
    least_jain: int | None
    days: int = 30


def set_target(book_id: int, limits: Limits | None, *, actor: Actor) -> None:
    """Set a group's target, or take it away with None; an open alarm is judged anew at once.

    :raises NotAllowed: the actor may not edit policies.
    :raises NotFound: no such group within his reach.
    :raises CannotSetTarget: no limit at all, or one out of range.
    """
    demand(actor, Right.EDIT_POLICY)
    group_for(actor, book_id)
    if limits is not None:
        _check(limits)
    with transaction.atomic():
        Book.objects.select_for_update().get(pk=book_id)
        if limits is None:
            Target.objects.filter(pk=book_id).delete()
            record("fairness.target_cleared", actor=actor, object_kind="book", object_id=book_id)
        else:
            Target.objects.update_or_create(
                book_id=book_id,
                defaults={
                    "most_points": limits.most_points,
                    "least_jain": limits.least_jain,
                    "days": limits.days,
                    "set_by_id": actor.user_id,
                },
            )
            data = {"days": limits.days}
            data |= {"points": limits.most_points} if limits.most_points is not None else {}
            data |= {"jain": limits.least_jain} if limits.least_jain is not None else {}
            record(
                "fairness.target_set", actor=actor, object_kind="book", object_id=book_id, data=data
            )


def _check(limits: Limits) -> None:
    if limits.most_points is None and limits.least_jain is None:
        raise CannotSetTarget(reason("fairness.no_limit"), field="most_points")
    if limits.most_points is not None and not 0 < limits.most_points <= MOST_POINTS * MICRO:
        raise CannotSetTarget(
            reason("fairness.points_out_of_range", most=MOST_POINTS), field="most_points"
        )
    if limits.least_jain is not None and not LEAST_JAIN <= limits.least_jain <= WHOLE:
        raise CannotSetTarget(reason("fairness.jain_out_of_range"), field="least_jain")
    if not FEWEST_DAYS <= limits.days <= MOST_DAYS:
        raise CannotSetTarget(
            reason("fairness.days_out_of_range", least=FEWEST_DAYS, most=MOST_DAYS), field="days"
        )


def check_targets(now: datetime) -> int:
    """Look at every target; raise an alarm where one was crossed, end it where it is kept again.

    Who watches the group is told once per crossing and once at its end; returns how many were
    raised or ended.
    """
    changed = 0
    today = company_day(now)
    open_ids = set(Alarm.objects.filter(cleared_at=None).values_list("book_id", flat=True))
    for target in Target.objects.select_related("book").order_by("pk"):
        period = Period(today - timedelta(days=target.days - 1), today)
        figures = figures_of([target.pk], period, zone=company_zone().key)[target.pk]
        is_crossed = crosses(figures, target)
        changed += is_crossed != (target.pk in open_ids) and _turn(target, figures, is_crossed, now)
        open_ids.discard(target.pk)
    for book_id in open_ids:  # its target was taken away
        with transaction.atomic():
            Alarm.objects.filter(book_id=book_id, cleared_at=None).update(cleared_at=now)
            record("fairness.alarm_ended", actor=SYSTEM, object_kind="book", object_id=book_id)
        changed += 1
    return changed


def crosses(figures: Figures, target: Target) -> bool:
    """Whether a group is further apart than its target allows."""
    if target.most_points is not None and figures.deviation[0] > target.most_points:
        return True
    jain = figures.jain
    return target.least_jain is not None and jain is not None and jain < target.least_jain


def _turn(target: Target, figures: Figures, is_crossed: bool, now: datetime) -> bool:
    """Raise or end the alarm; False if somebody else did meanwhile."""
    points, who = figures.deviation
    jain = figures.jain
    with transaction.atomic():
        # Under the target's lock: of two who look at the same time one tells.
        if not Target.objects.select_for_update().filter(pk=target.pk).exists():
            return False
        alarm = Alarm.objects.filter(book_id=target.pk, cleared_at=None).first()
        if is_crossed == (alarm is not None):
            return False
        if alarm is None:
            Alarm.objects.create(
                book_id=target.pk, points=points, jain=jain, person_id=who, raised_at=now
            )
        else:
            alarm.cleared_at = now
            alarm.save(update_fields=["cleared_at"])
        kind = "fairness.alarm_raised" if is_crossed else "fairness.alarm_ended"
        data = {"points": points, **({"jain": jain} if jain is not None else {})}
        record(kind, actor=SYSTEM, object_kind="book", object_id=target.pk, data=data)
        tell(
            who_watches(target.book),
            "fairness_crossed" if is_crossed else "fairness_kept",
            params={"count": round(points / MICRO)},
            object_kind="book",
            object_id=target.pk,
        )
    return True
