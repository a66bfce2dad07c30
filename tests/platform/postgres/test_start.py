"""Starting, stopping and starting again, when nothing goes wrong."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from evenhand.platform.folder import FolderTaken
from evenhand.platform.postgres.failure import CannotLaunch
from evenhand.platform.postgres.launch import database, embedded
from evenhand.platform.postgres.predecessor import processes_in
from tests.platform.postgres.programs import App


def test_the_first_start_makes_a_database_and_the_next_finds_what_it_holds(folder: Path) -> None:
    root = folder / "first"

    with database(root, environ={}) as first:
        with psycopg.connect(first.owner_url) as owner:
            owner.execute("CREATE TABLE lead (name text)")
        with psycopg.connect(first.app_url) as app:
            app.execute("INSERT INTO lead VALUES ('华为')")

    with database(root, environ={}) as second, psycopg.connect(second.app_url) as app:
        rows = app.execute("SELECT name FROM lead").fetchall()

    assert rows == [("华为",)]
    assert first == second
    assert processes_in(root / "pg18") == set()
    assert not (root / "pg18.new").exists()


def test_an_external_database_is_taken_as_it_is_and_nothing_is_started(tmp_path: Path) -> None:
    url = "postgresql://app@db.example/evenhand?sslmode=verify-full"

    with database(tmp_path / "unused", environ={"DATABASE_URL": f" {url} "}) as found:
        assert (found.app_url, found.owner_url, found.long_url) == (url, url, url)

    assert not (tmp_path / "unused").exists()


def test_an_external_database_may_have_an_address_for_each_role(tmp_path: Path) -> None:
    environ = {
        "DATABASE_URL": "postgresql://app@db/x",
        "DATABASE_URL_OWNER": "postgresql://owner@db/x",
        "DATABASE_URL_LONG": "postgresql://long@db/x",
    }

    with database(tmp_path, environ=environ) as found:
        # None says how it is spoken to, thus encrypted or not at all.
        assert found.owner_url == f"{environ['DATABASE_URL_OWNER']}?sslmode=require"
        assert found.long_url == f"{environ['DATABASE_URL_LONG']}?sslmode=require"


def test_a_second_program_on_the_folder_is_refused_and_the_first_goes_on(made: Path) -> None:
    with embedded(made) as first:
        with pytest.raises(FolderTaken) as refused, embedded(made):
            pass

        assert refused.value.why.code == "server.folder_taken"
        assert refused.value.why["folder"] == str(made)
        assert first.is_running
        with psycopg.connect(first.database.app_url) as app:
            assert app.execute("SELECT 1").fetchone() == (1,)


def test_chinese_is_searchable_and_sorted_by_code_point(made: Path) -> None:
    with embedded(made) as server, psycopg.connect(server.database.owner_url) as owner:
        owner.execute("CREATE EXTENSION pg_trgm")
        found = owner.execute("SELECT show_trgm('华为技术')").fetchone()
        owner.rollback()

    assert found is not None
    assert len(found[0]) == 5


def test_settings_of_the_caller_win_and_no_port_is_opened(made: Path) -> None:
    with (
        embedded(made, settings={"fsync": "off", "max_connections": "7"}) as server,
        psycopg.connect(server.database.app_url) as app,
    ):
        shown = [
            app.execute(f"SHOW {name}").fetchone()
            for name in ("fsync", "max_connections", "listen_addresses", "data_checksums")
        ]

    assert shown == [("off",), ("7",), ("",), ("on",)]


def test_the_data_are_closed_to_other_users(made: Path) -> None:
    with embedded(made) as server:
        socket = server.socket / ".s.PGSQL.5432"
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (server.layout.data, socket)]

    assert modes[0] == 0o700
    assert modes[1] & 0o007 == 0


def test_a_path_too_long_for_a_socket_gets_a_short_one_that_goes_away_again(root: Path) -> None:
    root = root.rename(root.with_name("long" * 20))

    with embedded(root) as server:
        socket = server.socket
        with psycopg.connect(server.database.app_url) as app:
            assert app.execute("SELECT 1").fetchone() == (1,)

    assert len(str(socket)) < 90
    assert socket != root / "pg18"
    assert not socket.exists()


def test_settings_of_postgresql_in_the_environment_do_not_mislead(made: Path) -> None:
    app = App(made, {"PGPORT": "9999", "PGDATA": "/nowhere"})

    with psycopg.connect(app.url) as owner:
        assert owner.execute("SELECT 1").fetchone() == (1,)
    app.end()

    assert app.process.returncode == 0


def test_a_server_that_ends_at_once_is_said_with_its_log(made: Path) -> None:
    with (
        pytest.raises(CannotLaunch) as refused,
        embedded(made, settings={"no_such_setting": "1"}),
    ):
        pass

    assert refused.value.why.code == "server.database_ended"
    assert refused.value.why["log"] == str(made / "pg.log")
    assert "no_such_setting" in (made / "pg.log").read_text()


def test_a_long_log_is_put_aside_at_the_next_start(root: Path) -> None:
    os.truncate(root / "pg.log", 20_000_000)

    with embedded(root):
        pass

    assert (root / "pg.log.1").stat().st_size == 20_000_000
    assert (root / "pg.log").stat().st_size < 20_000


def test_what_people_type_does_not_get_into_the_log(made: Path) -> None:
    with (
        embedded(made) as server,
        psycopg.connect(server.database.owner_url, autocommit=True) as owner,
    ):
        owner.execute("CREATE TEMPORARY TABLE person (phone text UNIQUE)")
        owner.execute("INSERT INTO person VALUES ('13800138000')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO person VALUES ('13800138000')")

    log = (made / "pg.log").read_text()
    assert "duplicate key" in log
    assert "13800138000" not in log


@pytest.mark.usefixtures("only_root")
def test_as_root_the_database_belongs_to_nobody_and_runs_from_a_copy(root: Path) -> None:
    (root / "postgresql-17.0.0").mkdir()

    with embedded(root) as server:
        assert server.process is not None
        owner = Path(f"/proc/{server.process.pid}").stat()

    assert owner.st_uid != 0
    assert (root / "pg18").stat().st_uid == owner.st_uid
    assert root in server.binaries.parents
    assert not (root / "postgresql-17.0.0").exists()


@pytest.mark.usefixtures("only_root")
def test_a_folder_that_nobody_can_enter_is_named_and_left_as_it_is(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(CannotLaunch) as refused, embedded(closed / "in" / "here"):
        pass

    assert refused.value.why.code == "server.folder_closed"
    assert refused.value.why["folder"] == str(closed)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.usefixtures("only_root")
def test_a_cluster_of_another_user_is_not_touched(root: Path) -> None:
    os.chown(root / "pg18", 12345, 12345)

    with pytest.raises(CannotLaunch) as refused, embedded(root):
        pass

    assert refused.value.why.code == "server.folder_of_another"
