"""Every way to die that stack.md lists: what was committed is there, and nothing stays behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import psycopg
import pytest

from evenhand.platform.crashpoint import EXIT_CODE, POINTS
from evenhand.platform.postgres.account import account_for_us
from evenhand.platform.postgres.launch import embedded
from evenhand.platform.postgres.predecessor import processes_in
from tests.platform.postgres.programs import App, Busy, Program, run_into
from tests.processes import state_of, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc and death signals")

COMMITTED = 100_000
# A statement that never ends by itself, and one that lasts for seconds.
ENDLESS = "DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$"
LONG_INSERT = "INSERT INTO lead SELECT n, repeat('x', 50) FROM generate_series(1, 4000000) n"


def test_after_a_kill_of_the_program_committed_rows_are_there_and_others_gone(root: Path) -> None:
    app = App(root)
    _commit_rows(app.url)
    with psycopg.connect(app.url) as writer:
        writer.execute("INSERT INTO lead SELECT n, 'uncommitted' FROM generate_series(1, 1000) n")

        app.kill()
        count, left = _count_after_restart(root)

        writer.close()

    assert count == COMMITTED
    assert left == set()
    assert state_of(app.postmaster) in ("", "Z")


def test_after_a_kill_of_the_postmaster_the_same_program_starts_it_again(root: Path) -> None:
    with embedded(root) as server:
        _commit_rows(server.database.owner_url)
        writer = Busy(server.database.owner_url, LONG_INSERT)
        assert server.process is not None

        os.kill(server.process.pid, SIGKILL)
        server.process.wait()
        assert not server.is_running
        server.start()

        writer.close()
        assert server.is_running
        assert _count(server.database.owner_url) == COMMITTED


def test_zombies_that_nobody_reaps_do_not_stand_in_the_way(root: Path) -> None:
    nursery = Program("nursery.py", root)
    program = int(nursery.line()[0])
    pid, url = nursery.line()
    postmaster = int(pid)
    _commit_rows(url)

    os.kill(postmaster, SIGKILL)
    os.kill(program, SIGKILL)
    until(lambda: state_of(program) == "Z" and state_of(postmaster) == "Z")
    count, left = _count_after_restart(root)

    assert state_of(postmaster) == "Z"  # still there, and its lock files were
    assert count == COMMITTED
    assert left == set()
    nursery.end()


def test_a_backend_that_outlives_everybody_is_ended_first(root: Path) -> None:
    app = App(root)
    _commit_rows(app.url)
    busy = Busy(app.url, ENDLESS)

    os.kill(app.postmaster, SIGKILL)
    app.kill()
    assert busy.pid in processes_in(root / "pg18")
    count, left = _count_after_restart(root)

    busy.close()
    assert count == COMMITTED
    assert left == set()


@pytest.mark.slow
@pytest.mark.parametrize("_", range(3))
def test_a_large_insert_is_there_wholly_or_not_at_all(root: Path, _: int) -> None:
    app = App(root)
    _commit_rows(app.url)
    size = psycopg.connect(app.url, autocommit=True)
    busy = Busy(app.url, LONG_INSERT)
    until(lambda: _size(size) > 100_000_000)

    os.kill(app.postmaster, SIGKILL)
    app.kill()
    count, left = _count_after_restart(root)

    busy.close()
    size.close()
    assert count in (COMMITTED, COMMITTED + 4_000_000)
    assert left == set()


@pytest.mark.slow
def test_ten_kills_in_a_row_lose_nothing_that_was_acknowledged(root: Path) -> None:
    for run in range(10):
        app = App(root)
        with psycopg.connect(app.url, autocommit=True) as writer:
            writer.execute("CREATE TABLE IF NOT EXISTS lead (id int, note text)")
            for number in range(100):
                writer.execute("INSERT INTO lead VALUES (%s, 'kept')", [run * 100 + number])
            app.kill()
            writer.close()

    count, left = _count_after_restart(root)
    assert count == 1_000
    assert left == set()


@pytest.fixture
def bystander(request: pytest.FixtureRequest) -> Iterator[int]:
    """A living process that is no database, of the database's user or of another."""
    options = account_for_us().options() if request.param == "same user" else {}
    process = subprocess.Popen(["cat"], stdin=subprocess.PIPE, **options)
    yield process.pid
    process.communicate()
    assert process.returncode == 0  # nobody harmed it


@pytest.mark.parametrize("bystander", ["same user", "our user"], indirect=True)
def test_a_stale_pid_file_that_names_a_living_process_is_seen_through(
    root: Path, bystander: int
) -> None:
    app = App(root)
    _commit_rows(app.url)
    text = (root / "pg18" / "postmaster.pid").read_text()
    os.kill(app.postmaster, SIGKILL)
    app.kill()
    (root / "pg18" / "postmaster.pid").write_text(
        text.replace(str(app.postmaster), str(bystander), 1)
    )

    count, left = _count_after_restart(root)

    assert count == COMMITTED
    assert left == set()


@pytest.mark.parametrize("text", ["", "12", "12345\n/tmp", "\0\0\n-1\n"])
def test_a_damaged_pid_file_does_not_stand_in_the_way(made: Path, text: str) -> None:
    (made / "pg18" / "postmaster.pid").write_text(text)
    (made / "pg18" / ".s.PGSQL.5432.lock").write_text(text)

    with embedded(made) as server, psycopg.connect(server.database.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_a_first_start_killed_in_the_middle_of_initdb_begins_anew(fresh: Path) -> None:
    program = Program("app.py", fresh)
    until((fresh / "pg18.new" / "PG_VERSION").exists)

    program.kill()

    assert not (fresh / "pg18").exists()
    with embedded(fresh) as server, psycopg.connect(server.database.app_url) as app:
        assert app.execute("SELECT current_database()").fetchone() == ("evenhand",)
    assert not (fresh / "pg18.new").exists()


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(name, marks=() if name == "postgres.database_unnamed" else pytest.mark.slow)
        for name in sorted(POINTS)
        if name.startswith("postgres.")
    ],
)
def test_a_first_start_that_dies_at_any_step_is_completed_by_the_next(
    fresh: Path, point: str
) -> None:
    code = run_into(point, fresh)

    assert code == EXIT_CODE
    with embedded(fresh) as server:
        with psycopg.connect(server.database.owner_url) as owner:
            owner.execute("CREATE TABLE lead (id int)")
        with psycopg.connect(server.database.long_url) as app:
            app.execute("INSERT INTO lead VALUES (1)")
            assert app.execute("SHOW statement_timeout").fetchone() == ("30min",)


def test_a_temporary_socket_folder_of_a_killed_program_is_removed(root: Path) -> None:
    root = root.rename(root.with_name("long" * 20))
    app = App(root)
    socket = Path(app.url.partition("host=")[2].partition("&")[0])
    os.kill(app.postmaster, SIGKILL)
    app.kill()
    assert socket.is_dir()

    with embedded(root):
        pass

    assert not socket.exists()


def _commit_rows(url: str) -> None:
    with psycopg.connect(url) as owner:
        owner.execute("CREATE TABLE lead (id int, note text)")
        owner.execute(
            "INSERT INTO lead SELECT n, 'committed' FROM generate_series(1, %s) n", [COMMITTED]
        )


def _count_after_restart(root: Path) -> tuple[int, set[int]]:
    """How many rows a new start finds, and which processes stay when it has left."""
    with embedded(root) as server:
        count = _count(server.database.owner_url)
    return count, processes_in(root / "pg18")


def _count(url: str) -> int:
    with psycopg.connect(url) as owner:
        row = owner.execute("SELECT count(*) FROM lead").fetchone()
    assert row is not None
    return int(row[0])


def _size(connection: psycopg.Connection[tuple[object, ...]]) -> int:
    row = connection.execute("SELECT pg_relation_size('lead')").fetchone()
    return int(str(row[0])) if row else 0
