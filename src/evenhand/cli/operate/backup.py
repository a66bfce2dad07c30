"""`evenhand backup`: the whole installation in one file, while it runs."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import psycopg
from django.conf import settings

from evenhand import __version__
from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.archive import write_archive
from evenhand.cli.operate.database import database, django_on
from evenhand.cli.operate.programs import programs_for, run
from evenhand.engine.reasons import reason
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words


class FileExists(Refused):
    """A backup never replaces an older one on the quiet."""


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@language_option
@say_failures
def backup(file: Path, force: bool, lang: str) -> int:
    """Copy database and secret key into FILE. The server may run meanwhile.

    Exit code: 0 done; 2 it could not be done, and no file was written.
    """
    words = Words(lang)
    if file.exists() and not force:
        raise FileExists(reason("backup.file_exists", file=str(file)))
    with database() as found, django_on(found.owner_url):
        digest = back_up(found.owner_url, file, key=str(settings.SECRET_KEY))
    click.echo(words.text("backup-done", file=str(file), size=_megabytes(file), digest=digest[:12]))
    click.echo(words.text("backup-keep-safe"))
    return 0


def back_up(url: str, file: Path, *, key: str) -> str:
    """Write a backup of a database; its digest.

    :raises NoProgram, ProgramFailed: `pg_dump` is missing or failed.
    """
    manifest = describe(url)
    programs = programs_for(int(manifest["server"]) // 10_000)
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".evenhand-") as folder:
        dump = Path(folder) / "dump"
        run(programs.dump, "--format=custom", f"--file={dump}", f"--dbname={url}")
        crashpoint("backup.dumped")
        return write_archive(file, manifest=manifest, dump=dump, key=key)


def describe(url: str) -> dict[str, Any]:
    """What a backup says of itself: versions, time, rows per table, who was granted anything."""
    with psycopg.connect(url) as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            )
        ]
        grantees = connection.execute(
            "SELECT DISTINCT grantee FROM information_schema.role_table_grants"
            " WHERE table_schema = 'public' AND grantee <> 'PUBLIC' ORDER BY grantee"
        ).fetchall()
        return {
            "evenhand": __version__,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "server": connection.info.server_version,
            "tables": len(tables),
            "grantees": [row[0] for row in grantees],
        }


def _megabytes(file: Path) -> str:
    return f"{os.path.getsize(file) / 1e6:.1f}"
