"""`evenhand backup`: the whole installation in one file, while it runs."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
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
from evenhand.cli.operate.contents import note_contents
from evenhand.cli.operate.database import database, django_on
from evenhand.cli.operate.programs import programs_for, run
from evenhand.engine.reasons import reason
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.folder import data_folder
from evenhand.platform.proved import note_backup
from evenhand.platform.refusal import Refused
from evenhand.sheets.regions.load import OWN_FILES
from evenhand.wording.catalogue import Words


class FileExists(Refused):
    """A backup never replaces an older one on the quiet."""


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@language_option
@say_failures
def backup(file: Path, force: bool, lang: str) -> int:
    """Copy database, secret key and the company's own file of regions into FILE.

    The server may run meanwhile. Exit code: 0 done; 2 it could not be done, and no file was
    written.
    """
    words = Words(lang)
    if file.exists() and not force:
        raise FileExists(reason("backup.file_exists", file=str(file)))
    digest = back_up_installation(file)
    # The backup is there also where its note cannot be laid down.
    with suppress(OSError):
        note_backup(datetime.now(UTC))
    click.echo(words.text("backup-done", file=str(file), size=_megabytes(file), digest=digest[:12]))
    click.echo(words.text("backup-keep-safe"))
    return 0


def back_up_installation(file: Path) -> str:
    """Write a backup of the installation that the environment names; its digest.

    :raises NoProgram, ProgramFailed: `pg_dump` is missing or failed.
    """
    with database() as found, django_on(found.owner_url):
        return back_up(found.owner_url, file, key=str(settings.SECRET_KEY), files=own_files())


def back_up(url: str, file: Path, *, key: str, files: Mapping[str, Path]) -> str:
    """Write a backup of a database and of `files`, by their names in the data folder; its digest.

    :raises NoProgram, ProgramFailed: `pg_dump` is missing or failed.
    """
    with (
        tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".evenhand-") as folder,
        _one_moment(url) as (connection, snapshot),
    ):
        manifest = describe(connection)
        programs = programs_for(int(manifest["server"]) // 10_000)
        dump = Path(folder) / "dump"
        how = ("--format=custom", f"--snapshot={snapshot}", f"--file={dump}", f"--dbname={url}")
        with ThreadPoolExecutor(1) as beside:
            dumping = beside.submit(run, programs.dump, *how)
            manifest["contents"] = note_contents(connection)
            dumping.result()
        crashpoint("backup.dumped")
        return write_archive(file, manifest=manifest, dump=dump, key=key, files=files)


def own_files() -> dict[str, Path]:
    """What else the company laid into the data folder, by name."""
    found = {name: data_folder() / name for name in OWN_FILES}
    return {name: path for name, path in found.items() if path.is_file()}


@contextmanager
def _one_moment(url: str) -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """A connection that sees one moment, and the name under which `pg_dump` sees the same."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield connection, str(row[0])


def describe(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """What a backup says of itself: versions, time, size, who was granted anything."""
    grantees = connection.execute(
        "SELECT DISTINCT grantee FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND grantee <> 'PUBLIC' ORDER BY grantee"
    ).fetchall()
    size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert size is not None
    return {
        "evenhand": __version__,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "server": connection.info.server_version,
        "database_bytes": int(size[0]),
        "grantees": [row[0] for row in grantees],
    }


def _megabytes(file: Path) -> str:
    return f"{os.path.getsize(file) / 1e6:.1f}"
