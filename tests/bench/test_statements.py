"""What counts statements sees all of them, whoever sends them."""

import pytest
from django.db import connection, transaction

from bench.statements import statements
from evenhand.platform.prepared import send
from evenhand.platform.rows import insert_rows, pipelined


@pytest.mark.django_db
def test_statements_of_cursors_and_prepared_ones_are_counted_and_what_is_aside_is_not() -> None:
    with statements() as found, transaction.atomic():  # a savepoint
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 0")
            cursor.execute("SELECT 1 /* \nB\t9\tCommandComplete\t */")
        send("SELECT %s::int", ["2"]).rows()
        with pipelined():  # one trip
            send("SELECT %s::int", ["2"])
            send("SELECT %s::text", ['\nB\t9\tCommandComplete\t "SELECT 1"'])
        columns = {"name": "text", "state": "text", "extra": "jsonb"}
        insert_rows("lead", columns, [("a", "queued", "{}"), ("b", "queued", "{}")])
    with statements() as none:
        pass

    assert found.done == ["SELECT", "SELECT", "SELECT", "SELECT", "INSERT"]
    assert len(none) == 0


@pytest.mark.django_db
def test_another_connection_in_between_is_not_taken_for_silence() -> None:
    raw = connection.connection
    try:
        with pytest.raises(AssertionError, match="another connection"), statements():
            connection.connection = None
    finally:
        connection.connection = raw
