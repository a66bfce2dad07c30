"""What was promised of a load, what was reached, and whether that keeps the promise."""

from collections.abc import Sequence
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of the table. Counts must hold anywhere; seconds swing with the machine."""

    name: str
    promised: str
    measured: str
    is_kept: bool
    is_count: bool = False


def at_most(name: str, value: float, most: float, unit: str) -> Promise:
    """A promise of time."""
    return Promise(name, f"≤ {most:,.0f} {unit}", f"{value:,.0f} {unit}", value <= most)


def exactly(name: str, value: int, wanted: int = 0) -> Promise:
    """A promise of a count."""
    return Promise(name, f"{wanted:,}", f"{value:,}", value == wanted, is_count=True)


def show(promises: Sequence[Promise]) -> None:
    """The table."""
    width = max(len(one.name) for one in promises)
    click.echo(f"\n{'promise':<{width}}  {'promised':>12}  {'measured':>14}")
    for one in promises:
        verdict = "kept" if one.is_kept else "MISSED"
        click.echo(f"{one.name:<{width}}  {one.promised:>12}  {one.measured:>14}  {verdict}")
