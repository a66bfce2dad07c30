"""One act with a rival in the middle of it, at a chosen lock or write (C3).

The first act runs in a thread of its own. Before its k-th statement that locks or writes, and once
more before each commit, it stands still: the rival runs in another thread, on a connection of its
own, until he is done or waits for a lock of the first, who then goes on. Rows come back from a
copy, and sequences with them, so that every run begins alike.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from evenhand.people.snapshot import CACHE, people_now
from evenhand.platform import prepared
from evenhand.policies import live
from tests.processes import until
from tests.server.conftest import forget
from tests.server.drills.conftest import url_of_tests

Work = Callable[[], Any]

_POINT = re.compile(
    r"\bFOR (?:NO KEY )?(?:UPDATE|SHARE)\b|\bpg_advisory_xact_lock\b|^\s*LOCK TABLE"
    r"|\b(?:INSERT INTO|DELETE FROM)\s|\bUPDATE\s+\"?\w",
    re.IGNORECASE,
)
# Notes beside an act that nobody waits for and nothing is judged by.
_ASIDE = re.compile(
    r"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?"
    r"(?:event|notice|outbox|receipt|procrastinate_\w+|firing)\"?\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def is_point(sql: str) -> bool:
    """Whether a statement locks rows, or writes some that others are judged by."""
    return _POINT.search(sql) is not None and _ASIDE.search(sql) is None


# -- standing still ----------------------------------------------------------------------------

# Of the thread that is stopped: what is called at each point, and after each commit.
_own = local()


def _reached(what: str) -> None:
    call = getattr(_own, "call", None)
    if call is None:
        return
    trip = getattr(prepared._current, "trip", None)
    if trip is not None and not trip.is_settled:
        trip.settle()  # what was said before is done before the rival comes
    call(what)


def _reached_by_cursor(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if is_point(str(sql)):
        _reached(str(sql))
    return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[None]:
    """Statements that travel together, and commits, are seen as well as those of cursors."""
    queue, queue_commit = prepared._Trip.queue, prepared._Trip.queue_commit
    commit = BaseDatabaseWrapper._commit

    def seen(self: Any, sql: str, values: Any) -> Any:
        if is_point(sql):
            _reached(sql)
        return queue(self, sql, values)

    def committed_along(self: Any) -> None:
        _reached("COMMIT")
        queue_commit(self)

    def committed(self: Any) -> None:
        idle = self.connection is None or self.connection.info.transaction_status == 0
        if not idle:  # it went along with the statements otherwise
            _reached("COMMIT")
        commit(self)
        if not idle and (call := getattr(_own, "committed", None)) is not None:
            call()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared._Trip, "queue", seen)
        patch.setattr(prepared._Trip, "queue_commit", committed_along)
        patch.setattr(BaseDatabaseWrapper, "_commit", committed)
        yield


# -- two threads -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of the two: what each returned, or the exception that it raised."""

    first: Any
    rival: Any
    points: int  # of the first, rival or not
    commits: int
    met: bool  # whether the rival came at all


class Stage:
    """Two threads with a connection each, and one that looks on."""

    def __init__(self) -> None:
        self._first = ThreadPoolExecutor(1)
        self._rival = ThreadPoolExecutor(1)
        self._onlooker = psycopg.connect(url_of_tests(), autocommit=True)
        self._first.submit(self._prepare).result()
        self._rival_pid: int = self._rival.submit(self._prepare).result()

    @staticmethod
    def _prepare() -> int:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            # Whoever waits for each other is told at once, not after a second.
            cursor.execute("SET deadlock_timeout = '20ms'")
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    @staticmethod
    def _give_back() -> None:
        with connection.cursor() as cursor:
            cursor.execute("RESET deadlock_timeout")
        connection.close()

    def close(self) -> None:
        """Give the connections back."""
        for one in (self._first, self._rival):
            one.submit(self._give_back).result()
            one.shutdown()
        self._onlooker.close()

    def alone(self, work: Work) -> Any:
        """Have the first thread do something by itself; an exception is an answer."""
        return self._first.submit(_answer, work).result()

    def run(self, first: Work, rival: Work | None = None, *, at: int = 0, after: int = 0) -> Ran:
        """`first`, and the rival, if there is one, before its point number `at`.

        Or `after` so many of its commits, where it holds nothing.
        """
        points, commits, meeting = 0, 0, None

        def meet() -> None:
            nonlocal meeting
            if rival is not None:
                meeting = self._rival.submit(_answer, rival)
                self._wait_for(meeting)

        def reached(what: str) -> None:
            nonlocal points
            points += 1
            if points == at:
                meet()

        def committed() -> None:
            nonlocal commits
            commits += 1
            if commits == after:
                meet()

        def work() -> Any:
            _own.call, _own.committed = reached, committed
            try:
                with connection.execute_wrapper(_reached_by_cursor):
                    return _answer(first)
            finally:
                _own.call = _own.committed = None

        said = self._first.submit(work).result()
        told = None if meeting is None else meeting.result()
        return Ran(said, told, points, commits, meeting is not None)

    def _wait_for(self, meeting: "Future[Any]") -> None:
        until(lambda: meeting.done() or self._rival_waits())

    def _rival_waits(self) -> bool:
        asked = self._onlooker.execute(
            "SELECT cardinality(pg_blocking_pids(%s)) > 0", [self._rival_pid]
        )
        row = asked.fetchone()
        assert row is not None
        return bool(row[0])


def _answer(work: Work) -> Any:
    try:
        return work()
    except Exception as error:
        return error


# -- rows --------------------------------------------------------------------------------------


class Copy:
    """All rows of all tables as they were, in a schema of their own."""

    def __init__(self, name: str) -> None:
        self.name = name
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL client_min_messages = warning")
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
            cursor.execute(f"CREATE SCHEMA {name}")
            tables = [
                connection.ops.quote_name(one)
                for one in sorted(connection.introspection.table_names())
                if not one.startswith("django_")
            ]
            full = " UNION ALL ".join(
                f"SELECT '{one}' WHERE EXISTS (SELECT FROM {one})" for one in tables
            )
            cursor.execute(full)
            kept = {row[0]: f"{name}.kept{k}" for k, row in enumerate(cursor.fetchall())}
            for table, own in kept.items():
                cursor.execute(f"CREATE UNLOGGED TABLE {own} AS TABLE {table}")
            cursor.execute(_SEQUENCES)
            back = [f"PERFORM {cursor.fetchone()[0]}"]
            back += [one for table in tables for one in _back(table, kept.get(table))]
            body = "; ".join(back)
            cursor.execute(
                f"CREATE FUNCTION {name}.back() RETURNS void LANGUAGE plpgsql"
                f" SET session_replication_role = replica AS $$ BEGIN {body}; END $$"
            )

        self._people = people_now(timezone.now())
        self._live, self._work = dict(live._kept), dict(live._kept_work)

    def back(self) -> None:
        """Everything as it was, and nothing remembered of what was meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.name}.back()")
        forget()
        # What the process knew of these rows holds again; to read it anew takes its time.
        CACHE._kept = self._people
        live._kept.update(self._live)
        live._kept_work.clear()
        live._kept_work.update(self._work)

    @staticmethod
    def clear_away(*names: str) -> None:
        """Leave nothing of these copies behind: others copy the whole database."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL client_min_messages = warning")
            for name in names:
                cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")

    @staticmethod
    def go_on_from_here() -> None:
        """No id that was given out meanwhile is given out again: a process may remember it."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(schemaname || '.' || sequencename,"
                " coalesce(last_value, start_value) + 1000)"
                " FROM pg_sequences WHERE schemaname = 'public'"
            )


_SEQUENCES = """
SELECT string_agg(format('setval(%L, %s, %L)', schemaname || '.' || sequencename,
    coalesce(last_value, start_value), last_value IS NOT NULL), ', ')
FROM pg_sequences WHERE schemaname = 'public'
"""


def _back(table: str, kept: str | None) -> list[str]:
    """Only rows that differ are touched, so that tables do not grow by being put back."""
    if kept is None:
        return [f"DELETE FROM {table}"]
    return [
        f"DELETE FROM {table} t WHERE t::text NOT IN (SELECT k::text FROM {kept} k)",
        f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT k.* FROM {kept} k"
        f" WHERE k::text NOT IN (SELECT t::text FROM {table} t)",
    ]
