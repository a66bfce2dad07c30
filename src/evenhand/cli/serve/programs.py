"""What runs: the command lines that the server consists of, and what each may know."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evenhand.cli.serve.settings import Settings
from evenhand.platform.postgres.addresses import Database

# Parts that a host can run alone, as they are typed.
WEB, WORKERS = "web", "workers"
ONLY = (WEB, WORKERS)
_APPLICATION = "evenhand.config.wsgi:application"
# A web process that still holds streams of news after this time is ended by its server.
_KILL_AFTER_SECONDS = 8
# Connections that a process holds, idle ones of browsers included; one more waits in the kernel,
# where nobody can refuse it. granian would divide them by the number of processes.
_CONNECTIONS = 1_024
_ADDRESSES = ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_LONG")


@dataclass(frozen=True)
class Program:
    """A command line, and the environment that it runs in."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str]


@dataclass(frozen=True)
class Crew:
    """Two programs that run once, in this order, and those that run all the time."""

    migrate: Program
    first_run: Program
    lasting: tuple[Program, ...]

    def part(self, only: str) -> tuple[Program, ...]:
        """Those that run all the time here; `only` one of ONLY, or empty for all."""
        if not only:
            return self.lasting
        return tuple(one for one in self.lasting if (one.name == WEB) == (only == WEB))


Hire = Callable[[Settings, Database, Mapping[str, str]], Crew]


def crew_for(settings: Settings, database: Database, environ: Mapping[str, str]) -> Crew:
    """The server's programs. Only the migration learns how to become the tables' owner."""
    known = child_environ(settings, database, environ)
    owner = {**known, "DATABASE_URL_OWNER": database.owner_url}
    long = {**known, "DATABASE_URL_LONG": database.long_url}
    return Crew(
        migrate=Program("migrate", _evenhand("migrate"), owner),
        first_run=Program("first-run", _evenhand("first-run"), known),
        lasting=(
            Program(WEB, web_command(settings, _APPLICATION), known),
            Program("worker sweeps", _evenhand("worker", "sweeps"), known),
            Program("worker long", _evenhand("worker", "long"), long),
        ),
    )


def child_environ(
    settings: Settings, database: Database, environ: Mapping[str, str]
) -> dict[str, str]:
    """Our environment, with what was settled, and the application's way into the database."""
    inherited = {name: value for name, value in environ.items() if name not in _ADDRESSES}
    return {
        **inherited,
        "DATABASE_URL": database.app_url,
        "EVENHAND_DATA": str(settings.data),
        "EVENHAND_BIND": str(settings.address),
        "EVENHAND_URL": settings.url,
        "EVENHAND_WEB_THREADS": str(settings.web_threads),
    }


def web_command(settings: Settings, application: str) -> tuple[str, ...]:
    """granian with WSGI on threads. Without the respawn, one killed process ends all of it."""
    encryption = (
        ("--ssl-certificate", settings.certificate, "--ssl-keyfile", settings.certificate_key)
        if settings.certificate
        else ()
    )
    return (
        *(sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", settings.address.host, "--port", str(settings.address.port)),
        *("--workers", str(settings.web_processes)),
        *("--blocking-threads", str(settings.web_threads)),
        *("--backlog", str(_CONNECTIONS), "--backpressure", str(_CONNECTIONS)),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        *("--workers-kill-timeout", str(_KILL_AFTER_SECONDS), "--log-level", "error"),
        *encryption,
        application,
    )


def _evenhand(*words: str) -> tuple[str, ...]:
    # -P: a file of the folder we were called in must not stand in for a module of ours.
    return (sys.executable, "-P", "-m", "evenhand.cli", *words)
