"""What a database holds, table by table: how many rows, and a digest that no order changes.

A backup notes it in the snapshot that it is made of; a restore compares before it gives anything
up. One wrong letter in one row gives another digest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

# Rows as text must not hang on who asks: what a session may choose about writing values.
_WRITING = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "iso_8601",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# The sum of the rows' hashes: 64 bits each, whichever comes first.
_DIGEST = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM public.{} AS t"

Noted = Mapping[str, Sequence[Any]]  # table → rows, digest


@dataclass(frozen=True, slots=True)
class Difference:
    """A table that does not hold what was noted; None = there is no such table."""

    table: str
    noted_rows: int | None
    found_rows: int | None


def note_contents(connection: psycopg.Connection[Any]) -> dict[str, list[Any]]:
    """Rows and digest of every table, in the transaction of this connection."""
    for name, value in _WRITING.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])
    noted = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        row = connection.execute(SQL(_DIGEST).format(Identifier(table))).fetchone()
        assert row is not None
        noted[table] = [int(row[0]), str(row[1])]
    return noted


def differences(noted: Noted, found: Noted) -> list[Difference]:
    """The tables that hold something else than was noted, or are there on one side only."""
    return [
        Difference(table, _rows(noted, table), _rows(found, table))
        for table in sorted({*noted, *found})
        if list(noted.get(table, ())) != list(found.get(table, ()))
    ]


def _rows(contents: Noted, table: str) -> int | None:
    return int(contents[table][0]) if table in contents else None
