"""Where an item may go by hand, and to whom: what the page of an item offers."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.leads.models import Held, State
from evenhand.people.actor import Actor
from evenhand.people.names import names_in_order
from evenhand.people.scope import Right, may
from evenhand.policies.live import live_now
from evenhand.pool.access import SeenPool, tends
from evenhand.routing.world import roster_for

_MOVABLE = (State.OWNED, State.QUEUED, State.UNTENDED, State.POOLED)


@dataclass(frozen=True, slots=True)
class Places:
    """What somebody may do with an item and the pools of its line."""

    may_give_back: bool  # it is his, and some pool holds such items
    pools: tuple[str, ...]  # into which he may put it

    @property
    def any(self) -> bool:
        """Whether there is anything to offer."""
        return self.may_give_back or bool(self.pools)


NOWHERE = Places(False, ())


def places_for(actor: Actor, kind: str, item: Held) -> Places:
    """The pools into which somebody may give back or put an item that he sees."""
    live = live_now(item.line_id) if item.state in _MOVABLE else None
    if live is None:
        return NOWHERE
    ready = [one for one in live.pools.pools.values() if kind in one.holds]
    is_mine = item.state == State.OWNED and item.owner_id == actor.user_id
    lies_in = item.pool if item.state == State.POOLED else ""
    here = live.pools.pools.get(lies_in)
    if lies_in and (here is None or not tends(actor, here)):
        return NOWHERE  # whoever looks after the pool in which it lies moves it
    return Places(
        may_give_back=is_mine and bool(ready) and may(actor, Right.RETURN),
        pools=tuple(one.name for one in ready if one.name != lies_in and tends(actor, one)),
    )


def takers_of(seen: SeenPool) -> Sequence[tuple[int, str]]:
    """Id and name of those to whom whoever looks after a pool may give its items: its members."""
    roster = roster_for(seen.world)
    ids = [
        int(rep.id)
        for position, rep in enumerate(roster.team.reps)
        if rep.is_active and seen.ready.admits(roster.seen_by(roster.blank, position))
    ]
    return names_in_order(ids)
