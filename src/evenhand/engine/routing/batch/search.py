"""The best plan of a GAP so far, how it is made better, and what is proved about it.

`solve_gap` calls the parts in order. A plan is compared by items out, then points short, then
value; only a better one replaces it.
"""

from collections.abc import Callable

import numpy as np

from evenhand.engine.routing.batch.construct import construct_units
from evenhand.engine.routing.batch.exact import Searched, search_tree
from evenhand.engine.routing.batch.improve import improve_units
from evenhand.engine.routing.batch.knapsack import ItemPrices, can_price_items
from evenhand.engine.routing.batch.moves import near_options
from evenhand.engine.routing.batch.options import ENDLESS, BoolArray, IntArray, Options
from evenhand.engine.routing.batch.plan import Effort, Solver
from evenhand.engine.routing.batch.prices import (
    Ceiling,
    Prices,
    adjusted,
    free_prices,
    prove_ceiling,
    reduced_values,
)
from evenhand.engine.routing.batch.relaxation import Aim, relax
from evenhand.engine.routing.batch.rounding import round_units, without_overload

RELAXED_MOST = 100_000  # options of the first linear program
PRICE_STEPS_FIRST = 40  # to choose these, where there are more
PRICE_STEPS = 200  # before the first round, where no linear program gives prices
PRICE_STEPS_PER_ROUND = 5
ROUNDS_BEFORE_ITEMS = 8
TREES_MOST = 3
KERNEL_EXTRA = 600  # options beyond one per class that are searched where all are too many


class Search:
    """The best plan so far, and what is proved about it."""

    def __init__(self, options: Options, effort: Effort, stop: Callable[[], bool]) -> None:
        self.options = options
        self.effort = effort
        self.stop = stop
        self.units = np.zeros(len(options.reps), np.int64)
        self.units[options.overflow_options] = options.counts
        self.score = options.score(self.units)
        self.prices = free_prices(options)  # those of the lowest ceiling so far
        self.item_ceiling: Ceiling | None = None  # if nothing is out or short
        self.weighed = 0  # moves, in all searches so far
        self.tree_ceiling: int | None = None
        self.is_proved = False  # by the tree or the prices of the items

    @property
    def value(self) -> int:
        """What the best plan is worth."""
        return -self.score[2]

    def ceiling(self, prices: Prices) -> Ceiling:
        """What these prices prove about plans that leave out and lack no more than the best."""
        left_out, short, _ = self.score
        return prove_ceiling(self.options, prices, left_out=left_out, short=short)

    @property
    def is_optimal(self) -> bool:
        """Whether no plan can be better."""
        is_whole = self.score[:2] == (0, 0)
        return self.is_proved or (is_whole and self.ceiling(self.prices).value <= self.value)

    def is_over(self) -> bool:
        """Whether there is no need, no leave or no effort left for another round."""
        return self.stop() or self.weighed > self.effort.moves or self.is_optimal

    def ceilings(self) -> list[Ceiling]:
        """All that is proved about plans that leave out and lack no more than the best."""
        found = [self.ceiling(self.prices)]
        if self.item_ceiling is not None and self.score[:2] == (0, 0):
            found.append(self.item_ceiling)
        return found

    def offer(self, units: IntArray) -> None:
        """Improve a plan and keep it if it is the best."""
        improved, weighed = improve_units(self.options, self.prices, units, self.stop)
        self.weighed += weighed
        score = self.options.score(improved)
        if score < self.score:
            self.units, self.score = improved, score

    def start(self, solver: Solver) -> Prices:
        """A first plan and prices: from the linear program, else by adjusting prices."""
        if solver is Solver.HIGHS:
            relaxed = relax(self.options, self._options_to_relax())
            if relaxed is not None:
                self.prices = relaxed.prices
                self.offer(round_units(self.options, relaxed))
                return self.prices
        self.offer(construct_units(self.options, self.prices))
        return self.adjust(self.prices, PRICE_STEPS)

    def _options_to_relax(self) -> IntArray:
        if len(self.options.reps) <= RELAXED_MOST:
            return np.arange(len(self.options.reps))
        self.offer(construct_units(self.options, self.prices))
        prices = self.adjust(self.prices, PRICE_STEPS_FIRST)
        reduced = reduced_values(self.options, prices, prices.left_out)
        # With the options of a plan that leaves nothing out, the program can do so too.
        near = near_options(self.options, reduced, RELAXED_MOST // 2)
        return np.union1d(near, np.flatnonzero(self.units))

    def adjust(self, prices: Prices, steps: int) -> Prices:
        """Prices after some steps; the ones with the lowest ceiling are remembered."""
        pace, lowest = 100, self.ceiling(self.prices).total
        for _ in range(steps):
            if self.stop():
                break
            ceiling = self.ceiling(prices)
            if ceiling.total < lowest:
                lowest, self.prices = ceiling.total, prices
            else:
                pace = max(5, pace * 9 // 10)
            prices = adjusted(self.options, prices, ceiling, self.value, pace)
        return prices

    def restart_from(self, prices: Prices) -> None:
        """Rounds of building a plan from changed prices of the room and improving it."""
        rounds = self.effort.rounds
        if can_price_items(self.options):  # which does better where it can be done
            rounds = min(rounds, ROUNDS_BEFORE_ITEMS)
        for _ in range(rounds):
            if self.is_over():
                return
            self.offer(construct_units(self.options, prices))
            prices = self.adjust(prices, PRICE_STEPS_PER_ROUND)

    def restart_from_items(self) -> None:
        """Rounds of building a plan from changed prices of the items, for small problems.

        They have a lower ceiling, which rules out most of what the exact search would look at.
        """
        if self.is_over() or not can_price_items(self.options):
            return
        items = ItemPrices(self.options, self.prices)
        for _ in range(self.effort.rounds):
            self.offer(items.units())
            # The value of a plan that leaves something out is no goal.
            is_whole = self.score[:2] == (0, 0)
            goal = self.value if is_whole else items.value - abs(items.value) // 100
            items.adjust(goal, PRICE_STEPS_PER_ROUND)
            self.is_proved = is_whole and items.value <= self.value
            if self.is_over():
                break
        self.item_ceiling = items.ceiling()

    def finish(self) -> None:
        """Search exactly for fewer items out, then fewer points short, then more value.

        A better plan rules out more options, so that the next search reaches further.
        """
        if self.is_optimal:
            return
        everything = np.ones(len(self.options.reps), bool)
        are_first_aims_proved = True
        for aim, place in ((Aim.LEFT_OUT, 0), (Aim.SHORT, 1)):
            if self.score[place]:
                are_first_aims_proved &= self._search(aim, everything)
        for _ in range(TREES_MOST):
            before = self.score
            is_best_value = self._search(Aim.VALUE, self._useful())
            self.is_proved = are_first_aims_proved and is_best_value
            if is_best_value or self.score == before:
                break

    def _useful(self) -> BoolArray:
        """The options that a plan better than the best can use."""
        useful = np.ones(len(self.options.reps), bool)
        for ceiling in self.ceilings():
            useful &= ceiling.can_reach(self.value + 1)
        return useful if self.score[0] else useful & ~self.options.is_overflow

    def _search(self, aim: Aim, useful: BoolArray) -> bool:
        """Search the useful options; whether the best plan is now proved best for this aim.

        Where they are too many, only those that lose least are searched: better, but no proof.
        """
        if not np.isin(np.arange(len(self.options.counts)), self.options.classes[useful]).all():
            return True  # some item has no place in any better plan
        if _free_count(self.options, useful) > self.effort.variables:
            self._search_tree(aim, self._kernel(useful))
            return False
        found = self._search_tree(aim, useful)
        if aim is Aim.VALUE and found.ceiling is not None:
            self.tree_ceiling = max(found.ceiling, self.value)
            return found.is_complete and self.value >= found.ceiling
        return found.is_complete

    def _kernel(self, useful: BoolArray) -> BoolArray:
        losses = np.where(useful, self.ceiling(self.prices).losses, ENDLESS)
        kernel = np.zeros(len(losses), bool)
        kernel[np.argsort(losses, kind="stable")[: len(self.options.counts) + KERNEL_EXTRA]] = True
        return (kernel & useful) | (self.units > 0)

    def _search_tree(self, aim: Aim, used: BoolArray) -> Searched:
        if not self.effort.nodes or self.stop():
            return Searched(None, None, False)
        left_out, short, _ = self.score
        most_short = int(self.options.lowers.sum()) if aim is Aim.LEFT_OUT else short
        found = search_tree(
            self.options,
            np.flatnonzero(used),
            left_out=left_out,
            short=most_short,
            aim=aim,
            nodes=self.effort.nodes,
        )
        if found.units is not None:
            self.offer(without_overload(self.options, self.prices, found.units))
        return found


def _free_count(options: Options, used: BoolArray) -> int:
    """How many of these options are a choice: those of a class with more than one."""
    per_class = np.bincount(options.classes[used], minlength=len(options.counts))
    return int(per_class[per_class > 1].sum())
