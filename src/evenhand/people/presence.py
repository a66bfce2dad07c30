"""Who can receive items now, and who cannot, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import Rep
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.availability import why_unavailable
from evenhand.engine.routing.section import AvailabilitySection
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand, sees_everybody
from evenhand.people.snapshot import people_now

# Leave and switch as every policy takes them unless it says otherwise.
_USUAL = AvailabilitySection()


@dataclass(frozen=True, slots=True)
class Presence:
    """One rep: `away` says why he receives nothing now; None = he does."""

    rep_id: int
    name: str
    team: str
    is_accepting: bool
    away: Reason | None
    calendar: Calendar


def presence_of(user_id: int, now: datetime) -> Presence | None:
    """How it stands with one rep; None for who receives no items."""
    people = people_now(now)
    found = people.reps.get(user_id)
    if found is None or not found.is_active:
        return None
    return _presence(found, people.calendar_of(user_id), now)


def presence_within(actor: Actor, now: datetime) -> list[Presence]:
    """All reps at work in the actor's data scope, sorted as the people are.

    :raises NotAllowed: he may not see people.
    """
    demand(actor, Right.SEE_PEOPLE)
    return list(_within(actor, now))


def _within(actor: Actor, now: datetime) -> Iterator[Presence]:
    team = people_now(now).team
    everybody = sees_everybody(actor)
    for rep in team.reps:
        if rep.is_active and (everybody or int(rep.id) in actor.reps):
            yield _presence(rep, team.calendar_of(rep), now)


def _presence(rep: Rep, calendar: Calendar, now: datetime) -> Presence:
    away = why_unavailable(rep, _USUAL, calendar, now)
    return Presence(int(rep.id), rep.name, rep.team, rep.is_accepting, away, calendar)
