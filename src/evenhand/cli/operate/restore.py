"""`evenhand restore`: an installation from the file of a backup, wholly or not at all."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import psycopg

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.archive import Contents, read_archive
from evenhand.cli.operate.database import django_on, own_database
from evenhand.cli.operate.doctor import examine_and_say
from evenhand.cli.operate.migrate import migrate_quietly, move_feed
from evenhand.cli.operate.programs import programs_for, run
from evenhand.engine.reasons import reason
from evenhand.platform.folder import data_folder
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words

_ASIDE = "before_restore"


class CannotRestore(Refused):
    """The database is in use, or holds something that would be lost."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what the database holds now.")
@language_option
@say_failures
def restore(file: Path, force: bool, lang: str) -> int:
    """Bring back what FILE holds: database and secret key. Stop the server first.

    The file is verified before anything is changed; what fails leaves everything as it was.
    Exit code: 0 done; 1 done, and `doctor` found something; 2 nothing was changed.
    """
    words = Words(lang)
    with (
        tempfile.TemporaryDirectory(prefix="evenhand-") as folder,
        read_archive(file, folder=Path(folder)) as contents,
        own_database() as found,
    ):
        put_back(found.owner_url, contents, force=force)
        kept = put_back_key(contents.key)
        with django_on(found.owner_url, needs_tables=False):
            migrate_quietly()
            move_feed()
            at = str(contents.manifest["at"])
            click.echo(words.text("restore-done", file=str(file), at=at))
            if kept is not None:
                click.echo(words.text("restore-key-kept", file=str(kept)))
            if os.environ.get("EVENHAND_SECRET_KEY", "").strip() not in ("", contents.key):
                click.echo(words.text("restore-key-differs"), err=True)
            return examine_and_say(words)


def put_back(url: str, contents: Contents, *, force: bool) -> None:
    """Restore a database. What was there before goes only when the new one is complete.

    :raises CannotRestore: others use it, or it is not empty and `force` is not given.
    :raises NoProgram, ProgramFailed: `pg_restore` is missing or failed; nothing was changed.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        _check_alone(connection)
        if not force and not _is_empty(connection):
            raise CannotRestore(reason("restore.not_empty"))
        major = max(connection.info.server_version, int(contents.manifest["server"])) // 10_000
        programs = programs_for(major)
        privileges = () if _knows(connection, contents.manifest["grantees"]) else ("--no-acl",)
        _put_aside(connection)
        try:
            run(
                programs.restore,
                *("--exit-on-error", "--single-transaction", "--no-owner", *privileges),
                *(f"--dbname={url}", str(contents.dump)),
            )
        except BaseException:
            _take_back(connection)
            raise
        connection.execute(f"DROP SCHEMA IF EXISTS {_ASIDE} CASCADE")


def put_back_key(key: str) -> Path | None:
    """Write the secret key beside the data; where an other one was is returned."""
    path = data_folder() / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = None
    if path.exists():
        if path.read_text().strip() == key:
            return None
        kept = path.with_name(f"secret_key.{datetime.now(UTC):%Y%m%d-%H%M%S}")
        path.rename(kept)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(key)
    return kept


def _check_alone(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    ).fetchone()
    assert row is not None
    if row[0]:
        raise CannotRestore(reason("restore.in_use", count=row[0]))


def _is_empty(connection: psycopg.Connection[Any]) -> bool:
    """Whether nobody would miss anything: no tables, or no company in them."""
    row = connection.execute("SELECT to_regclass('public.organization')").fetchone()
    if row is None or row[0] is None:
        others = connection.execute(
            "SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1"
        ).fetchone()
        return others is None
    return connection.execute("SELECT 1 FROM organization").fetchone() is None


def _knows(connection: psycopg.Connection[Any], grantees: list[str]) -> bool:
    row = connection.execute(
        "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", [grantees]
    ).fetchone()
    return row is not None and row[0] == len(grantees)


def _put_aside(connection: psycopg.Connection[Any]) -> None:
    """Rename what is there; extensions are shared and stay where new tables look for them."""
    with connection.transaction():
        connection.execute(f"DROP SCHEMA IF EXISTS {_ASIDE} CASCADE")
        connection.execute(f"ALTER SCHEMA public RENAME TO {_ASIDE}")
        _make_public(connection)
        for (name,) in _extensions(connection, _ASIDE):
            connection.execute(f'ALTER EXTENSION "{name}" SET SCHEMA public')


def _take_back(connection: psycopg.Connection[Any]) -> None:
    with connection.transaction():
        for (name,) in _extensions(connection, "public"):
            connection.execute(f'ALTER EXTENSION "{name}" SET SCHEMA {_ASIDE}')
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute(f"ALTER SCHEMA {_ASIDE} RENAME TO public")


def _make_public(connection: psycopg.Connection[Any]) -> None:
    connection.execute("CREATE SCHEMA public")
    connection.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")


def _extensions(connection: psycopg.Connection[Any], schema: str) -> list[tuple[str]]:
    return connection.execute(
        "SELECT extname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace"
        " WHERE n.nspname = %s",
        [schema],
    ).fetchall()
