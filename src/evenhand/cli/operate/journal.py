"""`evenhand journal`: what is sealed taken elsewhere, to be verified there."""

from pathlib import Path

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.sheets.writing.complete_file import complete_file
from evenhand.wording.catalogue import Words

EXIT_OK, EXIT_NOTHING = 0, 1


@click.group()
def journal() -> None:
    """Take the sealed journal elsewhere: exports and anchors."""


@journal.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@language_option
@say_failures
def export(file: Path, lang: str) -> int:
    """Write what is sealed into FILE as JSON lines; `verify_alone.py` verifies it anywhere.

    Exit code: 0 done; 1 nothing is sealed yet; 2 it could not be done, and no file was written.
    """
    words = Words(lang)
    with database() as found, django_on(found.app_url):
        from evenhand.journal.seals.exporting import export_lines

        last = 0
        with complete_file(file) as part, part.open("w", encoding="utf-8") as out:
            for line, position in export_lines():
                out.write(line + "\n")
                last = position
    if not last:
        click.echo(words.text("journal-nothing-sealed"), err=True)
        return EXIT_NOTHING
    click.echo(words.text("journal-exported", file=str(file), count=last))
    return EXIT_OK


@journal.command()
@language_option
@say_failures
def anchor(lang: str) -> int:
    """Sign the head of the chain now, and put it where anchors are kept; a job does so daily.

    Exit code: 0 done; 1 nothing is sealed yet; 2 it could not be done.
    """
    words = Words(lang)
    with database() as found, django_on(found.app_url):
        from evenhand.journal.seals.anchoring import anchor_now, public_key
        from evenhand.people.actor import SYSTEM
        from evenhand.people.organization import organization
        from evenhand.platform.clock import now

        company = organization()
        path = company and anchor_now(now(), actor=SYSTEM, locale=company.locale)
        if path is None:
            click.echo(words.text("journal-nothing-sealed"), err=True)
            return EXIT_NOTHING
        click.echo(words.text("journal-anchored", file=str(path), key=public_key()))
    return EXIT_OK
