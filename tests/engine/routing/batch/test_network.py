"""The network, and the proof that a flow is the cheapest."""

import numpy as np
import pytest
from hypothesis import given

from evenhand.engine.routing.batch import FlowProblem, Solver, is_installed, solve_flow
from evenhand.engine.routing.batch.flow import _polished
from evenhand.engine.routing.batch.network import IntArray, Network, build_network, negative_cycle
from evenhand.engine.routing.batch.successive import cheapest_flow
from tests.engine.routing.batch.problems import flow, flow_problems


def cost(network: Network, units: IntArray) -> int:
    return sum((network.costs * units).tolist())


def everything_left_out(network: Network) -> IntArray:
    """The dearest flow: every item over its overflow arc."""
    units = np.zeros(network.arc_count, np.int64)
    classes = slice(network.pair_count, network.pair_count + network.class_count)
    units[classes] = network.supplies[: network.class_count]
    return units


def test_only_pairs_with_something_to_give_and_room_to_take_are_arcs() -> None:
    network = build_network(flow([2, 0], [[1, None, 3], [1, 1, 1]], [5, 5, 0]))

    assert network.pair_count == 1
    assert (network.tails[0], network.heads[0]) == (0, 2)
    assert network.capacities[0] == 2


def test_costs_are_never_negative_and_keep_only_what_differs() -> None:
    network = build_network(flow([1, 1], [[-300, 500], [100, None]], [1, 1]))

    assert network.costs[: network.pair_count].tolist() == [2, 0, 1]
    assert network.costs.min() >= 0


def test_without_lower_bounds_the_rest_of_a_rep_costs_nothing() -> None:
    network = build_network(flow([3], [[1]], [9]))

    assert network.costs[-1] == 0
    assert network.capacities[-2:].tolist() == [0, 3]


def test_a_flow_that_leaves_out_what_has_a_place_has_a_way_to_get_cheaper() -> None:
    network = build_network(flow([1], [[5]], [1]))

    cycle = negative_cycle(network, everything_left_out(network))

    assert cycle is not None
    assert sum(int(network.costs[arc]) * sign for arc, sign in cycle) < 0


@given(flow_problems())
def test_the_cheapest_flow_has_no_way_to_get_cheaper(problem: FlowProblem) -> None:
    network = build_network(problem)

    assert negative_cycle(network, cheapest_flow(network)) is None


@given(flow_problems(most_classes=4, most_count=4))
def test_going_round_such_cycles_from_the_dearest_flow_ends_at_the_cheapest(
    problem: FlowProblem,
) -> None:
    network = build_network(problem)

    polished = _polished(network, everything_left_out(network))

    assert cost(network, polished) == cost(network, cheapest_flow(network))


@given(flow_problems())
def test_the_cheapest_flow_keeps_every_capacity_and_meets_every_supply(
    problem: FlowProblem,
) -> None:
    network = build_network(problem)

    units = cheapest_flow(network)

    balance = np.zeros(network.node_count, np.int64)
    np.add.at(balance, network.tails, units)
    np.subtract.at(balance, network.heads, units)
    assert (balance == network.supplies).all()
    assert ((units >= 0) & (units <= network.capacities)).all()


@pytest.mark.parametrize("solver", [Solver.ORTOOLS, Solver.HIGHS])
def test_values_at_the_edge_of_64_bits_are_still_dealt_exactly(solver: Solver) -> None:
    if not is_installed(solver):
        pytest.skip(f"{solver} is not installed")
    largest = 2**48
    values = [[largest - 3 * i * r for r in range(30)] for i in range(29)] + [[-largest] * 30]
    problem = flow([1] * 30, values, [1] * 30)

    plan = solve_flow(problem, solver=solver)

    assert plan.objective == solve_flow(problem, solver=Solver.PLAIN).objective
    assert plan.overflow == (0,) * 30
