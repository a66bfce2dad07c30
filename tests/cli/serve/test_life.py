"""`evenhand serve` from start to stop, with real processes and small programs."""

import os
import socket
import sys
from pathlib import Path
from signal import SIGINT, SIGKILL

import pytest

from evenhand.cli.serve.address import Address, check_free
from evenhand.cli.serve.left_over import holders
from evenhand.platform.postgres.predecessor import processes_in
from tests.cli.serve.conftest import Start
from tests.processes import parent_of, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def _nothing_runs(data: Path) -> bool:
    return not holders(data / "children.lock") and not processes_in(data / "postgres" / "pg18")


def test_it_says_where_it_runs_and_how_to_log_in_and_a_second_start_goes_on(
    start: Start, data: Path, port: int
) -> None:
    first = start()
    said = first.lines_to("log in")
    _, url = first.visit()
    until(first.worker)
    refused = start().ended()
    ended = first.end()

    second = start()
    said_again = second.lines_to("log in")

    assert said == [
        f"Starting Evenhand on the data in {data} …",
        f"Evenhand runs at http://127.0.0.1:{port} (stop it with Ctrl-C).",
        "log in as olga; start number 1",
    ]
    assert url.startswith("postgresql://evenhand_app@")
    assert refused[0] == 2
    assert f"already running on the data in {data}" in refused[2]
    assert ended[0] == 0
    assert ended[1].splitlines() == [
        "Stopping: requests under way are finished first …",
        "Stopped.",
    ]
    assert said_again[-1] == "log in as olga; start number 2"


def test_ctrl_c_stops_it_and_leaves_nothing_behind(start: Start, data: Path, port: int) -> None:
    server = start().ready()
    until(server.worker)

    code, _, err = server.end(SIGINT)

    assert (code, err) == (0, "")
    assert server.worker() == "finished"
    assert _nothing_runs(data)
    check_free(Address("127.0.0.1", port))


@pytest.mark.slow
def test_a_stop_during_the_start_is_a_stop(start: Start, data: Path) -> None:
    server = start()
    server.lines_to("Starting")

    code, out, _ = server.end()

    assert code == 0
    assert out.splitlines()[-1] == "Stopped."
    assert _nothing_runs(data)


def test_killed_programs_come_back_and_the_database_too(start: Start) -> None:
    server = start().ready()
    until(server.worker)

    web, worker = server.visit()[0], server.worker()
    os.kill(web, SIGKILL)  # granian brings its own process back
    until(lambda: server.answers() and server.visit()[0] != web)
    web = server.visit()[0]
    os.kill(parent_of(web), SIGKILL)  # we bring granian back; its orphan must not keep the port
    said_of_web = server.lines_to("web")[-1]
    until(lambda: server.answers() and server.visit()[0] != web)
    os.kill(int(worker), SIGKILL)
    said_of_worker = server.lines_to("worker")[-1]
    until(lambda: server.worker() not in ("", worker))
    os.kill(server.postmaster(), SIGKILL)
    said_of_database = server.lines_to("The database")[-1]

    assert said_of_web == "web ended (exit code -9) and is started again."
    assert said_of_worker == "worker ended (exit code -9) and is started again."
    assert said_of_database == "The database ended unexpectedly and was started again."
    assert server.end()[0] == 0


@pytest.mark.slow
def test_after_a_kill_it_starts_again_at_once(start: Start, data: Path) -> None:
    server = start().ready()
    until(server.worker)

    server.kill()
    again = start()
    said = again.lines_to("log in")

    assert said[-1] == "log in as olga; start number 2"
    assert again.end()[0] == 0
    assert _nothing_runs(data)


@pytest.mark.slow
def test_orphans_of_a_killed_web_server_are_ended_by_the_next_start(
    start: Start, data: Path
) -> None:
    server = start().ready()
    web, _ = server.visit()

    os.kill(server.process.pid, SIGKILL)
    os.kill(parent_of(web), SIGKILL)
    server.process.wait()
    again = start().ready()

    assert again.visit()[0] != web
    assert again.end()[0] == 0
    assert _nothing_runs(data)


def test_a_step_that_fails_is_named_and_nothing_is_left_running(start: Start, data: Path) -> None:
    code, _, err = start(TINY_FAIL="migrate").ended()

    assert code == 2
    assert "no such column" in err
    assert "“migrate” failed" in err
    assert _nothing_runs(data)


def test_a_busy_port_is_said_before_anything_starts(start: Start, data: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        code, out, err = start().ended()

    assert (code, out) == (2, "")
    assert f"Another program already uses 127.0.0.1:{port}" in err
    assert "EVENHAND_BIND=" in err
    assert not (data / "postgres" / "lock").exists()
