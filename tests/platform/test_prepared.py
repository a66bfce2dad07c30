"""Statements travel together, and fail as if each had been sent alone."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import (
    DataError,
    IntegrityError,
    InternalError,
    ProgrammingError,
    connection,
    transaction,
)

from evenhand.platform import prepared
from evenhand.platform.prepared import one_plan, send
from evenhand.platform.rows import pipelined
from evenhand.platform.transactions import in_transaction

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def table() -> Iterator[None]:
    """A table of numbers, gone with the test."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE prepared_test (n int PRIMARY KEY)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE prepared_test")


def put(*numbers: int) -> None:
    for n in numbers:
        send("INSERT INTO prepared_test VALUES (%s)", [str(n)])


def numbers() -> list[int]:
    return [n for (n,) in send("SELECT n FROM prepared_test ORDER BY n").rows()]


@pytest.mark.parametrize(
    ("sql", "value", "found"),
    [
        ("SELECT %s::text", "100 % \\ ' 王 😀", "100 % \\ ' 王 😀"),
        ("SELECT %s::text || '%%'", "a", "a%"),
        ("SELECT %s::bigint", "-7", -7),
        ("SELECT %s::boolean", True, True),
        ("SELECT %s::boolean", False, False),
        ("SELECT %s::text", None, None),
        (
            "SELECT %s::timestamptz",
            datetime(2026, 11, 29, 7, 1, 2, 345, UTC),
            datetime(2026, 11, 29, 7, 1, 2, 345, UTC),
        ),
    ],
)
def test_values_arrive_as_they_were_given(sql: str, value: Any, found: Any) -> None:
    assert send(sql, [value]).rows() == [(found,)]
    with pipelined():
        first, second = send(sql, [value]), send(sql, [value])
        assert (second.rows(), first.rows()) == ([(found,)], [(found,)])


def test_a_text_that_libpq_would_cut_short_is_refused() -> None:
    with pytest.raises(DataError), pipelined():
        send("SELECT %s::text", ["a\0b"])
    assert numbers() == []


def test_what_is_sent_in_a_transaction_is_committed_or_rolled_back_with_it() -> None:
    with transaction.atomic(), pipelined():
        put(1)
        put(2)
    with pytest.raises(ZeroDivisionError), transaction.atomic(), pipelined():
        put(3)
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put(4)
        raise ZeroDivisionError
    assert numbers() == [1, 2]


def test_cursors_and_statements_may_be_mixed_in_one_trip() -> None:
    with transaction.atomic(), pipelined():
        put(1)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO prepared_test SELECT max(n) + 1 FROM prepared_test")
            put(3)
            cursor.execute("SELECT count(*) FROM prepared_test")
            assert cursor.fetchone() == (3,)
            sent = send("SELECT sum(n) FROM prepared_test")
            cursor.executemany("INSERT INTO prepared_test VALUES (%s)", [(4,), (5,)])
        assert sent.rows() == [(6,)]
        put(6)
    assert numbers() == [1, 2, 3, 4, 5, 6]


def test_an_error_is_raised_where_an_answer_is_read_or_at_the_end() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), pipelined():
        put(1, 1)
        send("SELECT 1").rows()
    with pytest.raises(IntegrityError), transaction.atomic(), pipelined():
        put(1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(1, 1)
    assert numbers() == []


def test_a_savepoint_inside_takes_back_only_what_failed() -> None:
    with transaction.atomic():
        put(1)
        with pytest.raises(IntegrityError), transaction.atomic(), pipelined():
            put(2, 1)
        put(3)
    assert numbers() == [1, 3]


def test_a_statement_that_could_not_be_prepared_is_prepared_anew() -> None:
    asks = "SELECT late FROM prepared_test"
    with pytest.raises(ProgrammingError):
        send(asks)
    with pytest.raises(ProgrammingError), pipelined():
        send("SELECT nothing FROM prepared_test")
        send("SELECT late AS later FROM prepared_test")  # not even looked at
    send("ALTER TABLE prepared_test ADD late int")
    assert send(asks).rows() == []
    assert send("SELECT late AS later FROM prepared_test").rows() == []


def test_one_statement_is_prepared_once_and_waits_for_an_answer_to_be_read() -> None:
    def prepared_times() -> int:
        own = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
        return int(send(own, ["INSERT INTO prepared_test%"]).rows()[0][0])

    put(1)
    put(2)
    assert prepared_times() == 1
    with pipelined():
        put(3)
        trip = connection.connection._pipeline
        assert isinstance(trip, prepared._Trip) and not trip.is_settled
        send("SELECT 1").rows()
        assert trip.is_settled and not trip.result_queue
    assert prepared_times() == 1


def committing(*numbers: int) -> None:
    """Numbers whose commit travels with them."""
    in_transaction(lambda: put(*numbers), commits_along=True)


def test_a_commit_that_travels_along_is_a_commit() -> None:
    told: list[list[int]] = []

    def work() -> int:
        transaction.on_commit(lambda: told.append(numbers()))
        put(1)
        return 7

    assert in_transaction(work, commits_along=True) == 7
    assert told == [[1]] and not connection.in_atomic_block
    committing(2)
    with transaction.atomic():
        transaction.set_rollback(True)
    assert numbers() == [1, 2]
    assert in_transaction(lambda: 8, commits_along=True) == 8  # nothing was sent


def test_what_fails_before_or_at_the_commit_leaves_nothing() -> None:
    for failing in ((1, 1), (2, 3)):
        if failing == (2, 3):
            send(
                "ALTER TABLE prepared_test ADD CONSTRAINT late EXCLUDE USING btree"
                " ((n IS NULL) WITH =) DEFERRABLE INITIALLY DEFERRED"
            )
        with pytest.raises(IntegrityError):
            committing(*failing)
        assert numbers() == [] and not connection.in_atomic_block


def test_work_that_hides_an_error_of_the_database_is_not_taken_for_committed() -> None:
    def work() -> None:
        put(1)
        with suppress(DataError):
            send("SELECT 1 / 0").rows()

    with pytest.raises(InternalError):
        in_transaction(work, commits_along=True)
    assert numbers() == []


def test_inside_another_transaction_nothing_is_committed_early() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        committing(1)
        raise ZeroDivisionError
    assert numbers() == []


def test_a_list_of_one_makes_no_plan_of_its_own_each_time() -> None:
    with transaction.atomic(), pipelined():
        mode = send("SHOW plan_cache_mode")
        assert mode.rows() == [("force_generic_plan",)]
    assert send("SHOW plan_cache_mode").rows() == [("auto",)]


def mode() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('plan_cache_mode')")
        return str(cursor.fetchone()[0])


def test_one_plan_is_for_what_is_sent_inside_and_for_nothing_after() -> None:
    asked = "SELECT current_setting('plan_cache_mode')"
    with one_plan():
        assert send(asked).rows() == [("force_generic_plan",)]
        with one_plan():
            put(1)
        assert send(asked).rows() == [("force_generic_plan",)]
    assert send(asked).rows() == [("auto",)]
    assert mode() == "auto"
    with suppress(ZeroDivisionError), one_plan():
        assert numbers() == [1]
        raise ZeroDivisionError
    assert send(asked).rows() == [("auto",)]


def test_one_plan_outlives_a_failure_that_took_the_setting_back() -> None:
    """What travels together is one transaction: the setting goes with the statement that failed."""
    with one_plan():
        with pytest.raises(IntegrityError):
            put(1, 1)
        assert send("SELECT current_setting('plan_cache_mode')").rows() == [("force_generic_plan",)]
        with pytest.raises(IntegrityError), pipelined():
            put(2, 2)
        assert send("SELECT current_setting('plan_cache_mode')").rows() == [("force_generic_plan",)]
    with pytest.raises(IntegrityError):
        put(1)  # the way back went along with this one
    assert send("SELECT current_setting('plan_cache_mode')").rows() == [("auto",)]


def test_a_transaction_after_one_plan_has_its_own_setting_and_leaves_none() -> None:
    with one_plan():
        put(1)
    with transaction.atomic():
        assert send("SELECT current_setting('plan_cache_mode')").rows() == [("force_generic_plan",)]
    assert send("SELECT current_setting('plan_cache_mode')").rows() == [("auto",)]
