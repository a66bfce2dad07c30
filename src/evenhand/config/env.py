"""What the environment says, read once and checked: database, address, secrets, mail."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def text(name: str, default: str = "") -> str:
    """A setting as text."""
    return os.environ.get(name, default).strip()


def data_folder() -> Path:
    """Where the server keeps what is its own: the embedded database, the secret key."""
    return Path(text("EVENHAND_DATA") or "var").absolute()


def database(url: str) -> dict[str, Any]:
    """A PostgreSQL address as Django takes it, with a pool of connections per process."""
    parts = conninfo_to_dict(url)
    known = {name: str(parts.pop(name, "") or "") for name in ("dbname", "user", "password")}
    host, port = str(parts.pop("host", "") or ""), str(parts.pop("port", "") or "")
    pool = {"min_size": 1, "max_size": int(text("EVENHAND_DB_POOL") or 12), "timeout": 2}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": known["dbname"],
        "USER": known["user"],
        "PASSWORD": known["password"],
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**parts, "pool": pool},
    }


def secret_key() -> str:
    """The key that signs cookies and encrypts secrets; made once, kept beside the data."""
    given = text("EVENHAND_SECRET_KEY")
    if given:
        return given
    path = data_folder() / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(48)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(key)
        return key


def public_url() -> str:
    """The address people type, without a slash at its end."""
    bind = text("EVENHAND_BIND") or "127.0.0.1:8000"
    return (text("EVENHAND_URL") or f"http://{bind}").rstrip("/")


def is_secure(url: str) -> bool:
    """Whether cookies may only travel encrypted."""
    return urlsplit(url).scheme == "https"


def hosts(url: str) -> list[str]:
    """Names under which the server answers."""
    host = urlsplit(url).hostname or "localhost"
    extra = [name for name in text("EVENHAND_HOSTS").split(",") if name]
    return sorted({host, *extra, *(_LOOPBACK if host in _LOOPBACK else ())} | {"127.0.0.1"})
