"""The folder of the embedded database, and how the cluster in it comes to be."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL

from evenhand.engine.reasons import reason
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.death_signal import tied_to_us
from evenhand.platform.postgres.account import Account
from evenhand.platform.postgres.addresses import SUPERUSER
from evenhand.platform.postgres.failure import CannotLaunch
from evenhand.platform.postgres.predecessor import end_processes_in

# All that PostgreSQL gets to see of the environment: a PGPORT or PGDATA of ours is not for it.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath}

# The C locale would leave pg_trgm blind to Chinese; the built-in one needs nothing of the system.
_INITDB = (
    *("--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"),
    *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
)
_LARGEST_LOG_BYTES = 10_000_000


@dataclass(frozen=True)
class Layout:
    """What stands where below the root. The major version is in the name of the data's folder,
    so that a new one never opens an old cluster."""

    root: Path

    @property
    def data(self) -> Path:
        """The cluster, complete."""
        return self.root / "pg18"

    @property
    def unfinished(self) -> Path:
        """The cluster while `initdb` is at work."""
        return self.root / "pg18.new"

    @property
    def lock(self) -> Path:
        """Held by the program that owns the folder, as long as it lives; never deleted."""
        return self.root / "lock"

    @property
    def log(self) -> Path:
        """What PostgreSQL said."""
        return self.root / "pg.log"


def make_cluster(layout: Layout, *, binaries: Path, account: Account) -> None:
    """Make the cluster unless it is there.

    It appears under its name only when complete: one that was interrupted may start, and lack
    half of its databases.

    :raises CannotLaunch: `initdb` failed, or the cluster belongs to another user.
    """
    if layout.data.is_dir():
        if layout.data.stat().st_uid != account.uid:
            raise CannotLaunch(reason("server.folder_of_another", folder=str(layout.data)))
        return
    end_processes_in(layout.unfinished)
    if layout.unfinished.exists():
        shutil.rmtree(layout.unfinished)
    layout.unfinished.mkdir(mode=0o700)
    account.take(layout.unfinished)
    with layout.log.open("ab") as log:
        made = subprocess.run(
            [binaries / "initdb", "--pgdata", layout.unfinished, *_INITDB],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=tied_to_us(SIGKILL),
            check=False,
            **account.options(),
        )
    if made.returncode != 0:
        raise CannotLaunch(reason("server.no_cluster", log=str(layout.log)))
    crashpoint("postgres.cluster_unnamed")
    layout.unfinished.rename(layout.data)
    _make_durable(layout.root)


def rotate_log(layout: Layout) -> None:
    """Put a long log aside; one old one is kept."""
    if layout.log.exists() and layout.log.stat().st_size > _LARGEST_LOG_BYTES:
        layout.log.replace(layout.log.with_name("pg.log.1"))


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
