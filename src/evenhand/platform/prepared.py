"""Statements that a connection prepares once, and that travel together: one trip for many.

Django writes values into the text of a statement, and PostgreSQL parses and plans each anew, which
for a small one is most of its time. Here the text stays and values travel apart. Give texts,
numbers as texts, and moments; a list goes as `rows.array_of(…)`, cast in the statement.

Through a pooler that lends a connection for one transaction nothing stays prepared, so there every
statement travels with its text (`DATABASE_URL_DIRECT` says that there is one).

This speaks with libpq through psycopg's own pipeline: a cursor, its adapters and a system call for
each statement would cost more than small statements do. Cursors may be used among these.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from threading import local
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Pipeline, errors
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.generators import send as flushed
from psycopg.pq import ExecStatus, TransactionStatus

# So many bytes are sent at once, so that the database begins while more is being made ready.
_WORTH_SENDING = 8_192
_IDLE = TransactionStatus.IDLE
# A list of one costs less than the ten that a plan for any list reckons with, so that PostgreSQL
# would make a plan each time: for a claim, a millisecond of them.
_ONE_PLAN = b"SET LOCAL plan_cache_mode = force_generic_plan"
# The same outside of a transaction, and back.
_MODES = {
    True: b"SET plan_cache_mode = force_generic_plan",
    False: b"SET plan_cache_mode = DEFAULT",
}

# The trip that this thread is on.
_current = local()
# By text: the name under which connections prepare it, and how PostgreSQL writes it.
_texts: dict[str, tuple[bytes, bytes]] = {}


class _Known:
    """What a connection has prepared, and what reads its values."""

    __slots__ = ("has_one_plan", "names", "values")

    def __init__(self, raw: Any) -> None:
        self.names: set[bytes] = set()
        self.values = Transformer(raw)
        # Whether a statement outside of a transaction gets one plan; None = not known any more.
        self.has_one_plan: bool | None = False


class _Awaited:
    """Something whose result is on its way; the pipeline hands it over as it does to a cursor."""

    __slots__ = ()

    def _check_results(self, results: Sequence[Any]) -> None:
        for one in results:
            if one.status == ExecStatus.FATAL_ERROR:
                raise errors.error_from_result(one)
            if one.status == ExecStatus.PIPELINE_ABORTED:
                raise errors.PipelineAborted("a statement before it failed")

    def _set_results(self, results: Sequence[Any]) -> None:
        pass


class _Preparing(_Awaited):
    """A statement that is being prepared; what failed is to be prepared again."""

    __slots__ = ("_name", "_names")

    def __init__(self, names: set[bytes], name: bytes) -> None:
        self._names, self._name = names, name

    def _check_results(self, results: Sequence[Any]) -> None:
        try:
            super()._check_results(results)
        except errors.Error:
            self._names.discard(self._name)
            raise


class _Committing(_Awaited):
    """A commit on its way."""

    __slots__ = ()

    def _check_results(self, results: Sequence[Any]) -> None:
        super()._check_results(results)
        if results[0].command_status != b"COMMIT":
            raise errors.InFailedSqlTransaction("rolled back: a statement before had failed")


class Sent(_Awaited):
    """A statement on its way. Inside `rows.pipelined` only reading its answer waits for it."""

    __slots__ = ("_known", "_result", "_trip")

    def __init__(self, trip: "_Trip", known: _Known) -> None:
        self._trip, self._known = trip, known
        self._result: Any = None

    def _set_results(self, results: Sequence[Any]) -> None:
        self._result = results[0]

    def rows(self) -> list[Any]:
        """What it returned, as tuples."""
        if self._result is None:
            with connections[DEFAULT_DB_ALIAS].wrap_database_errors:
                self._trip.settle()
        values = self._known.values
        values.set_pgresult(self._result)
        return values.load_rows(0, self._result.ntuples, tuple)


class _Trip(Pipeline):
    """psycopg's pipeline, but what is sent waits in the buffer until an answer is needed.

    Each answer is waited for with a sync, which tells psycopg the state of the transaction; a block
    that ends with nothing on its way ends without a further one.
    """

    is_settled = True

    def __init__(self, raw: Any) -> None:
        super().__init__(raw)
        self._known = _known_of(raw)

    def queue(self, sql: str, values: Sequence[Any]) -> Sent:
        """Put a statement into the buffer."""
        pgconn, known, raw = self.pgconn, self._known, self._conn
        name, text = _texts.get(sql) or _learn(sql)
        given = [one.encode() if one.__class__ is str else _given(one) for one in values]
        joined = b"".join([one for one in given if one is not None])
        if b"\0" in joined:  # libpq would end the value there
            raise errors.DataError("PostgreSQL text cannot contain NUL (0x00) bytes")
        self.is_settled = False
        # While something is on its way the state is ACTIVE: BEGIN is sent once.
        if not raw.autocommit and pgconn.transaction_status == _IDLE:
            pgconn.send_query_params(raw._get_tx_start_command(), None)
            pgconn.send_query_params(_ONE_PLAN, None)
            self.result_queue += (None, None)
        if settings.DIRECT_DATABASE_URL:
            pgconn.send_query_params(text, given)
        else:
            if raw.autocommit:
                self._plan_once(known)
            self._prepare(known.names, name, text)
            pgconn.send_query_prepared(name, given)
        sent = Sent(self, known)
        self.result_queue.append((sent, None))  # type: ignore[arg-type]
        if len(joined) > _WORTH_SENDING:
            pgconn.flush()
        return sent

    def _plan_once(self, known: _Known) -> None:
        wanted = getattr(_current, "has_one_plan", False)
        if known.has_one_plan is not wanted:
            self.pgconn.send_query_params(_MODES[wanted], None)
            self.result_queue.append((_Awaited(), None))  # type: ignore[arg-type]
            known.has_one_plan = wanted

    def _prepare(self, names: set[bytes], name: bytes, text: bytes) -> None:
        if name not in names:
            self.pgconn.send_prepare(name, text)
            self.result_queue.append((_Preparing(names, name), None))  # type: ignore[arg-type]
            names.add(name)

    def queue_commit(self) -> None:
        """Put the end of the transaction into the buffer."""
        self.is_settled = False
        self.pgconn.send_query_params(b"COMMIT", None)
        self.result_queue.append((_Committing(), None))  # type: ignore[arg-type]

    def settle(self) -> None:
        """Wait for everything that is on its way.

        :raises psycopg.Error: the first of it that failed.
        """
        self._conn.wait(self._settled())

    def _settled(self) -> PQGen[None]:
        self.pgconn.pipeline_sync()
        self.result_queue.append(None)
        try:
            yield from flushed(self.pgconn)
            yield from self._fetch_gen(flush=False)
        except BaseException:
            # What travels together is undone together, a setting among it too.
            self._known.has_one_plan = None
            raise
        finally:
            self.is_settled = not self.result_queue

    def _communicate_gen(self) -> PQGen[None]:
        self.is_settled = False
        yield from super()._communicate_gen()

    def _sync_gen(self) -> PQGen[None]:
        yield from super()._sync_gen()
        self.is_settled = not self.result_queue

    def _exit_gen(self) -> PQGen[None]:
        if not self.is_settled:
            try:
                yield from super()._exit_gen()
            except BaseException:
                self._known.has_one_plan = None
                raise


@contextmanager
def one_trip() -> Iterator[None]:
    """See `rows.pipelined`."""
    if getattr(_current, "trip", None) is not None:
        yield  # the block around this one waits: another end would be another trip
        return
    own: Any = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    raw = own.connection
    with own.wrap_database_errors:
        trip = raw._pipeline = _current.trip = _Trip(raw)
        try:
            with trip:
                yield
        finally:
            raw._pipeline = _current.trip = None


@contextmanager
def one_plan() -> Iterator[None]:
    """Inside, and outside of a transaction, a statement is planned once, whatever its values.

    For pages that ask for one thing, or for what one person holds, in a score of small statements:
    PostgreSQL takes a list of one for cheaper than the list that a plan for all reckons with, and
    would plan each of them every time, which takes longer than to run it. Not for lists, whose
    filters are worth a plan of their own. In a transaction it is always so.
    """
    before = getattr(_current, "has_one_plan", False)
    _current.has_one_plan = True
    try:
        yield
    finally:
        # The next statement of the connection takes the way back along, whoever sends it.
        _current.has_one_plan = before


def send(sql: str, values: Sequence[Any] = ()) -> Sent:
    """Send a statement with its values, prepared once per connection."""
    trip: _Trip | None = getattr(_current, "trip", None)
    if trip is not None:
        return trip.queue(sql, values)
    with one_trip():
        trip = _current.trip
        assert trip is not None
        sent = trip.queue(sql, values)
        trip.settle()
    return sent


def commit_along() -> None:
    """Commit with what is on its way, as the last thing inside `rows.pipelined`.

    For `transactions.in_transaction`: psycopg learns that the transaction is over, and Django's own
    commit finds nothing left to do.
    """
    own: Any = connections[DEFAULT_DB_ALIAS]
    raw = own.connection
    assert not own.savepoint_ids, "only the outermost block commits"
    if not own.needs_rollback and raw.pgconn.transaction_status != _IDLE:
        _current.trip.queue_commit()


def _known_of(raw: Any) -> _Known:
    known: _Known | None = getattr(raw, "evenhand_known", None)
    if known is None:
        known = raw.evenhand_known = _Known(raw)
    return known


def _learn(sql: str) -> tuple[bytes, bytes]:
    """How PostgreSQL writes a statement (`$1` for the first `%s`), and a name for it.

    The name says the text: behind a pooler that lets several processes share a connection, none
    can meet another's statement under its own name.
    """
    first, *parts = sql.split("%s")
    numbered = "".join(f"${k}{part}" for k, part in enumerate(parts, 1))
    text = (first + numbered).replace("%%", "%")
    name = f"evenhand_{sha256(text.encode()).hexdigest()[:32]}"
    found = _texts[sql] = name.encode(), text.encode()
    return found


def _given(value: Any) -> bytes | None:
    """A value as text of PostgreSQL."""
    if value is None:
        return None
    if isinstance(value, bool):
        return b"t" if value else b"f"
    text: str = value.isoformat() if isinstance(value, datetime) else value
    return text.encode()
