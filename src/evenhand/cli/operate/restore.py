"""`evenhand restore`: an installation from the file of a backup, wholly or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import psycopg

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.archive import Contents, read_archive
from evenhand.cli.operate.aside import (
    ASIDE,
    CannotRestore,
    check_alone,
    has_tables,
    put_aside,
    take_back,
    take_back_interrupted,
)
from evenhand.cli.operate.contents import differences, note_contents
from evenhand.cli.operate.database import django_on, own_database
from evenhand.cli.operate.doctor import examine_and_say
from evenhand.cli.operate.migrate import migrate_quietly, move_feed
from evenhand.cli.operate.programs import programs_for, run
from evenhand.engine.reasons import reason
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.folder import data_folder
from evenhand.platform.secret_key import key_file, old_key_file, replace_key
from evenhand.sheets.regions.load import OWN_FILES
from evenhand.wording.catalogue import Words


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what the database holds now.")
@language_option
@say_failures
def restore(file: Path, force: bool, lang: str) -> int:
    """Bring back what FILE holds: database, secret key, own regions. Stop the server first.

    The file is verified before anything is changed, and every table is compared with what the
    backup noted of it; what fails leaves everything as it was.
    Exit code: 0 done; 1 done, and `doctor` found something; 2 nothing was changed.
    """
    words = Words(lang)
    with (
        tempfile.TemporaryDirectory(prefix="evenhand-") as folder,
        read_archive(file, folder=Path(folder)) as contents,
        own_database() as found,
    ):
        with put_back(found.owner_url, contents, force=force):
            check_contents(found.owner_url, contents)
            put_back_key(contents.key)
            with django_on(found.owner_url, needs_tables=False):
                migrate_quietly()
                move_feed()
        kept = name_former_key()
        put_back_files(contents.files)
        with django_on(found.owner_url):
            at = str(contents.manifest["at"])
            click.echo(words.text("restore-done", file=str(file), at=at))
            if kept is not None:
                click.echo(words.text("restore-key-kept", file=str(kept)))
            if os.environ.get("EVENHAND_SECRET_KEY", "").strip() not in ("", contents.key):
                click.echo(words.text("restore-key-differs"), err=True)
            return examine_and_say(words)


@contextmanager
def put_back(url: str, contents: Contents, *, force: bool) -> Iterator[None]:
    """Restore a database. What was there before goes only when the block ends in order.

    :raises CannotRestore: others use it, or it is not empty and `force` is not given.
    :raises NoProgram, ProgramFailed: `pg_restore` is missing or failed; nothing was changed.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        check_alone(connection)
        take_back_interrupted(connection)
        if not force and not _is_empty(connection):
            raise CannotRestore(reason("restore.not_empty"))
        major = max(connection.info.server_version, int(contents.manifest["server"])) // 10_000
        programs = programs_for(major)
        privileges = () if _knows(connection, contents.manifest["grantees"]) else ("--no-acl",)
        put_aside(connection)
        crashpoint("restore.put_aside")
        try:
            run(
                programs.restore,
                *("--exit-on-error", "--single-transaction", "--no-owner", *privileges),
                *(f"--dbname={url}", str(contents.dump)),
            )
            yield
        except BaseException:
            take_back(connection)
            raise
        crashpoint("restore.complete")
        connection.execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")


def check_contents(url: str, contents: Contents) -> None:
    """Compare every table with what the backup noted; an old backup has noted nothing.

    :raises CannotRestore: some hold something else.
    """
    noted = contents.manifest.get("contents")
    if noted is None:
        return
    with psycopg.connect(url) as connection:
        found = differences(noted, note_contents(connection))
    if found:
        tables = ", ".join(one.table for one in found)
        raise CannotRestore(reason("restore.differs", tables=tables))


def put_back_files(files: Mapping[str, Path]) -> None:
    """Lay the company's own files into the data folder; others of that name are kept aside."""
    for name in OWN_FILES:  # and no other, whatever a file calls itself
        place = data_folder() / name
        path = files.get(name)
        if path is None:
            continue
        if place.exists():
            if place.read_bytes() == path.read_bytes():
                continue
            place.rename(place.with_name(f"{name}.{datetime.now(UTC):%Y%m%d-%H%M%S}"))
        shutil.copyfile(path, place)


def put_back_key(key: str) -> None:
    """Write the secret key beside the data; the former one opens what it sealed for so long."""
    if key_file().exists() and key_file().read_text().strip() == key:
        return
    replace_key(key)


def name_former_key() -> Path | None:
    """Lay the former key aside under a name of its own, if another has taken its place."""
    if not old_key_file().exists():
        return None
    kept = key_file().with_name(f"secret_key.{datetime.now(UTC):%Y%m%d-%H%M%S}")
    old_key_file().rename(kept)
    return kept


def _is_empty(connection: psycopg.Connection[Any]) -> bool:
    """Whether nobody would miss anything: no tables, or no company in them."""
    row = connection.execute("SELECT to_regclass('public.organization')").fetchone()
    if row is None or row[0] is None:
        return not has_tables(connection)
    return connection.execute("SELECT 1 FROM organization").fetchone() is None


def _knows(connection: psycopg.Connection[Any], grantees: list[str]) -> bool:
    row = connection.execute(
        "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", [grantees]
    ).fetchone()
    return row is not None and row[0] == len(grantees)
