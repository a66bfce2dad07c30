"""A router that stands where the next item would find it: the present books, people and loads.

What is decided with it is a look: nothing of it is written.
"""

from collections.abc import Collection, Iterable, Mapping
from copy import copy

from evenhand.engine.facts import Item, Load
from evenhand.engine.routing.capacity import Limits
from evenhand.engine.routing.contests import books_of
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.eligible import Roster
from evenhand.engine.routing.plan import plan
from evenhand.engine.routing.policy import Policy
from evenhand.ledger.store import read_books
from evenhand.routing.loads import read_loads
from evenhand.routing.world import World, roster_for


def router_for(
    world: World,
    items: Iterable[Item],
    *,
    policy: Policy | None = None,
    keys: Collection[str] = (),
    has_limits: bool = True,
    is_lasting: bool = False,
) -> Router:
    """A router with all books that deciding these items can touch, and those of `keys`.

    `policy` is a draft in place of the live one. Without `has_limits` nobody is ever full: what is
    dealt now is taken bit by bit later. With `is_lasting` it is about who could take over, by a
    plan, work that stays with him (`Roster.for_lasting`).
    """
    if policy is None or policy is world.live.policy:
        policy, roster = world.live.policy, roster_for(world)
    else:
        roster = Roster(policy, world.people.team, world.moment)
    clock = world.people.team.company_calendar
    readings = {policy.read(one, now=roster.now, clock=clock) for one in items}
    plans = [plan(one, policy, now=roster.now, clock=clock) for one in readings]
    wanted = {key for one in plans for key in books_of(policy, one)} | set(keys)
    loads: Mapping[str, Load] = {}
    if has_limits:
        loads = read_loads(roster, world.moment)
    else:
        roster = copy(roster)
        roster.limits = tuple(Limits() for _ in roster.limits)
    roster = roster.for_lasting() if is_lasting else roster
    return Router(
        policy,
        world.people.team,
        now=world.moment,
        seed=world.seed,
        books=read_books(world.live.line_id, wanted),
        loads=loads,
        roster=roster,
    )
