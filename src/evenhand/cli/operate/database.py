"""The database for a command: named by DATABASE_URL, of the server that runs, or started for it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import django

from evenhand.engine.reasons import reason
from evenhand.platform.folder import FolderTaken, data_folder, held
from evenhand.platform.postgres.addresses import Database, external, on_socket
from evenhand.platform.postgres.cluster import Layout
from evenhand.platform.postgres.launch import embedded
from evenhand.platform.refusal import Refused

# In postmaster.pid: the folder of the socket, on the fifth line.
_SOCKET_LINE = 4


class NotMigrated(Refused):
    """The database has no tables yet."""


def postgres_folder() -> Path:
    """Where the embedded database lives."""
    return data_folder() / "postgres"


@contextmanager
def database(environ: Mapping[str, str] = os.environ) -> Iterator[Database]:
    """The database as long as the command lasts.

    While the server runs, its embedded database is shared; otherwise one is started and stopped.

    :raises CannotLaunch: there is none and none can be started.
    """
    elsewhere = external(environ)
    if elsewhere is not None:
        yield elsewhere
        return
    running = _running()
    if running is not None:
        yield running
        return
    with embedded(postgres_folder()) as server:
        yield server.database


@contextmanager
def own_database(environ: Mapping[str, str] = os.environ) -> Iterator[Database]:
    """The database for a command that needs it alone: refused while the server runs on it.

    :raises FolderTaken: the server runs; it has to be stopped first.
    :raises CannotLaunch: there is none and none can be started.
    """
    elsewhere = external(environ)
    if elsewhere is not None:
        yield elsewhere
        return
    with embedded(postgres_folder()) as server:
        yield server.database


def set_up_django() -> None:
    """Read the settings and load the applications; does nothing the second time.

    By name, as every Django program: the settings stand above the commands and are not imported.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.config.settings")
    django.setup()


@contextmanager
def django_on(url: str, *, needs_tables: bool = True) -> Iterator[None]:
    """Django on a database, with all connections given back at the end.

    :raises NotMigrated: the tables are not there yet.
    """
    os.environ["DATABASE_URL"] = url
    set_up_django()
    from django.db import connection

    try:
        if needs_tables and not _has_tables():
            raise NotMigrated(reason("operate.no_tables"))
        yield
    finally:
        # A pool that outlives the embedded server would complain of it.
        connection.close()
        cast(Any, connection).close_pool()


def _has_tables() -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.organization') IS NOT NULL")
        (found,) = cursor.fetchone()
    return bool(found)


def _running() -> Database | None:
    """The embedded database of a server that runs now."""
    layout = Layout(postgres_folder())
    if not layout.lock.exists():
        return None
    try:
        with held(layout.lock):
            return None
    except FolderTaken:
        lines = (layout.data / "postmaster.pid").read_text().splitlines()
        return on_socket(Path(lines[_SOCKET_LINE]))
