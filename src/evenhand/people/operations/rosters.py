"""Duty rosters (值班表): shifts by a weekly pattern or one by one; conditions ask `rep.duty`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from evenhand.engine.calendar.hours import Shift, UnreadableHours, parse_hours
from evenhand.engine.calendar.worktime import instant
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.models import Duty, Rep
from evenhand.people.operations.checks import CannotEdit, in_order, needed
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import one_transaction

LONGEST_DAYS = 366
MOST_SHIFTS = 3_000


class Turn(StrEnum):
    """Who of those named is on duty."""

    TOGETHER = "together"  # all of them, every time
    DAILY = "daily"  # one after the other, from day to day
    WEEKLY = "weekly"  # one after the other, from week to week


@dataclass(frozen=True, slots=True)
class Pattern:
    """Shifts that come again every week. `weekdays`: 1 = Monday … 7 = Sunday."""

    roster: str
    rep_ids: tuple[int, ...]
    first: date
    last: date  # included
    weekdays: frozenset[int]
    hours: str  # as `parse_hours` reads them; an end before the start lies on the next day
    turn: Turn
    zone: ZoneInfo


@one_transaction
def add_shifts(pattern: Pattern, *, actor: Actor) -> int:
    """Write the shifts of a pattern, all or none; how many. One day is a single shift.

    :raises NotAllowed, NotFound: the actor may not, or a rep is not within his reach.
    :raises CannotEdit: a value cannot be used, too many shifts, or somebody is on duty then.
    """
    demand(actor, Right.EDIT_PEOPLE)
    roster = needed(pattern.roster, "roster", longest=60)
    if not pattern.rep_ids:
        raise CannotEdit(reason("people.needed"), field="reps")
    pattern = replace(pattern, rep_ids=tuple(dict.fromkeys(pattern.rep_ids)))
    in_order(pattern.first, pattern.last, "last")
    if pattern.last - pattern.first >= timedelta(days=LONGEST_DAYS):
        raise CannotEdit(reason("people.roster_too_long", limit=LONGEST_DAYS), field="last")
    planned = list(_planned(pattern, _shifts(pattern.hours)))
    if not planned:
        raise CannotEdit(reason("people.roster_without_days"), field="weekdays")
    if len(planned) > MOST_SHIFTS:
        found = reason("people.too_many", count=len(planned), limit=MOST_SHIFTS)
        raise CannotEdit(found, field="last")
    reps = _locked_reps(pattern.rep_ids, actor)
    _refuse_overlaps(pattern, roster, planned, reps)
    Duty.objects.bulk_create(
        Duty(roster=roster, rep_id=rep_id, from_at=from_at, until_at=until_at)
        for rep_id, from_at, until_at in planned
    )
    people_changed()
    data = {
        "roster": roster,
        "shifts": len(planned),
        "reps": list(pattern.rep_ids),
        "first": pattern.first.isoformat(),
        "last": pattern.last.isoformat(),
    }
    record("roster.shifts_added", actor=actor, object_kind="roster", object_id=None, data=data)
    return len(planned)


@one_transaction
def delete_shift(shift_id: int, *, actor: Actor) -> None:
    """Take one shift away.

    :raises NotAllowed, NotFound: the actor may not, or there is no such shift within his reach.
    """
    demand(actor, Right.EDIT_PEOPLE)
    row = Duty.objects.filter(pk=shift_id, rep__user__in=visible_people(actor)).first()
    if row is None:
        raise NotFound("shift", shift_id)
    data = {"roster": row.roster, "rep": row.rep_id, "from": row.from_at.isoformat()}
    row.delete()
    people_changed()
    record("roster.shift_deleted", actor=actor, object_kind="roster", object_id=None, data=data)


@one_transaction
def clear_shifts(roster: str, from_at: datetime, until_at: datetime, *, actor: Actor) -> int:
    """Take away all shifts of a roster that begin in a span of time; how many there were.

    :raises NotAllowed: the actor may not.
    """
    demand(actor, Right.EDIT_PEOPLE)
    rows = Duty.objects.filter(
        roster=roster,
        from_at__gte=from_at,
        from_at__lt=until_at,
        rep__user__in=visible_people(actor),
    )
    count, _ = rows.delete()
    if count:
        people_changed()
        data = {
            "roster": roster,
            "shifts": count,
            "from": from_at.isoformat(),
            "until": until_at.isoformat(),
        }
        record("roster.cleared", actor=actor, object_kind="roster", object_id=None, data=data)
    return count


Planned = tuple[int, datetime, datetime]


def _planned(pattern: Pattern, shifts: Sequence[Shift]) -> Iterator[Planned]:
    first_week = pattern.first - timedelta(days=pattern.first.weekday())
    days = (pattern.last - pattern.first).days + 1
    turns = 0
    for day in (pattern.first + timedelta(days=number) for number in range(days)):
        if day.isoweekday() not in pattern.weekdays:
            continue
        week = (day - first_week).days // 7
        turn = turns if pattern.turn is Turn.DAILY else week
        turns += 1
        one = pattern.rep_ids[turn % len(pattern.rep_ids)]
        reps = pattern.rep_ids if pattern.turn is Turn.TOGETHER else (one,)
        midnight = datetime.combine(day, time())
        for shift in shifts:
            begin, end = (instant(midnight + at, pattern.zone) for at in shift.from_midnight)
            yield from ((rep_id, begin, end) for rep_id in reps)


def _shifts(hours: str) -> Sequence[Shift]:
    try:
        return parse_hours(hours)
    except UnreadableHours as error:
        raise CannotEdit(error.reason, field="hours") from error


def _locked_reps(ids: Sequence[int], actor: Actor) -> dict[int, Rep]:
    """All of them within reach and in service, locked: two rosters cannot cross."""
    rows = Rep.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    within = rows.filter(pk__in=ids, user__in=visible_people(actor)).order_by("pk")
    found = {rep.pk: rep for rep in within}
    for rep_id in ids:
        if rep_id not in found:
            raise NotFound("person", rep_id)
        if not (found[rep_id].is_active and found[rep_id].user.is_active):
            name = found[rep_id].user.name
            raise CannotEdit(reason("people.inactive", name=name), field="reps")
    return found


def _refuse_overlaps(
    pattern: Pattern, roster: str, planned: Sequence[Planned], reps: dict[int, Rep]
) -> None:
    begin, end = min(one[1] for one in planned), max(one[2] for one in planned)
    rows = Duty.objects.filter(roster=roster, rep__in=reps, from_at__lt=end, until_at__gt=begin)
    stand: list[Planned] = list(rows.values_list("rep_id", "from_at", "until_at"))
    for earlier, later in pairwise(sorted([*planned, *stand])):
        if earlier[0] == later[0] and later[1] < earlier[2]:
            raise CannotEdit(
                reason(
                    "people.shift_overlaps",
                    name=reps[later[0]].user.name,
                    date=later[1].astimezone(pattern.zone).date().isoformat(),
                ),
                field="first",
            )
