"""From a plan's counts to concrete items: who gets which item of a class."""

from collections.abc import Hashable, Sequence
from heapq import heapify, heapreplace
from typing import TypeVar

from evenhand.engine.routing.batch.plan import FlowPlan

# Positions are compared in this fraction of a turn: finer than two counts below 2^32 can differ.
TURN = 1 << 66

ItemId = TypeVar("ItemId", bound=Hashable)


class DealMismatch(ValueError):
    """The items are not those that were planned: the message names the class and the counts."""


def deal_cells(plan: FlowPlan, members: Sequence[Sequence[ItemId]]) -> dict[ItemId, int | None]:
    """The rep, by number, of each item; None for overflow.

    `members` holds, per class, its items in the order in which the ledger would deal them. The
    last ones of a class are its overflow. The others go round the reps of the class in turn, each
    as often as the plan says and spread evenly over the order, so that nobody gets all the old
    items or all the fresh ones; equal turns go to the first rep. Items keep the order of the
    classes in the answer.

    :raises DealMismatch: a class has not as many items as the plan deals, or an item stands twice.
    """
    if len(members) != len(plan.overflow):
        raise DealMismatch(f"{len(members)} classes of items for {len(plan.overflow)} planned")
    cells: list[list[tuple[int, int]]] = [[] for _ in members]
    for (kind, rep), count in sorted(plan.cells.items()):
        cells[kind].append((rep, count))
    dealt: dict[ItemId, int | None] = {}
    for kind, items in enumerate(members):
        turns = in_turn(cells[kind])
        if len(turns) + plan.overflow[kind] != len(items):
            raise DealMismatch(
                f"class {kind} has {len(items)} items, but {len(turns)} are dealt and "
                f"{plan.overflow[kind]} left over by the plan"
            )
        for place, item in enumerate(items):
            dealt[item] = turns[place] if place < len(turns) else None
    if len(dealt) != sum(map(len, members)):
        raise DealMismatch("an item stands in the classes twice; give each item once")
    return dealt


def in_turn(cells: Sequence[tuple[int, int]]) -> list[int]:
    """Each rep as often as its count, spread evenly: the k-th of n turns stands at (2k − 1)/2n."""
    queue = [(TURN // count, rep, 1, count) for rep, count in cells if count]
    heapify(queue)
    turns = []
    for _ in range(sum(count for _, count in cells)):
        _, rep, turn, count = queue[0]
        turns.append(rep)
        # A rep whose turns are over stands at 2n + 1 of 2n, behind everybody's last.
        heapreplace(queue, ((2 * turn + 1) * TURN // count, rep, turn + 1, count))
    return turns
