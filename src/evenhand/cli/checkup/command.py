"""`evenhand checkup`: the command and its options.

Exit codes: 0 done, 2 the input cannot be used as it is.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click

from evenhand.cli.checkup.details import PAGE, REJECTED, write_details
from evenhand.cli.checkup.figures import Figures
from evenhand.cli.checkup.page import page
from evenhand.cli.checkup.points import UnreadablePoints, parse_points
from evenhand.cli.checkup.reading import Reading, UnreadableHistory, read_history
from evenhand.cli.checkup.weights import UnusableWeights, read_weights
from evenhand.cli.language import language_option
from evenhand.engine.checkup.holdings import Settings
from evenhand.engine.checkup.report import CannotCheckUp, Checkup, check_up
from evenhand.sheets.columns.override import UnreadableOverride
from evenhand.sheets.limits import UnreadableSheet, UnwritableSheet
from evenhand.sheets.reading.rows import Row
from evenhand.sheets.values.dates import parse_datetime
from evenhand.wording.catalogue import Words

_LONG_FILE_ROWS = 20_000
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


class CannotUseInput(click.ClickException):
    """The files or options cannot be used as they are."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it, as it is, on the error stream."""
        click.echo(self.format_message(), file=file, err=file is None)


@click.command("checkup")
@click.argument("history", type=_EXISTING)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder for the page and the details.",
)
@click.option("--map", "overrides", multiple=True, metavar="COLUMN=ROLE", help="What a column is.")
@click.option("--at", "as_of", metavar="TIME", help="End of the data; default: latest in the file.")
@click.option("--weights", type=_EXISTING, help="Team file with weights; default: equal shares.")
@click.option("--points", metavar="A=8,B=5", help="Points by lead grade.")
@language_option
def checkup(
    history: Path,
    out: Path,
    overrides: tuple[str, ...],
    as_of: str | None,
    weights: Path | None,
    points: str | None,
    lang: str,
) -> None:
    """Examine an exported history of lead ownership.

    Writes checkup.html (one page for the boss, the details behind it), checkup.xlsx,
    checkup_reps.csv, checkup_leads.csv and, if rows could not be used, rejected.csv.
    """
    show = Figures(Words(lang))
    reading, found = _examined(history, overrides, as_of, weights, points, show)
    show = Figures(show.words, is_to_the_day=reading.history.is_to_the_day)
    weights_file = weights.name if weights else ""
    try:
        files = write_details(out, found, reading, show, weights_file=weights_file)
    except UnwritableSheet as error:
        raise CannotUseInput(show.reason(error.reason)) from error
    except OSError as error:
        raise CannotUseInput(show.text("refused-folder", folder=str(out))) from error
    text = page(
        found,
        reading,
        show.words,
        file_name=history.name,
        detail_files=files,
        weights_file=weights_file,
    )
    (out / PAGE).write_text(text, encoding="utf-8")
    _say(found, reading, out, files, show)


def _examined(
    history: Path,
    overrides: tuple[str, ...],
    as_of: str | None,
    weights: Path | None,
    points: str | None,
    show: Figures,
) -> tuple[Reading, Checkup]:
    """Read and examine, or stop with what is wrong and what to do about it."""
    try:
        reading = read_history(
            history,
            overrides=overrides,
            points=parse_points(points) if points else None,
            as_of=_parsed_time(as_of, show),
            watch=lambda rows, count: _watched(
                rows, count, show.text("reading", file=history.name)
            ),
        )
        shares = read_weights(weights, reading.history.holdings) if weights else {}
        return reading, check_up(reading.history, Settings(weights=shares))
    except (UnreadableSheet, UnreadableOverride) as error:
        raise CannotUseInput(show.reason(error.reason)) from error
    except UnreadablePoints as error:
        raise CannotUseInput(show.text("refused-points", detail=str(error))) from error
    except UnusableWeights as error:
        raise CannotUseInput(show.text("refused-weights", file=str(error))) from error
    except UnreadableHistory as error:
        raise CannotUseInput(show.text(f"refused-{error.code}", **error.params)) from error
    except CannotCheckUp as error:
        raise CannotUseInput(show.text(f"refused-{error.code}")) from error


def _watched(rows: Iterator[tuple[int, Row]], count: int, label: str) -> Iterator[tuple[int, Row]]:
    """The rows, with a progress bar on a terminal if there are many."""
    if count < _LONG_FILE_ROWS or not sys.stderr.isatty():
        yield from rows
        return
    with click.progressbar(rows, length=count, label=label, file=sys.stderr) as bar:
        yield from bar


def _parsed_time(text: str | None, show: Figures) -> datetime | None:
    if text is None:
        return None
    parsed = parse_datetime(text)
    if not isinstance(parsed, datetime):
        raise CannotUseInput(show.text("refused-time", value=text))
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _say(found: Checkup, reading: Reading, out: Path, files: list[str], show: Figures) -> None:
    displaced = show.share(found.spread.displaced.observed) if found.spread else show.text("dash")
    click.echo(
        show.text(
            "said-headline",
            leads=found.coverage.lead_count,
            reps=len(found.received.reps),
            displaced=displaced,
        )
    )
    click.echo(show.text("said-written", path=str(out / PAGE)))
    separator = show.text("names-separator")
    click.echo(show.text("said-details", paths=separator.join(str(out / name) for name in files)))
    if reading.rejected:
        click.echo(
            show.text("said-rejected", count=len(reading.rejected), path=str(out / REJECTED))
        )
