"""Leads that lie aside are handed out: to whom a plan names, or by the rules.

Whoever hands out many tells people once, when it is done.
"""

from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.capacity import Loads, are_unlimited
from evenhand.leads.models import Lead, State
from evenhand.people.actor import Actor
from evenhand.routing.deal import Placement
from evenhand.routing.desk import Desk, hold_books_in, open_desk
from evenhand.routing.loads import read_loads
from evenhand.routing.operations.give import give_planned
from evenhand.routing.retry import deal_queued
from evenhand.routing.world import roster_for, world_of


def hand_out(lead_id: int, *, to: int, note: str, actor: Actor) -> Reason | None:
    """Give a lead to whom a plan names, who pays for it; the time for the first contact begins.

    Returns why it stays aside: he cannot take it now. In the caller's transaction; the caller has
    made sure that the plan is one of somebody who may assign.

    :raises CannotAct: the ledger refuses it.
    """
    desk = open_desk(ItemKind.LEAD, lead_id)
    if desk.item.state != State.UNTENDED:
        return reason("act.not_free", item=desk.facts.id)
    why = _why_not_now(desk, to)
    if why is None:
        give_planned(desk, to=to, note=note, actor=actor)
    return why


def deal_aside(lead_id: int, *, actor: Actor) -> Placement | None:
    """Let the rules deal a lead that lies aside; None if it does so no more. As `hand_out`.

    :raises LoadsMoved: run the transaction again.
    """
    lead = Lead.objects.select_related("line").get(pk=lead_id)
    world = world_of("" if lead.line is None else lead.line.key)
    hold_books_in(world, ItemKind.LEAD, [lead_id])
    moved = Lead.objects.filter(pk=lead_id, state=State.UNTENDED).update(
        state=State.QUEUED,
        line_id=world.live.line_id,
        queued_at=timezone.now(),
        why_unassigned=reason("unassigned.released").as_json(),
    )
    if not moved:
        return None
    (placed,) = deal_queued(world, ItemKind.LEAD, [lead_id], actor=actor, is_told=False)
    return placed


def _why_not_now(desk: Desk, rep_id: int) -> Reason | None:
    """What keeps somebody from receiving the item now."""
    roster = roster_for(desk.world)
    place = roster.position.get(str(rep_id))
    if place is None:
        return reason("availability.inactive")
    away = roster.away[place]
    if away is not None or are_unlimited(roster.limits):
        return away
    loads = Loads(
        roster.team.reps,
        roster.limits,
        read_loads(roster, desk.world.moment),
        now=roster.now,
        zone=roster.zone,
    )
    return loads.why_full(place, desk.points)
