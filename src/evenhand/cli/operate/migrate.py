"""`evenhand migrate`: bring the tables to what this version of the program expects."""

import click
import psycopg

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.aside import take_back_interrupted
from evenhand.cli.operate.database import database, django_on
from evenhand.platform.postgres.roles import APPEND_ONLY
from evenhand.wording.catalogue import Words

# Held by the connection of whoever migrates.
_MIGRATING = 0x45_4D_49


@click.command()
@language_option
@say_failures
def migrate(lang: str) -> int:
    """Bring the database's tables up to date, as their owner; `serve` does it at every start."""
    with database() as found, psycopg.connect(found.owner_url, autocommit=True) as connection:
        if take_back_interrupted(connection):
            click.echo(Words(lang).text("restore-taken-back"), err=True)
        # Of several hosts that start at once one migrates; the others find it done.
        connection.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        with django_on(found.owner_url, needs_tables=False):
            migrate_quietly()
            clear_unfinished_demo()
    return 0


def migrate_quietly() -> None:
    """Run the migrations that are missing."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def clear_unfinished_demo() -> None:
    """Empty the tables if writing the demo company was interrupted; a company's own stays.

    Only the owner of the tables can: the application may not take anything out of the journal.
    """
    from django.db import connection, transaction

    from evenhand.cli.demo_company.load import is_complete
    from evenhand.people.models import Organization

    if not Organization.objects.filter(is_demo=True).exists() or is_complete():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
            " AND tablename NOT LIKE 'procrastinate%%'"
        )
        (tables,) = cursor.fetchone()
        # What is appended to only is guarded against its owner, too.
        guarded = [f"ALTER TABLE {table} {{}} TRIGGER USER" for table in APPEND_ONLY]
        cursor.execute("; ".join(one.format("DISABLE") for one in guarded))
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY")
        cursor.execute("; ".join(one.format("ENABLE") for one in guarded))


def move_feed() -> None:
    """Have the journal go on behind what was restored: transactions are numbered anew here."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT event_feed_moved()")
