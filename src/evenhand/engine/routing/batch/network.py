"""A flow problem as a network of integer costs whose cheapest flow is the plan.

    class ── top value − value ──▶ rep ──▶ sink         first the lower bound, then the rest
      └────────── overflow ──────────────▶ sink         so that a flow always exists

Costs are never negative. Two penalties order the aims, exactly and without a huge number: a
missing item of a lower bound costs more than all values that a cheapest flow could trade for it,
and an item left out costs more than both.
"""

import math
from array import array
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.engine.routing.batch.problem import FlowProblem, UnusableProblem

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs as columns. Nodes: the classes, then the reps, then the sink.

    The first `pair_count` arcs are the eligible (class, rep) pairs with something to give and to
    take; then one overflow arc per class, then two arcs per rep: up to the lower bound, the rest.
    """

    tails: IntArray
    heads: IntArray
    capacities: IntArray
    costs: IntArray
    supplies: IntArray  # per node
    pair_count: int
    class_count: int

    @property
    def node_count(self) -> int:
        """Classes, reps and the sink."""
        return len(self.supplies)

    @property
    def arc_count(self) -> int:
        """Pairs, overflow arcs and the reps' arcs."""
        return len(self.tails)


def build_network(problem: FlowProblem) -> Network:
    """The network of a problem.

    A cheapest flow deals as many items as any plan can, then fills the lower bounds as far as
    any such plan can, then has most value. Proof: if a flow is not best in this order, the
    difference to a best one is a sum of simple cycles in the residual network, and one of them
    gains. A simple cycle uses at most min(classes, reps) pairs forward, so that its values weigh
    at most that many times the range of values; and it enters the sink once, so that it changes
    the overflow, and the filled bounds, by at most one. Hence range · min(…) < penalty of a
    missing item, and twice that penalty for an item left out, suffice.

    :raises UnusableProblem: the values are too far apart to be added in 64 bits.
    """
    class_count, rep_count = len(problem.classes), len(problem.reps)
    counts = np.array([kind.count for kind in problem.classes], np.int64)
    takes = np.array([rep.capacity for rep in problem.reps], np.int64)
    lowers = np.array([min(rep.lower, rep.capacity) for rep in problem.reps], np.int64)
    takes = np.minimum(takes, counts.sum())
    lowers = np.minimum(lowers, takes)

    # Arrays rather than rows of tuples: there may be millions of pairs.
    kinds, places, worth = (array("q") for _ in range(3))
    has_room = takes.astype(bool).tolist()
    for number, kind in enumerate(problem.classes):
        for rep, value in enumerate(kind.values if kind.count else ()):
            if value is not None and has_room[rep]:
                kinds.append(number)
                places.append(rep)
                worth.append(value)
    pair_classes, pair_reps = np.array(kinds, np.int64), np.array(places, np.int64)
    values = np.array(worth, np.int64)
    step = math.gcd(*map(int, np.unique(values - values.min()))) if len(values) else 1
    costs = (values.max() - values) // max(step, 1) if len(values) else values
    spread = int(costs.max()) if len(costs) else 0
    missing = spread * min(class_count, rep_count) + 1 if lowers.any() else 0
    left_out = 2 * missing if missing else spread * min(class_count, rep_count) + 1
    if left_out > 2**60 // (class_count + rep_count + 1):
        raise UnusableProblem(
            f"the values differ by up to {spread * step}, too much for {class_count} classes and "
            f"{rep_count} reps; give them in a coarser unit"
        )

    classes, reps = np.arange(class_count), class_count + np.arange(rep_count)
    sink = class_count + rep_count
    supplies = np.zeros(sink + 1, np.int64)
    supplies[:class_count] = counts
    supplies[sink] = -counts.sum()
    return Network(
        tails=np.concatenate([pair_classes, classes, reps, reps]),
        heads=np.concatenate([pair_reps + class_count, np.full(class_count + 2 * rep_count, sink)]),
        capacities=np.concatenate(
            [
                np.minimum(counts[pair_classes], takes[pair_reps]),
                counts,
                lowers,
                takes - lowers,
            ]
        ),
        costs=np.concatenate(
            [
                costs,
                np.full(class_count, left_out),
                np.zeros(rep_count, np.int64),
                np.full(rep_count, missing),
            ]
        ),
        supplies=supplies,
        pair_count=len(values),
        class_count=class_count,
    )


def negative_cycle(network: Network, flow: IntArray) -> list[tuple[int, int]] | None:
    """A way to make a flow cheaper, as (arc, +1 or −1) steps of a cycle; None = it is cheapest.

    Bellman–Ford on the residual network in whole columns, in integers: the answer is a proof.
    """
    forward, backward = flow < network.capacities, flow > 0
    tails = np.concatenate([network.tails[forward], network.heads[backward]])
    heads = np.concatenate([network.heads[forward], network.tails[backward]])
    costs = np.concatenate([network.costs[forward], -network.costs[backward]])
    arcs = np.concatenate([np.flatnonzero(forward), np.flatnonzero(backward)])
    signs = np.concatenate([np.ones(forward.sum(), np.int64), -np.ones(backward.sum(), np.int64)])
    order = np.argsort(heads, kind="stable")
    tails, heads, costs, arcs, signs = (c[order] for c in (tails, heads, costs, arcs, signs))
    if not len(heads):
        return None
    starts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]])
    targets = heads[starts]

    distance = np.zeros(network.node_count, np.int64)
    entered = np.full(network.node_count, -1, np.int64)  # the arc by which a node was improved
    for _ in range(network.node_count + 1):
        through = distance[tails] + costs
        best = np.minimum.reduceat(through, starts)
        improved = best < distance[targets]
        if not improved.any():
            return None
        cheapest = np.flatnonzero(through == np.repeat(best, np.diff(np.r_[starts, len(heads)])))
        first = cheapest[np.searchsorted(cheapest, starts)]
        entered[targets[improved]] = first[improved]
        distance[targets[improved]] = best[improved]
        cycle = _parent_cycle(entered, tails, int(targets[improved][0]))
        if cycle is not None:
            return [(int(arcs[place]), int(signs[place])) for place in cycle]
    raise AssertionError("more rounds of improvement than nodes, and no cycle of parents")


def _parent_cycle(entered: IntArray, tails: IntArray, start: int) -> list[int] | None:
    """The cycle that one meets going back from `start`, if any: it is always negative."""
    seen: dict[int, int] = {}
    path: list[int] = []
    node = start
    while entered[node] >= 0:
        if node in seen:
            return path[seen[node] :]
        seen[node] = len(path)
        path.append(int(entered[node]))
        node = int(tails[entered[node]])
    return None
