"""Leads of their own for whoever has, or had, another of the same person: placed, at no cost.

Nobody is credited and nobody pays, so there is no receipt: which keys matched and to which lead it
goes stands in the event `lead.attached` and on the time line.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from evenhand.engine.facts import ItemKind
from evenhand.engine.routing.plan import plan
from evenhand.leads.arrive import write_leads
from evenhand.leads.custody import Place, Taking, add_loads, open_assignments
from evenhand.leads.models import State
from evenhand.routing.recognize import Attached
from evenhand.routing.world import World, roster_for

CAUSE = "again"


def attach(world: World, leads: Sequence[Attached], owners: Mapping[int, int]) -> list[Place]:
    """Write leads with the owners of those they are attached to (number → rep id).

    Call it after everything else of the batch was dealt: loads are only added to.
    """
    if not leads:
        return []
    policy, roster = world.live.policy, roster_for(world)
    clock = world.people.team.company_calendar
    places = []
    for one in leads:
        reading = policy.read(one.item, now=roster.now, clock=clock)
        worth = plan(reading, policy, now=roster.now, clock=clock)
        places.append(
            Place(
                item_id=one.new.id,
                state=State.OWNED,
                owner_id=owners[one.number],
                pool="",
                grade=worth.grade,
                score=None if worth.score is None else worth.score.total,
                points=0,
                round=0,
                why=None,
                receipt_id=None,
                contact_due_at=_due(world, owners[one.number]),
                line_id=world.live.line_id,
            )
        )
    write_leads([one.new for one in leads], places, at=world.now)
    lead = ItemKind.LEAD.value
    taken = [(one.item_id, owners[a.number]) for one, a in zip(places, leads, strict=True)]
    open_assignments(
        [Taking(lead, item_id, rep, CAUSE, 0, None) for item_id, rep in taken], at=world.now
    )
    reps = [rep for _, rep in taken]
    add_loads({rep: (reps.count(rep), 0) for rep in set(reps)})
    return places


def _due(world: World, rep_id: int) -> datetime | None:
    """Until when he should have made contact, by his calendar."""
    if not world.first_contact:
        return None
    team = world.people.team
    rep = team.find(str(rep_id))
    assert rep is not None, "who is not here is given nothing"
    return team.calendar_of(rep).deadline(world.now, world.first_contact)
