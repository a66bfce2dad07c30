"""Ends what an earlier run left behind. Safe only for the holder of the folder's lock."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

from evenhand.platform.postgres.addresses import PORT

SOCKET_PREFIX = "evenhand-pg-"
SOCKET_NAME = f".s.PGSQL.{PORT}"
_PROC = Path("/proc")
_POLL_SECONDS = 0.01


def settle(data: Path) -> None:
    """Wait until no process works on the cluster, then remove what would stop a new one.

    A living postmaster is asked once to shut down; backends that outlived theirs are ended (one
    in the middle of a statement would run on for long). Only then the pid file goes: it is
    PostgreSQL's own guard against two servers on one folder.
    """
    pid_file = data / "postmaster.pid"
    lines = _lines(pid_file)
    end_processes_in(data, postmaster=_pid(lines))
    (data / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
    _remove_temporary_folder(lines)
    pid_file.unlink(missing_ok=True)


def end_processes_in(data: Path, *, postmaster: int | None = None) -> None:
    """End all PostgreSQL processes that work in a folder, and wait for it without a limit."""
    told: set[int] = set()
    while living := processes_in(data, postmaster=postmaster):
        if postmaster is not None and postmaster in living:
            # It ends its backends itself; told twice, it would do so less gently.
            to_tell, signal = {postmaster} - told, SIGINT
        else:
            to_tell, signal = living - told, SIGTERM
        for pid in to_tell:
            _send(pid, signal)
        told |= to_tell
        time.sleep(_POLL_SECONDS)


def processes_in(data: Path, *, postmaster: int | None = None) -> set[int]:
    """The living PostgreSQL processes whose working directory is this folder.

    Zombies have none, so they do not count. Without /proc only the postmaster can be looked for.
    """
    if not data.is_dir():
        return set()
    if not (_PROC / "self").exists():
        return {postmaster} if postmaster is not None and _is_postgres(postmaster) else set()
    where = data.stat()
    found = set()
    for entry in _PROC.iterdir():
        with suppress(OSError):  # it ended while we looked, or is not ours to see
            if (
                entry.name.isdecimal()
                and (entry / "comm").read_text().startswith("postgres")
                and os.path.samestat((entry / "cwd").stat(), where)
            ):
                found.add(int(entry.name))
    return found


def _is_postgres(pid: int) -> bool:
    """What `ps` says, for systems without /proc."""
    asked = subprocess.run(
        ["ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
    )
    return Path(asked.stdout.strip()).name.startswith("postgres")


def _send(pid: int, signal: Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal)


def _lines(pid_file: Path) -> list[str]:
    try:
        return pid_file.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _remove_temporary_folder(lines: list[str]) -> None:
    """The socket's folder, if the predecessor needed one of its own (fifth line)."""
    folder = Path(lines[4]) if len(lines) > 4 else Path()
    if folder.name.startswith(SOCKET_PREFIX) and folder.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(folder, ignore_errors=True)


def _pid(lines: list[str]) -> int | None:
    """The pid in the first line, if the file got that far."""
    text = lines[0].strip() if lines else ""
    return int(text) if text.isdecimal() and int(text) > 0 else None
