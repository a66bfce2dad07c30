"""How much memory the embedded server keeps pages of tables in (`shared_buffers`)."""

import os
from collections.abc import Iterator
from pathlib import Path

# PostgreSQL is not alone here: web processes and workers want theirs, and what the kernel keeps of
# files serves as well, for a system call a page.
SHARE = 6
LEAST_MB, MOST_MB = 128, 4_096
_MB = 1024 * 1024
_PAGE, _PAGES = "SC_PAGE_SIZE", "SC_PHYS_PAGES"


def shared_buffers(root: Path = Path("/")) -> str:
    """A sixth of the memory there is, between 128 MB and 4 GB, as PostgreSQL writes it.

    Where a control group (a container, a systemd unit) has less than the machine, that counts.
    `root` is where `proc` and `sys` lie.
    """
    machine = os.sysconf(_PAGE) * os.sysconf(_PAGES)
    share = min(machine, *_limits(root)) // SHARE // _MB
    return f"{max(LEAST_MB, min(MOST_MB, share))}MB"


def _limits(root: Path) -> Iterator[int]:
    """The limits in bytes of the control groups that this process is in, of both kinds."""
    yield 2**63
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        number, controllers, group = line.split(":", 2)
        if number == "0":
            yield from _upwards(root / "sys/fs/cgroup", group, "memory.max")
        elif "memory" in controllers.split(","):
            yield from _upwards(root / "sys/fs/cgroup/memory", group, "memory.limit_in_bytes")


def _upwards(top: Path, group: str, name: str) -> Iterator[int]:
    """The limits of a group and of those around it. What a container sees begins at its own, so
    that the folders of its name may be missing."""
    folder = top / group.strip("/")
    for place in (folder, *folder.parents):
        try:
            said = (place / name).read_text().strip()
        except OSError:
            said = ""
        if said.isdecimal():
            yield int(said)
        if place == top:
            return
