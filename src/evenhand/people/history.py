"""Today's people at earlier moments: their leave, adjustments and duty as they really were."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from evenhand.engine.facts import Rep
from evenhand.engine.routing.team import Team
from evenhand.people.models import Duty
from evenhand.people.snapshot import read_people

Shifts = Mapping[str, tuple[str, ...]]


def teams_between(since: datetime, until: datetime) -> list[tuple[datetime, Team]]:
    """The people who are here now, from one moment on each, as a duty roster begins or ends.

    Everybody takes items: who has switched himself off at this moment says nothing of then.
    """
    base = read_people(0, since).team
    shifts = list(
        Duty.objects.filter(from_at__lt=until, until_at__gt=since)
        .order_by("roster", "pk")
        .values_list("rep_id", "roster", "from_at", "until_at")
    )
    edges = {edge for *_, start, end in shifts for edge in (start, end) if since < edge < until}
    made: dict[tuple[tuple[str, tuple[str, ...]], ...], Team] = {}
    found = []
    for at in sorted({since, *edges}):
        on_duty: dict[str, list[str]] = {}
        for rep_id, roster, start, end in shifts:
            if start <= at < end:
                on_duty.setdefault(str(rep_id), []).append(roster)
        duty = {who: tuple(dict.fromkeys(names)) for who, names in sorted(on_duty.items())}
        key = tuple(duty.items())
        if key not in made:
            made[key] = Team(tuple(_then(rep, duty) for rep in base.reps), base.calendars)
        found.append((at, made[key]))
    return found


def _then(rep: Rep, duty: Shifts) -> Rep:
    fields = {name: value for name, value in rep.fields.items() if name != "duty"}
    if rep.id in duty:
        fields["duty"] = duty[rep.id]
    return replace(rep, fields=fields, is_accepting=True)
