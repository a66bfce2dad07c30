"""A database server of a drill's own, with a company in it, that can be killed."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from django.db import connection

from evenhand.cli.operate.programs import programs_for
from evenhand.platform.invariants import examine
from evenhand.platform.postgres.addresses import SUPERUSER, socket_url
from evenhand.platform.postgres.launch import embedded
from evenhand.platform.postgres.server import Server
from tests.processes import state_of, until
from tests.server.drills.conftest import url_of_tests


class Own:
    """One server, and its database."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.url = server.database.owner_url

    def kill(self) -> None:
        """The postmaster and every process of it, at once."""
        assert self.server.process is not None
        pid = self.server.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        os.kill(pid, signal.SIGKILL)
        for child in map(int, children):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.server.process.wait()
        until(lambda: all(state_of(int(child)) in ("", "Z") for child in children))

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the database itself."""
        with psycopg.connect(self.url, autocommit=True) as own:
            return own.execute(sql.encode()).fetchall()

    def finds_nothing(self) -> bool:
        """What the doctor says."""
        with psycopg.connect(self.url) as own, own.cursor() as cursor:
            found = [f"{one.invariant.id} {one.invariant.message}" for one in examine(cursor)]
        assert found == []
        return True


@contextmanager
def own_server(root: Path, **settings: str) -> Iterator[Own]:
    """A server with everything that the database of the tests holds just now."""
    programs = programs_for(connection.pg_version // 10_000)
    with embedded(root, settings=settings) as server:
        dump = root.parent / "dump"
        kinds = ("--format=custom", "--no-owner", "--no-acl", f"--file={dump}")
        subprocess.run([str(programs.dump), *kinds, f"--dbname={url_of_tests()}"], check=True)
        # As the owner, so that the application has its rights and no more.
        owner = server.database.owner_url
        take = ("--no-owner", "--no-acl", "--exit-on-error", f"--dbname={owner}")
        subprocess.run([str(programs.restore), *take, str(dump)], check=True)
        # As `restore` does: transactions are numbered anew here, and the feed goes on behind.
        with psycopg.connect(owner, autocommit=True) as itself:
            itself.execute("SELECT event_feed_moved()")
        # Whatever becomes of what is written from now on, the company outlives a kill.
        superuser = socket_url(server.socket, role=SUPERUSER)
        with psycopg.connect(superuser, autocommit=True) as itself:
            itself.execute("CHECKPOINT")
        yield Own(server)
