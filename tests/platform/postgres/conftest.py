"""Clusters for the drills: one is made, each test gets a copy of its own."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evenhand.platform.postgres.launch import embedded


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A root whose cluster and database are complete, at rest: for those who leave it so."""
    with _open_folder() as folder:
        with embedded(folder / "made"):
            pass
        yield folder / "made"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's user can enter; pytest's own is closed to others."""
    with _open_folder() as folder:
        yield folder


@pytest.fixture
def fresh(made: Path, folder: Path) -> Path:
    """A root without a cluster. The programs are there, as linking them is quicker than copying."""
    root = folder / "root"
    root.mkdir()
    for programs in made.glob("postgresql-*"):
        (root / programs.name).symlink_to(programs)
    return root


@pytest.fixture
def root(made: Path, fresh: Path) -> Path:
    """A root of one's own with a complete cluster."""
    # cp keeps owners and holes, and is quicker than shutil.
    subprocess.run(
        ["cp", "-a", "--sparse=always", made / "pg18", made / "pg.log", fresh], check=True
    )
    return fresh


@pytest.fixture
def only_root() -> None:
    """For what only root meets: another user runs the database."""
    if os.geteuid() != 0:
        pytest.skip("only root runs the database as another user")


@contextmanager
def _open_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="evenhand-test-") as name:
        Path(name).chmod(0o711)
        yield Path(name)
