"""The three roles: in our own server at the first start, in somebody's by `evenhand make-roles`.

Who owns the tables may switch off their guards, so the application is somebody else.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

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
# What is written here stays; as the migrations have it (they name the application's role).
APPEND_ONLY = ("event", "seal")
_UNFINISHED = f"{NAME}_new"

_Connection = psycopg.Connection[Any]


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
            _grant(inside, _UNFINISHED)
        crashpoint("postgres.database_unnamed")
        connection.execute(
            SQL("ALTER DATABASE {} RENAME TO {}").format(unfinished, Identifier(NAME))
        )


def _connect(server: Server, name: str) -> _Connection:
    url = socket_url(server.socket, role=SUPERUSER, name=name)
    return psycopg.connect(url, autocommit=True)


def _exists(connection: _Connection, where: SQL, name: str) -> bool:
    found = connection.execute(SQL("SELECT 1 FROM {} = %s").format(where), [name])
    return found.fetchone() is not None


def _make_roles(connection: _Connection) -> None:
    """All roles or none: the last one stands for all."""
    with connection.transaction():
        for role in (OWNER, APPLICATION, LONG):
            connection.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
        crashpoint("postgres.roles_unfinished")
        _equip_roles(connection)


def _equip_roles(connection: _Connection) -> None:
    """What the application may, long work may; each has its time-outs."""
    connection.execute(SQL("GRANT {} TO {}").format(Identifier(APPLICATION), Identifier(LONG)))
    for role, timeouts in TIMEOUTS.items():
        for name, value in timeouts.items():
            connection.execute(
                SQL("ALTER ROLE {} SET {} = {}").format(Identifier(role), Identifier(name), value)
            )


def _grant(inside: _Connection, name: str) -> None:
    """What the application may do with what the owner will make; a migration may take it back."""
    owner, app = Identifier(OWNER), Identifier(APPLICATION)
    database = Identifier(name)
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


# -- in somebody's server -----------------------------------------------------------------------


def separate_roles(admin_url: str, passwords: Mapping[str, str | None]) -> None:
    """Make the roles in a database that is there, or give them new passwords; all or nothing.

    Tables that are there become the owner's. `admin_url` is of a role that may make roles and
    owns the database; `passwords` are those of OWNER, APPLICATION and LONG, None = a role has none.

    :raises psycopg.Error: it may not.
    """
    with psycopg.connect(admin_url) as connection:
        for role, password in passwords.items():
            is_there = _exists(connection, SQL("pg_roles WHERE rolname"), role)
            verb = SQL("ALTER ROLE" if is_there else "CREATE ROLE")
            connection.execute(
                SQL("{} {} LOGIN PASSWORD {}").format(verb, Identifier(role), Literal(password))
            )
        _equip_roles(connection)
        connection.execute(SQL("GRANT {} TO CURRENT_USER").format(Identifier(OWNER)))
        name = connection.info.dbname
        owner, app = Identifier(OWNER), Identifier(APPLICATION)
        connection.execute(SQL("ALTER DATABASE {} OWNER TO {}").format(Identifier(name), owner))
        connection.execute(SQL("GRANT ALL ON SCHEMA public TO {}").format(owner))
        connection.execute(SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
        for statement in _handing_over(connection):
            connection.execute(statement)
        _grant(connection, name)
        connection.execute(
            SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(
                app
            )
        )
        connection.execute(SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(app))
        _close_append_only(connection)


def _close_append_only(connection: _Connection) -> None:
    for table in APPEND_ONLY:
        if _exists(connection, SQL("pg_tables WHERE schemaname = 'public' AND tablename"), table):
            connection.execute(
                SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                    Identifier(table), Identifier(APPLICATION)
                )
            )


# Tables, views, functions and types of ours: not those of an extension, and no sequence that
# follows its table.
_OURS = """
SELECT format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW'
  ELSE 'TABLE' END, 'public', c.relname)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
    AND d.objid = c.oid AND d.deptype IN ('e', 'a', 'i'))
UNION ALL
SELECT 'ROUTINE ' || p.oid::regprocedure FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d
  WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'TYPE ' || t.oid::regtype FROM pg_type t
WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
"""


def _handing_over(connection: _Connection) -> list[Composed]:
    rows = connection.execute(_OURS).fetchall()
    # `format` and the reg… types quote names; nothing here comes from outside.
    return [SQL("ALTER {} OWNER TO {}").format(SQL(name), Identifier(OWNER)) for (name,) in rows]
