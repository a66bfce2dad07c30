"""`evenhand doctor`: whether the data keep what is promised."""

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.platform.invariants import INVARIANTS, examine, over_capacity
from evenhand.wording.catalogue import Words

EXIT_OK, EXIT_BROKEN = 0, 1


@click.command()
@language_option
@say_failures
def doctor(lang: str) -> int:
    """Check every promise that the data make, and name what breaks one.

    Exit code: 0 all are kept; 1 something is broken; 2 there is no database to look at.
    """
    with database() as found, django_on(found.owner_url):
        return examine_and_say(Words(lang))


def examine_and_say(words: Words) -> int:
    """Examine the database that Django works on; says the result and gives the exit code."""
    from django.db import connection

    with connection.cursor() as cursor:
        findings = examine(cursor)
        over = over_capacity(cursor)
    for finding in findings:
        promise = words.text(finding.invariant.message)
        click.echo(
            words.text(
                "doctor-broken", id=finding.invariant.id, promise=promise, count=finding.count
            ),
            err=True,
        )
        click.echo("  " + ", ".join(finding.examples), err=True)
    for name, items, limit, causes in over:
        click.echo(words.text("doctor-over", name=name, items=items, limit=limit, causes=causes))
    if findings:
        click.echo(words.text("doctor-ill", count=len(findings)), err=True)
        return EXIT_BROKEN
    click.echo(words.text("doctor-well", count=len(INVARIANTS)))
    return EXIT_OK
