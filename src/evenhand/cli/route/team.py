"""The team sheet: one person a row, read into reps, their open loads and personal calendars."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.cli.unusable import Unusable
from evenhand.engine.calendar.hours import UnreadableHours, WeekHours, parse_hours
from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import FULL_WEIGHT, FieldSpec, Leave, Load, Rep, Value
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.team import Team
from evenhand.sheets.columns.extract import custom_readers, role_readers
from evenhand.sheets.columns.mapping import ColumnMap
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import Row
from evenhand.sheets.understand import understand
from evenhand.sheets.values.periods import Period, period_between
from evenhand.sheets.values.problem import Problem

LIST_FIELDS = ("region", "industry", "product", "skill", "language")


@dataclass(frozen=True, slots=True)
class BadCell:
    """One cell that could not be used: where it stands, and why."""

    row: int
    column: str
    value: str
    why: Reason


@dataclass
class TeamSheet:
    """A team sheet read. Bad cells leave their person in, without that value."""

    team: Team
    loads: dict[str, Load]
    columns: ColumnMap
    specs: tuple[FieldSpec, ...]
    notes: list[Reason] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)


class CannotUseTeam(Unusable):
    """The team sheet names nobody who could receive anything, or two people by one id."""


def read_team(
    path: Path, *, calendar: Calendar, zone: tzinfo, overrides: tuple[str, ...] = ()
) -> TeamSheet:
    """Read a team sheet.

    :raises UnreadableSheet: the file, or a row of it, cannot be read.
    :raises UnreadableOverride: a `--team-map` that names no column or role.
    :raises CannotUseTeam: nobody in it, or an id stands for two people.
    """
    table = open_table(path)
    columns = understand(table, Purpose.TEAM, said=overrides)
    readers, own = role_readers(columns), custom_readers(columns)
    reps: dict[str, Rep] = {}
    loads: dict[str, Load] = {}
    calendars: dict[str, Calendar] = {"": calendar}
    bad: list[BadCell] = []
    for number, cells in table.every_row():
        found = _values(number, cells, readers, bad)
        extra = _values(number, cells, own, bad)
        rep_id = str(found.get("id") or found.get("name") or found.get("email") or "")
        if not rep_id:
            bad.append(BadCell(number, "", "", reason("team.row_without_name")))
            continue
        if rep_id in reps:
            raise CannotUseTeam(
                reason("team.id_twice", id=rep_id, row=number),
                f"row {number}: {rep_id} stands in the team twice; give each person an id",
            )
        rep = _rep(rep_id, found, extra, zone)
        if hours := str(found.get("hours") or ""):
            try:
                calendars[rep_id] = _own_calendar(hours, calendar)
            except UnreadableHours as error:
                bad.append(BadCell(number, columns.of("hours")[0].header, hours, error.reason))
            else:
                rep = replace(rep, calendar=rep_id)
        reps[rep_id] = rep
        if found.get("open_count") is not None:
            loads[rep_id] = Load(open_count=_whole(found["open_count"], 0))
    if not reps:
        raise CannotUseTeam(reason("team.nobody"), f"{path.name}: the team sheet names nobody")
    return TeamSheet(
        team=Team.of(_with_mentors(reps), calendars),
        loads=loads,
        columns=columns,
        specs=tuple(columns.field_specs()),
        notes=[*table.notes, *columns.notes],
        bad=bad,
    )


def _values(
    number: int, cells: Row, readers: Mapping[str, Any], bad: list[BadCell]
) -> dict[str, Any]:
    values = {}
    for role, read in readers.items():
        value = read(cells)
        if isinstance(value, Problem):
            bad.append(BadCell(number, value.column, value.value, value.reason))
        elif value is not None:
            values[role] = value
    return values


def _rep(rep_id: str, found: Mapping[str, Any], extra: Mapping[str, Any], zone: tzinfo) -> Rep:
    fields: dict[str, Value] = {
        name: found[name] for name in LIST_FIELDS if found.get(name) is not None
    }
    fields |= {name: value for name, value in extra.items() if not isinstance(value, Period)}
    joined = found.get("joined_on")
    return Rep(
        id=rep_id,
        name=str(found.get("name") or rep_id),
        team=str(found.get("team") or ""),
        level=str(found.get("level") or ""),
        weight=_whole(found.get("weight"), FULL_WEIGHT),
        fields=fields,
        is_active=bool(found.get("active", True)),
        is_accepting=bool(found.get("accepting", True)),
        joined_on=joined if isinstance(joined, date) else None,
        leaves=_leaves(found, zone),
        mentor_id=str(found["mentor"]) if found.get("mentor") else None,
        capacity=_whole(found["capacity"], 0) if found.get("capacity") is not None else None,
        performance=_whole(found.get("performance"), FULL_WEIGHT),
    )


def _whole(value: Any, default: int) -> int:
    return default if value is None else max(0, int(Decimal(value)))


def _leaves(found: Mapping[str, Any], zone: tzinfo) -> tuple[Leave, ...]:
    periods: list[Period] = list(found.get("leave") or ())
    start, end = found.get("leave_from"), found.get("leave_until")
    if start is not None or end is not None:
        # Half a leave is a leave: one given day stands for that day.
        first, last = start if start is not None else end, end if end is not None else start
        assert first is not None and last is not None
        periods.append(period_between(_as_day(first), _as_day(last)))
    return tuple(
        Leave(_at(period.from_at, zone), _at(period.until_at, zone), period.reason)
        for period in periods
        if period.until_at > period.from_at
    )


def _as_day(moment: date) -> date:
    """A time of midnight was written as a day: then the last day is included whole."""
    if isinstance(moment, datetime) and (moment.hour, moment.minute) == (0, 0):
        return moment.date()
    return moment


def _at(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _own_calendar(hours: str, company: Calendar) -> Calendar:
    """The company's days with somebody's own hours.

    :raises UnreadableHours: the text is no working hours.
    """
    return Calendar(
        zone=company.zone,
        hours=WeekHours.weekdays(parse_hours(hours)),
        days=company.days,
        provisional_years=company.provisional_years,
        covered_years=company.covered_years,
    )


def _with_mentors(reps: Mapping[str, Rep]) -> list[Rep]:
    """Mentors are written by name as often as by id; ids are what counts from here on."""
    by_name: dict[str, list[str]] = {}
    for rep in reps.values():
        by_name.setdefault(rep.name, []).append(rep.id)
    settled = []
    for rep in reps.values():
        mentor = rep.mentor_id
        if mentor and mentor not in reps and len(by_name.get(mentor, ())) == 1:
            rep = replace(rep, mentor_id=by_name[mentor][0])
        settled.append(rep)
    return settled
