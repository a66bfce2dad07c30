"""Deal items with sizes in points: the generalized assignment problem.

1. A linear program by HiGHS (else price adjustment alone) gives prices and a proved ceiling.
2. Its fractions are rounded, repaired and improved; the same from changed prices, round by round.
3. What the ceiling proves useless is dropped; if few variables remain, an exact search ends it.

The answer is always feasible: nobody above capacity or band, items without a place are overflow.
Nothing here reads a clock: effort is counted, and `stop` may end it early with the best so far.
"""

from collections.abc import Callable

import numpy as np

from evenhand.engine.routing.batch.deal import in_turn
from evenhand.engine.routing.batch.flow import is_installed
from evenhand.engine.routing.batch.options import read_options
from evenhand.engine.routing.batch.plan import Effort, GapPlan, Solver, SolverMissing
from evenhand.engine.routing.batch.problem import GapProblem, digest
from evenhand.engine.routing.batch.search import Search

HEURISTIC_VERSION = "1"

DEFAULT_EFFORT = Effort()


def solve_gap(
    problem: GapProblem,
    effort: Effort = DEFAULT_EFFORT,
    stop: Callable[[], bool] = lambda: False,
    *,
    solver: Solver | None = None,
) -> GapPlan:
    """A plan: most items dealt, then bands filled, then most value; exact where effort allows.

    :param stop: asked between steps; True ends the search with the best plan so far. A running
        step of HiGHS is not interrupted: `effort.nodes` bounds it.
    :param solver: HIGHS or PLAIN and no other; None takes HIGHS if it is installed.
    :raises SolverMissing: the solver named is not installed or knows no sizes.
    """
    chosen = solver or (Solver.HIGHS if is_installed(Solver.HIGHS) else Solver.PLAIN)
    if chosen is Solver.ORTOOLS or not is_installed(chosen):
        raise SolverMissing(f"{chosen} does not deal items with sizes here; use highs or plain")
    options = read_options(problem)
    search = Search(options, effort, stop)
    if len(options.counts):
        search.restart_from(search.start(chosen))
        search.restart_from_items()
        if chosen is Solver.HIGHS:
            search.finish()
    return _plan(problem, search, chosen)


def _plan(problem: GapProblem, search: Search, solver: Solver) -> GapPlan:
    options = search.options
    assignment: list[int | None] = [None] * len(problem.items)
    for kind, members in enumerate(options.members):
        span = range(int(options.starts[kind]), int(options.starts[kind + 1]) - 1)
        turns = in_turn([(int(options.reps[option]), int(search.units[option])) for option in span])
        for item, rep in zip(members, turns, strict=False):
            assignment[item] = rep
    missing = np.maximum(options.lowers - options.loads(search.units), 0)[:-1]
    is_optimal = not len(options.counts) or search.is_optimal
    ceiling = min(found.value for found in search.ceilings()) if not is_optimal else search.value
    if search.tree_ceiling is not None:
        ceiling = min(ceiling, search.tree_ceiling)
    return GapPlan(
        assignment=tuple(assignment),
        shortfall=tuple(int(units) * options.size_step for units in missing),
        objective=search.value * options.value_step,
        bound=ceiling * options.value_step,
        is_optimal=is_optimal,
        solver=solver,
        version=_version(solver),
        digest=digest(problem),
    )


def _version(solver: Solver) -> str:
    if solver is Solver.HIGHS:
        import scipy

        return f"scipy {scipy.__version__}, rounding {HEURISTIC_VERSION}"
    return f"price adjustment {HEURISTIC_VERSION}"
