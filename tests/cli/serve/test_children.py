"""Programs that die come back, soon at first and later less often; those told to finish may."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from evenhand.cli.serve.children import Children, pause_before
from evenhand.cli.serve.programs import Program
from tests.processes import state_of, until

LASTING = "import signal; signal.pause()"
DYING = "import sys; sys.exit(7)"
# Says who it is once it is deaf, so that nobody tells it too early.
DEAF = """
import os, pathlib, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
while True: signal.pause()
"""


class Tended:
    """Children whose clock the test turns."""

    def __init__(self) -> None:
        self.ended: list[tuple[str, int]] = []
        self.children = Children([], ended=self._note)

    def run(self, *programs: Program) -> None:
        self.children = Children(programs, ended=self._note)
        self.children.tend(now=0)

    def _note(self, name: str, code: int) -> None:
        self.ended.append((name, code))

    def tend_until_ended(self, count: int, *, now: float) -> None:
        def tended() -> bool:
            self.children.tend(now)
            return len(self.ended) >= count

        until(tended)


@pytest.fixture
def tended() -> Iterator[Tended]:
    tended = Tended()
    yield tended
    tended.children.drain(0)


def _program(code: str, *arguments: str) -> Program:
    return Program("one", (sys.executable, "-c", code, *arguments), dict(os.environ))


def test_a_killed_program_that_was_sound_comes_back_at_once(tended: Tended) -> None:
    tended.run(_program(LASTING))
    first = tended.children.pid_of("one")
    assert first is not None

    os.kill(first, SIGKILL)
    tended.tend_until_ended(1, now=3600)

    assert tended.ended == [("one", -SIGKILL)]
    assert tended.children.pid_of("one") not in (None, first)


def test_a_program_that_dies_at_once_again_and_again_is_started_less_often(tended: Tended) -> None:
    tended.run(_program(DYING))
    tended.tend_until_ended(1, now=0)

    tended.children.tend(now=0.05)
    assert tended.children.pid_of("one") is None  # 0.1 seconds have not passed
    tended.children.tend(now=0.1)
    assert tended.children.pid_of("one") is not None
    tended.tend_until_ended(2, now=0.1)
    tended.children.tend(now=0.25)
    assert tended.children.pid_of("one") is None  # now it is 0.2 seconds

    assert tended.ended == [("one", 7), ("one", 7)]


def test_the_pause_doubles_and_has_an_end() -> None:
    pauses = [pause_before(deaths) for deaths in (0, 1, 2, 3, 9, 10, 10_000)]

    assert pauses == [0.0, 0.1, 0.2, 0.4, 25.6, 30.0, 30.0]


def test_who_does_not_finish_in_time_is_ended(tended: Tended, tmp_path: Path) -> None:
    tended.run(_program(DEAF, str(tmp_path / "deaf")))
    pid = _pid_in(tmp_path / "deaf")

    tended.children.drain(0.05)

    assert state_of(pid) == ""


def test_what_a_program_started_ends_with_it(tended: Tended, tmp_path: Path) -> None:
    parent = "import subprocess, sys; subprocess.Popen(sys.argv[1:]); import signal; signal.pause()"
    tended.run(_program(parent, sys.executable, "-c", DEAF, str(tmp_path / "deaf")))
    grandchild = _pid_in(tmp_path / "deaf")
    child = tended.children.pid_of("one")
    assert child is not None

    os.kill(child, SIGKILL)
    tended.tend_until_ended(1, now=0)

    until(lambda: state_of(grandchild) in ("", "Z"))


def _pid_in(file: Path) -> int:
    """The pid that a program writes into a file."""
    until(lambda: file.exists() and file.read_text())
    return int(file.read_text())
