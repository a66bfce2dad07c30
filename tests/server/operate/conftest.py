"""Databases of their own for commands that run as programs."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from tests.databases import template

_numbers = count(1)

# A company so small that it is there in seconds.
SEED = """
from evenhand.config.setup import set_up_django
set_up_django()
from datetime import UTC, datetime
from evenhand.cli.demo_company.generate import generate
from evenhand.cli.demo_company.load import load
load(generate(datetime.now(UTC), leads=30))
"""


@dataclass(frozen=True)
class Spare:
    """The database and the data folder of an installation."""

    url: str
    data: Path

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run `evenhand` on it, in English."""
        return subprocess.run(
            [sys.executable, "-m", "evenhand.cli", *words, "--lang", "en"],
            env=self.environ(**environ),
            capture_output=True,
            text=True,
            check=False,
        )

    def environ(self, **more: str) -> dict[str, str]:
        """What a program on it gets to know."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DATABASE_"))}
        return {**kept, "DATABASE_URL": self.url, "EVENHAND_DATA": str(self.data), **more}

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the database itself."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            asked = connection.execute(sql.encode())
            return asked.fetchall() if asked.description else []


MakeSpare = Callable[..., Spare]


def _url(name: str) -> str:
    known = settings.DATABASES["default"]
    host, port = known["HOST"], known["PORT"]
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@/{name}?host={host}&port={port}"


@contextmanager
def _made(template: str) -> Iterator[str]:
    """A database like another one, gone at the end; its name."""
    name = f"spare_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(_url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        try:
            yield name
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def _blank(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database with tables and nothing in them."""
    with django_db_blocker.unblock():
        made_once = template()
    with _made(made_once) as name:
        made = Spare(_url(name), tmp_path_factory.mktemp("blank")).run("migrate")
        assert made.returncode == 0, made.stderr
        yield name


@pytest.fixture(scope="session")
def _company(_blank: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database with a small demo company."""
    with _made(_blank) as name:
        spare = Spare(_url(name), tmp_path_factory.mktemp("company"))
        subprocess.run([sys.executable, "-c", SEED], env=spare.environ(), check=True)
        yield name


@pytest.fixture
def make_spare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeSpare]:
    """Makes installations: `empty` without tables, `blank` with them, `company` with a company."""
    numbers = count(1)
    with ExitStack() as stack:

        def make(kind: str) -> Spare:
            template = "template1" if kind == "empty" else request.getfixturevalue(f"_{kind}")
            name = stack.enter_context(_made(template))
            return Spare(_url(name), tmp_path / f"data{next(numbers)}")

        yield make
