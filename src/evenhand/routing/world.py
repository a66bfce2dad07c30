"""What decisions of a line rest on besides the items: policy, people, moment, seed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.engine.routing.eligible import Roster
from evenhand.people.models import Organization
from evenhand.people.snapshot import CACHE, People
from evenhand.policies.live import LivePolicy, NoSuchLine, lock_live


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


def world_of(line_key: str, now: datetime | None = None) -> World:
    """What decisions of a line rest on now. In the caller's transaction.

    :raises NoSuchLine: nothing is live there.
    """
    at = now or timezone.now()
    # Locked before people are read: whoever was deactivated before is not considered.
    live = lock_live(line_key)
    organization = Organization.objects.get(pk=1)
    people = CACHE.get(organization.people_revision, at)
    first_contact = timedelta(minutes=organization.first_contact_minutes)
    return World(live, people, organization.seed, at, first_contact)


def world_seen(line_key: str, now: datetime) -> World | None:
    """The same to look at: nothing is held. None = nothing is live there."""
    try:
        with transaction.atomic():
            return world_of(line_key, now)
    except NoSuchLine:
        return None


def contact_due(world: World, rep_id: int) -> datetime | None:
    """By when somebody who gets a lead now should make contact, by his calendar; None = no time."""
    if not world.first_contact:
        return None
    team = world.people.team
    calendar = team.calendar_of(team.reps[roster_for(world).position[str(rep_id)]])
    return calendar.deadline(world.now, world.first_contact)


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
