"""What a plan answers, and how much effort it may take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Solver(StrEnum):
    """Who computed a plan. `plain` needs nothing but Python and numpy."""

    ORTOOLS = "ortools"
    HIGHS = "highs"
    PLAIN = "plain"


class SolverMissing(Exception):
    """The solver asked for by name is not installed, or does not solve this kind of problem."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work a GAP may take, in counts: never in seconds, so that a plan can be repeated.

    `nodes` bounds the branch-and-bound tree of each exact search (0 = none is tried), `variables`
    the size up to which all of a problem is searched exactly. `rounds` bounds the restarts of
    the heuristic from changed prices; none begins once `moves` steps have been weighed.

    :raises ValueError: a negative count.
    """

    nodes: int = 100
    rounds: int = 60
    moves: int = 10_000_000
    variables: int = 5_000

    def __post_init__(self) -> None:
        for name in ("nodes", "rounds", "moves", "variables"):
            if getattr(self, name) < 0:
                raise ValueError(f"effort: {name} is {getattr(self, name)}; give 0 or more")


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """Counts per (class, rep); both are the numbers that they have in the problem.

    `overflow` holds per class the items that found no place, `shortfall` per rep the items
    missing to the lower bound. `objective` is the value of what was dealt.
    """

    cells: Mapping[tuple[int, int], int]
    overflow: tuple[int, ...]
    shortfall: tuple[int, ...]
    objective: int
    is_optimal: bool
    solver: Solver
    version: str
    digest: str

    def as_json(self) -> dict[str, Any]:
        """The plan as plain data for a receipt; `flow_plan_from_json` reads it back."""
        return {
            "digest": self.digest,
            "solver": str(self.solver),
            "version": self.version,
            "objective": self.objective,
            "is_optimal": self.is_optimal,
            "cells": [[kind, rep, count] for (kind, rep), count in sorted(self.cells.items())],
            "overflow": list(self.overflow),
            "shortfall": list(self.shortfall),
        }


@dataclass(frozen=True, slots=True)
class GapPlan:
    """One rep, by number, or None (overflow) per item.

    `shortfall` holds per rep the micro-points missing to the least load inside the band. `bound`
    is a ceiling, proved in integers from the solver's prices or reported by its branch and bound:
    no plan that leaves out as few items and falls short by as few points is worth more.
    """

    assignment: tuple[int | None, ...]
    shortfall: tuple[int, ...]
    objective: int
    bound: int | None
    is_optimal: bool
    solver: Solver
    version: str
    digest: str
    overflow: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        left = tuple(item for item, rep in enumerate(self.assignment) if rep is None)
        object.__setattr__(self, "overflow", left)

    def as_json(self) -> dict[str, Any]:
        """The plan as plain data for a receipt; `gap_plan_from_json` reads it back."""
        return {
            "digest": self.digest,
            "solver": str(self.solver),
            "version": self.version,
            "objective": self.objective,
            "bound": self.bound,
            "is_optimal": self.is_optimal,
            "assignment": list(self.assignment),
            "shortfall": list(self.shortfall),
        }


def flow_plan_from_json(data: Mapping[str, Any]) -> FlowPlan:
    """The inverse of `FlowPlan.as_json`.

    :raises KeyError, TypeError, ValueError: the data are not those of a plan.
    """
    return FlowPlan(
        cells=MappingProxyType({(kind, rep): count for kind, rep, count in data["cells"]}),
        overflow=tuple(data["overflow"]),
        shortfall=tuple(data["shortfall"]),
        objective=data["objective"],
        is_optimal=data["is_optimal"],
        solver=Solver(data["solver"]),
        version=data["version"],
        digest=data["digest"],
    )


def gap_plan_from_json(data: Mapping[str, Any]) -> GapPlan:
    """The inverse of `GapPlan.as_json`.

    :raises KeyError, TypeError, ValueError: the data are not those of a plan.
    """
    return GapPlan(
        assignment=tuple(data["assignment"]),
        shortfall=tuple(data["shortfall"]),
        objective=data["objective"],
        bound=data["bound"],
        is_optimal=data["is_optimal"],
        solver=Solver(data["solver"]),
        version=data["version"],
        digest=data["digest"],
    )
