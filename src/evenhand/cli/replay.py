"""`evenhand replay`: recompute every decision of a receipt file and report any difference."""

from pathlib import Path

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.routing.replay import ReplayReport, replay_steps
from evenhand.wording.catalogue import Words

EXIT_DIFFERS = 1


@click.command()
@click.argument("receipts", type=click.Path(path_type=Path))
@click.option("--quiet", is_flag=True, help="No progress bar.")
@language_option
@say_failures
def replay(receipts: Path, quiet: bool, lang: str) -> int:
    """Recompute every decision in RECEIPTS and report any difference.

    Exit code: 0 identical; 1 something differs; 2 not a receipt file.
    """
    words = Words(lang)
    report = ReplayReport()
    size = receipts.stat().st_size
    with receipts.open(encoding="utf-8", errors="replace") as file:
        steps = replay_steps(file, policy_from_json, report)
        bar = click.progressbar(
            length=report_length(size), label=words.text("replay-running"), hidden=quiet
        )
        with bar:
            for done, _ in enumerate(steps):
                if done % 1_000 == 0:
                    bar.update(1)
    click.echo(
        words.text("replay-done", runs=report.runs, decisions=report.decisions, edits=report.edits)
    )
    if report.is_identical:
        click.echo(words.text("replay-identical"))
        return 0
    click.echo(words.text("replay-differs", count=report.different), err=True)
    for one in report.differences[:10]:
        click.echo(words.text("replay-line", line=one.line_number), err=True)
        click.echo(f"  - {one.stored[:400]}", err=True)
        click.echo(f"  + {one.recomputed[:400]}", err=True)
    return EXIT_DIFFERS


def report_length(size: int) -> int:
    """About how many thousands of decisions a file of this size holds."""
    return max(1, size // 200_000)
