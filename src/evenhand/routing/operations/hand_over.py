"""Somebody leaves: he receives nothing from this moment on, and his open work goes on.

What he holds is handed to a named colleague, or dealt anew by the rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.engine.facts import ItemKind
from evenhand.leads.custody import LoadsMoved
from evenhand.leads.models import Assignment, State
from evenhand.people.access import user_for
from evenhand.people.actor import Actor
from evenhand.people.operations.members import set_inactive
from evenhand.people.scope import Right
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import hold_lines
from evenhand.routing.desk import Desk, open_desk
from evenhand.routing.operations.give import give_over
from evenhand.routing.operations.give_up import requeue
from evenhand.routing.retry import deal_queued
from evenhand.routing.world import World


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of the work of somebody who left."""

    items: int
    to_colleague: int
    dealt: int
    waiting: int


def open_work(user_id: int) -> int:
    """How many items somebody holds."""
    return Assignment.objects.filter(rep_id=user_id, closed_at=None).count()


def deactivate(user_id: int, *, to: int | None, actor: Actor) -> HandedOver:
    """Deactivate a person and hand his open items to `to`, or deal them anew (None).

    :raises NotAllowed, NotFound: not his to do, or out of reach.
    :raises CannotAct: the colleague left as well.
    """
    user_for(actor, user_id, Right.EDIT_PEOPLE)
    return in_transaction(lambda: _deactivate(user_id, to, actor), again=(LoadsMoved,))


def _deactivate(user_id: int, to: int | None, actor: Actor) -> HandedOver:
    # Whoever deals at this moment took him for somebody at work: we wait, and then nothing more
    # reaches him.
    hold_lines()
    set_inactive(user_id, actor=actor)
    if to is not None:
        given = 0
        for _, desk in _desks_of(user_id):
            give_over(desk, to=to, actor=actor)
            given += 1
        return HandedOver(given, given, 0, 0)
    by_line: dict[tuple[str, str], list[int]] = {}
    worlds: dict[tuple[str, str], World] = {}
    for (kind, item_id), desk in _desks_of(user_id):
        requeue(desk, actor=actor)
        key = (kind, desk.live.line_key)
        worlds[key] = desk.world
        by_line.setdefault(key, []).append(item_id)
    dealt = 0
    for key, ids in sorted(by_line.items()):
        placed = deal_queued(worlds[key], ItemKind(key[0]), ids, actor=actor)
        dealt += sum(one.rep_id is not None for one in placed)
    count = sum(map(len, by_line.values()))
    return HandedOver(count, 0, dealt, count - dealt)


def _desks_of(user_id: int) -> Iterator[tuple[tuple[str, int], Desk]]:
    """What he holds, under lock, one after another, until there is nothing left.

    Whoever converts a lead of his at this moment makes him an account and an opportunity of it:
    they are there when the lead was waited for, and not before.
    """
    seen: set[tuple[str, int]] = set()
    rows = Assignment.objects.filter(rep_id=user_id, closed_at=None)
    rows = rows.order_by("item_kind", "item_id")
    while held := [one for one in rows.values_list("item_kind", "item_id") if one not in seen]:
        seen.update(held)
        for kind, item_id in held:
            desk = open_desk(ItemKind(kind), item_id)
            if _is_his(desk, user_id):
                yield (kind, item_id), desk


def _is_his(desk: Desk, user_id: int) -> bool:
    """Whether he holds it still: he may have closed it while its locks were waited for."""
    return bool(desk.item.state == State.OWNED and desk.item.owner_id == user_id)
