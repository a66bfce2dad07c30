"""`evenhand verify`: whether the journal is what was written, event by event."""

import sys
from pathlib import Path

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.platform.folder import data_folder
from evenhand.wording.catalogue import Words

EXIT_OK, EXIT_BROKEN = 0, 1
_SHOWN = 50


@click.command()
@click.option(
    "--anchors",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of anchors; by default where the server puts them.",
)
@click.option("--key", "keys", multiple=True, help="A public key that you trust.")
@click.option("--resume", "is_resumed", is_flag=True, help="Go on where a run was interrupted.")
@language_option
@say_failures
def verify(folder: Path | None, keys: tuple[str, ...], is_resumed: bool, lang: str) -> int:
    """Verify the chain over the journal, and compare it with the anchors.

    The server may run meanwhile; nothing is changed. Exit code: 0 everything is what was written; 1
    something was changed, and is named; 2 there is no database to look at.
    """
    words = Words(lang)
    with database() as found, django_on(found.app_url):
        return verify_and_say(words, folder, keys, is_resumed=is_resumed)


def verify_and_say(
    words: Words, folder: Path | None, keys: tuple[str, ...], *, is_resumed: bool
) -> int:
    """Verify the database that Django works on; says the result and gives the exit code."""
    from evenhand.journal.seals.anchoring import anchors_folder, read_anchors
    from evenhand.journal.seals.verifying import positions, verify

    anchors, findings = read_anchors(folder or anchors_folder(), keys)
    label = words.text("verify-verifying")
    with click.progressbar(length=positions(), label=label, file=sys.stderr) as bar:
        verified = verify(
            anchors,
            notes=data_folder() / "verify.json",
            is_resumed=is_resumed,
            tell=lambda position: bar.update(position - bar.pos),
        )
    findings += verified.findings
    for one in findings[:_SHOWN]:
        click.echo(words.text(f"verify-{one.kind.replace('_', '-')}", **one._asdict()), err=True)
    if findings:
        click.echo(words.text("verify-ill", count=len(findings)), err=True)
        return EXIT_BROKEN
    if verified.resumed_at:
        click.echo(words.text("verify-resumed", position=verified.resumed_at))
    counts = {"events": verified.position, "seals": verified.seals, "anchors": len(anchors)}
    click.echo(words.text("verify-well", **counts))
    return EXIT_OK
