"""Deal a backlog whose items take one place each: an integer min-cost flow, solved exactly.

The best solver that is installed is taken: OR-tools, else HiGHS through scipy, else plain
successive shortest paths. All give the same objective. Which of several equally good plans comes
out depends on the solver and on the order of classes and reps: the same input, solver and version
give the same plan, and a receipt names all three.
"""

import importlib.util
from types import MappingProxyType

import numpy as np

from evenhand.engine.routing.batch.network import IntArray, Network, build_network, negative_cycle
from evenhand.engine.routing.batch.plan import FlowPlan, Solver, SolverMissing
from evenhand.engine.routing.batch.problem import FlowProblem, digest
from evenhand.engine.routing.batch.successive import cheapest_flow

# Beyond these sizes a solver takes minutes: HiGHS from some 10^5 arcs, the plain one earlier.
HIGHS_ARCS = 50_000
PLAIN_ARCS = 20_000
PLAIN_VERSION = "successive shortest paths 1"


class PlanTooLarge(Exception):
    """The solvers that are installed cannot deal this many pairs in reasonable time.

    Install the extra `optimise`, or deal the items one by one through the ledger.
    """

    def __init__(self, arcs: int, most: int) -> None:
        self.arcs, self.most = arcs, most
        super().__init__(
            f"{arcs} pairs of class and rep are too many for the solvers at hand (at most {most}); "
            "install evenhand[optimise], or deal in sequence without --plan"
        )


def solve_flow(problem: FlowProblem, *, solver: Solver | None = None) -> FlowPlan:
    """The best plan: most items dealt, then bands filled, then most value.

    Always feasible: nobody above capacity, and what finds no place is named as overflow.

    :param solver: this one, if it can hold the numbers; None takes the best that is installed.
    :raises SolverMissing: the solver named is not installed.
    :raises PlanTooLarge: without OR-tools, the problem is too large for the others.
    :raises UnusableProblem: the values are too far apart to be added in 64 bits.
    """
    network = build_network(problem)
    chosen = solver or best_flow_solver(network.arc_count)
    solved = None
    if chosen is Solver.ORTOOLS:
        solved = _by_ortools(network)
    elif chosen is Solver.HIGHS:
        solved = _by_highs(network)
    if solved is None:
        chosen, solved = Solver.PLAIN, (cheapest_flow(network), PLAIN_VERSION)
    return _plan(problem, network, solved[0], chosen, solved[1])


def best_flow_solver(arc_count: int) -> Solver:
    """The best solver installed for this many arcs.

    :raises PlanTooLarge: none at hand deals so many.
    """
    if is_installed(Solver.ORTOOLS):
        return Solver.ORTOOLS
    if is_installed(Solver.HIGHS) and PLAIN_ARCS // 10 < arc_count <= HIGHS_ARCS:
        return Solver.HIGHS
    if arc_count <= PLAIN_ARCS:
        return Solver.PLAIN
    raise PlanTooLarge(arc_count, HIGHS_ARCS if is_installed(Solver.HIGHS) else PLAIN_ARCS)


def is_installed(solver: Solver) -> bool:
    """Whether the library of a solver is at hand; it is not imported."""
    libraries = {Solver.ORTOOLS: "ortools", Solver.HIGHS: "scipy"}
    return solver not in libraries or importlib.util.find_spec(libraries[solver]) is not None


def _by_ortools(network: Network) -> tuple[IntArray, str] | None:
    try:
        import ortools
        from ortools.graph.python import min_cost_flow
    except ImportError as error:
        raise SolverMissing("OR-tools is not installed; install evenhand[optimise]") from error
    model = min_cost_flow.SimpleMinCostFlow()
    arcs = model.add_arcs_with_capacity_and_unit_cost(
        network.tails, network.heads, network.capacities, network.costs
    )
    model.set_nodes_supplies(np.arange(network.node_count), network.supplies)
    if model.solve() == model.OPTIMAL:
        return np.asarray(model.flows(arcs), np.int64), f"ortools {ortools.__version__}"
    # Its scaled costs left 64 bits; the plain solver counts in Python's integers.
    return None


def _by_highs(network: Network) -> tuple[IntArray, str] | None:
    try:
        import scipy
        from scipy import optimize, sparse
    except ImportError as error:
        raise SolverMissing("scipy is not installed; install evenhand[optimise]") from error
    if not network.arc_count:
        return None
    arcs = np.arange(network.arc_count)
    shape = (network.node_count, network.arc_count)
    ones = np.ones(network.arc_count)
    balance = sparse.coo_matrix(
        (np.r_[ones, -ones], (np.r_[network.tails, network.heads], np.r_[arcs, arcs])), shape
    ).tocsr()
    solution = optimize.linprog(
        network.costs,
        A_eq=balance,
        b_eq=network.supplies,
        bounds=np.c_[np.zeros(network.arc_count), network.capacities],
        method="highs",
    )
    if solution.x is None:
        return None
    # A vertex of a flow polytope is integral: what differs is the solver's tolerance.
    flow = np.rint(solution.x).astype(np.int64)
    return (
        (_polished(network, flow), f"scipy {scipy.__version__}")
        if _is_flow(network, flow)
        else None
    )


def _is_flow(network: Network, flow: IntArray) -> bool:
    balance = np.zeros(network.node_count, np.int64)
    np.add.at(balance, network.tails, flow)
    np.subtract.at(balance, network.heads, flow)
    is_bounded = bool(((flow >= 0) & (flow <= network.capacities)).all())
    return is_bounded and bool((balance == network.supplies).all())


def _polished(network: Network, flow: IntArray) -> IntArray:
    """The flow made cheapest in integers, should the solver's tolerance have hidden a gain."""
    while (cycle := negative_cycle(network, flow)) is not None:
        room = min(
            int(network.capacities[arc] - flow[arc] if sign > 0 else flow[arc])
            for arc, sign in cycle
        )
        for arc, sign in cycle:
            flow[arc] += sign * room
    return flow


def _plan(
    problem: FlowProblem, network: Network, flow: IntArray, solver: Solver, version: str
) -> FlowPlan:
    cells = {
        (int(network.tails[arc]), int(network.heads[arc]) - network.class_count): int(flow[arc])
        for arc in np.flatnonzero(flow[: network.pair_count])
    }
    received = [0] * len(problem.reps)
    left = [kind.count for kind in problem.classes]
    objective = 0
    for (kind, rep), count in cells.items():
        received[rep] += count
        left[kind] -= count
        objective += count * (problem.classes[kind].values[rep] or 0)
    return FlowPlan(
        cells=MappingProxyType(cells),
        overflow=tuple(left),
        shortfall=tuple(
            max(0, min(rep.lower, rep.capacity) - count)
            for rep, count in zip(problem.reps, received, strict=True)
        ),
        objective=objective,
        is_optimal=True,
        solver=solver,
        version=version,
        digest=digest(problem),
    )
