"""The gate of public pools: which somebody sees, which items lie in them, which he looks after.

Members claim and see what may be claimed; administrators (named in the rules, or whoever may tend
all pools) also see pools from which only they assign.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from evenhand.engine.pool.terms import ReadyPool
from evenhand.leads.access import MODELS
from evenhand.leads.models import State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import NotFound
from evenhand.policies.live import NoSuchLine
from evenhand.policies.queries import lines
from evenhand.routing.world import World, roster_for, world_of

# A token needs this scope where its person looks after a pool by name, not by role.
_SCOPE_OF_TENDING = "distribute"


@dataclass(frozen=True, slots=True)
class SeenPool:
    """A pool as somebody sees it: the rules of its line, and what he is there."""

    world: World
    ready: ReadyPool
    is_member: bool  # may claim, as far as the pool itself says
    is_administrator: bool

    @property
    def line_id(self) -> int:
        """The business line whose rules name it."""
        return self.world.live.line_id

    @property
    def name(self) -> str:
        """Its name, unique within the line."""
        return self.ready.name

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of items it holds."""
        return self.ready.holds


def tends(actor: Actor, ready: ReadyPool) -> bool:
    """Whether somebody looks after a pool."""
    if may(actor, Right.TEND_POOLS):
        return True
    is_named = actor.user_id is not None and str(actor.user_id) in ready.administrators
    return is_named and (actor.token_scopes is None or _SCOPE_OF_TENDING in actor.token_scopes)


def is_member(actor: Actor, ready: ReadyPool, world: World) -> bool:
    """Whether somebody may claim from a pool, as far as the pool's own condition says."""
    if not (may(actor, Right.CLAIM) and actor.is_rep and ready.is_claimed_from):
        return False
    roster = roster_for(world)
    position = roster.position.get(str(actor.user_id))
    if position is None or not roster.team.reps[position].is_active:
        return False
    is_open = ready.terms.who is None
    return is_open or ready.admits(roster.seen_by(roster.blank, position))


def seen_in(actor: Actor, world: World) -> Iterator[SeenPool]:
    """The pools of a line that somebody sees, in the order of the rules."""
    looks = may(actor, Right.SEE_UNASSIGNED)
    for ready in world.live.pools.pools.values():
        seen = SeenPool(world, ready, is_member(actor, ready, world), tends(actor, ready))
        if looks or seen.is_member or seen.is_administrator:
            yield seen


def pools_of(actor: Actor, *, now: datetime | None = None) -> tuple[SeenPool, ...]:
    """Every pool that somebody sees, the default line's first."""
    found: list[SeenPool] = []
    for line in lines():
        try:
            with transaction.atomic():
                world = world_of(line.key, now)
        except NoSuchLine:
            continue
        found += seen_in(actor, world)
    return tuple(found)


def pool_named(
    actor: Actor, name: str, *, line_id: int | None = None, now: datetime | None = None
) -> SeenPool:
    """A pool by name; of the first line that has one where the line is not said.

    :raises NotFound: there is none within his reach.
    """
    for seen in pools_of(actor, now=now):
        if seen.name == name and line_id in (None, seen.line_id):
            return seen
    raise NotFound("pool", line_id or 0)


def pooled_for(actor: Actor, seen: SeenPool, kind: str) -> QuerySet[Any]:
    """The items of a kind that lie in a pool which somebody sees."""
    rows = MODELS[kind]._default_manager.filter(
        state=State.POOLED, line_id=seen.line_id, pool=seen.name
    )
    looks = seen.is_member or seen.is_administrator or may(actor, Right.SEE_UNASSIGNED)
    return rows if looks and kind in seen.kinds else rows.none()


def pooled_item(actor: Actor, kind: str, item_id: int) -> tuple[SeenPool, Any]:
    """An item by id with the pool in which it lies.

    :raises NotFound: it lies in no pool that he sees.
    """
    if kind in MODELS:
        rows = MODELS[kind]._default_manager.filter(pk=item_id, state=State.POOLED)
        found = rows.values_list("line_id", "pool").first()
        for seen in pools_of(actor) if found is not None else ():
            if found == (seen.line_id, seen.name):
                item = pooled_for(actor, seen, kind).filter(pk=item_id).first()
                if item is not None:
                    return seen, item
    raise NotFound(kind, item_id)
