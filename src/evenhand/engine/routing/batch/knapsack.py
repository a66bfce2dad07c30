"""A lower ceiling for small problems: price the items instead of the room.

If each item has a price, every rep can choose alone what fits the band best: a knapsack, solved
exactly by dynamic programming over loads. The prices of all items plus these best choices are a
ceiling on every plan, never above that of the linear program, and usually far below (Fisher,
Jaikumar, Van Wassenhove, Management Science 32 (1986) 1095–1103). What it proves useless need not
be searched. All in integers.
"""

import numpy as np

from evenhand.engine.routing.batch.options import ENDLESS, IntArray, Options
from evenhand.engine.routing.batch.prices import Ceiling, Prices, reduced_values

# Cells of all dynamic programs together: options × loads.
CELLS_MOST = 8_000_000
NEVER = -ENDLESS


def can_price_items(options: Options) -> bool:
    """Whether the problem is small: single items with a place to go, few possible loads."""
    cells = int((options.uppers[options.reps[~options.is_overflow]] + 1).sum())
    is_single = bool((options.counts == 1).all()) and bool((np.diff(options.starts) > 1).all())
    return is_single and 0 < cells <= CELLS_MOST


class ItemPrices:
    """Prices of the items, adjusted step by step towards a lower ceiling.

    They start from the prices of the room. What several reps would choose becomes dearer, what
    nobody would becomes cheaper (subgradient steps after Polyak, towards the best plan's value).
    """

    def __init__(self, options: Options, prices: Prices) -> None:
        self.options = options
        self.scale = prices.scale
        reduced = reduced_values(options, prices, ENDLESS)
        self.prices = np.maximum.reduceat(reduced, options.starts[:-1])
        self.columns = [np.flatnonzero(options.reps == rep) for rep in range(options.rep_count)]
        self.total, self.taken = self._choices()
        self.lowest, self.lowest_prices = self.total, self.prices
        self.pace = 100

    @property
    def value(self) -> int:
        """The lowest ceiling so far, in whole values."""
        return self.lowest // self.scale

    def adjust(self, value: int, steps: int) -> None:
        """So many steps towards a ceiling at `value`."""
        for _ in range(steps):
            wrong = (
                np.bincount(self.options.classes[self.taken], minlength=len(self.options.counts))
                - 1
            )
            squared = int((wrong * wrong).sum())
            if not squared:
                return  # the choices are a plan, and the best one
            gap = max(self.scale, self.total - value * self.scale)
            self.prices = self.prices + self.pace * gap // (100 * squared) * wrong
            self.total, self.taken = self._choices()
            if self.total < self.lowest:
                self.lowest, self.lowest_prices = self.total, self.prices
            else:
                self.pace = max(4, self.pace * 19 // 20)

    def units(self) -> IntArray:
        """What the reps would choose, each item only where it is worth most; the rest is out."""
        order = np.lexsort((self.taken, -self.options.values[self.taken]))
        taken = self.taken[order]
        kinds, first = np.unique(self.options.classes[taken], return_index=True)
        units = np.zeros(len(self.options.reps), np.int64)
        units[self.options.overflow_options] = 1
        units[self.options.overflow_options[kinds]] = 0
        units[taken[first]] = 1
        return units

    def ceiling(self) -> Ceiling:
        """What the best prices so far prove about plans that leave nothing out and lack nothing.

        What a lower bound costs is left aside in `losses`: a weaker proof, but still one.
        """
        options = self.options
        total = int(self.lowest_prices.sum())
        losses = np.zeros(len(options.reps), np.int64)
        losses[options.overflow_options] = ENDLESS
        for rep, held in enumerate(self.columns):
            worth = options.values[held] * self.scale - self.lowest_prices[options.classes[held]]
            best, _ = _best_load(options, rep, held, worth)
            total += best
            losses[held] = np.maximum(0, best - _forced(options, rep, held, worth))
        return Ceiling(total, losses, self.scale)

    def _choices(self) -> tuple[int, IntArray]:
        """The ceiling at these prices, and the options that the reps would choose."""
        total, taken = int(self.prices.sum()), []
        for rep, held in enumerate(self.columns):
            worth = self.options.values[held] * self.scale - self.prices[self.options.classes[held]]
            best, places = _best_load(self.options, rep, held, worth)
            total += best
            taken.append(held[places])
        return total, np.concatenate(taken)


def _best_load(options: Options, rep: int, held: IntArray, worth: IntArray) -> tuple[int, IntArray]:
    """The most worth of a choice whose load lies in the band, and which options it takes."""
    upper, lower = int(options.uppers[rep]), int(options.lowers[rep])
    best = np.full(upper + 1, NEVER)
    best[0] = 0
    useful = np.flatnonzero((worth > 0) | (lower > 0))
    improves = np.zeros((len(useful), upper + 1), bool)
    sizes = options.sizes[held].tolist()
    for row, place in enumerate(useful.tolist()):
        size = sizes[place]
        with_it = best[: upper + 1 - size] + worth[place]
        better = with_it > best[size:]
        improves[row, size:] = better
        best[size:] = np.where(better, with_it, best[size:])
    load = lower + int(best[lower:].argmax())
    total = int(best[load])
    taken = []
    for row in range(len(useful) - 1, -1, -1):
        if improves[row, load]:
            taken.append(useful[row])
            load -= sizes[useful[row]]
    return total, np.array(taken, np.int64)


def _forced(options: Options, rep: int, held: IntArray, worth: IntArray) -> IntArray:
    """Per option, the most worth of a choice up to the upper bound that takes it.

    Best choices among the options before it and among those after it, for every load, are
    combined over all ways to share the remaining room.
    """
    upper = int(options.uppers[rep])
    sizes = options.sizes[held].tolist()
    after = np.zeros((len(held) + 1, upper + 1), np.int64)
    for place in range(len(held) - 1, -1, -1):
        after[place] = _with_option(after[place + 1], sizes[place], int(worth[place]))
    before = np.zeros(upper + 1, np.int64)
    forced = np.zeros(len(held), np.int64)
    for place, size in enumerate(sizes):
        room = upper - size
        both = before[: room + 1] + after[place + 1][room::-1]
        forced[place] = int(worth[place]) + int(both.max())
        before = _with_option(before, size, int(worth[place]))
    return forced


def _with_option(best: IntArray, size: int, worth: int) -> IntArray:
    if worth <= 0:
        return best
    result = best.copy()
    np.maximum(best[size:], best[: len(best) - size] + worth, out=result[size:])
    return result
