"""Rows of people as the engine's facts; kept per process until somebody changes.

Every change of people raises `Organization.people_revision`; a snapshot is read anew when the
revision is another, when a shift of a duty roster begins or ends, and once a day.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import Adjustment, Leave, Value
from evenhand.engine.facts import Rep as RepFacts
from evenhand.engine.routing.stored import team_to_json
from evenhand.engine.routing.team import Team as TeamFacts
from evenhand.people import models
from evenhand.people.clocks import whole_days, zone_of_rep
from evenhand.people.organization import people_revision
from evenhand.people.worktimes import working_time

# Leave and duty that ended longer ago can make no difference to a decision.
KEPT_BEHIND = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody as the engine sees them, and the same as a line of a receipt file."""

    revision: int
    team: TeamFacts
    body: str
    digest: str
    holds_until: datetime
    names: Mapping[str, str]  # by the engine's id
    reps: Mapping[int, RepFacts]  # by their rows' id

    def name_of(self, rep_id: int | None) -> str:
        """What a rep is called; "" for nobody."""
        return self.names.get(str(rep_id), "")

    def calendar_of(self, rep_id: int | None) -> Calendar:
        """The calendar that somebody works by; the company's where he is no rep, or nobody."""
        rep = self.reps.get(rep_id or 0)
        return self.team.company_calendar if rep is None else self.team.calendar_of(rep)


class PeopleCache:
    """The latest snapshot of this process."""

    def __init__(self) -> None:
        self._kept: People | None = None

    def get(self, revision: int, now: datetime) -> People:
        """The snapshot of this revision; reads the database only if the last one does not hold."""
        kept = self._kept
        if kept is None or kept.revision != revision or now >= kept.holds_until:
            kept = self._kept = read_people(revision, now)
        return kept

    def forget(self) -> None:
        """Read anew next time."""
        self._kept = None


CACHE = PeopleCache()


def people_now(now: datetime) -> People:
    """Everybody, as of the latest committed change."""
    return CACHE.get(people_revision(), now)


def read_people(revision: int, now: datetime) -> People:
    """Read everybody from the database."""
    calendars = {str(one.pk): working_time(one, now.year) for one in models.Calendar.objects.all()}
    default = models.Calendar.objects.filter(is_default=True).first()
    if default is not None:
        calendars[""] = calendars[str(default.pk)]
    since = now - KEPT_BEHIND
    leaves = _by_rep(
        models.Leave.objects.filter(canceled_at=None, until_at__gt=since).order_by("from_at", "pk")
    )
    adjustments = _by_rep(
        models.Adjustment.objects.filter(canceled_at=None, until_date__gte=since.date()).order_by(
            "from_date", "pk"
        )
    )
    caps, caps_end = _caps(now)
    shifts = models.Duty.objects.filter(until_at__gt=now).order_by("roster", "pk")
    duties = _by_rep(shift for shift in shifts if shift.from_at <= now)
    reps = models.Rep.objects.select_related("user", "user__team").order_by("pk")
    team = TeamFacts.of(
        (
            _rep(
                rep,
                leaves.get(rep.pk, ()),
                adjustments.get(rep.pk, ()),
                tuple(dict.fromkeys(duty.roster for duty in duties.get(rep.pk, ()))),
                caps.get(rep.pk),
            )
            for rep in reps
        ),
        calendars,
    )
    data = {"t": "team", **team_to_json(team)}
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    edges = [edge for shift in shifts for edge in (shift.from_at, shift.until_at) if edge > now]
    edges += caps_end
    holds_until = min([*edges, now + timedelta(days=1)])
    digest = sha256(body.encode()).hexdigest()
    names = {rep.id: rep.name for rep in team.reps}
    by_id = {int(rep.id): rep for rep in team.reps}
    return People(revision, team, body, digest, holds_until, names, by_id)


def _caps(now: datetime) -> tuple[dict[int, int], list[datetime]]:
    """Caps by hand that hold now, by rep, and when each ends by the rep's own clock."""
    found, ends = {}, []
    rows = models.Cap.objects.filter(ended_at=None, until_date__gte=(now - KEPT_BEHIND).date())
    for cap in rows.select_related("rep__calendar"):
        _, end = whole_days(cap.until_date, cap.until_date, zone_of_rep(cap.rep))
        if end > now:
            found[cap.rep_id] = cap.open_items
            ends.append(end)
    return found, ends


def _by_rep(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.rep_id, []).append(row)
    return found


def _rep(
    rep: models.Rep,
    leaves: Iterable[models.Leave],
    adjustments: Iterable[models.Adjustment],
    duty: tuple[str, ...],
    cap: int | None,
) -> RepFacts:
    lists: Mapping[str, list[str]] = {
        "region": rep.regions,
        "industry": rep.industries,
        "product": rep.products,
        "skill": rep.skills,
        "language": rep.languages,
        "duty": list(duty),
    }
    fields: dict[str, Value] = {name: tuple(values) for name, values in lists.items() if values}
    return RepFacts(
        id=str(rep.pk),
        name=rep.user.name,
        team=rep.user.team.name if rep.user.team else "",
        level=rep.level,
        weight=rep.weight,
        fields=fields,
        is_active=rep.is_active and rep.user.is_active,
        is_accepting=rep.is_accepting,
        joined_on=rep.joined_on,
        leaves=tuple(Leave(one.from_at, one.until_at, one.reason) for one in leaves),
        calendar="" if rep.calendar_id is None else str(rep.calendar_id),
        mentor_id=None if rep.mentor_id is None else str(rep.mentor_id),
        # By hand until a day, else by hand for good, else what his time allows.
        capacity=next(
            (one for one in (cap, rep.capacity) if one is not None), rep.derived_capacity
        ),
        performance=rep.performance,
        reward=rep.reward,
        weights={str(name): int(value) for name, value in rep.weights.items()},
        adjustments=tuple(
            Adjustment(one.factor, one.from_date, one.until_date, one.note) for one in adjustments
        ),
        results=rep.results,
        days_away=rep.days_away,
    )
