"""Embedded databases for tests: one is made per session, each test gets a copy of its own."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evenhand.platform.postgres.launch import embedded

# Memory, if there is plenty: copies take a fraction of the time. To a killed process it is no
# different, since what it wrote is the kernel's in either case.
_MEMORY = Path("/dev/shm")
_PLENTY_BYTES = 4_000_000_000


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that the database's user can enter; pytest's own is closed to others."""
    has_plenty = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _PLENTY_BYTES
    place = _MEMORY if has_plenty else None
    with tempfile.TemporaryDirectory(prefix="evenhand-test-", dir=place) as name:
        Path(name).chmod(0o711)
        yield Path(name)


@contextmanager
def made_cluster() -> Iterator[Path]:
    """A root whose cluster and database are complete, at rest."""
    with open_folder() as folder:
        with embedded(folder / "made"):
            pass
        yield folder / "made"


def link_programs(made: Path, root: Path) -> None:
    """Make a root without a cluster. The programs are there: linking is quicker than copying."""
    root.mkdir(parents=True)
    for programs in made.glob("postgresql-*"):
        (root / programs.name).symlink_to(programs)


def copy_cluster(made: Path, root: Path) -> None:
    """Make a root with a complete cluster."""
    link_programs(made, root)
    # cp keeps owners and holes, and is quicker than shutil.
    files = [made / "pg18", made / "pg.log"]
    subprocess.run(["cp", "-a", "--sparse=always", *files, root], check=True)
