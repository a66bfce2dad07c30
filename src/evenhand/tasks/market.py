"""The task market (任务大厅): what is on offer, what of it somebody may claim, why not the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from evenhand.engine.conditions.bindings import Bindings
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.eligible import Roster
from evenhand.engine.routing.plan import plan
from evenhand.engine.workload.tasks_section import MarketTerms
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now as now_
from evenhand.policies.queries import lines
from evenhand.routing.work import work_world
from evenhand.routing.world import World, roster_for, world_seen
from evenhand.tasks.carried import claimed_since, held_of_claims
from evenhand.tasks.facts import linked, stored_item
from evenhand.tasks.models import Task, TaskState


@dataclass(frozen=True, slots=True)
class Market:
    """The task market of a line as somebody sees it; limits and what he used of them."""

    line_id: int
    line_key: str
    line_name: str
    terms: MarketTerms
    claimed_today: int
    held: int
    held_points: int
    why_not: Reason | None  # why he claims nothing now
    tasks: QuerySet[Task]  # those due first come first


def market(actor: Actor, *, now: datetime | None = None) -> list[Market]:
    """The markets of all lines whose rules let the actor look: members, and who assigns."""
    found = []
    at = now or now_()
    looks = may(actor, Right.SEE_UNASSIGNED)
    for line in lines():
        world = world_seen(line.key, at)
        if world is None or world.live.tasks is None or work_world(world) is None:
            continue
        terms = world.live.tasks.market
        is_member = claims_here(actor, world, terms)
        if not (is_member or looks):
            continue
        since = midnight_of(world, at)
        used = claimed_since(actor.user_id or 0, since) if is_member else 0
        held, points = held_of_claims(actor.user_id or 0) if is_member else (0, 0)
        why = why_not_claim(terms, used, held, points) if is_member else reason("task.no_member")
        rows = Task.objects.filter(line_id=line.pk, state=TaskState.OFFERED)
        rows = rows.select_related("company").order_by("due_at", "pk")
        found.append(Market(line.pk, line.key, line.name, terms, used, held, points, why, rows))
    return found


def claims_here(actor: Actor, world: World, terms: MarketTerms) -> bool:
    """Whether somebody claims on the market of this line, as far as its own condition says."""
    if not (may(actor, Right.CLAIM) and actor.is_rep):
        return False
    work = work_world(world)
    if work is None:
        return False
    roster = roster_for(work)
    position = roster.position.get(str(actor.user_id))
    if position is None or not roster.team.reps[position].is_active:
        return False
    return work.live.policy.test(terms.who)(roster.seen_by(roster.blank, position))


def why_not_claim(
    terms: MarketTerms, used: int, held: int, held_points: int, points: int = 0
) -> Reason | None:
    """Why whoever claimed so many today and holds so much takes nothing more; None = he may."""
    if terms.per_day is not None and used >= terms.per_day:
        return reason("task.day_limit", limit=terms.per_day)
    if terms.holding is not None and held >= terms.holding:
        return reason("task.holding", held=held, limit=terms.holding)
    most = terms.holding_points
    if most is not None and held_points + points > most:
        return reason("task.holding_points", held=held_points, points=points, limit=most)
    return None


def midnight_of(world: World, at: datetime) -> datetime:
    """When the company's day of a moment began."""
    zone = roster_for(world).zone
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def why_unfit(roster: Roster, rep_id: int, task: Task, bindings: Bindings) -> Reason | None:
    """Why level or skills of somebody do not reach for a to-do; None = they do.

    `bindings` is what its plan asks of whoever takes it.
    """
    position = roster.position[str(rep_id)]
    level = roster.level[position]
    if level is not None and not level.takes(bindings):
        return reason("task.level_too_low", level=task.level)
    has = set(roster.fields[position].get("skill") or ())  # type: ignore[arg-type]
    missing = [one for one in task.skills if one not in has]
    return reason("task.skill_missing", skills=tuple(missing)) if missing else None


def why_not_each(here: Market, tasks: Sequence[Task], *, actor: Actor) -> Mapping[int, Reason]:
    """Why somebody cannot claim these to-dos of a market now, by id; the others he can.

    It says what claiming would say, before he tries; claiming judges anew, under locks.
    """
    if here.why_not is not None or actor.user_id is None:
        of_all = here.why_not or reason("task.no_rep")
        return {one.pk: of_all for one in tasks}
    world = world_seen(here.line_key, now_())
    work = None if world is None else work_world(world)
    if work is None:
        return {one.pk: reason("task.no_member") for one in tasks}
    policy, clock = work.live.policy, work.people.team.company_calendar
    roster = roster_for(work)
    links = linked((one.item_kind, one.item_id) for one in tasks if one.item_id is not None)
    found: dict[int, Reason] = {}
    for task in tasks:
        about = links.get((task.item_kind, task.item_id or 0))
        item = stored_item(task, about, policy.schema)
        reading = policy.read(item, now=roster.now, clock=clock)
        bindings = plan(reading, policy, now=roster.now, clock=clock).bindings
        why = why_unfit(roster, actor.user_id, task, bindings) or why_not_claim(
            here.terms, here.claimed_today, here.held, here.held_points, task.points
        )
        if why is not None:
            found[task.pk] = why
    return found
