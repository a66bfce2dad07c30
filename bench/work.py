"""`bin/bench work`: the rebalance and its placement against their bounds, and how long they take.

Teams are made up (bench/teams.py). Beside our cost stand two bounds: of the plain linear program,
in which items may be split, and the one that the engine itself proves, in which each overloaded
rep sheds whole items. The second lies above the first, and nobody's plan can cost less.

The placement is measured on given assignments with sizes, against the best known plans.
"""

from pathlib import Path
from statistics import mean
from time import perf_counter

import click

from bench import work_rebalance
from bench.optimiser import read_gap_instances
from bench.teams import SIZES, linear_bound, made_up
from bench.work_tasks import FULL, measure
from evenhand.engine.facts import POINT
from evenhand.engine.routing.batch import solve_gap, verify
from evenhand.engine.workload.checking import check_moves
from evenhand.engine.workload.placement import PLACEMENT_EFFORT
from evenhand.engine.workload.rebalance import propose_moves

MOST_GAP = 0.03
MOST_SECONDS = 2.0
PARTS = ("rebalance", "rebalance-db", "placement", "tasks")
# Given problems lie beside the project, where there are any.
DATA = Path(__file__).parents[2] / "shared" / "data"
_BROAD, _NARROW = (3, 3), (2, 2)
_RUNS = 3
_HEADING = (
    f"{'reps':>5}{'items':>7}{'fill':>6}{'covers':>9}{'excess':>8}{'moves':>7}{'cost':>7}"
    f"{'bound':>7}{'gap %':>7}{'LP':>9}{'LP gap %':>9}{'left':>6}{'faults':>7}{'s':>7}"
)


@click.command()
@click.option("--only", type=click.Choice(PARTS), help="One part alone.")
@click.option("--tasks", default=FULL, show_default=True, help="How many to-dos.")
@click.option("--check", is_flag=True, help="Exit with 1 on a missed promise.")
@click.option("--data", type=click.Path(path_type=Path), default=DATA, help="Given problems.")
def main(only: str | None, tasks: int, check: bool, data: Path) -> None:
    """Measure the engine of workload; prints what was promised beside what was reached."""
    missed = []
    if only in (None, "rebalance"):
        missed += rebalance()
    if only in (None, "rebalance-db"):
        missed += work_rebalance.measure()
    if only in (None, "placement"):
        missed += placement(data / "gap")
    if only in (None, "tasks"):
        missed += measure(tasks)
    if missed:
        click.echo("missed: " + ", ".join(missed))
    if check and missed:
        raise SystemExit(1)


def rebalance() -> list[str]:
    """Every size, with room to spare and without, broadly and narrowly eligible."""
    click.echo("Rebalance: least cost so that nobody is over the cap; best of three runs")
    click.echo(_HEADING)
    missed = []
    for reps, items in SIZES:
        for fill, breadth in ((0.85, _BROAD), (0.95, _BROAD), (0.85, _NARROW)):
            team = made_up(reps, items, fill=fill, breadth=breadth)
            took = []
            for _ in range(_RUNS):
                started = perf_counter()
                found = propose_moves(team.carriers, team.items)
                took.append(perf_counter() - started)
            linear = linear_bound(team.carriers, team.items)
            faults = len(check_moves(team.carriers, team.items, found.moves))
            gap = found.cost / found.bound - 1 if found.bound else 0.0
            linear_gap = found.cost / linear.cost - 1 if linear.cost else 0.0
            click.echo(
                f"{reps:5}{items:7}{fill:6.2f}{breadth[0]:5} × {breadth[1]}"
                f"{team.excess / POINT:8.0f}{len(found.moves):7}{found.cost:7}{found.bound:7}"
                f"{100 * gap:7.2f}{linear.cost:9.1f}{100 * linear_gap:9.2f}"
                f"{found.left_over / POINT:6.1f}{faults:7}{min(took):7.2f}"
            )
            name = f"{reps} reps, {items} items, fill {fill}, {breadth}"
            if gap > MOST_GAP or found.left_over or faults:
                missed.append(f"{name}: gap, load left over or faults")
            if min(took) > MOST_SECONDS:
                missed.append(f"{name}: {min(took):.1f} s")
    return missed


def placement(folder: Path) -> list[str]:
    """Every given instance with the effort of the placement."""
    if not folder.is_dir():
        click.echo(f"Placement: no given problems in {folder}")
        return []
    click.echo("Placement: given assignments with sizes, against the best known cost")
    click.echo(f"{'family':8}{'n':>4}{'mean gap %':>12}{'max gap %':>11}{'mean s':>8}{'max s':>7}")
    gaps: dict[str, list[float]] = {}
    times: dict[str, list[float]] = {}
    missed = []
    for family, name, problem, best in read_gap_instances(folder):
        started = perf_counter()
        plan = solve_gap(problem, PLACEMENT_EFFORT)
        times.setdefault(family, []).append(perf_counter() - started)
        gap = -plan.objective / best - 1
        gaps.setdefault(family, []).append(gap)
        if plan.overflow or verify(problem, plan) or gap > MOST_GAP:
            missed.append(f"{name}: left out, faults or gap")
    for family, found in gaps.items():
        took = times[family]
        click.echo(
            f"{family:8}{len(found):4}{100 * mean(found):12.3f}{100 * max(found):11.3f}"
            f"{mean(took):8.2f}{max(took):7.2f}"
        )
    return missed


if __name__ == "__main__":
    main()
