"""`evenhand serve`: the command."""

import os

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.serve.programs import ONLY, crew_for
from evenhand.cli.serve.run import Service
from evenhand.cli.serve.settings import read_settings
from evenhand.wording.catalogue import Argument, Words


@click.command()
@click.option(
    "--only",
    type=click.Choice(ONLY),
    help="One part of it, over a database elsewhere that `evenhand migrate` made ready.",
)
@language_option
@say_failures
def serve(only: str | None, lang: str) -> int:
    """Run the server: database, web and workers, until Ctrl-C.

    With --only this host runs the web processes or the workers alone, and changes no tables.

    What it goes by stands in the environment: EVENHAND_DATA, EVENHAND_BIND, EVENHAND_URL,
    DATABASE_URL and others (docs/operate/processes.md). Exit code: 0 stopped; 2 it cannot run.
    """
    words = Words(lang)

    def say(message: str, /, **params: Argument) -> None:
        click.echo(words.text(message, **params))

    settings = read_settings(os.environ)
    Service(settings, os.environ, hire=crew_for, say=say, tell=click.echo, only=only or "").run()
    return 0
