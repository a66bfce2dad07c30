"""Find a place for items left out where none has room: a chain of moves that makes room.

The item is put where it overloads a rep; then one unit after another leaves whoever is overloaded
most, and may overload the next, until nobody is. Depth first, the most promising moves first, with
a bound on depth, breadth and length of the search.
"""

import numpy as np

from evenhand.engine.routing.batch.draft import Draft, Step
from evenhand.engine.routing.batch.prices import Prices, reduced_values

DEPTH_MOST = 5
BREADTH_MOST = 6
TRIES_MOST = 500  # per item left out
ITEMS_MOST = 10  # left out, that are tried

TRY_WEIGHT = 100  # one try takes as long as weighing so many moves in columns


def insert_left_out(draft: Draft, prices: Prices) -> bool:
    """Place items that are left out; whether any could be placed."""
    options = draft.options
    search = _Search(draft, reduced_values(options, prices, prices.left_out).tolist())
    is_any_placed = False
    for overflow in options.overflow_options[draft.units[options.overflow_options] > 0].tolist()[
        :ITEMS_MOST
    ]:
        while draft.units[overflow]:
            step = search.steps_for(overflow)
            if step is None or not draft.take(step):
                break
            is_any_placed = True
    return is_any_placed


class _Search:
    """The chain so far: what it changes, without changing the draft."""

    def __init__(self, draft: Draft, reduced: list[int]) -> None:
        options = draft.options
        self.draft = draft
        self.reduced = reduced
        self.overflow = options.rep_count
        self.starts = options.starts.tolist()
        self.kinds = options.classes.tolist()
        self.reps = options.reps.tolist()
        self.sizes = options.sizes.tolist()
        self.tries = 0

    def steps_for(self, overflow: int) -> Step | None:
        """The moves that place one unit of this overflow option without any overload."""
        self.tries = 0
        loads = self.draft.loads.tolist()
        self.room = [u - v for u, v in zip(self.draft.options.uppers.tolist(), loads, strict=True)]
        return self._extended((), overflow)

    def _extended(self, chain: Step, origin: int) -> Step | None:
        """The chain after moving a unit from `origin` on, and whatever that calls for."""
        self.draft.weighed += TRY_WEIGHT
        for target in self._targets(origin, {o for o, _ in chain}):
            self.tries += 1
            giver, taker = self.reps[origin], self.reps[target]
            self.room[giver] += self.sizes[origin]
            self.room[taker] -= self.sizes[target]
            longer = self._settled((*chain, (origin, target)))
            if longer is not None:
                return longer
            self.room[giver] -= self.sizes[origin]
            self.room[taker] += self.sizes[target]
            if self.tries > TRIES_MOST:
                break
        return None

    def _settled(self, chain: Step) -> Step | None:
        """The chain if nobody is overloaded, else extended by a unit of whoever is, most."""
        worst = min(range(self.overflow), key=lambda rep: self.room[rep])
        if self.room[worst] >= 0:
            return chain
        if len(chain) >= DEPTH_MOST:
            return None
        for origin in self._holders(worst, chain):
            longer = self._extended(chain, origin)
            if longer is not None:
                return longer
            if self.tries > TRIES_MOST:
                break
        return None

    def _targets(self, origin: int, left: set[int]) -> list[int]:
        """Where a unit can go, those with room first, then by what is lost; nowhere twice."""
        kind = self.kinds[origin]
        span = range(self.starts[kind], self.starts[kind + 1] - 1)
        targets = [t for t in span if t != origin and t not in left]

        def worst_first(target: int) -> tuple[int, int, int]:
            lacking = max(0, self.sizes[target] - self.room[self.reps[target]])
            return lacking, -self.reduced[target], target

        return sorted(targets, key=worst_first)[:BREADTH_MOST]

    def _holders(self, rep: int, chain: Step) -> list[int]:
        """Units of an overloaded rep that the chain has not moved yet, neither away nor here.

        Those whose leaving just suffices come first.
        """
        options, over = self.draft.options, -self.room[rep]
        held = np.flatnonzero((options.reps == rep) & (self.draft.units > 0) & (options.sizes > 0))
        gone = [origin for origin, _ in chain]
        arrived = {target for _, target in chain}
        candidates = [
            option
            for option in held.tolist()
            if option not in arrived and self.draft.units[option] > gone.count(option)
        ]

        def best_first(option: int) -> tuple[int, int, int]:
            return max(0, over - self.sizes[option]), self.sizes[option], option

        return sorted(candidates, key=best_first)[:BREADTH_MOST]
