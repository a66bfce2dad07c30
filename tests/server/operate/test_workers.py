"""A worker whose connections to the database are lost goes on by itself."""

import asyncio
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from evenhand.cli.operate.jobs import lost_together
from tests.processes import until
from tests.server.operate.conftest import MakeSpare, Spare

_END_THE_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.mark.slow
def test_a_worker_that_loses_the_database_goes_on_in_the_same_program(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    spare, log = make_spare("blank"), tmp_path / "log"
    with log.open("wb") as told:  # a pipe that nobody reads would be full of what was lost
        worker = subprocess.Popen(
            [sys.executable, "-m", "evenhand.cli", "worker", "sweeps"],
            env=spare.environ(),
            stderr=told,
        )
    try:
        until(lambda: _sealed_by(spare) > 0)
        before = _sealed_by(spare)
        spare.ask(_END_THE_OTHERS)
        until(lambda: _sealed_by(spare) > before)
        assert worker.poll() is None
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=60)
    finally:
        worker.kill()
        worker.wait()

    said = log.read_text()
    assert worker.returncode == 0, said
    assert "begins anew" in said


def _sealed_by(spare: Spare) -> int:
    """The number of the last worker that has sealed something, 0 = none."""
    found = spare.ask(
        "SELECT coalesce(max(j.worker_id), 0) FROM procrastinate_jobs AS j"
        " WHERE j.task_name = 'evenhand:seal_journal' AND j.status = 'succeeded'"
    )
    return int(str(found[0][0]))


def test_all_lost_connections_go_with_the_first(make_spare: MakeSpare) -> None:
    """The pool itself would find them one by one, with a longer pause before each."""
    spare = make_spare("empty")

    async def lost() -> dict[str, int]:
        pool: Any = lost_together(conninfo=spare.url, min_size=4, open=False)
        async with pool:
            await pool.wait()
            spare.ask(_END_THE_OTHERS)
            async with pool.connection() as own:
                await own.execute("SELECT 1")
            stats: dict[str, int] = pool.get_stats()
            return stats

    with ThreadPoolExecutor(1) as aside:
        stats = aside.submit(lambda: asyncio.run(lost())).result()

    assert stats["connections_lost"] == 4
