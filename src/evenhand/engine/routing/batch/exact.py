"""The GAP solved exactly by HiGHS's branch and bound, up to a number of nodes.

Only what could be better than a plan already known is searched: options that the ceiling rules
out are left away beforehand, so that few variables remain where the plan is good.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenhand.engine.routing.batch.options import IntArray, Options
from evenhand.engine.routing.batch.relaxation import TOLERANCE, Aim, Model


@dataclass(frozen=True, slots=True)
class Searched:
    """The best plan found (None = none), the value it cannot exceed, and whether all was searched.

    With `is_complete` and no units, no plan meets the bounds asked for.
    """

    units: IntArray | None
    ceiling: int | None
    is_complete: bool


def search_tree(
    options: Options, used: IntArray, *, left_out: int, short: int, aim: Aim, nodes: int
) -> Searched:
    """The best plan for one aim over the options `used`, with at most so much out and short."""
    from scipy import optimize

    model = Model(options, used, left_out, short)
    balances, counts = model.balances()
    limits, right = model.limits()
    most = model.bounds()
    is_whole = np.r_[np.ones(len(used)), np.zeros(options.rep_count)]
    solution: Any = optimize.milp(
        model.objective(aim),
        integrality=is_whole,
        bounds=optimize.Bounds(0, most),
        constraints=[
            optimize.LinearConstraint(balances, counts, counts),
            optimize.LinearConstraint(limits, -np.inf, right),
        ],
        options={"node_limit": nodes, "mip_rel_gap": 0.0},
    )
    is_complete = solution.status in (0, 2)
    if solution.x is None:
        return Searched(None, None, is_complete)
    units = np.zeros(len(options.reps), np.int64)
    units[used] = np.rint(solution.x[: len(used)]).astype(np.int64)
    ceiling = None
    if aim is Aim.VALUE and solution.mip_dual_bound is not None:
        bound = -float(solution.mip_dual_bound) * model.value_unit()
        ceiling = int(np.floor(bound + TOLERANCE * max(1.0, abs(bound) * TOLERANCE)))
    return Searched(units, ceiling, is_complete)
