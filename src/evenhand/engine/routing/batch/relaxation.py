"""The GAP for HiGHS, through scipy: as a linear program and, if small, as an exact MILP.

One model serves both. Aims stand in order — items out, units short, value — and the order is
kept by solving in stages, each held by the next as a bound, rather than by a penalty so large
that a solver in floating point loses the values behind it. Nearly always the first stage finds
that nothing need be left out, and the others fall away.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.engine.routing.batch.options import ENDLESS, IntArray, Options
from evenhand.engine.routing.batch.prices import Prices, reduced_values, whole_prices

FloatArray = npt.NDArray[np.float64]

# What a solver in floating point may miss a bound by.
TOLERANCE = 1e-6
PRICING_ROUNDS = 4


class Aim(Enum):
    """What a stage makes small or large."""

    LEFT_OUT = auto()
    SHORT = auto()
    VALUE = auto()


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Units per option, in fractions, and the prices behind them."""

    units: FloatArray
    prices: Prices


@dataclass(frozen=True, slots=True)
class Model:
    """Columns: the options used, then one per rep for the units missing to the lower bound.

    `left_out` and `short` are the most that may be missing; None = any.
    """

    options: Options
    used: IntArray  # the options that the model knows
    left_out: float | None
    short: float | None

    def objective(self, aim: Aim) -> FloatArray:
        """Costs per column, to be made small."""
        costs = np.zeros(len(self.used))
        if aim is Aim.VALUE:
            costs -= self.options.values[self.used] / self.value_unit()
        elif aim is Aim.LEFT_OUT:
            costs += self.options.is_overflow[self.used]
        missing = np.full(self.options.rep_count, float(aim is Aim.SHORT))
        return np.concatenate([costs, missing])

    def value_unit(self) -> float:
        """What values are divided by: small integers stay, so that HiGHS sees whole steps."""
        largest = int(np.abs(self.options.values).max(initial=0))
        return float(1 << max(0, largest.bit_length() - 20))

    def bounds(self) -> FloatArray:
        """The most of each column; the least is 0."""
        most = self.options.counts[self.options.classes[self.used]]
        may_be_short = self.short is None or self.short > 0
        return np.concatenate([most, self.options.lowers[:-1] * may_be_short]).astype(np.float64)

    def balances(self) -> tuple[Any, FloatArray]:
        """Every item of every class goes somewhere: matrix and right-hand side."""
        from scipy import sparse

        columns = np.arange(len(self.used))
        shape = (len(self.options.counts), len(self.used) + self.options.rep_count)
        entries = (np.ones(len(self.used)), (self.options.classes[self.used], columns))
        return sparse.csr_matrix(entries, shape), self.options.counts.astype(float)

    def limits(self) -> tuple[Any, FloatArray]:
        """Rows ≤ right-hand side: upper bounds, lower bounds, items out, units short."""
        from scipy import sparse

        options, reps = self.options, self.options.rep_count
        is_dealt = ~options.is_overflow[self.used]
        columns, places = np.flatnonzero(is_dealt), options.reps[self.used[is_dealt]]
        sizes = options.sizes[self.used[is_dealt]].astype(float)
        out = np.flatnonzero(~is_dealt)
        missing = len(self.used) + np.arange(reps)
        any_left_out = float(options.counts.sum())
        any_short = float(options.lowers.sum())
        rows = [places, reps + places, reps + np.arange(reps)]
        rows += [np.full(len(out), 2 * reps), np.full(reps, 2 * reps + 1)]
        matrix = sparse.csr_matrix(
            (
                np.r_[sizes, -sizes, np.full(reps, -1.0), np.ones(len(out)), np.ones(reps)],
                (np.concatenate(rows), np.concatenate([columns, columns, missing, out, missing])),
            ),
            (2 * reps + 2, len(self.used) + reps),
        )
        right = np.r_[
            options.uppers[:-1].astype(float),
            -options.lowers[:-1].astype(float),
            any_left_out if self.left_out is None else self.left_out,
            any_short if self.short is None else self.short,
        ]
        return matrix, right


def relax(options: Options, known: IntArray) -> Relaxed | None:
    """The best plan over the options `known` (ascending) if items could be split.

    Options that the resulting prices make attractive are added and the program is solved again,
    a few times: as good as solving over all options, and much faster where they are many.

    :returns: None if HiGHS finds no plan.
    """
    for _ in range(PRICING_ROUNDS):
        relaxed = _relax(options, np.union1d(known, options.overflow_options))
        if relaxed is None or len(known) == len(options.reps):
            return relaxed
        reduced = reduced_values(options, relaxed.prices, relaxed.prices.left_out)
        best = np.full(len(options.counts), -ENDLESS)
        np.maximum.at(best, options.classes[known], reduced[known])
        is_better = reduced > best[options.classes] + relaxed.prices.scale
        if not is_better.any():
            return relaxed
        known = np.union1d(known, np.flatnonzero(is_better))
    return relaxed


def _relax(options: Options, used: IntArray) -> Relaxed | None:
    dealt = used[~options.is_overflow[used]]
    if np.isin(np.arange(len(options.counts)), options.classes[dealt]).all():
        solution = _solve(Model(options, dealt, 0, 0), Aim.VALUE)
        if solution is not None:
            return solution
    least_out = _least(Model(options, used, None, None), Aim.LEFT_OUT)
    least_short = _least(Model(options, used, least_out, None), Aim.SHORT)
    return _solve(Model(options, used, least_out, least_short), Aim.VALUE)


def _least(model: Model, aim: Aim) -> float | None:
    if aim is Aim.SHORT and not model.options.lowers.any():
        return 0
    solution = _linprog(model, aim)
    return None if solution.x is None else float(solution.fun) * (1 + TOLERANCE) + TOLERANCE


def _solve(model: Model, aim: Aim) -> Relaxed | None:
    solution = _linprog(model, aim)
    if solution.x is None:
        return None
    units = np.zeros(len(model.options.reps))
    units[model.used] = solution.x[: len(model.used)]
    reps = model.options.rep_count
    # The solver makes costs small and calls what a row's slack would save negative.
    marginals = -np.asarray(solution.ineqlin.marginals, float) * model.value_unit()
    prices = whole_prices(
        model.options,
        upper=marginals[:reps],
        lower=marginals[reps : 2 * reps],
        left_out=None if model.left_out == 0 else float(marginals[2 * reps]),
    )
    return Relaxed(units, prices)


def _linprog(model: Model, aim: Aim) -> Any:
    from scipy import optimize

    balances, counts = model.balances()
    limits, right = model.limits()
    most = model.bounds()
    return optimize.linprog(
        model.objective(aim),
        A_ub=limits,
        b_ub=right,
        A_eq=balances,
        b_eq=counts,
        bounds=np.c_[np.zeros(len(most)), most],
        method="highs",
    )
