"""The server's life: database, migration, first run, programs; then the same backwards."""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evenhand.cli.serve.address import check_free
from evenhand.cli.serve.children import Children, end_group, start
from evenhand.cli.serve.left_over import mark_of_ours
from evenhand.cli.serve.programs import WORKERS, Crew, Hire, Program
from evenhand.cli.serve.readiness import is_ready
from evenhand.cli.serve.settings import Settings
from evenhand.cli.serve.stopping import StopAsked, stop_signals
from evenhand.engine.reasons import reason
from evenhand.platform.folder import held, make_folder
from evenhand.platform.postgres.addresses import Database, external
from evenhand.platform.postgres.launch import embedded
from evenhand.platform.postgres.server import Server
from evenhand.platform.postgres.wall import check_power
from evenhand.platform.refusal import Refused

DRAIN_SECONDS = 10.0
# Time for the programs of a killed predecessor, which were told to finish when it died.
_LEFT_OVER_SECONDS = DRAIN_SECONDS + 2
_PAUSE_SECONDS = 0.1


class Say(Protocol):
    """Says a sentence of the catalogue."""

    def __call__(self, message: str, /, **params: str | int) -> None: ...


class NeedsDatabase(Refused):
    """A part alone works on a database that other hosts share."""


class StepFailed(Refused):
    """Something that must be done before the server runs ended with an error."""


@dataclass(frozen=True)
class Service:
    """All that runs, under one process."""

    settings: Settings
    environ: Mapping[str, str]
    hire: Hire
    say: Say
    tell: Callable[[str], None]  # shows a text as it is
    only: str = ""  # the part that this host runs; empty: all of it

    def run(self) -> None:
        """Run until somebody asks us to stop.

        :raises FolderTaken, CannotListen, CannotLaunch, TooMuchPower, StepFailed, NeedsDatabase:
            why it does not run.
        """
        data = self.settings.data
        if self.only and external(self.environ) is None:
            raise NeedsDatabase(reason("server.only_needs_database", value=self.only))
        make_folder(data)
        with stop_signals(), held(data / "serve.lock"):
            try:
                with mark_of_ours(data / "children.lock", seconds=_LEFT_OVER_SECONDS) as mark:
                    if self.only != WORKERS:
                        check_free(self.settings.address)
                    self.say("serve-starting", folder=str(data))
                    with _database(data, self.environ) as (database, server):
                        if server is None:  # ours has the roles that it should have
                            check_power(database, knows_owner=not self.only)
                        crew = self.hire(self.settings, database, self.environ)
                        self._attend(crew, server, mark)
            except StopAsked:
                self.say("serve-stopped")

    def _attend(self, crew: Crew, server: Server | None, mark: int) -> None:
        """Do the steps, then look after the programs; leaves only by an exception."""
        greeting = ""
        if not self.only:
            _step(crew.migrate)
            greeting = _step(crew.first_run, is_heard=True)
        children = Children(crew.part(self.only), ended=self._say_ended, handles=[mark])
        is_announced = self.only == WORKERS
        if is_announced:
            self.say("serve-workers-run")
        try:
            while True:
                self._look_after(server)
                children.tend(time.monotonic())
                if not is_announced and is_ready(self.settings):
                    is_announced = True
                    self.say("serve-runs", url=self.settings.url)
                    self.tell(greeting)
                time.sleep(_PAUSE_SECONDS)
        except StopAsked:
            self.say("serve-stopping")
            raise
        finally:
            children.drain(DRAIN_SECONDS)

    def _look_after(self, server: Server | None) -> None:
        if server is not None and not server.is_running:
            server.start()
            self.say("serve-database-came-back")

    def _say_ended(self, name: str, code: int) -> None:
        self.say("serve-ended-early", name=name, code=code)


def _step(program: Program, *, is_heard: bool = False) -> str:
    """Run a program to its end; what it printed, if we are to hear it.

    :raises StepFailed: it ended with an error, which it has said.
    """
    process = start(program, stdout=subprocess.PIPE if is_heard else None)
    try:
        said, _ = process.communicate()
    finally:
        code = end_group(process)
    if code != 0:
        raise StepFailed(reason("server.step_failed", step=program.name))
    return (said or b"").decode(errors="replace").strip()


@contextmanager
def _database(data: Path, environ: Mapping[str, str]) -> Iterator[tuple[Database, Server | None]]:
    """Somebody's database, or our own with the server that we have to look after."""
    elsewhere = external(environ)
    if elsewhere is not None:
        yield elsewhere, None
        return
    with embedded(data / "postgres") as server:
        yield server.database, server
