"""`evenhand demo`: deal the bundled example, so that a report is on the screen in a minute."""

import os
import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path
from shlex import join

import click
from click.exceptions import Exit

from evenhand.cli.language import language_option
from evenhand.cli.route.command import EXIT_OK, EXIT_SOME_LEFT, EXIT_UNUSABLE, route
from evenhand.cli.route.deliver import KEPT_FROM_RUN_TO_RUN, OUTPUTS
from evenhand.cli.route.report.write import REPORT
from evenhand.cli.route.state import UnreadableState, load_state
from evenhand.wording.catalogue import Words

INPUTS = ("leads.csv", "team.csv", "policy.yaml", "history.csv")
INPUT_FOLDER = "input"
# A fixed moment and seed: everybody who tries it sees the same result.
AT = "2026-11-23T09:00"
SEED = "evenhand-example"


class FolderInUse(click.ClickException):
    """The folder holds results that are not the example's; nothing was changed."""

    exit_code = EXIT_UNUSABLE


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out/example"),
    show_default=True,
    help="Folder for the example's input and its results.",
)
@click.option(
    "--open/--no-open",
    "is_opened",
    default=None,
    help="Open the report in the browser; default: if this is a terminal with a screen.",
)
@language_option
@click.pass_context
def demo(context: click.Context, out: Path, is_opened: bool | None, lang: str) -> None:
    """Deal the bundled example: a week of leads, 15 reps, a policy and a past year.

    Exit code: 0 done; 2 the folder holds other results.
    """
    words = Words(lang)
    clear_former(out, words)
    copy_inputs(out / INPUT_FOLDER)
    code = _route(context, out, lang)
    if code not in (EXIT_OK, EXIT_SOME_LEFT):
        context.exit(code)
    _say(out, words)
    if has_screen() if is_opened is None else is_opened:
        click.launch(str(out / REPORT))


def copy_inputs(folder: Path) -> None:
    """Put the example's sheets and policy into a folder, for people to look at and change."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in INPUTS:
        with as_file(files("evenhand.cli.example") / name) as source:
            shutil.copyfile(source, folder / name)


def clear_former(out: Path, words: Words) -> None:
    """Remove the results of a former demo, so that the example begins anew.

    :raises FolderInUse: the results there are somebody's own.
    """
    state = out / "state.json"
    if not state.exists():
        return
    try:
        is_ours = load_state(state).seed == SEED
    except UnreadableState:
        is_ours = False
    if not is_ours:
        raise FolderInUse(words.text("demo-folder-in-use", folder=str(out)))
    for name in (*OUTPUTS, *KEPT_FROM_RUN_TO_RUN):
        (out / name).unlink(missing_ok=True)


def _route(context: click.Context, out: Path, lang: str) -> int:
    """Route the example as anybody would; the exit code."""
    inputs = out / INPUT_FOLDER
    try:
        context.invoke(
            route,
            leads=inputs / "leads.csv",
            team_path=inputs / "team.csv",
            policy_path=inputs / "policy.yaml",
            history_path=inputs / "history.csv",
            out=out,
            at_text=AT,
            seed=SEED,
            lang=lang,
        )
    except Exit as stop:
        return int(stop.exit_code)
    return EXIT_OK


def _say(out: Path, words: Words) -> None:
    inputs, receipts = out / INPUT_FOLDER, str(out / "receipts.jsonl")
    click.echo()
    click.echo(words.text("demo-files", folder=str(inputs)))
    click.echo(words.text("demo-report", report=str(out / REPORT)))
    why = ["bin/evenhand", "explain", receipts, "--lead", "L26110001", "--rep", "吴悟"]
    click.echo(words.text("demo-why", command=" ".join(why)))
    own = "bin/evenhand route leads.csv --team team.csv --out out"
    click.echo(words.text("demo-next", command=own))
    past = join(["bin/evenhand", "checkup", str(inputs / "history.csv")])
    click.echo(words.text("demo-checkup", command=past))


def has_screen() -> bool:
    """Whether somebody sits at a screen that a browser could open on."""
    if not sys.stdout.isatty():
        return False
    is_windowed = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return is_windowed or sys.platform in ("darwin", "win32")
