"""The roles and the database, made at the first start.

Who owns the tables may switch off their guards, so the application is somebody else.
"""

import psycopg
from psycopg.sql import SQL, Identifier

from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.postgres.addresses import (
    APPLICATION,
    LONG,
    NAME,
    OWNER,
    SUPERUSER,
    socket_url,
)
from evenhand.platform.postgres.server import Server

# Set on the roles, not on connections, so that no pooler can lose them.
TIMEOUTS = {
    APPLICATION: {
        "lock_timeout": "2s",
        "statement_timeout": "5s",
        "idle_in_transaction_session_timeout": "10s",
    },
    # Time to work, but none to wait for a lock while others wait for those it holds.
    LONG: {
        "lock_timeout": "30s",
        "statement_timeout": "30min",
        "idle_in_transaction_session_timeout": "30min",
    },
}
_UNFINISHED = f"{NAME}_new"


def make_database(server: Server) -> None:
    """Make roles and database unless they are there.

    The database gets its name last, so that one with this name is complete.
    """
    with _connect(server, SUPERUSER) as connection:
        if _exists(connection, SQL("pg_database WHERE datname"), NAME):
            return
        if not _exists(connection, SQL("pg_roles WHERE rolname"), LONG):
            _make_roles(connection)
        unfinished = Identifier(_UNFINISHED)
        connection.execute(SQL("DROP DATABASE IF EXISTS {}").format(unfinished))
        connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(unfinished, Identifier(OWNER)))
        with _connect(server, _UNFINISHED) as inside:
            _grant(inside)
        crashpoint("postgres.database_unnamed")
        connection.execute(
            SQL("ALTER DATABASE {} RENAME TO {}").format(unfinished, Identifier(NAME))
        )


def _connect(server: Server, name: str) -> psycopg.Connection[tuple[int]]:
    url = socket_url(server.socket, role=SUPERUSER, name=name)
    return psycopg.connect(url, autocommit=True)


def _exists(connection: psycopg.Connection[tuple[int]], where: SQL, name: str) -> bool:
    found = connection.execute(SQL("SELECT 1 FROM {} = %s").format(where), [name])
    return found.fetchone() is not None


def _make_roles(connection: psycopg.Connection[tuple[int]]) -> None:
    """All roles or none: the last one stands for all."""
    with connection.transaction():
        for role in (OWNER, APPLICATION, LONG):
            connection.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
        crashpoint("postgres.roles_unfinished")
        connection.execute(SQL("GRANT {} TO {}").format(Identifier(APPLICATION), Identifier(LONG)))
        for role, timeouts in TIMEOUTS.items():
            for name, value in timeouts.items():
                connection.execute(
                    SQL("ALTER ROLE {} SET {} = {}").format(
                        Identifier(role), Identifier(name), value
                    )
                )


def _grant(inside: psycopg.Connection[tuple[int]]) -> None:
    """What the application may do with what the owner will make; a migration may take it back."""
    owner, app = Identifier(OWNER), Identifier(APPLICATION)
    database = Identifier(_UNFINISHED)
    for statement in (
        SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database),
        SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, app),
        SQL(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {}"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}"
        ).format(owner, app),
        SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT USAGE ON SEQUENCES TO {}").format(
            owner, app
        ),
    ):
        inside.execute(statement)
