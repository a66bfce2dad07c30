"""`bin/bench pool`: what is promised about public pools (公海), measured.

Each part is a module `bench.pool_<part>` with `measure(options) -> list of what was missed`.
"""

from importlib import import_module
from importlib.util import find_spec

import click

from bench.pool_options import Options

PARTS = tuple(
    part for part in ("gini", "claims", "sweep", "pages") if find_spec(f"bench.pool_{part}")
)


@click.command()
@click.option(
    "--only", "parts", multiple=True, type=click.Choice(PARTS), help="A part; default all."
)
@click.option("--quick", is_flag=True, help="Smaller figures, for a look in between.")
@click.option("--check", is_flag=True, help="Exit with 1 on a missed promise.")
def main(parts: tuple[str, ...], quick: bool, check: bool) -> None:
    """Measure pools; prints what was promised beside what was reached."""
    missed: list[str] = []
    for part in parts or PARTS:
        missed += import_module(f"bench.pool_{part}").measure(Options(is_quick=quick))
    if missed:
        click.echo("missed: " + ", ".join(missed))
    if check and missed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
