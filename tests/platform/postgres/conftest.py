"""Clusters for the drills."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clusters import copy_cluster, link_programs, made_cluster, open_folder


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A root whose cluster and database are complete, at rest: for those who leave it so."""
    with made_cluster() as root:
        yield root


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's user can enter."""
    with open_folder() as path:
        yield path


@pytest.fixture
def fresh(made: Path, folder: Path) -> Path:
    """A root without a cluster."""
    link_programs(made, folder / "root")
    return folder / "root"


@pytest.fixture
def root(made: Path, folder: Path) -> Path:
    """A root of one's own with a complete cluster."""
    copy_cluster(made, folder / "root")
    return folder / "root"


@pytest.fixture
def only_root() -> None:
    """For what only root meets: another user runs the database."""
    if os.geteuid() != 0:
        pytest.skip("only root runs the database as another user")
