"""Programs of a predecessor that was killed: waited for, then ended.

Every program of ours inherits the handle of one locked file. So the lock tells that some are left,
and who has the file open tells which: a killed web server leaves processes that nobody looks for.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals

_PROC = Path("/proc")
_POLL_SECONDS = 0.05


@contextmanager
def mark_of_ours(lock: Path, *, seconds: float) -> Iterator[int]:
    """The handle that our programs are to inherit, once no other program has it.

    The predecessor's are asked to finish, and ended if they have not after so many seconds. Call it
    only with the folder's own lock in hand.
    """
    with lock.open("ab") as file:
        end = time.monotonic() + seconds
        asked: set[int] = set()
        while not _lock(file.fileno()):
            living = holders(lock)
            if time.monotonic() < end:
                _tell(living - asked, SIGTERM)
                asked |= living
            elif living:
                _tell(living, SIGKILL)
            else:
                break  # a system that does not show them
            time.sleep(_POLL_SECONDS)
        yield file.fileno()


def _lock(handle: int) -> bool:
    """Lock a file; False if somebody else has."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _tell(pids: set[int], signal: Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal)


def holders(lock: Path) -> set[int]:
    """The processes besides us that have a file open (Linux; elsewhere none are seen)."""
    wanted = lock.stat()
    found = set()
    for entry in _PROC.glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked, or is not ours to see
            if any(_is_same(handle, wanted) for handle in (entry / "fd").iterdir()):
                found.add(int(entry.name))
    return found - {os.getpid()}


def _is_same(handle: Path, wanted: os.stat_result) -> bool:
    try:
        return os.path.samestat(handle.stat(), wanted)
    except OSError:  # closed while we looked
        return False
