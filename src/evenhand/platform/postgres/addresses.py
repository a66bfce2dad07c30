"""Where the database is, per role: the owner migrates, the application works, long work waits."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from evenhand.platform.public_url import is_loopback

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
        owner_url=encrypted(environ.get("DATABASE_URL_OWNER", "").strip() or app, environ),
        app_url=encrypted(app, environ),
        long_url=encrypted(environ.get("DATABASE_URL_LONG", "").strip() or app, environ),
    )


def encrypted(url: str, environ: Mapping[str, str] = os.environ) -> str:
    """The same address; to another machine never unencrypted unless it says how (sslmode).

    By itself the driver would fall back to plain text where the server, or somebody between, says
    that it cannot encrypt.
    """
    if not url or environ.get("PGSSLMODE", "").strip():
        return url
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        return url  # whoever connects says what is wrong with it
    hosts = f"{parts.get('host') or ''},{parts.get('hostaddr') or ''}".split(",")
    if "sslmode" in parts or not any(_is_elsewhere(host) for host in hosts):
        return url
    if "://" not in url:
        return f"{url} sslmode=require"
    return f"{url}{'&' if '?' in url else '?'}sslmode=require"


def _is_elsewhere(host: str) -> bool:
    """Whether a host is another machine; a folder and nothing at all mean a socket of this one."""
    return bool(host) and not host.startswith(("/", "@")) and not is_loopback(host)


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
