"""Many leads at once, looked at before anything is written: whose each would be, and at what cost.

Decided one after another by the engine, from the present books and loads, as intake does it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from evenhand.engine.calendar.worktime import BeyondHorizon
from evenhand.engine.facts import Item
from evenhand.engine.pool.peace import held_beside
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Cause, Outcome, why_unassigned
from evenhand.engine.routing.handing_over import charge
from evenhand.leads.arrivals import keys_of
from evenhand.leads.intake import LeadIn
from evenhand.leads.whereabouts import whereabouts
from evenhand.people.models import Organization
from evenhand.routing.customers import in_peace, part_in_peace
from evenhand.routing.facts import with_owner
from evenhand.routing.recognize import recognizer_for
from evenhand.routing.standing import router_for
from evenhand.routing.world import World, roster_for, world_of


@dataclass(frozen=True, slots=True)
class Fate:
    """Whose a lead would be; what it would cost him in micro-points; or why it is nobody's."""

    rep_id: int | None = None
    points: int = 0
    pool: str = ""
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """A lead that is to be dealt, and who collected it."""

    item: Item
    company_id: int | None = None
    collected_by: int | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of leads: those of known people and those that come twice cost nothing."""

    fates: Sequence[Fate]
    repeats: int
    names: dict[int, str]  # of those who would have some


def foresee(
    leads: Sequence[LeadIn], *, is_plan: bool = False, collectors_first: bool = False
) -> Foreseen:
    """What would become of these leads, in this order, if they came in now.

    :raises NoSuchLine, UnknownCollector: a lead names what is not there.
    """
    country = Organization.objects.values_list("country", flat=True).get(pk=1)
    fates: list[Fate] = []
    repeats = 0
    names: dict[int, str] = {}
    for line in dict.fromkeys(one.line for one in leads):
        own = [one for one in leads if one.line == line]
        with transaction.atomic():
            world = world_for(line, is_plan=is_plan)
            keys = [keys_of(one, country) for one in own]
            known = recognizer_for(world, own, keys, whereabouts())
            for number, (lead, key) in enumerate(zip(own, keys, strict=True)):
                # Ids below nothing: they are of no lead, contact or company that is there.
                known.recognize(number, lead, key, (-number - 1, -number - 1, -number - 1))
            peace, now = world.live.pools.peace, roster_for(world).now
            part_in_peace(known, peace, world)
            items = in_peace([(new, item) for _, new, item in known.new], peace, now)
            awaited = [
                Awaited(item, new.company_id, new.lead.collected_by)
                for (_, new, _), item in zip(known.new, items, strict=True)
            ]
            fates += decide_all(world, awaited, is_plan=is_plan, collectors_first=collectors_first)
        repeats += len(known.repeats) + len(known.twins) + len(known.attached)
        names |= {int(k): name for k, name in world.people.names.items()}
    had = {one.rep_id for one in fates}
    return Foreseen(fates, repeats, {k: name for k, name in names.items() if k in had})


def world_for(line: str, *, is_plan: bool = False) -> World:
    """What decisions rest on; for a plan, when the company works next: by night nobody is there.

    :raises NoSuchLine: nothing is live there.
    """
    world = world_of(line)
    if not is_plan:
        return world
    try:
        at = world.people.team.company_calendar.next_open(world.now)
    except BeyondHorizon:
        return world
    return world if at <= world.now else world_of(line, at)


def decide_all(
    world: World, awaited: Iterable[Awaited], *, is_plan: bool, collectors_first: bool
) -> list[Fate]:
    """Decide in order, each standing on what was decided before. For a plan nobody is full."""
    rows = list(awaited)
    router = router_for(world, [one.item for one in rows], has_limits=not is_plan)
    router.settle_members()
    owners: dict[int, int] = {}
    peace = world.live.pools.peace
    one_owner = peace is not None and peace.one_owner_per_company
    fates = []
    for one in rows:
        item = with_owner(one.item, owners)
        if one_owner and one.company_id in owners:
            item = _beside(item, owners[one.company_id])
        fate = _decide(router, item, one.collected_by, collectors_first)
        if one.company_id is not None and fate.rep_id is not None:
            owners.setdefault(one.company_id, fate.rep_id)
        fates.append(fate)
    return fates


def _beside(item: Item, rep_id: int) -> Item:
    """The item once somebody looks after another of its company."""
    bar = held_beside([str(rep_id)])
    if any(one.why == bar.why for one in item.bars):
        return item  # somebody did before
    return replace(item, bars=(*item.bars, bar))


def _why_not(router: Router, place: int, points: int) -> Reason | None:
    """What keeps somebody from taking an item of so many points now."""
    return router.roster.away[place] or router.loads.why_full(place, points)


def _decide(router: Router, item: Item, collected_by: int | None, collectors_first: bool) -> Fate:
    reading = router.policy.read(item, now=router.now, clock=router.clock)
    prepared = router.prepare(reading, router.draw(item.id, item.round))
    points, rules = prepared.plan.points, prepared.plan.rules
    if collectors_first and collected_by is not None and rules:
        place = router.roster.position.get(str(collected_by))
        if place is not None and not _why_not(router, place, points):
            charge(router, item.id, prepared, rules[0], place, Cause.PERSON)
            return Fate(collected_by, points)
    found = router.route_prepared(
        item.id, prepared, round_=item.round, owner=router.policy.owner_of(item)
    )
    return Fate(
        rep_id=None if found.rep_id is None else int(found.rep_id),
        points=points,
        pool=found.where if found.outcome is Outcome.POOLED else "",
        why=why_unassigned(found),
    )
