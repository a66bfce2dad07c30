"""What a database holds, put aside while another content is restored, and taken back."""

from typing import Any

import psycopg

from evenhand.engine.reasons import reason
from evenhand.platform.refusal import Refused

ASIDE = "before_restore"


class CannotRestore(Refused):
    """The database is in use, or holds something that would be lost."""


def check_alone(connection: psycopg.Connection[Any]) -> None:
    """Nobody but us.

    :raises CannotRestore: others use the database.
    """
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    ).fetchone()
    assert row is not None
    if row[0]:
        raise CannotRestore(reason("restore.in_use", count=row[0]))


def has_tables(connection: psycopg.Connection[Any]) -> bool:
    """Whether there is any table of anybody's."""
    row = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1")
    return row.fetchone() is not None


def take_back_interrupted(connection: psycopg.Connection[Any]) -> bool:
    """Where a restore died on its way, what was there before it comes back; whether one did.

    :raises CannotRestore: it has not died, it is still at work.
    """
    row = connection.execute("SELECT to_regnamespace(%s)", [ASIDE]).fetchone()
    if row is None or row[0] is None:
        return False
    check_alone(connection)
    take_back(connection)
    return True


def put_aside(connection: psycopg.Connection[Any]) -> None:
    """Rename what is there; extensions are shared and stay where new tables look for them."""
    with connection.transaction():
        connection.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}")
        _make_public(connection)
        for (name,) in _extensions(connection, ASIDE):
            connection.execute(f'ALTER EXTENSION "{name}" SET SCHEMA public')


def take_back(connection: psycopg.Connection[Any]) -> None:
    """What was put aside takes the place of whatever is there now."""
    with connection.transaction():
        for (name,) in _extensions(connection, "public"):
            connection.execute(f'ALTER EXTENSION "{name}" SET SCHEMA {ASIDE}')
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute(f"ALTER SCHEMA {ASIDE} RENAME TO public")


def _make_public(connection: psycopg.Connection[Any]) -> None:
    connection.execute("CREATE SCHEMA public")
    connection.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")


def _extensions(connection: psycopg.Connection[Any], schema: str) -> list[tuple[str]]:
    return connection.execute(
        "SELECT extname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace"
        " WHERE n.nspname = %s",
        [schema],
    ).fetchall()
