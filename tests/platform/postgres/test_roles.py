"""Who may do what in the embedded database."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from evenhand.platform.postgres.addresses import Database
from evenhand.platform.postgres.launch import database


@pytest.fixture(scope="module")
def running(made: Path) -> Iterator[Database]:
    with database(made, environ={}, settings={"fsync": "off"}) as found:
        yield found


@pytest.fixture
def served(running: Database) -> Iterator[Database]:
    with psycopg.connect(running.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE event (id bigint GENERATED ALWAYS AS IDENTITY, what text)")
        owner.execute("CREATE TABLE counter (id bigserial, what text)")
        yield running
        owner.execute("DROP TABLE event, counter")


def test_the_application_writes_what_the_owner_made(served: Database) -> None:
    with psycopg.connect(served.app_url) as app:
        app.execute("INSERT INTO event (what) VALUES ('a')")
        app.execute("INSERT INTO counter (what) VALUES ('a')")
        app.execute("UPDATE event SET what = 'b'")
        app.execute("DELETE FROM counter")
        rows = app.execute("SELECT id, what FROM event").fetchall()

    assert rows == [(1, "b")]


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE event",
        "TRUNCATE event",
        "ALTER TABLE event DISABLE TRIGGER ALL",
        "CREATE TABLE other (id int)",
        "SET ROLE evenhand_owner",
        "COPY event TO PROGRAM 'cat'",
    ],
)
@pytest.mark.parametrize("role", ["app_url", "long_url"])
def test_the_application_is_neither_owner_nor_superuser(
    served: Database, role: str, statement: str
) -> None:
    with (
        psycopg.connect(getattr(served, role)) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(statement)  # type: ignore[call-overload]


def test_a_migration_can_take_a_right_back(served: Database) -> None:
    with psycopg.connect(served.owner_url) as owner:
        owner.execute("REVOKE UPDATE, DELETE ON event FROM evenhand_app")

    with (
        psycopg.connect(served.long_url) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute("DELETE FROM event")


def test_each_role_has_its_time_outs(served: Database) -> None:
    assert _time_outs(served.app_url) == ["2s", "5s", "10s"]
    assert _time_outs(served.long_url) == ["30s", "30min", "30min"]
    assert _time_outs(served.owner_url) == ["0", "0", "0"]


def _time_outs(url: str) -> list[str]:
    names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
    with psycopg.connect(url) as connection:
        shown = [connection.execute(f"SHOW {name}").fetchone() for name in names]
    return [row[0] for row in shown if row]
