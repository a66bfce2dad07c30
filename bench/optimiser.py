"""The batch optimiser measured: distance from the best known plan, and time.

A clock stands here and only here: it times the solvers and is the `stop` that ends them early.
The engine counts nodes and rounds.
"""

import csv
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np

from evenhand.engine.facts import POINT
from evenhand.engine.routing.batch import (
    Fault,
    FlowClass,
    FlowProblem,
    FlowRep,
    GapItem,
    GapPlan,
    GapProblem,
    GapRep,
    PlanTooLarge,
    Solver,
    is_installed,
    solve_flow,
    solve_gap,
    verify,
)

# No new step begins after this part of the time. A step of HiGHS that runs cannot be interrupted.
LAST_START = 0.4
SEED = 7
POINT_SIZES = (1, 2, 3, 5, 8)
POINT_SHARES = (0.35, 0.30, 0.20, 0.10, 0.05)


@dataclass(frozen=True, slots=True)
class Measured:
    """One instance: how far from the best known (or the proved bound), and how long it took.

    `gap` is in parts of 1; a plan that leaves something out has no gap.
    """

    family: str
    name: str
    solver: Solver
    gap: float | None
    is_feasible: bool
    is_proved: bool
    seconds: float


def run(
    data_dir: Path,
    seconds_each: float = 10,
    out: Callable[[str], None] = print,
    *,
    is_generated_too: bool = True,
) -> list[Measured]:
    """Print the optimiser's figures; return those of the given instances by the best solver here.

    :param data_dir: the folder of shared data, with `gap/` and `assignment/`.
    :param is_generated_too: also larger problems made up here, which take a minute.
    """
    solvers = [solver for solver in (Solver.HIGHS, Solver.PLAIN) if is_installed(solver)]
    measured = [
        measure(family, name, problem, best, solver, seconds_each)
        for solver in solvers
        for family, name, problem, best in read_gap_instances(data_dir / "gap")
    ]
    out("Batch optimiser: generalized assignment against the best known plans")
    out(f"{'solver':8}{'family':8}{'n':>4}{'feasible':>10}{'proved':>8}" + HEADING)
    for solver in solvers:
        mine = [row for row in measured if row.solver is solver]
        for family in [*dict.fromkeys(row.family for row in mine), "all"]:
            out(_line(solver, family, [r for r in mine if family in (r.family, "all")]))
    out("")
    for line in _flow_lines(data_dir / "assignment", is_generated_too):
        out(line)
    if is_generated_too:
        out("")
        for line in _generated_lines():
            out(line)
    return [row for row in measured if row.solver is solvers[0]]


HEADING = f"{'mean gap %':>12}{'max gap %':>11}{'mean s':>8}{'max s':>7}"


def measure(
    family: str, name: str, problem: GapProblem, best: int, solver: Solver, seconds: float
) -> Measured:
    """Solve one instance whose best known cost is `best`."""
    plan, took = _timed(problem, solver, seconds)
    is_whole = not plan.overflow
    return Measured(
        family=family,
        name=name,
        solver=solver,
        gap=(-plan.objective - best) / best if is_whole else None,
        is_feasible=is_whole and not verify(problem, plan),
        is_proved=plan.is_optimal,
        seconds=took,
    )


def read_gap_instances(folder: Path) -> list[tuple[str, str, GapProblem, int]]:
    """Family, name, problem and best known cost of each instance of the folder."""
    with (folder / "best_known.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    families = {"orlib-small": "gap1-6"}
    return [
        (
            families.get(row["type"], row["type"]),
            row["instance"],
            read_gap((folder / f"{row['instance']}.txt").read_text(encoding="ascii")),
            int(row["best_known"]),
        )
        for row in rows
    ]


def read_gap(text: str) -> GapProblem:
    """A problem in the format of the OR-library: agents, tasks, costs, sizes, capacities."""
    numbers = [int(word) for word in text.split()]
    agents, tasks = numbers[:2]
    table = np.array(numbers[2 : 2 + 2 * agents * tasks]).reshape(2, agents, tasks)
    costs, sizes = table[0].T.tolist(), table[1].T.tolist()
    items = [
        GapItem(tuple(-cost for cost in row), tuple(size * POINT for size in row_sizes))
        for row, row_sizes in zip(costs, sizes, strict=True)
    ]
    capacities = numbers[2 + 2 * agents * tasks :]
    return GapProblem(tuple(items), tuple(GapRep(capacity * POINT) for capacity in capacities))


def read_assignment(packed: bytes) -> FlowProblem:
    """A linear assignment of the OR-library: n, then n × n costs; one place each."""
    numbers = [int(word) for word in gzip.decompress(packed).split()]
    size = numbers[0]
    rows = np.array(numbers[1:]).reshape(size, size).tolist()
    classes = tuple(FlowClass(1, tuple(-cost for cost in row)) for row in rows)
    return FlowProblem(classes, (FlowRep(1),) * size)


def generated_gap(
    item_count: int, rep_count: int, density: float, fill: float = 0.95
) -> GapProblem:
    """Items of 1 to 8 points, each eligible with a part of the reps, who have room for all.

    `fill` is the part of the room that the items take; above 1 some must be left out.
    """
    draws = np.random.default_rng(SEED)
    points = draws.choice(POINT_SIZES, item_count, p=POINT_SHARES)
    may = draws.random((item_count, rep_count)) < density
    may[np.arange(item_count), draws.integers(0, rep_count, item_count)] = True
    values = (draws.random((item_count, rep_count)) * points[:, None] * POINT).astype(np.int64)
    capacity = int(points.sum() * POINT / rep_count / fill)
    items = []
    for row, allowed, size in zip(values.tolist(), may.tolist(), points.tolist(), strict=True):
        worth = tuple(v if ok else None for v, ok in zip(row, allowed, strict=True))
        items.append(GapItem(worth, size * POINT))
    return GapProblem(tuple(items), (GapRep(capacity),) * rep_count)


def generated_flow(class_count: int, rep_count: int, density: float, total: int) -> FlowProblem:
    """A backlog of `total` items in classes; places for nearly all of them."""
    draws = np.random.default_rng(SEED)
    counts = draws.multinomial(total, draws.dirichlet(np.ones(class_count)))
    may = draws.random((class_count, rep_count)) < density
    values = draws.integers(0, POINT, (class_count, rep_count))
    classes = []
    for count, row, allowed in zip(counts.tolist(), values.tolist(), may.tolist(), strict=True):
        worth = tuple(v if ok else None for v, ok in zip(row, allowed, strict=True))
        classes.append(FlowClass(count, worth))
    return FlowProblem(tuple(classes), (FlowRep(total // rep_count),) * rep_count)


def _timed(
    problem: GapProblem, solver: Solver, seconds: float | None = None
) -> tuple[GapPlan, float]:
    """The plan and how long it took; without seconds, the default effort to its end."""
    started = monotonic()

    def is_late() -> bool:
        return seconds is not None and monotonic() - started > LAST_START * seconds

    plan = solve_gap(problem, stop=is_late, solver=solver)
    return plan, monotonic() - started


def _line(solver: Solver, family: str, rows: list[Measured]) -> str:
    gaps = [row.gap for row in rows if row.gap is not None]
    times = [row.seconds for row in rows]
    mean = f"{100 * sum(gaps) / len(gaps):12.4f}{100 * max(gaps):11.3f}" if gaps else f"{'–':>23}"
    feasible = sum(row.is_feasible for row in rows)
    proved = sum(row.is_proved for row in rows)
    return (
        f"{solver:8}{family:8}{len(rows):4}{feasible:10}{proved:8}{mean}"
        f"{sum(times) / len(times):8.2f}{max(times):7.2f}"
    )


def _flow_lines(folder: Path, is_generated_too: bool) -> list[str]:
    assignment = read_assignment((folder / "assign100.txt.gz").read_bytes())
    with (folder / "optima.csv").open(encoding="utf-8", newline="") as rows:
        optimum = int(next(csv.DictReader(rows))["optimum"])
    cases = [(f"assign100, optimum value {-optimum}", assignment)]
    if is_generated_too:
        cases += [
            ("10,000 items × 100 reps, 200 k pairs", generated_flow(10_000, 100, 0.2, 10_000)),
            (
                "1 M items in 2,000 classes × 100 reps, 100 k pairs",
                generated_flow(2_000, 100, 0.5, 1_000_000),
            ),
        ]
    lines = ["Batch optimiser: items of one place, exact flow"]
    for name, problem in cases:
        started = monotonic()
        try:
            plan = solve_flow(problem)
        except PlanTooLarge as error:
            lines.append(f"  {name}: {error}")
            continue
        took = monotonic() - started
        started = monotonic()
        faults = verify(problem, plan)
        lines.append(
            f"  {name}: {plan.version}, value {plan.objective:,}, overflow {sum(plan.overflow):,}, "
            f"{took:.2f} s; verified best in {monotonic() - started:.2f} s, {len(faults)} faults"
        )
    return lines


def _generated_lines() -> list[str]:
    solver = Solver.HIGHS if is_installed(Solver.HIGHS) else Solver.PLAIN
    lines = ["Batch optimiser: larger generated problems with sizes, against the proved bound"]
    for items, reps, density, fill in (
        (10_000, 100, 0.02, 0.95),
        (10_000, 100, 0.20, 0.95),
        (10_000, 100, 0.02, 1.05),
    ):
        problem = generated_gap(items, reps, density, fill)
        plan, took = _timed(problem, solver)
        overload = sum(v.fault is Fault.OVER_CAPACITY for v in verify(problem, plan))
        part = f"{100 * plan.objective / plan.bound:.4f} %" if plan.bound else "–"
        lines.append(
            f"  {items:,} items × {reps} reps, {100 * density:.0f} % eligible, "
            f"{100 * fill:.0f} % full: overload {overload}, left out {len(plan.overflow)}, "
            f"{part} of the bound, {took:.1f} s"
        )
    return lines
