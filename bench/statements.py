"""How many statements the database is asked, told by the connection itself.

Django knows of those of its own cursors alone, psycopg of those of its cursors; what is prepared
once and travels together (`platform.prepared`) is seen by neither. So libpq is asked to write down
what goes over the wire (on Linux), and the answers are counted.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile

from django.db import connection
from psycopg.pq import Trace

# What an answer is about, as PostgreSQL tags it: SELECT, INSERT, COPY … (a line of the trace).
_ANSWERED = re.compile(r'^B\t\d+\tCommandComplete\t "([A-Z ]*[A-Z])', re.MULTILINE)
# Where a transaction begins and ends, and how it is planned: they read and write nothing.
_ASIDE = frozenset({"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET"})


@dataclass
class Statements:
    """The statements that were answered, by what they did; known once the block is over."""

    done: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.done)


@contextmanager
def statements() -> Iterator[Statements]:
    """Count what is read and written through this thread's connection; it must stay the same."""
    found = Statements()
    connection.ensure_connection()
    raw = connection.connection
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as told:
        raw.pgconn.trace(told.fileno())
        raw.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            yield found
        finally:
            raw.pgconn.untrace()
        assert connection.connection is raw, "what went through another connection is not counted"
        told.seek(0)
        found.done = [tag for tag in _ANSWERED.findall(told.read()) if tag not in _ASIDE]
