"""Deal a backlog at once: plans with capacities and the ledger's band, exact where possible.

`solve_flow` deals items that take one place each, `solve_gap` items with sizes in points; `verify`
checks a plan without solving again. How and why stands in docs/algorithms/batch.md.
"""

from evenhand.engine.routing.batch.band import Band, entitlements, ledger_bands
from evenhand.engine.routing.batch.deal import DealMismatch, deal_cells
from evenhand.engine.routing.batch.flow import PlanTooLarge, is_installed, solve_flow
from evenhand.engine.routing.batch.gap import solve_gap
from evenhand.engine.routing.batch.plan import (
    Effort,
    FlowPlan,
    GapPlan,
    Solver,
    SolverMissing,
    flow_plan_from_json,
    gap_plan_from_json,
)
from evenhand.engine.routing.batch.problem import (
    FlowClass,
    FlowProblem,
    FlowRep,
    GapItem,
    GapProblem,
    GapRep,
    UnusableProblem,
    digest,
    flow_classes,
)
from evenhand.engine.routing.batch.verify import Fault, Violation, verify

__all__ = [
    "Band",
    "DealMismatch",
    "Effort",
    "Fault",
    "FlowClass",
    "FlowPlan",
    "FlowProblem",
    "FlowRep",
    "GapItem",
    "GapPlan",
    "GapProblem",
    "GapRep",
    "PlanTooLarge",
    "Solver",
    "SolverMissing",
    "UnusableProblem",
    "Violation",
    "deal_cells",
    "digest",
    "entitlements",
    "flow_classes",
    "flow_plan_from_json",
    "gap_plan_from_json",
    "is_installed",
    "ledger_bands",
    "solve_flow",
    "solve_gap",
    "verify",
]
