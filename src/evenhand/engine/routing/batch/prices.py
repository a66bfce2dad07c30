"""Prices of the reps' room, and the ceiling that they prove.

A price per unit of a rep's load makes the bands optional: each item then simply goes where its
value, less what its size costs there, is highest. Whatever the prices, the sum of these is a
ceiling on every plan (Lagrangian duality; Fisher, Management Science 27 (1981)). Solvers propose
prices in floating point; here they are rounded to integers and the ceiling is computed from
them in integers, so that it is proved whatever the solver's tolerance was.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evenhand.engine.routing.batch.options import ENDLESS, IntArray, Options

# Values are scaled up to about this before prices are rounded, so that rounding costs nothing.
SCALED_VALUE_BITS = 36


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices in value × `scale` per unit of load; rep_count + 1 entries, 0 for the overflow.

    `upper` is what a unit of a rep's room costs, `lower` what a unit towards a lower bound earns,
    `left_out` what leaving out an item costs.
    """

    upper: IntArray
    lower: IntArray
    left_out: int
    scale: int

    @property
    def net(self) -> IntArray:
        """What a unit of load costs with each rep."""
        return self.upper - self.lower


@dataclass(frozen=True, slots=True)
class Ceiling:
    """No plan with at most so many items out and units short has more than `total` ÷ `scale`.

    `losses` is by how much the ceiling falls, per option, for plans that use the option.
    """

    total: int
    losses: IntArray
    scale: int

    @property
    def value(self) -> int:
        """The ceiling in whole values."""
        return self.total // self.scale

    def can_reach(self, value: int) -> npt.NDArray[np.bool_]:
        """Per option, whether a plan that uses it can be worth this much."""
        return self.losses <= min(self.total - value * self.scale, ENDLESS)


def free_prices(options: Options) -> Prices:
    """Room costs nothing; leaving out an item costs more than where it goes can matter."""
    free = np.zeros(len(options.uppers), np.int64)
    spread = int(options.values.max(initial=0) - options.values.min(initial=0))
    scale = _value_scale(options)
    return Prices(free, free, 2 * spread * scale + 1, scale)


def whole_prices(
    options: Options,
    upper: npt.NDArray[np.float64],
    lower: npt.NDArray[np.float64],
    left_out: float | None,
) -> Prices:
    """A solver's prices, in value per unit of load, rounded to integers that are not negative.

    `left_out` None: the solver was not allowed to leave anything out.
    """
    scale = _value_scale(options)
    most = _largest_price(options)

    def whole(price: npt.NDArray[np.float64]) -> IntArray:
        return np.append(np.rint(np.clip(price * scale, 0, most)).astype(np.int64), 0)

    out = free_prices(options).left_out
    if left_out is not None:
        out = max(0, round(min(left_out * scale, ENDLESS)))
    return Prices(whole(upper), whole(lower), out, scale)


def reduced_values(options: Options, prices: Prices, left_out: int) -> IntArray:
    """Per option, its value less what its size costs, times the scale of the prices."""
    reduced = options.values * prices.scale - prices.net[options.reps] * options.sizes
    reduced[options.overflow_options] = -left_out
    return reduced


def prove_ceiling(options: Options, prices: Prices, *, left_out: int, short: int) -> Ceiling:
    """The ceiling on plans that leave out at most so many items and lack so many units.

    Items out cost their price at most `left_out` times, units short the highest price of a lower
    bound at most `short` times; if there may be none, no option leaves an item out.
    """
    out_price = prices.left_out if left_out else ENDLESS
    reduced = reduced_values(options, prices, out_price)
    best = _best_per_class(options, reduced)
    total = out_price * left_out + int(prices.lower.max(initial=0)) * short
    for price, bound in zip(prices.upper.tolist(), options.uppers.tolist(), strict=True):
        total += price * bound
    for price, bound in zip(prices.lower.tolist(), options.lowers.tolist(), strict=True):
        total -= price * bound
    for value, count in zip(best.tolist(), options.counts.tolist(), strict=True):
        total += value * count
    return Ceiling(total, best[options.classes] - reduced, prices.scale)


def adjusted(options: Options, prices: Prices, ceiling: Ceiling, value: int, pace: int) -> Prices:
    """Prices after one step towards a lower ceiling: full reps dearer, empty ones cheaper.

    The step is Polyak's: (ceiling − value) ÷ the squared overload, times `pace` hundredths.
    """
    reduced = reduced_values(options, prices, prices.left_out)
    best = _best_per_class(options, reduced)
    # The first best option of each class takes all its items.
    is_best = np.flatnonzero(reduced == best[options.classes])
    chosen = is_best[np.searchsorted(options.classes[is_best], np.arange(len(options.counts)))]
    units = np.zeros(len(reduced), np.int64)
    units[chosen] = options.counts
    loads = options.loads(units)
    over, under = (loads - options.uppers)[:-1], (options.lowers - loads)[:-1]
    over[(over < 0) & (prices.upper[:-1] == 0)] = 0
    under[(under < 0) & (prices.lower[:-1] == 0)] = 0
    squared = sum(o * o for o in over.tolist()) + sum(u * u for u in under.tolist())
    gap = max(1, ceiling.total - value * ceiling.scale)
    if not squared:
        return prices
    most = _largest_price(options)

    def moved(price: IntArray, direction: IntArray) -> IntArray:
        steps = [
            min(most, max(0, p + pace * gap * d // (100 * squared)))
            for p, d in zip(price[:-1].tolist(), direction.tolist(), strict=True)
        ]
        return np.array([*steps, 0], np.int64)

    return replace(prices, upper=moved(prices.upper, over), lower=moved(prices.lower, under))


def _best_per_class(options: Options, reduced: IntArray) -> IntArray:
    if not len(options.counts):
        return reduced
    return np.maximum.reduceat(reduced, options.starts[:-1])


def _value_scale(options: Options) -> int:
    """The power of two by which values are multiplied before prices are rounded."""
    largest = int(np.abs(options.values).max(initial=0))
    return 1 << max(0, SCALED_VALUE_BITS - largest.bit_length())


def _largest_price(options: Options) -> int:
    """So that a price times any size stays within 64 bits."""
    return ENDLESS // 2 // (int(options.sizes.max(initial=0)) or 1)
