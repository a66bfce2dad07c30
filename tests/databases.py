"""Databases of tests: copied from one that was migrated once, emptied without being made anew."""

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.test import TransactionTestCase

# What whoever finds no template waits for, and what emptying leaves alone: rows of migrations.
_MAKING = 0x45_56_54
_KEPT = ("django_migrations", "django_content_type", "auth_permission")


def template() -> str:
    """The name of a database with all tables and nothing in them, for copies.

    Whichever process needs it first makes it, the others wait. Its name tells from which migrations
    it was made: on a server that outlives the tests the next run finds it, or makes another.
    """
    name = f"evenhand_made_{_migrations()}"
    creation = connection.creation
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MAKING])
        if not creation._database_exists(cursor, name):
            cursor.execute(f"CREATE DATABASE {name}_unfinished")
            try:
                _migrate(f"{name}_unfinished")
                cursor.execute(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
            finally:
                cursor.execute(f"DROP DATABASE IF EXISTS {name}_unfinished")
    return name


def _migrations() -> str:
    """A name for the state of all migrations."""
    found = sha256(b"".join(version(one).encode() for one in ("django", "procrastinate")))
    for path in _files():
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _files() -> Iterator[Path]:
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.migrations") is not None:
            yield from sorted(Path(app.path, "migrations").glob("*.py"))


def _migrate(name: str) -> None:
    usual = connection.settings_dict["NAME"]
    _turn_to(name)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        _turn_to(usual)


def _turn_to(name: str) -> None:
    ours = connections["default"]
    ours.close()
    ours.close_pool()
    ours.settings_dict["NAME"] = name


def drop(creation: BaseDatabaseCreation, name: str, verbosity: int) -> None:
    """In place of Django's own removal of a test database, which one idle session can refuse.

    A thread of some test may still be connected when the last test of its process is over.
    """
    with creation._nodb_cursor() as cursor:
        quoted = creation.connection.ops.quote_name(name)
        cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


def empty() -> None:
    """Empty the tables that have rows; sequences go on. What others are writing is waited for.

    `flush` makes new files for every table and every index and works out all permissions anew.
    With the triggers off history is deleted, too, as it is when a table is truncated.
    """
    tables = [one for one in connection.introspection.table_names() if one not in _KEPT]
    quoted = [connection.ops.quote_name(one) for one in tables]
    full = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM {table})"
        for name, table in zip(tables, quoted, strict=True)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(quoted)} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(full)
        found = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def empty_after(case: TransactionTestCase) -> None:
    """In place of a test case's own `flush`."""
    empty()
