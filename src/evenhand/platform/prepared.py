"""Statements that a connection prepares once: for what is read and written thousands of times.

Django writes values into the text of a statement, and PostgreSQL parses and plans each anew, which
for a small one is most of its time. Here the text stays and values travel apart. Give texts,
numbers as texts, and moments; a list goes as `rows.array_of(…)`, cast in the statement.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Cursor

_TIMES = 5  # after so many psycopg would prepare by itself; None = never, also if told to


class Sent:
    """A statement on its way. Inside `rows.pipelined` only reading its answer waits for it."""

    __slots__ = ("_cursor", "_errors")

    def __init__(self, cursor: Cursor[Any], errors: Any) -> None:
        self._cursor = cursor
        self._errors = errors

    def rows(self) -> list[Any]:
        """What it returned, as tuples."""
        with self._errors:
            return self._cursor.fetchall()


def send(sql: str, values: Sequence[Any] = ()) -> Sent:
    """Send a statement with its values, prepared once per connection."""
    # Looked up once: `django.db.connection` does it at each use.
    own: Any = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    raw = own.connection
    # Django switches preparing off, for poolers between here and the database; cursors of its own
    # never prepare, so that this concerns these statements alone.
    if raw.prepare_threshold is None:
        raw.prepare_threshold = _TIMES
    cursor: Cursor[Any] = Cursor(raw)
    errors = own.wrap_database_errors
    with errors:
        cursor.execute(sql, values, prepare=True)
    return Sent(cursor, errors)
