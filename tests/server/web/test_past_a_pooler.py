"""Where DATABASE_URL leads through a pooler, nothing is kept that lives as long as a connection."""

from typing import Any

import pytest
from django.db import connection

from evenhand.platform.prepared import send
from evenhand.web.live import _address

pytestmark = pytest.mark.django_db

DIRECT = "postgresql://evenhand_app@db.example.com/evenhand"


def _prepared() -> int:
    """How many statements of this test the connection has prepared."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements"
            " WHERE name LIKE 'evenhand%' AND statement LIKE '%past_a_pooler%'"
        )
        return int(cursor.fetchone()[0])


def test_a_statement_travels_with_its_text_and_is_not_prepared(settings: Any) -> None:
    settings.DIRECT_DATABASE_URL = DIRECT

    assert send("SELECT %s::text AS past_a_pooler", ["one"]).rows() == [("one",)]
    assert send("SELECT %s::text AS past_a_pooler", ["two"]).rows() == [("two",)]
    assert _prepared() == 0

    # Control: straight to the database it is prepared once.
    settings.DIRECT_DATABASE_URL = ""
    assert send("SELECT %s::text AS past_a_pooler", ["three"]).rows() == [("three",)]
    assert _prepared() == 1


def test_whoever_listens_goes_past_the_pooler(settings: Any) -> None:
    assert "db.example.com" not in _address()

    settings.DIRECT_DATABASE_URL = DIRECT

    assert "db.example.com" in _address()
    assert "application_name" in _address()
