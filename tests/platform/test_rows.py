"""Rows arrive in the database exactly as they were given."""

from typing import Any

import pytest
from django.db import connection

from evenhand.platform.rows import array_of, insert_rows

pytestmark = pytest.mark.django_db

AWKWARD = [
    "",
    "plain",
    '"',
    "\\",
    '\\"',
    "{a,b}",
    "NULL",
    "null",
    "a\nb\tc\rd",
    " spaced ",
    "王芳",
    "😀",
    "%s",
    "'",
    "\\N",
    ",",
]
COLUMNS = {"id": "bigint", "text_": "text", "data": "jsonb", "at": "timestamptz", "yes": "boolean"}


def _table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE rows_test (id bigint, text_ text, data jsonb, at timestamptz,"
            " yes boolean, fixed text) ON COMMIT DROP"
        )


def _rows(count: int) -> list[tuple[Any, ...]]:
    return [
        (
            number,
            AWKWARD[number % len(AWKWARD)],
            {"k": AWKWARD[number % len(AWKWARD)], "n": [number, None]},
            "2026-11-28T12:00:00+00:00" if number % 2 else None,
            None if number % 3 == 0 else number % 3 == 1,
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 40, 129])
def test_awkward_texts_nulls_and_json_arrive_unchanged(count: int) -> None:
    _table()
    rows = _rows(count)
    insert_rows("rows_test", COLUMNS, rows, same={"fixed": "f"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text_, data::text, at IS NULL, yes, fixed FROM rows_test ORDER BY id"
        )
        found = cursor.fetchall()
    import json

    assert [
        (id_, text, json.loads(data), no_time, yes, fixed)
        for id_, text, data, no_time, yes, fixed in found
    ] == [(row[0], row[1], row[2], row[3] is None, row[4], "f") for row in rows]


@pytest.mark.parametrize("count", [30, 200])
@pytest.mark.parametrize("value", [None, {}, {"a": '"'}, [1], "text", 0])
def test_a_column_of_one_value_is_as_if_every_row_said_it(value: Any, count: int) -> None:
    _table()
    rows = [(7, "x", value, None, True)] * count
    insert_rows("rows_test", COLUMNS, rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text_, data, data IS NULL, at, yes, count(*) FROM rows_test"
            " GROUP BY 1, 2, 3, 4, 5, 6"
        )
        ((id_, text, _, is_null, at, yes, found),) = cursor.fetchall()
    assert (id_, text, is_null, at, yes, found) == (7, "x", value is None, None, True, count)


def test_no_rows_are_no_statement() -> None:
    insert_rows("no_such_table", COLUMNS, [])


def test_one_and_true_are_not_one_value_in_json() -> None:
    _table()
    rows = [(1, "x", [1] if number % 2 else [True], None, None) for number in range(200)]
    insert_rows("rows_test", COLUMNS, rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text, count(*) FROM rows_test GROUP BY 1 ORDER BY 1")
        assert cursor.fetchall() == [("[1]", 100), ("[true]", 100)]


def test_an_array_is_written_as_postgresql_reads_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [array_of([*AWKWARD, None], "text")])
        assert cursor.fetchone()[0] == [*AWKWARD, None]
        cursor.execute("SELECT %s::bigint[]", [array_of([1, None, -3], "bigint")])
        assert cursor.fetchone()[0] == [1, None, -3]
