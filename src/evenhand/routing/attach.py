"""Leads of their own for whoever has, or had, another of the same person: placed, at no cost.

Nobody is credited and nobody pays, so there is no receipt: which keys matched and to which lead it
goes stands in the event `lead.attached` and on the time line.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from evenhand.engine.facts import ItemKind
from evenhand.leads.arrive import write_leads
from evenhand.leads.custody import Place, Taking, add_loads, open_assignments
from evenhand.leads.models import State
from evenhand.routing.recognize import Attached
from evenhand.routing.undealt import undealt
from evenhand.routing.world import World, contact_due

CAUSE = "again"


def attach(world: World, leads: Sequence[Attached], owners: Mapping[int, int]) -> list[Place]:
    """Write leads with the owners of those they are attached to (number → rep id).

    Call it after everything else of the batch was dealt: loads are only added to.
    """
    if not leads:
        return []
    due = {rep: contact_due(world, rep) for rep in set(owners.values())}
    places = [
        undealt(
            world,
            one.item,
            one.new.id,
            state=State.OWNED,
            owner_id=owners[one.number],
            contact_due_at=due[owners[one.number]],
        )
        for one in leads
    ]
    write_leads([one.new for one in leads], places, at=world.now)
    lead = ItemKind.LEAD.value
    taken = [(one.item_id, owners[a.number]) for one, a in zip(places, leads, strict=True)]
    open_assignments(
        [Taking(lead, item_id, rep, CAUSE, 0, None) for item_id, rep in taken], at=world.now
    )
    add_loads({rep: (count, 0) for rep, count in Counter(rep for _, rep in taken).items()})
    return places
