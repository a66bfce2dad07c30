"""Check a plan against its problem without solving it again: what replay does.

Everything is recomputed in integers: who may, who is full, who is short, what it is worth. A flow
plan that claims to be best is also proved to be: there is no cheaper flow round any cycle.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evenhand.engine.routing.batch.network import build_network, negative_cycle
from evenhand.engine.routing.batch.plan import FlowPlan, GapPlan
from evenhand.engine.routing.batch.problem import (
    FlowProblem,
    GapProblem,
    digest,
    load_step,
    reachable_band,
)


class Fault(StrEnum):
    """What can be wrong with a plan."""

    OTHER_INPUTS = "plan.other_inputs"
    WRONG_SHAPE = "plan.wrong_shape"
    NOT_ELIGIBLE = "plan.not_eligible"
    OVER_CAPACITY = "plan.over_capacity"
    ABOVE_BAND = "plan.above_band"
    WRONG_SHORTFALL = "plan.wrong_shortfall"
    WRONG_OVERFLOW = "plan.wrong_overflow"
    WRONG_OBJECTIVE = "plan.wrong_objective"
    WRONG_BOUND = "plan.wrong_bound"
    NOT_OPTIMAL = "plan.not_optimal"


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault, the value found and the right one.

    `place` is an item, class or rep by number; None = the plan as a whole.
    """

    fault: Fault
    place: int | None
    found: int | str
    right: int | str

    def __str__(self) -> str:
        where = "" if self.place is None else f" at {self.place}"
        return f"{self.fault}{where}: {self.found} instead of {self.right}"


def verify(problem: FlowProblem | GapProblem, plan: FlowPlan | GapPlan) -> list[Violation]:
    """What is wrong with the plan for this problem; empty = nothing.

    :raises TypeError: the plan is of the other kind than the problem.
    """
    if isinstance(problem, FlowProblem) and isinstance(plan, FlowPlan):
        found = _flow_faults(problem, plan)
    elif isinstance(problem, GapProblem) and isinstance(plan, GapPlan):
        found = _gap_faults(problem, plan)
    else:
        raise TypeError(f"a {type(plan).__name__} is no plan for a {type(problem).__name__}")
    right = digest(problem)
    if plan.digest != right:
        found.insert(0, Violation(Fault.OTHER_INPUTS, None, plan.digest, right))
    return found


def _flow_faults(problem: FlowProblem, plan: FlowPlan) -> list[Violation]:
    shape = (len(plan.overflow), len(plan.shortfall))
    right_shape = (len(problem.classes), len(problem.reps))
    if shape != right_shape:
        return [Violation(Fault.WRONG_SHAPE, None, str(shape), str(right_shape))]
    found: list[Violation] = []
    left = [kind.count for kind in problem.classes]
    received = [0] * len(problem.reps)
    objective = 0
    for (number, place), count in sorted(plan.cells.items()):
        if not (0 <= number < len(left) and 0 <= place < len(received) and count > 0):
            cell = f"{count} of class {number} for rep {place}"
            return [Violation(Fault.WRONG_SHAPE, None, cell, "at least 1 of a class for a rep")]
        value = problem.classes[number].values[place]
        if value is None:
            found.append(Violation(Fault.NOT_ELIGIBLE, number, f"rep {place}", "an eligible rep"))
        left[number] -= count
        received[place] += count
        objective += count * (value or 0)
    for place, rep in enumerate(problem.reps):
        if received[place] > rep.capacity:
            found.append(Violation(Fault.OVER_CAPACITY, place, received[place], rep.capacity))
        short = max(0, min(rep.lower, rep.capacity) - received[place])
        if short != plan.shortfall[place]:
            found.append(Violation(Fault.WRONG_SHORTFALL, place, plan.shortfall[place], short))
    for number, count in enumerate(left):
        if count != plan.overflow[number] or count < 0:
            found.append(Violation(Fault.WRONG_OVERFLOW, number, plan.overflow[number], count))
    if objective != plan.objective:
        found.append(Violation(Fault.WRONG_OBJECTIVE, None, plan.objective, objective))
    if plan.is_optimal and not found and _can_be_better(problem, plan):
        found.append(Violation(Fault.NOT_OPTIMAL, None, plan.objective, "a better plan"))
    return found


def _can_be_better(problem: FlowProblem, plan: FlowPlan) -> bool:
    """Whether the plan, as a flow, has a cycle along which it becomes better."""
    network = build_network(problem)
    pairs, classes, reps = network.pair_count, len(problem.classes), len(problem.reps)
    places = network.heads[:pairs] - network.class_count
    cells = zip(network.tails[:pairs].tolist(), places.tolist(), strict=True)
    dealt = np.array([plan.cells.get(cell, 0) for cell in cells], np.int64)
    received = np.zeros(reps, np.int64)
    np.add.at(received, places, dealt)
    lowers = network.capacities[pairs + classes : pairs + classes + reps]
    towards = np.minimum(received, lowers)
    flow = np.concatenate([dealt, np.array(plan.overflow, np.int64), towards, received - towards])
    return negative_cycle(network, flow) is not None


def _gap_faults(problem: GapProblem, plan: GapPlan) -> list[Violation]:
    shape = (len(plan.assignment), len(plan.shortfall))
    right_shape = (len(problem.items), len(problem.reps))
    if shape != right_shape:
        return [Violation(Fault.WRONG_SHAPE, None, str(shape), str(right_shape))]
    found: list[Violation] = []
    loads = [0] * len(problem.reps)
    objective = 0
    for number, (item, rep) in enumerate(zip(problem.items, plan.assignment, strict=True)):
        if rep is None:
            continue
        if not 0 <= rep < len(problem.reps):
            return [Violation(Fault.WRONG_SHAPE, number, f"rep {rep}", "a rep of the problem")]
        value = item.values[rep]
        if value is None:
            found.append(Violation(Fault.NOT_ELIGIBLE, number, f"rep {rep}", "an eligible rep"))
        loads[rep] += item.sizes if isinstance(item.sizes, int) else item.sizes[rep]
        objective += value or 0
    step = load_step(problem)
    for number, room in enumerate(problem.reps):
        load, least = loads[number], reachable_band(room, step)[0]
        if load > room.capacity:
            found.append(Violation(Fault.OVER_CAPACITY, number, load, room.capacity))
        if room.upper is not None and load > room.upper:
            found.append(Violation(Fault.ABOVE_BAND, number, load, room.upper))
        if plan.shortfall[number] != max(0, least - load):
            short = max(0, least - load)
            found.append(Violation(Fault.WRONG_SHORTFALL, number, plan.shortfall[number], short))
    if objective != plan.objective:
        found.append(Violation(Fault.WRONG_OBJECTIVE, None, plan.objective, objective))
    if plan.bound is not None and (
        plan.bound < objective or (plan.is_optimal and plan.bound != objective)
    ):
        found.append(Violation(Fault.WRONG_BOUND, None, plan.bound, objective))
    return found
