"""Working time as data: hours of the week, official days of a country, the company's own days."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from evenhand.engine.calendar.hours import Shift, UnreadableHours, hours_text, parse_hours
from evenhand.engine.calendar.worktime import Day, DayKind, UnknownZone, zone_named
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.dayfile import DayFile, read_days
from evenhand.people.models import Calendar, Rep
from evenhand.people.operations.checks import CannotEdit, needed, within_length
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right, demand
from evenhand.people.workdays import UnknownCountry, public_days
from evenhand.people.worktimes import own_days, stored_day, stored_days
from evenhand.platform.refusal import NotFound
from evenhand.platform.transactions import one_transaction

_MOST_OWN_DAYS = 2_000


@one_transaction
def create_calendar(
    name: str, *, zone: str, country: str, hours: Sequence[str], actor: Actor
) -> Calendar:
    """Add a calendar; the first one is the company's default.

    `hours` are seven texts, Monday first, "" = off.

    :raises NotAllowed: the actor may not edit people.
    :raises CannotEdit: a value cannot be used; `field` says which ("hours-0" … "hours-6").
    """
    demand(actor, Right.EDIT_PEOPLE)
    row = Calendar(is_default=not Calendar.objects.select_for_update().exists())
    _fill(row, name, zone, country, hours)
    row.save()
    _done("calendar.created", row, actor, name=row.name)
    return row


@one_transaction
def edit_calendar(
    calendar_id: int, name: str, *, zone: str, country: str, hours: Sequence[str], actor: Actor
) -> bool:
    """Change a calendar; whether anything is different now.

    :raises NotAllowed, NotFound: the actor may not edit people, or there is no such calendar.
    :raises CannotEdit: as `create_calendar`.
    """
    row = _locked(calendar_id, actor)
    was = (row.name, row.zone, row.country, list(row.hours))
    _fill(row, name, zone, country, hours)
    if was == (row.name, row.zone, row.country, list(row.hours)):
        return False
    row.save()
    _done("calendar.edited", row, actor, was=list(was))
    return True


@one_transaction
def make_default(calendar_id: int, *, actor: Actor) -> bool:
    """Let everybody without a calendar of his own work by this one; whether that is new.

    :raises NotAllowed, NotFound: as `edit_calendar`.
    """
    row = _locked(calendar_id, actor)
    if row.is_default:
        return False
    Calendar.objects.filter(is_default=True).update(is_default=False)
    Calendar.objects.filter(pk=row.pk).update(is_default=True)
    _done("calendar.made_default", row, actor)
    return True


@one_transaction
def delete_calendar(calendar_id: int, *, actor: Actor) -> None:
    """Take away a calendar by which nobody works.

    :raises NotAllowed, NotFound: as `edit_calendar`.
    :raises CannotEdit: it is the default, or people work by it.
    """
    row = _locked(calendar_id, actor)
    if row.is_default:
        raise CannotEdit(reason("people.calendar_is_default"))
    users = Rep.objects.filter(calendar=row).count()
    if users:
        raise CannotEdit(reason("people.calendar_in_use", count=users))
    _done("calendar.deleted", row, actor, name=row.name)
    row.delete()


@one_transaction
def set_day(
    calendar_id: int, on: date, kind: str, *, name: str = "", hours: str = "", actor: Actor
) -> None:
    """Say that a date is a holiday, a workday, or has other hours; it wins over official days.

    :raises NotAllowed, NotFound: as `edit_calendar`.
    :raises CannotEdit: no such kind, or hours that cannot be read or do not belong there.
    """
    row = _locked(calendar_id, actor)
    if kind not in set(DayKind):
        raise CannotEdit(reason("people.choice_gone"), field="kind")
    shifts = _shifts(hours, "hours") if kind == DayKind.HOURS else ()
    if kind == DayKind.HOURS and not shifts:
        raise CannotEdit(reason("people.needed"), field="hours")
    day = Day(DayKind(kind), within_length(name.strip(), "name", longest=60), shifts)
    row.own_days = dict(sorted((row.own_days | {on.isoformat(): stored_day(day)}).items()))
    _save_days(row)
    _done("calendar.day_set", row, actor, day=on.isoformat(), **{"as": stored_day(day)})


@one_transaction
def unset_day(calendar_id: int, on: str, *, actor: Actor) -> bool:
    """Take away a day of one's own (an ISO date, or a year called complete); whether it was there.

    :raises NotAllowed, NotFound: as `edit_calendar`.
    """
    row = _locked(calendar_id, actor)
    if on not in row.own_days:
        return False
    row.own_days = {key: value for key, value in row.own_days.items() if key != on}
    _save_days(row)
    _done("calendar.day_unset", row, actor, day=on)
    return True


@one_transaction
def upload_days(calendar_id: int, path: Path, *, actor: Actor) -> int:
    """Take over a file of days; what it does not name stays. How many days it holds.

    :raises NotAllowed, NotFound: as `edit_calendar`.
    :raises UnreadableDays: with every row that is wrong; nothing was changed.
    :raises CannotEdit: too many days.
    """
    row = _locked(calendar_id, actor)
    new, old = read_days(path), own_days(row)
    merged = DayFile({**old.days, **new.days}, old.complete_years | new.complete_years)
    row.own_days = stored_days(merged)
    _save_days(row)
    _done("calendar.days_uploaded", row, actor, days=len(new.days), file=path.name)
    return len(new.days)


def _fill(row: Calendar, name: str, zone: str, country: str, hours: Sequence[str]) -> None:
    row.name = needed(name, "name", longest=60)
    if Calendar.objects.filter(name=row.name).exclude(pk=row.pk or 0).exists():
        raise CannotEdit(reason("people.name_taken", name=row.name), field="name")
    try:
        row.zone = zone_named(zone.strip()).key
    except UnknownZone as error:
        raise CannotEdit(error.reason, field="zone") from error
    row.country = _country(country.strip())
    row.hours = [hours_text(_shifts(text, f"hours-{day}")) for day, text in enumerate(hours)]
    if len(row.hours) != 7 or not any(row.hours):
        raise CannotEdit(reason("people.calendar_never_open"), field="hours-0")


def _country(country: str) -> str:
    if not country:
        return ""
    try:
        public_days(country, [2026])
    except UnknownCountry as error:
        raise CannotEdit(error.reason, field="country") from error
    return within_length(country.upper(), "country", longest=8)


def _shifts(text: str, field: str) -> tuple[Shift, ...]:
    try:
        return parse_hours(text) if text.strip() else ()
    except UnreadableHours as error:
        raise CannotEdit(error.reason, field=field) from error


def _locked(calendar_id: int, actor: Actor) -> Calendar:
    demand(actor, Right.EDIT_PEOPLE)
    # All of them: the default moves from one to another.
    rows = {row.pk: row for row in Calendar.objects.select_for_update().order_by("pk")}
    if calendar_id not in rows:
        raise NotFound("calendar", calendar_id)
    return rows[calendar_id]


def _save_days(row: Calendar) -> None:
    if len(row.own_days) > _MOST_OWN_DAYS:
        found = reason("people.too_many", count=len(row.own_days), limit=_MOST_OWN_DAYS)
        raise CannotEdit(found)
    row.save(update_fields=["own_days"])


def _done(kind: str, row: Calendar, actor: Actor, **data: object) -> None:
    people_changed()
    record(kind, actor=actor, object_kind="calendar", object_id=row.pk, data=data)
