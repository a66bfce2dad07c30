"""Moments come out of the database as Django reads them, only sooner."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg import DataError
from psycopg.adapt import Transformer

from evenhand.platform.moments import UtcMoments
from evenhand.platform.prepared import send

_TEXTS = (
    "2026-11-29 16:52:53+00", "2026-02-28 00:00:00.1+00", "1999-12-31 23:59:59.999999+00",
    "0001-01-01 00:00:00.00012+00", "9999-12-31 23:59:59+00", "1900-01-01 00:00:00+08:05:43",
    "2026-11-29 16:52:53-03:30",
)  # fmt: skip


class _Django(BaseTzLoader):
    timezone = UTC


@pytest.mark.django_db
@pytest.mark.parametrize("text", _TEXTS)
def test_a_text_is_the_moment_that_django_reads(text: str) -> None:
    connection.ensure_connection()

    quick, usual = (kind(0, connection.connection) for kind in (UtcMoments, _Django))

    assert quick.load(text.encode()) == usual.load(text.encode())
    assert quick.load(text.encode()).tzinfo is UTC


@pytest.mark.django_db
def test_cursors_and_prepared_statements_read_so() -> None:
    connection.ensure_connection()
    loader = Transformer(connection.connection).get_loader(1184, 0)
    assert isinstance(loader, UtcMoments)
    at = datetime(2026, 2, 28, 23, 59, 59, 120_000, tzinfo=UTC)

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [at])
        assert cursor.fetchone() == (at,)
    assert send("SELECT %s::timestamptz", [at]).rows() == [(at,)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["infinity", "20000-01-01 00:00:00+00", "0044-03-15 12:00:00+00 BC"]
)
def test_what_python_cannot_hold_is_refused_as_ever(text: str) -> None:
    with pytest.raises(DataError):
        send("SELECT %s::timestamptz", [text]).rows()
