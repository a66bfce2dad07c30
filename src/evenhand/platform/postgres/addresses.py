"""Where the database is, per role: the owner migrates, the application works, long work waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

NAME = "evenhand"
OWNER = "evenhand_owner"
APPLICATION = "evenhand_app"
LONG = "evenhand_long"
SUPERUSER = "postgres"

# Part of the socket's name. Written out, or a PGPORT of the environment would choose another.
PORT = 5432


@dataclass(frozen=True)
class Database:
    """One database, three ways in."""

    owner_url: str  # owns the tables: migrations only
    app_url: str  # neither owner nor superuser, with short time-outs
    long_url: str  # the same rights, with time for imports and reports


def external(environ: Mapping[str, str]) -> Database | None:
    """The database that `DATABASE_URL` names; None if it is unset: the embedded one is meant."""
    app = environ.get("DATABASE_URL", "").strip()
    if not app:
        return None
    return Database(
        owner_url=environ.get("DATABASE_URL_OWNER", "").strip() or app,
        app_url=app,
        long_url=environ.get("DATABASE_URL_LONG", "").strip() or app,
    )


def on_socket(folder: Path) -> Database:
    """The embedded database, by the folder of its socket."""
    return Database(
        owner_url=socket_url(folder, role=OWNER),
        app_url=socket_url(folder, role=APPLICATION),
        long_url=socket_url(folder, role=LONG),
    )


def socket_url(folder: Path, *, role: str, name: str = NAME) -> str:
    """The address of a database behind a socket, for one role."""
    return f"postgresql://{role}@/{name}?host={quote(str(folder), safe='/')}&port={PORT}"
