"""The place of a lead that somebody puts somewhere instead of dealing it: worth known, no cost."""

import json
from datetime import datetime

from evenhand.engine.facts import Item
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.plan import plan
from evenhand.leads.custody import Place
from evenhand.routing.world import World, roster_for


def undealt(
    world: World,
    item: Item,
    item_id: int,
    *,
    state: str,
    owner_id: int | None = None,
    pool: str = "",
    why: Reason | None = None,
    contact_due_at: datetime | None = None,
) -> Place:
    """Where a lead goes without a decision: graded and scored by the policy, charged to nobody."""
    policy, now = world.live.policy, roster_for(world).now
    clock = world.people.team.company_calendar
    worth = plan(policy.read(item, now=now, clock=clock), policy, now=now, clock=clock)
    return Place(
        item_id=item_id,
        state=state,
        owner_id=owner_id,
        pool=pool,
        grade=worth.grade,
        score=None if worth.score is None else worth.score.total,
        points=0,
        round=0,
        why=None if why is None else json.dumps(why.as_json()),
        receipt_id=None,
        contact_due_at=contact_due_at,
        line_id=world.live.line_id,
    )
