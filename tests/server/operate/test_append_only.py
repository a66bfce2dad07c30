"""What is written in the journal stays: grants and triggers, in the embedded database as made."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from evenhand.platform.postgres.addresses import Database
from evenhand.platform.postgres.launch import database
from tests.clusters import open_folder

pytestmark = pytest.mark.slow

CHANGES = ("UPDATE {0} SET at = now()", "DELETE FROM {0}", "TRUNCATE {0}")
GUARDS_OFF = "ALTER TABLE {0} DISABLE TRIGGER ALL"


@pytest.fixture(scope="module")
def migrated() -> Iterator[Database]:
    """The embedded database as the first start makes it, with one event and one seal."""
    with open_folder() as folder:
        data = folder / "data"
        known = {
            k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "EVENHAND_"))
        }
        subprocess.run(
            [sys.executable, "-m", "evenhand.cli", "migrate"],
            env={**known, "EVENHAND_DATA": str(data)},
            check=True,
        )
        with database(Path(data, "postgres"), environ={}) as found:
            with psycopg.connect(found.app_url) as app:
                app.execute(
                    "INSERT INTO event (kind, actor_kind, object_kind, data)"
                    " VALUES ('a.b', 'system', 'lead', '{}')"
                )
                app.execute("INSERT INTO seal VALUES (1, now(), 1, 1, 1, '{1}', '')")
            yield found


@pytest.mark.parametrize("table", ["event", "seal"])
@pytest.mark.parametrize("change", [*CHANGES, GUARDS_OFF])
@pytest.mark.parametrize("role", ["app_url", "long_url"])
def test_the_application_may_not_change_what_is_written(
    migrated: Database, role: str, change: str, table: str
) -> None:
    with (
        psycopg.connect(getattr(migrated, role)) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(change.format(table).encode())


@pytest.mark.parametrize("table", ["event", "seal"])
@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_may_and_is_stopped_by_the_trigger(
    migrated: Database, change: str, table: str
) -> None:
    with psycopg.connect(migrated.owner_url) as owner:
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            owner.execute(change.format(table).encode())
        owner.rollback()
        owner.execute(GUARDS_OFF.format(table).encode())
        owner.execute(change.format(table).encode())  # the control
        owner.rollback()
