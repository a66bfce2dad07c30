"""Whole weeks of people, worked out from what was logged; nothing is written here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from evenhand.engine.calendar.worktime import BeyondHorizon, Calendar, instant
from evenhand.engine.facts import Leave as LeaveFacts
from evenhand.engine.workload.bands import Standing, Week, standing
from evenhand.engine.workload.capacity import selling_time
from evenhand.engine.workload.meetings import meetings_between
from evenhand.engine.workload.section import WorkloadSection
from evenhand.people.clocks import company_day
from evenhand.people.models import Leave, Rep
from evenhand.people.snapshot import people_now
from evenhand.platform.clock import now
from evenhand.work.handled import (
    contacts_between,
    flows_between,
    responses_between,
    task_minutes_between,
)
from evenhand.work.loads import Carried, loads_of
from evenhand.work.sections import sections_now

WEEK = timedelta(days=7)
LOOKED_BACK = 12  # weeks that a band rests on at most
_FEWEST_RESPONSES = 20  # before anybody's earlier ones say what is usual
_NINE_OF_TEN = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a rep beside his weeks."""

    team: str
    level: str
    calendar: Calendar
    section: WorkloadSection
    here_from: date
    leaves: Sequence[LeaveFacts]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def this_week() -> date:
    """The Monday of this week, by the company's clock."""
    return monday_of(company_day(now()))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day."""
    return instant(datetime.combine(day, time()), zone)


def people_of(rep_ids: Collection[int], since: datetime) -> dict[int, Person]:
    """Reps with calendar, leave since a moment, and the rules that hold for most of their items."""
    sections = sections_now()
    loads = loads_of(rep_ids, sections)
    team = people_now(now()).team
    facts = {int(rep.id): rep for rep in team.reps}
    leaves: dict[int, list[LeaveFacts]] = {}
    rows = Leave.objects.filter(rep__in=rep_ids, canceled_at=None, until_at__gt=since)
    for one in rows.order_by("from_at"):
        leaves.setdefault(one.rep_id, []).append(LeaveFacts(one.from_at, one.until_at))
    found = {}
    for rep in Rep.objects.filter(pk__in=rep_ids).select_related("user"):
        if rep.pk not in facts:
            continue
        calendar = team.calendar_of(facts[rep.pk])
        section = loads.get(rep.pk, Carried()).section(sections)
        here = rep.joined_on or rep.user.created_at.astimezone(ZoneInfo(calendar.zone)).date()
        own = leaves.get(rep.pk, ())
        found[rep.pk] = Person(facts[rep.pk].team, rep.level, calendar, section, here, own)
    return found


def weeks_of(
    people: Mapping[int, Person], mondays: Sequence[date], zone: ZoneInfo
) -> dict[int, dict[date, Week]]:
    """The weeks that begin on these Mondays (ascending), by rep; four queries."""
    since, until = midnight(mondays[0], zone), midnight(mondays[-1] + WEEK, zone)
    contacts = contacts_between(people, since, until, zone)
    tasks = task_minutes_between(people, since, until, zone)
    came, went = flows_between(people, since, until, zone)
    return {
        rep: {
            monday: Week(
                handled_minutes=tasks.get((rep, monday), 0)
                + sum(one.minutes(person.section) for one in contacts.get((rep, monday), ())),
                selling_minutes=_selling_minutes(person, monday, zone),
                came_in=came.get((rep, monday), 0),
                went_out=went.get((rep, monday), 0),
            )
            for monday in mondays
        }
        for rep, person in people.items()
    }


def _selling_minutes(person: Person, monday: date, zone: ZoneInfo) -> int:
    first = max(monday, person.here_from)
    last = monday + timedelta(days=6)
    if first > last:
        return 0
    meetings = meetings_between(person.section.meetings, person.team, person.calendar, first, last)
    return selling_time(
        person.calendar,
        midnight(first, zone),
        midnight(last + timedelta(days=1), zone),
        leaves=person.leaves,
        meetings=meetings,
    ).minutes


@dataclass(frozen=True, slots=True)
class Responses:
    """First responses of one rep in working minutes, by when they were made, oldest first."""

    at: Sequence[datetime]
    minutes: Sequence[int]

    def between(self, since: datetime, until: datetime) -> list[int]:
        """Those of a time."""
        pairs = zip(self.at, self.minutes, strict=True)
        return [minutes for at, minutes in pairs if since <= at < until]


def responses_of(
    people: Mapping[int, Person], since: datetime, until: datetime
) -> dict[int, Responses]:
    """First responses in the working time of each rep; one query."""
    found = {}
    for rep, pairs in responses_between(people, since, until).items():
        calendar = people[rep].calendar
        taken = [_working_minutes(calendar, *pair) for pair in pairs]
        found[rep] = Responses([pair[1] for pair in pairs], taken)
    return found


def _working_minutes(calendar: Calendar, from_at: datetime, until_at: datetime) -> int:
    try:
        return calendar.elapsed(from_at, until_at) // timedelta(minutes=1)
    except BeyondHorizon:
        return (until_at - from_at) // timedelta(minutes=1)


def standings(
    people: Mapping[int, Person],
    weeks: Mapping[int, Mapping[date, Week]],
    last: date,
    zone: ZoneInfo,
    responses: Mapping[int, Responses],
) -> dict[int, Standing]:
    """Where everybody stands at the end of the week that begins on `last`.

    Usual is what nine of ten of one's own earlier responses kept to, or of everybody's.
    """
    until = midnight(last + WEEK, zone)
    earliest = midnight(last - LOOKED_BACK * WEEK, zone)
    everybody = _usual(
        [one for every in responses.values() for one in every.between(earliest, until)]
    )
    found = {}
    for rep, person in people.items():
        own = weeks.get(rep, {})
        seen = [own[day] for day in sorted(own) if last - LOOKED_BACK * WEEK < day <= last]
        terms = person.section.band_terms
        since = midnight(last - (terms.smoothed_weeks - 1) * WEEK, zone)
        mine = responses.get(rep, Responses((), ()))
        earlier = _usual(mine.between(earliest, since))
        usual = everybody if earlier is None else earlier
        found[rep] = standing(seen, mine.between(since, until), usual_response=usual, terms=terms)
    return found


def _usual(minutes: Sequence[int]) -> int | None:
    """What nine of ten keep to; None where there are too few to say."""
    if len(minutes) < _FEWEST_RESPONSES:
        return None
    ordered = sorted(minutes)
    return ordered[int(_NINE_OF_TEN * len(ordered)) - 1]
