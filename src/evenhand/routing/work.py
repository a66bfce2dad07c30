"""A world in which to-dos are dealt: their rules, the same people, the books of workload points."""

import json
from dataclasses import replace
from hashlib import sha256

from evenhand.engine.routing.stored import team_to_json
from evenhand.engine.routing.team import Team
from evenhand.people.snapshot import People
from evenhand.policies.live import work_of
from evenhand.routing.world import World

# The latest people and the same without limits of their own: those are about leads.
_known: list[tuple[People, People]] = []


def work_world(world: World) -> World | None:
    """The world of a line for its to-dos; None where its rules know none."""
    live = work_of(world.live)
    if live is None:
        return None
    return replace(world, live=live, people=_without_limits(world.people))


def _without_limits(people: People) -> People:
    """Somebody's own capacity counts leads, accounts and opportunities, and no to-dos."""
    if _known and _known[0][0] is people:
        return _known[0][1]
    team = people.team
    plain = Team(tuple(replace(rep, capacity=None) for rep in team.reps), team.calendars)
    body = json.dumps(
        {"t": "team", **team_to_json(plain)}, ensure_ascii=False, separators=(",", ":")
    )
    found = replace(people, team=plain, body=body, digest=sha256(body.encode()).hexdigest())
    _known[:] = [(people, found)]
    return found
