"""Programs that are to run all the time: started, started again, drained."""

import os
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from signal import SIGKILL, SIGTERM

from evenhand.cli.serve.programs import Program
from evenhand.platform.death_signal import tied_to_us

_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 30.0
# Who lived this long has not died at once.
SOUND_SECONDS = 10.0
_POLL_SECONDS = 0.02

# Told which program ended, with which exit code, when it is about to be started again.
Ended = Callable[[str, int], None]


def pause_before(early_deaths: int) -> float:
    """Seconds until a program is started again that has died at once so many times running."""
    if early_deaths < 1:
        return 0.0
    doublings = min(early_deaths - 1, 20)
    return min(_LONGEST_PAUSE_SECONDS, float(_FIRST_PAUSE_SECONDS * 2**doublings))


@dataclass
class Child:
    """One program and its present process; None while it waits to be started again."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0  # seconds of a clock that never goes back, as `now` below
    due_at: float = 0.0
    early_deaths: int = 0


class Children:
    """All of them. Each has a process group of its own, so that Ctrl-C reaches only us."""

    def __init__(self, programs: Iterable[Program], *, ended: Ended, handles: Sequence[int] = ()):
        self._children = [Child(program) for program in programs]
        self._ended = ended
        self._handles = handles

    def pid_of(self, name: str) -> int | None:
        """The process of a program, if it runs."""
        processes = [one.process for one in self._children if one.program.name == name]
        return processes[0].pid if processes and processes[0] else None

    def tend(self, now: float) -> None:
        """Start what is due, and note what has ended."""
        for child in self._children:
            if child.process is not None and has_ended(child.process):
                self._bury(child, now)
            if child.process is None and child.due_at <= now:
                child.process = self._start(child.program)
                child.started_at = now

    def drain(self, seconds: float) -> None:
        """Ask all to finish; after that time end whoever has not."""
        living = [child.process for child in self._children if child.process is not None]
        for process in living:
            process.send_signal(SIGTERM)
        end = time.monotonic() + seconds
        while not all(has_ended(process) for process in living) and time.monotonic() < end:
            time.sleep(_POLL_SECONDS)
        for process in living:
            end_group(process)

    def _start(self, program: Program) -> subprocess.Popen[bytes]:
        return start(program, handles=self._handles)

    def _bury(self, child: Child, now: float) -> None:
        assert child.process is not None
        code = end_group(child.process)
        self._ended(child.program.name, code)
        is_early = now - child.started_at < SOUND_SECONDS
        child.early_deaths = child.early_deaths + 1 if is_early else 0
        child.due_at = now + pause_before(child.early_deaths)
        child.process = None


def start(
    program: Program, *, handles: Sequence[int] = (), stdout: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a program that ends when we do."""
    return subprocess.Popen(
        program.command,
        env=dict(program.environ),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        process_group=0,
        pass_fds=handles,
        preexec_fn=tied_to_us(SIGTERM),
    )


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process has ended, without reaping it: its pid stays its own."""
    if process.returncode is not None:
        return True
    found = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return found is not None


def end_group(process: subprocess.Popen[bytes]) -> int:
    """End what is left of a process and of those it started, reap it, and give its exit code.

    A killed web server leaves its own processes behind, and they would keep the port.
    """
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, SIGKILL)
    return process.wait()
