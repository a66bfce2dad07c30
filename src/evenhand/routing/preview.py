"""Trying a lead: who would get it now and why, by the live rules or by a draft. Nothing is written.

The decision is taken by the same engine and put into words by the same receipt as a real one.
"""

from dataclasses import dataclass

from django.db import transaction

from evenhand import __version__
from evenhand.engine.facts import Item
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.pool.section import PeaceSection
from evenhand.engine.routing.decision import Decision
from evenhand.engine.routing.recall import recall
from evenhand.engine.routing.receipt import ReceiptWriter
from evenhand.leads.arrivals import OpenLead, keys_of
from evenhand.leads.intake import LeadIn
from evenhand.leads.whereabouts import whereabouts
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.people.scope import Right, demand
from evenhand.routing.customers import in_peace, part_in_peace
from evenhand.routing.explain import Explained, in_words
from evenhand.routing.recognize import recognizer_for
from evenhand.routing.standing import router_for
from evenhand.routing.world import World, roster_for, world_of
from evenhand.wording.catalogue import Words


@dataclass(frozen=True, slots=True)
class Tried:
    """What would become of a lead."""

    open_lead: OpenLead | None = None  # of the same person: it would be a touch of this one
    decision: Decision | None = None
    explained: Explained | None = None
    owner_name: str = ""

    @property
    def owner_id(self) -> int | None:
        """Who would have the lead."""
        if self.open_lead is not None:
            return self.open_lead.owner_id
        rep_id = None if self.decision is None else self.decision.rep_id
        return None if rep_id is None else int(rep_id)


def try_lead(
    lead: LeadIn, *, words: Words, actor: Actor, draft: PolicyDocument | None = None
) -> Tried:
    """Who would get a lead that came in now, by the live rules of its line or by a draft of them.

    :raises NotAllowed: the actor may not edit rules.
    :raises NoSuchLine, UnknownCollector: the lead names what is not there.
    """
    demand(actor, Right.EDIT_POLICY)
    with transaction.atomic():
        world = world_of(lead.line)
        plain = world.live.document if draft is None else draft.as_plain()
        policy = world.live.policy if draft is None else policy_from_json(plain)
        peace = world.live.pools.peace if draft is None else draft.peace
        item = _recognized(lead, world, peace)
        if isinstance(item, OpenLead):
            name = world.people.names.get(str(item.owner_id), "")
            return Tried(open_lead=item, owner_name=name)
        router = router_for(world, [item], policy=policy)
        reading = policy.read(item, now=router.now, clock=router.clock)
    writer = ReceiptWriter(router)
    lines = writer.opening(plain, __version__)
    lines += writer.departures(router.settle_members())
    prepared = router.prepare(reading, router.draw(item.id, item.round))
    decision = router.route_prepared(
        item.id, prepared, owner=policy.owner_of(item), with_places=True
    )
    lines += writer.decision(decision, prepared)
    explained = in_words(recall(lines, item.id, policy_from_json), words, item="0")
    name = "" if decision.rep_id is None else world.people.names.get(decision.rep_id, "")
    return Tried(decision=decision, explained=explained, owner_name=name)


def _recognized(lead: LeadIn, world: World, peace: PeaceSection | None) -> Item | OpenLead:
    country = Organization.objects.values_list("country", flat=True).get(pk=1)
    keys = keys_of(lead, country)
    known = recognizer_for(world, [lead], [keys], whereabouts())
    known.recognize(0, lead, keys, (0, 0, 0))
    part_in_peace(known, peace, world)
    if known.attached:
        return known.found.open_lead(known.attached[0].to_lead)
    if known.repeats:
        return known.repeats[0]
    ((_, new, item),) = known.new
    return in_peace([(new, item)], peace, roster_for(world).now)[0]
