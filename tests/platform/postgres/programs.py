"""Programs that the drills start and kill, and what the drills wait for."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from signal import SIGKILL

import psycopg

from evenhand.platform.crashpoint import VARIABLE
from tests.processes import until

HERE = Path(__file__).parent


class Program:
    """A child that prints lines and ends when its input does."""

    def __init__(self, name: str, root: Path, environ: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / name), str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environ or {})},
        )

    def line(self) -> list[str]:
        """The words of the next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().split()

    def kill(self) -> None:
        """What a crash is: no handler runs."""
        self.process.send_signal(SIGKILL)
        self.end()

    def end(self) -> None:
        """Close its input and wait for the end."""
        self.process.communicate()


class App(Program):
    """`app.py`, ready to be used."""

    def __init__(self, root: Path, environ: Mapping[str, str] | None = None) -> None:
        super().__init__("app.py", root, environ)
        pid, self.url = self.line()
        self.postmaster = int(pid)


def run_into(point: str, root: Path) -> int:
    """Run the program into a crash point; its exit code."""
    program = Program("app.py", root, {VARIABLE: point})
    program.end()
    return program.process.returncode


class Busy:
    """A connection whose statement is running, without anybody waiting for it."""

    def __init__(self, url: str, statement: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self.pid = self.connection.info.backend_pid
        self.connection.pgconn.send_query(statement.encode())
        with psycopg.connect(url, autocommit=True) as other:
            until(lambda: self._is_active(other))

    def _is_active(self, other: psycopg.Connection[tuple[object, ...]]) -> bool:
        found = other.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [self.pid])
        return found.fetchone() == ("active",)

    def close(self) -> None:
        self.connection.close()
