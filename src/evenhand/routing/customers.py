"""Leads on their way in as customers whose peace is to be kept (客户安宁): see `leads.peace`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from evenhand.engine.facts import Item, ItemKind
from evenhand.engine.pool.peace import why_not_take
from evenhand.engine.pool.section import PeaceSection
from evenhand.leads.arrive import NewLead
from evenhand.leads.models import State
from evenhand.leads.peace import bars_on, lives_for_taking
from evenhand.routing.recognize import Recognizer
from evenhand.routing.world import World, roster_for


class Customer(NamedTuple):
    """A lead on its way in, as `leads.peace` knows items; nobody holds it yet."""

    pk: int
    contact_id: int | None
    company_id: int | None
    owner_id: int | None = None
    state: str = State.QUEUED


def customer_of(lead: NewLead) -> Customer:
    """Whose lead it is; of somebody new nothing is known."""
    return Customer(lead.id, None if lead.is_new_contact else lead.contact_id, lead.company_id)


def in_peace(
    leads: Sequence[tuple[NewLead, Item]], terms: PeaceSection | None, now: datetime
) -> list[Item]:
    """New leads with what keeps people from them, to look at: nobody is held up by it."""
    asked = [(ItemKind.LEAD.value, customer_of(lead)) for lead, _ in leads]
    found = bars_on(asked, terms, now=now)
    return [replace(item, bars=bars) for (_, item), bars in zip(leads, found, strict=True)]


def part_in_peace(known: Recognizer, terms: PeaceSection | None, world: World) -> None:
    """Who comes back is dealt by the rules where his peace keeps him from whoever had him before.

    Whoever holds an open lead of his is the customer's owner already: nothing changes hands.
    """
    back = [one for one in known.attached if not one.is_open and one.owner_id is not None]
    if not back:
        return
    asked = [(ItemKind.LEAD.value, customer_of(one.new)) for one in back]
    lives, now = lives_for_taking(asked, terms), roster_for(world).now
    known.deal(
        one
        for one in back
        if why_not_take(lives[ItemKind.LEAD.value, one.new.id], str(one.owner_id), terms, now)
    )
