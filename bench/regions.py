"""`bin/bench regions`: 100,000 addresses resolved, beside reading the same rows as CSV.

The machine is shared and seconds swing: the ratio to reading the rows is what counts.
"""

import csv
import io
import random
import resource
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import click

from evenhand.engine.region_names import stem
from evenhand.sheets.regions.hints import Confidence, Hints
from evenhand.sheets.regions.load import resolver as load_resolver
from evenhand.sheets.regions.phones import prefixes
from evenhand.sheets.regions.resolver import Resolver

# Reading a row costs a microsecond or two; an address may cost a hundred times that.
MOST_RATIO = 150.0
_FORMS = 4

Result = TypeVar("Result")


@click.command()
@click.option("--addresses", default=100_000, show_default=True)
@click.option("--check", is_flag=True, help="Exit with 1 on a missed promise.")
def main(addresses: int, check: bool) -> None:
    """Measure resolving; prints what was promised beside what was reached."""
    before = _memory()
    resolver, loading = _timed(load_resolver)
    _, phones = _timed(prefixes)
    click.echo(
        f"loading: list {loading * 1_000:.0f} ms, phone prefixes {phones * 1_000:.0f} ms,"
        f" {_memory() - before} MB more"
    )
    rows = _rows(resolver, addresses)
    read, reading = _timed(lambda: [*csv.reader(io.StringIO(rows))])
    (right, sure), resolving = _timed(lambda: _resolve(resolver, read))
    ratio = resolving / reading
    reached = ratio <= MOST_RATIO
    click.echo(
        f"{addresses:,} addresses with phones: {resolving:.1f} s, {addresses / resolving:,.0f}/s;"
        f" reading the CSV {reading:.2f} s; ratio {ratio:.0f}"
        f"   promised ≤ {MOST_RATIO:.0f}: {'ok' if reached else 'MISSED'}"
    )
    click.echo(f"right {right / addresses:.2%}, of these sure {sure / addresses:.2%}")
    if check and not reached:
        raise SystemExit(1)


def _rows(resolver: Resolver, count: int) -> str:
    """Addresses of all counties in four forms, a quarter with a phone from anywhere."""
    chance = random.Random(17)
    atlas = resolver.atlas
    counties = [code for code in atlas.divisions if len(atlas.lineages[code]) > 1]
    mobile = [prefix[2:] for prefix, _ in prefixes().items() if prefix[:3] == "861"]
    out = io.StringIO()
    writer = csv.writer(out)
    for number in range(count):
        code = chance.choice(counties)
        names = [atlas.divisions[step].name for step in atlas.lineages[code]]
        form = number % _FORMS
        if form == 1:
            names = [stem(name) for name in names]
        text = ("-" if form == 2 else "").join(names) + f"人民路{number % 900}号"
        phone = chance.choice(mobile).ljust(11, "4") if form == 3 else ""
        writer.writerow([text, phone, code])
    return out.getvalue()


def _resolve(resolver: Resolver, rows: list[list[str]]) -> tuple[int, int]:
    right = sure = 0
    for text, phone, code in rows:
        found = resolver.resolve(Hints(address=text, phone=phone))
        is_right = found.place.code == code
        right += is_right
        sure += is_right and found.confidence is Confidence.SURE
    return right, sure


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


if __name__ == "__main__":
    main()
