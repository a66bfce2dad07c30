"""`bin/bench engine`: everything the engine promises in figures, measured in one run.

Ratios within one run are what counts: the machine is shared, seconds swing by a factor of two.
"""

import csv
import tempfile
from pathlib import Path
from time import perf_counter

import click

import bench  # before numpy: it sets the threads of the linear algebra
from bench import baselines
from bench.bound import fair_bound
from bench.decisions import seconds_per_decision
from bench.lead_files import write_lead_file, write_team_file
from bench.measures import expected_conversions, fairness
from bench.optimiser import run as run_optimiser
from bench.product import deal
from bench.scenarios import LARGEST_POINTS, SCENARIO_NAMES, make_scenario
from evenhand.cli.main import main as evenhand

assert bench.__doc__

SHARED_DATA = Path(__file__).parents[1].parent / "shared" / "data"

# What issue 2 asks for.
LEAST_AT_5P, LEAST_AT_10P, LEAST_JAIN = 0.89, 0.915, 0.999
MOST_MICROSECONDS = {100: 200, 1_000: 1_000}
MOST_FILE_RATIO = 8
MOST_OPTIMISER_GAP = 0.0005


class Gates:
    """What was promised and whether it was reached."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def hold(self, what: str, reached: bool) -> str:
        """Note a promise; returns how the line ends."""
        if not reached:
            self.missed.append(what)
        return "ok" if reached else "MISSED"


def decisions(gates: Gates) -> None:
    """µs per decision at 10, 100, 1,000 and 5,000 reps, with and without receipt."""
    click.echo("\nmicroseconds per decision        bare   with receipt")
    for reps, count in ((10, 4_000), (100, 4_000), (1_000, 2_000), (5_000, 600)):
        bare = seconds_per_decision(reps, with_receipt=False, count=count) * 1e6
        full = seconds_per_decision(reps, with_receipt=True, count=count) * 1e6
        most = MOST_MICROSECONDS.get(reps)
        verdict = ""
        if most is not None:
            verdict = f"promised {most}: {gates.hold(f'decision at {reps} reps', full <= most)}"
        click.echo(f"  {reps:>5} reps               {bare:>8.1f}   {full:>12.1f}   {verdict}")


def scenarios(gates: Gates, leads: int) -> None:
    """Expected conversions as % of the clairvoyant fair bound, Jain, points behind and ahead."""
    for name in SCENARIO_NAMES:
        scenario = make_scenario(name, leads=leads)
        bound = fair_bound(scenario)
        click.echo(
            f"\nscenario {name}: {leads:,} leads x 100 reps, fair bound {bound:,.0f} conversions\n"
            "  policy                              % of bound    Jain   behind   ahead"
        )
        for title, policy in (
            ("naive round robin", baselines.naive_round_robin),
            ("weighted round robin", baselines.weighted_round_robin),
            ("greedy best match", baselines.greedy_best_match),
        ):
            _print_row(title, scenario, policy(scenario), bound)
        for factor in (1, 5, 10):
            dealt, book = deal(scenario, tau=factor * LARGEST_POINTS)
            share, jain = _print_row(f"ledger, grade books, tau {factor}P", scenario, dealt, bound)
            sound = gates.hold(f"{name}: books sound at {factor}P", book.is_sound())
            least = {5: LEAST_AT_5P, 10: LEAST_AT_10P}.get(factor)
            if least is not None:
                reached = share >= least and jain >= LEAST_JAIN
                verdict = gates.hold(f"{name} at {factor}P", reached)
                click.echo(f"    promised {least:.1%}, Jain {LEAST_JAIN}: {verdict}; books {sound}")
        for factor in (5, 10):
            dealt, _ = deal(scenario, tau=factor * LARGEST_POINTS, exploration=50_000)
            _print_row(f"  the same at {factor}P, 5 % exploration", scenario, dealt, bound)


def _print_row(title: str, scenario, dealt, bound: float) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    share = expected_conversions(scenario, dealt) / bound
    fair = fairness(scenario, dealt)
    click.echo(
        f"  {title:<36}{share:>9.1%}  {fair.jain:>7.4f}  {fair.behind_points:>7.1f} "
        f"{fair.ahead_points:>7.1f}"
    )
    return share, fair.jain


def files(gates: Gates, rows: int) -> None:
    """A file of leads routed to a file, beside merely reading and writing the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        leads, team = Path(folder, "leads.csv"), Path(folder, "team.csv")
        write_lead_file(leads, rows)
        write_team_file(team, reps=200)
        plain = _copied(leads, Path(folder, "copy.csv"))
        out = Path(folder, "out")
        arguments = ["route", str(leads), "--team", str(team), "--out", str(out), "--quiet"]
        started = perf_counter()
        evenhand([*arguments, "--seed", "bench", "--lang", "en"], standalone_mode=False)
        routed = perf_counter() - started
        ratio = routed / plain
        promised = rows >= 1_000_000
        verdict = f"promised {MOST_FILE_RATIO}: " if promised else "(promised at 1,000,000 rows) "
        if promised:
            verdict += gates.hold("file to file", ratio <= MOST_FILE_RATIO)
        click.echo(
            f"\n{rows:,} leads x 200 reps, file to file: {routed:.1f} s; csv module reading and "
            f"writing the same rows: {plain:.2f} s; ratio {ratio:.1f}  {verdict}"
        )


def _copied(source: Path, target: Path) -> float:
    started = perf_counter()
    with (
        source.open(encoding="utf-8-sig", newline="") as read,
        target.open("w", encoding="utf-8", newline="") as written,
    ):
        csv.writer(written).writerows(csv.reader(read))
    return perf_counter() - started


def optimiser(gates: Gates) -> None:
    """The gap of the batch optimiser on the given instances, within 10 s each."""
    if not SHARED_DATA.exists():
        click.echo("\noptimiser: the shared data are not beside the project; skipped")
        return
    click.echo("")
    measured = run_optimiser(SHARED_DATA, seconds_each=10, out=click.echo)
    feasible = gates.hold("optimiser: always feasible", all(m.is_feasible for m in measured))
    gaps = [m.gap for m in measured if m.gap is not None]
    mean = sum(gaps) / len(gaps) if gaps else 1.0
    reached = gates.hold("optimiser: mean gap", mean <= MOST_OPTIMISER_GAP)
    click.echo(
        f"  {len(measured)} instances, feasible: {feasible}; mean gap {mean:.3%}, "
        f"promised {MOST_OPTIMISER_GAP:.2%}: {reached}"
    )


PARTS = ("decisions", "scenarios", "files", "optimiser")


@click.command()
@click.option("--check", is_flag=True, help="Exit with 1 if a promise is missed.")
@click.option("--rows", default=1_000_000, show_default=True, help="Rows of the file to file part.")
@click.option("--leads", default=100_000, show_default=True, help="Leads of each scenario.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure only this part.")
def main(check: bool, rows: int, leads: int, only: tuple[str, ...]) -> None:
    """Measure the engine: decisions, fairness and value, files, the optimiser."""
    gates = Gates()
    wanted = only or PARTS
    if "decisions" in wanted:
        decisions(gates)
    if "scenarios" in wanted:
        scenarios(gates, leads)
    if "files" in wanted:
        files(gates, rows)
    if "optimiser" in wanted:
        optimiser(gates)
    click.echo("")
    click.echo(f"missed: {', '.join(gates.missed)}" if gates.missed else "every promise was kept")
    if check and gates.missed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
