"""Under which rule the clocks of an item run: that of the version which its assignment names."""

from dataclasses import dataclass

from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.section import ClockRule
from evenhand.engine.routing.eligible import Roster
from evenhand.leads.models import Assignment, Held
from evenhand.platform.refusal import NotFound
from evenhand.policies.live import LivePolicy, policy_of_version
from evenhand.routing.desk import facts_of
from evenhand.routing.world import World, roster_for


@dataclass(frozen=True, slots=True)
class Governed:
    """An item that somebody holds, and the rule of its clocks; None = no clock runs."""

    assignment: Assignment
    rule: ClockRule | None


def open_assignment(kind: str, item_id: int) -> Assignment:
    """Who holds an item, as a row; the caller locked the item where it matters.

    :raises NotFound: nobody does.
    """
    found = Assignment.objects.filter(item_kind=kind, item_id=item_id, closed_at=None).first()
    if found is None:
        raise NotFound(kind, item_id)
    return found


def governed(kind: ItemKind, item: Held, world: World) -> Governed:
    """The rule over an item that somebody holds, as things stand in `world`.

    :raises NotFound: nobody holds it.
    """
    held = open_assignment(kind.value, item.pk)
    version = held.clocks_policy_id or world.live.version_id
    live = world.live if version == world.live.version_id else policy_of_version(version)
    return Governed(held, _rule(kind, item, live, world))


def _rule(kind: ItemKind, item: Held, live: LivePolicy, world: World) -> ClockRule | None:
    if not live.pools.clocks.rules:
        return None
    if live is world.live:
        roster = roster_for(world)
    else:
        roster = Roster(live.policy, world.people.team, world.moment)
    position = roster.position.get(str(item.owner_id))
    if position is None:
        return None
    calendar = world.people.team.company_calendar
    reading = live.policy.read(facts_of(kind, item, live), now=roster.now, clock=calendar)
    bound = live.policy.bind(reading, now=roster.now, clock=calendar)
    return live.pools.clocks_for(kind.value, roster.seen_by(bound, position))
