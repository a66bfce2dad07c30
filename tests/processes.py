"""Looking at processes, and waiting for what they do."""

import time
from collections.abc import Callable
from pathlib import Path
from select import select

# Whoever waits longer waits for what will never be: the suite goes on without it.
LONGEST = 240.0


def until(condition: Callable[[], object]) -> None:
    """Look until something is so; fails where it will not be."""
    begun = time.monotonic()
    while not condition():
        select([], [], [], 0.01)
        assert time.monotonic() - begun < LONGEST, "it never came about"


def state_of(pid: int) -> str:
    """The state letter of a process (Z: dead, not reaped); empty if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


def parent_of(pid: int) -> int:
    """The parent of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
