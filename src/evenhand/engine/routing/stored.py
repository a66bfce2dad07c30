"""A team as plain JSON values and back: what a receipt file carries so that it can be replayed."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any

from evenhand.engine.calendar.hours import WeekHours, hours_text, parse_hours
from evenhand.engine.calendar.worktime import Calendar, Day, DayKind
from evenhand.engine.facts import Adjustment, Leave, Load, Rep
from evenhand.engine.routing.reading import value_from_json, value_to_json
from evenhand.engine.routing.team import Team


def team_to_json(team: Team) -> dict[str, Any]:
    """The team with its calendars; defaults are left out."""
    return {
        "reps": [_rep_to_json(rep) for rep in team.reps],
        "calendars": {name: _calendar_to_json(one) for name, one in sorted(team.calendars.items())},
    }


def team_from_json(data: Mapping[str, Any]) -> Team:
    """The inverse of `team_to_json`.

    :raises KeyError, ValueError, TypeError: the data are not those of a team.
    """
    return Team.of(
        (_rep_from_json(rep) for rep in data["reps"]),
        {name: _calendar_from_json(one) for name, one in data["calendars"].items()},
    )


def _rep_to_json(rep: Rep) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for spec in fields(Rep):
        value = getattr(rep, spec.name)
        default = spec.default_factory() if spec.default_factory is not MISSING else spec.default
        if value != default:
            data[spec.name] = value
    if "fields" in data:
        data["fields"] = {name: value_to_json(value) for name, value in rep.fields.items()}
    if "weights" in data:
        data["weights"] = dict(rep.weights)
    if rep.joined_on:
        data["joined_on"] = rep.joined_on.isoformat()
    if rep.leaves:
        data["leaves"] = [
            [leave.from_at.isoformat(), leave.until_at.isoformat()] for leave in rep.leaves
        ]
    if rep.adjustments:
        data["adjustments"] = [
            [one.factor, one.from_date.isoformat(), one.until_date.isoformat(), one.note]
            for one in rep.adjustments
        ]
    return data


def _rep_from_json(data: Mapping[str, Any]) -> Rep:
    known = dict(data)
    if "fields" in known:
        known["fields"] = {name: value_from_json(v) for name, v in known["fields"].items()}
    if "joined_on" in known:
        known["joined_on"] = date.fromisoformat(known["joined_on"])
    if "leaves" in known:
        known["leaves"] = tuple(
            Leave(datetime.fromisoformat(start), datetime.fromisoformat(end))
            for start, end in known["leaves"]
        )
    if "adjustments" in known:
        known["adjustments"] = tuple(
            Adjustment(factor, date.fromisoformat(start), date.fromisoformat(end), note)
            for factor, start, end, note in known["adjustments"]
        )
    return Rep(**known)


def _calendar_to_json(calendar: Calendar) -> dict[str, Any]:
    data: dict[str, Any] = {"zone": calendar.zone}
    if calendar.hours is not None:
        data["hours"] = [hours_text(shifts) for shifts in calendar.hours.days]
    if calendar.days:
        data["days"] = {
            day.isoformat(): [
                entry.kind.value,
                entry.name,
                hours_text(entry.shifts),
                entry.stands_for,
            ]
            for day, entry in sorted(calendar.days.items())
        }
    if calendar.provisional_years:
        data["provisional_years"] = sorted(calendar.provisional_years)
    if calendar.covered_years is not None:
        data["covered_years"] = sorted(calendar.covered_years)
    return data


def _calendar_from_json(data: Mapping[str, Any]) -> Calendar:
    hours = data.get("hours")
    covered = data.get("covered_years")
    return Calendar(
        zone=data["zone"],
        hours=None
        if hours is None
        else WeekHours(tuple(parse_hours(text) if text else () for text in hours)),
        days={
            date.fromisoformat(day): Day(
                DayKind(kind), name, parse_hours(shifts) if shifts else (), stands_for
            )
            for day, (kind, name, shifts, stands_for) in data.get("days", {}).items()
        },
        provisional_years=frozenset(data.get("provisional_years", ())),
        covered_years=None if covered is None else frozenset(covered),
    )


def loads_to_json(loads: Mapping[str, Load]) -> dict[str, Any]:
    """Everybody's load; whoever carries nothing is left out."""
    return {
        rep_id: [
            load.open_count,
            load.open_points,
            [[at.isoformat(), points] for at, points in load.received],
        ]
        for rep_id, load in sorted(loads.items())
        if load != Load()
    }


def loads_from_json(data: Mapping[str, Any]) -> dict[str, Load]:
    """The inverse of `loads_to_json`."""
    return {
        rep_id: Load(
            int(count),
            int(points),
            tuple((datetime.fromisoformat(at), int(amount)) for at, amount in received),
        )
        for rep_id, (count, points, received) in data.items()
    }
