"""The figures of a team: its funnel, and one row per person, ready to be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from statistics import median_low

from evenhand.engine.calendar.worktime import BeyondHorizon, Calendar
from evenhand.leads.queries.filters import LeadFilter
from evenhand.leads.queries.team import (
    STEPS,
    Funnel,
    Holding,
    Waiting,
    first_contacts,
    funnels,
    holdings,
    waiting,
)
from evenhand.people.actor import Actor
from evenhand.people.presence import Presence, presence_within
from evenhand.people.queries.teams import reps_of_team
from evenhand.routing.limits import Carried, carried


@dataclass(frozen=True, slots=True)
class Response:
    """First contacts in working time: half came within `middle`; how many were in time."""

    count: int = 0
    middle: timedelta | None = None
    in_time: int = 0

    @property
    def in_time_percent(self) -> int | None:
        """The share that was in time, rounded down."""
        return 100 * self.in_time // self.count if self.count else None


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the team."""

    person: Presence
    funnel: Funnel
    waiting: Waiting
    load: Carried
    response: Response
    holding: Holding = field(default_factory=Holding)  # empty until `holding` was asked

    def rate(self, step: str) -> int | None:
        """How many of what he was given came to a step, in percent."""
        return rate_of(self.funnel, step)


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """A team as its page shows it."""

    funnel: Funnel
    response: Response
    members: Sequence[Member]
    full: int  # people at a limit
    overdue: int
    away: int
    by_team: Sequence[tuple[str, Funnel, int]]  # name, funnel, people; () where there is one


def rate_of(funnel: Funnel, step: str) -> int | None:
    """How many of those that somebody owned came to a step, in percent, rounded down."""
    owned = funnel.counts["owned"]
    return 100 * funnel.counts[step] // owned if owned else None


def team_figures(
    actor: Actor, wanted: LeadFilter, *, line_key: str, within: timedelta, now: datetime
) -> TeamFigures:
    """The figures of everybody within reach whom the filter names; eight queries for any number.

    `within` is the working time in which a first contact is to be made. What they hold is left
    out: a page shows it of fifty people, and `holding` asks for it.
    """
    people = presence_within(actor, now)
    if wanted.team is not None:
        chosen = reps_of_team(wanted.team)
        people = [one for one in people if one.rep_id in chosen]
    ids = [one.rep_id for one in people]
    found = funnels(actor, wanted, now=now)
    waits = waiting(actor, ids, now=now)
    loads = carried(line_key)
    contacts = first_contacts(ids, wanted)
    spans = {one.rep_id: _spans(one.calendar, contacts.get(one.rep_id, ())) for one in people}
    members = [
        Member(
            one,
            found.get(one.rep_id, Funnel()),
            waits.get(one.rep_id, Waiting()),
            loads.get(one.rep_id, Carried()),
            _response(spans[one.rep_id], within),
        )
        for one in people
    ]
    whole = Funnel()
    for one in found.values():
        whole.add(one)
    return TeamFigures(
        funnel=whole,
        response=_response([span for one in spans.values() for span in one], within),
        members=members,
        full=sum((one.load.share or 0) >= 100 for one in members),
        overdue=sum(one.waiting.overdue for one in members),
        away=sum(one.person.away is not None for one in members),
        by_team=_by_team(members),
    )


def holding(actor: Actor, members: Sequence[Member]) -> list[Member]:
    """The same people with what they hold; three queries for any number."""
    held = holdings(actor, [one.person.rep_id for one in members])
    return [replace(one, holding=held[one.person.rep_id]) for one in members]


def _spans(
    calendar: Calendar, contacts: Iterable[tuple[datetime, datetime]]
) -> Sequence[timedelta]:
    spans = []
    for assigned_at, contacted_at in contacts:
        try:
            spans.append(calendar.elapsed(assigned_at, contacted_at))
        except BeyondHorizon:
            spans.append(contacted_at - assigned_at)
    return spans


def _response(spans: Sequence[timedelta], within: timedelta) -> Response:
    if not spans:
        return Response()
    return Response(len(spans), median_low(spans), sum(span <= within for span in spans))


def _by_team(members: Sequence[Member]) -> Sequence[tuple[str, Funnel, int]]:
    """The funnel of each team where there are several."""
    found: dict[str, tuple[Funnel, int]] = {}
    for one in members:
        funnel, people = found.setdefault(one.person.team, (Funnel(), 0))
        funnel.add(one.funnel)
        found[one.person.team] = (funnel, people + 1)
    if len(found) < 2:
        return ()
    return [(name, funnel, people) for name, (funnel, people) in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel."""

    key: str
    count: int
    of_all: int  # percent of what came in
    of_before: int | None  # percent of the step before


def steps_of(funnel: Funnel) -> list[Step]:
    """The steps of a funnel with their shares."""
    steps, before = [], None
    for key in STEPS:
        count = funnel.counts[key]
        whole = funnel.counts["all"]
        steps.append(
            Step(
                key,
                count,
                100 * count // whole if whole else 0,
                None if not before else 100 * count // before,
            )
        )
        before = count
    return steps


SORTS = frozenset(
    ("name", "given", "contacted", "response", "overdue", "leads", "load", "converted", "won")
)


def in_order(members: Sequence[Member], sort: str) -> list[Member]:
    """The rows in an order: a column of SORTS, `-` before it for the largest first.

    By `leads` only those know their place who came out of `holding`.
    """
    key = sort.removeprefix("-")
    if key not in SORTS or key == "name":
        return list(reversed(members)) if sort == "-name" else list(members)

    def value(one: Member) -> float:
        found = _value(one, key)
        return float("-inf") if found is None else found

    return sorted(members, key=value, reverse=sort.startswith("-"))


def _value(one: Member, key: str) -> float | None:
    match key:
        case "given":
            return one.funnel.counts["owned"]
        case "contacted" | "converted":
            return one.rate(key)
        case "won":
            return one.funnel.counts["won"]
        case "response":
            return None if one.response.middle is None else one.response.middle.total_seconds()
        case "overdue":
            return one.waiting.overdue
        case "leads":
            return one.holding.leads
    return one.load.share
