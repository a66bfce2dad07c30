"""What decisions of a line rest on besides the items: policy, people, moment, seed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.engine.routing.eligible import Roster
from evenhand.people.snapshot import CACHE, People
from evenhand.platform.prepared import send
from evenhand.platform.rows import pipelined
from evenhand.policies.live import LivePolicy, NoSuchLine, ask_live


@dataclass(frozen=True, slots=True)
class World:
    """What a decision rests on besides the items: line, people, moment, seed."""

    live: LivePolicy
    people: People
    seed: str
    now: datetime
    first_contact: timedelta

    @property
    def moment(self) -> datetime:
        """The engine's `now`: whole seconds, as leave and hours are given; receipts name it."""
        return self.now.astimezone(UTC).replace(microsecond=0)


_COMPANY = "SELECT people_revision, seed, first_contact_minutes FROM organization WHERE id = 1"


def world_of(line_key: str, now: datetime | None = None) -> World:
    """What decisions of a line rest on now. In the caller's transaction.

    :raises NoSuchLine: nothing is live there.
    """
    at = now or timezone.now()
    with pipelined():
        # Locked before people are read: whoever was deactivated before is not considered.
        asked = ask_live(line_key)
        company = send(_COMPANY)
        live = asked()
        ((revision, seed, minutes),) = company.rows()
    return World(live, CACHE.get(revision, at), seed, at, timedelta(minutes=minutes))


def world_seen(line_key: str, now: datetime) -> World | None:
    """The same to look at: nothing is held. None = nothing is live there."""
    try:
        with transaction.atomic():
            return world_of(line_key, now)
    except NoSuchLine:
        return None


def contact_due(world: World, rep_id: int) -> datetime | None:
    """By when somebody who gets a lead now should make contact, by his calendar; None = no time."""
    return ContactDues(world).of(rep_id)


class ContactDues:
    """The same for many people: worked out once per calendar."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, datetime] = {}

    def of(self, rep_id: int) -> datetime | None:
        """By when this person should make contact; None = no time."""
        world, team = self._world, self._world.people.team
        if not world.first_contact:
            return None
        rep = team.reps[roster_for(world).position[str(rep_id)]]
        due = self._known.get(rep.calendar)
        if due is None:
            due = team.calendar_of(rep).deadline(world.now, world.first_contact)
            self._known[rep.calendar] = due
        return due


def present(world: World) -> frozenset[int]:
    """Whoever works here and can be given something at all."""
    return frozenset(int(rep.id) for rep in world.people.team.reps if rep.is_active)


# By line and aspect: version, people, moment, and the roster of then.
_rosters: dict[tuple[int, str], tuple[int, str, datetime, Roster]] = {}


def roster_for(world: World) -> Roster:
    """Who could take what under this policy at this second; one serves all batches of it."""
    key = (world.live.version_id, world.people.digest, world.moment)
    place = (world.live.line_id, world.live.aspect)
    kept = _rosters.get(place)
    if kept is not None and kept[:3] == key:
        return kept[3]
    if kept is not None and kept[:2] == key[:2]:
        roster = kept[3].at(world.moment)
    else:
        roster = Roster(world.live.policy, world.people.team, world.moment)
    _rosters[place] = (*key, roster)
    return roster
