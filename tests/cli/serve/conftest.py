"""Servers that end with their test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.serve.running import Running, free_port
from tests.clusters import copy_cluster, made_cluster, open_folder


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    with made_cluster() as root:
        yield root


@pytest.fixture
def data(made: Path) -> Iterator[Path]:
    """The server's folder, with a database in it that nobody has used."""
    with open_folder() as folder:
        copy_cluster(made, folder / "data" / "postgres")
        yield folder / "data"


@pytest.fixture
def port() -> int:
    return free_port()


Start = Callable[..., Running]


@pytest.fixture
def start(data: Path, port: int) -> Iterator[Start]:
    """Starts a server on the test's folder and port."""
    with ExitStack() as stack:

        def start_one(**settings: str) -> Running:
            running = Running(data, port, **settings)
            stack.callback(running.end)
            return running

        yield start_one
