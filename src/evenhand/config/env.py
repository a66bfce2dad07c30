"""What the environment says, read once and checked: database, address, secrets, mail."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

from evenhand.platform.antivirus import Scanner, UnreadableAddress
from evenhand.platform.breached import UnusableList, check_list
from evenhand.platform.secret_key import key_file, new_key, old_key_file

_KEY_LENGTH, _KEY_LETTERS = 50, 8
# Whoever asks is told within two seconds that the database is away.
_POOL_SECONDS, _RECONNECT_SECONDS = 1.5, 2.0
# A network that swallows packets is noticed, too; the address may say otherwise.
_NETWORK = {"connect_timeout": "5", "keepalives_idle": "30", "tcp_user_timeout": "10000"}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def text(name: str, default: str = "") -> str:
    """A setting as text."""
    return os.environ.get(name, default).strip()


def database(url: str) -> dict[str, Any]:
    """A PostgreSQL address as Django takes it, with a pool of connections per process."""
    parts = conninfo_to_dict(url)
    known = {name: str(parts.pop(name, "") or "") for name in ("dbname", "user", "password")}
    host, port = str(parts.pop("host", "") or ""), str(parts.pop("port", "") or "")
    pool = {
        "min_size": 1,
        "max_size": int(text("EVENHAND_DB_POOL") or 12),
        "timeout": _POOL_SECONDS,
        # Pauses between tries double: a pool that may try for minutes would find a database that
        # was away for one a minute late. Given up, the next request tries at once.
        "reconnect_timeout": _RECONNECT_SECONDS,
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": known["dbname"],
        "USER": known["user"],
        "PASSWORD": known["password"],
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**_NETWORK, **parts, "pool": pool},
    }


class WeakSecretKey(Exception):
    """The key that was given could be guessed."""


def secret_key() -> str:
    """The key that signs cookies and encrypts secrets; made once, kept beside the data.

    :raises WeakSecretKey: the one that was given is too short or too even.
    """
    given = text("EVENHAND_SECRET_KEY")
    if given:
        if len(given) < _KEY_LENGTH or len(set(given)) < _KEY_LETTERS:
            raise WeakSecretKey(
                f"EVENHAND_SECRET_KEY needs {_KEY_LENGTH} random characters; leave it out and one "
                "is made and kept beside the data"
            )
        return given
    path = key_file()
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        key = new_key()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(key)
        return key


def old_secret_keys() -> list[str]:
    """Keys of before, by commas: what they signed or sealed still opens."""
    keys = [key for key in text("EVENHAND_SECRET_KEY_OLD").split(",") if key]
    if text("EVENHAND_SECRET_KEY"):
        return keys
    try:
        return [*keys, old_key_file().read_text().strip()]
    except FileNotFoundError:
        return keys


def breached_passwords() -> Path | None:
    """The file of stolen passwords; None = none is given.

    :raises UnusableList: a file is named that cannot be searched.
    """
    given = text("EVENHAND_BREACHED_PASSWORDS")
    if not given:
        return None
    try:
        check_list(Path(given))
    except UnusableList as error:
        raise UnusableList(f"EVENHAND_BREACHED_PASSWORDS: {error}") from error
    return Path(given)


def scanner() -> Scanner | None:
    """The scanner that looks at uploads; None = none is given.

    :raises UnreadableAddress: what is given names none.
    """
    given = text("EVENHAND_CLAMD")
    if not given:
        return None
    try:
        return Scanner.at(given)
    except UnreadableAddress as error:
        raise UnreadableAddress(f"EVENHAND_CLAMD: {error}") from error


def public_url() -> str:
    """The address people type, without a slash at its end."""
    bind = text("EVENHAND_BIND") or "127.0.0.1:8000"
    return (text("EVENHAND_URL") or f"http://{bind}").rstrip("/")


def is_secure(url: str) -> bool:
    """Whether cookies may only travel encrypted."""
    return urlsplit(url).scheme == "https"


def proxies(url: str) -> int:
    """How many proxies of ours stand in front, each of which adds to `X-Forwarded-For`.

    An https address without a certificate of our own is served by one; else there is none.
    """
    told = text("EVENHAND_PROXIES")
    return int(told) if told else int(is_secure(url) and not text("EVENHAND_TLS_CERT"))


def hosts(url: str) -> list[str]:
    """Names under which the server answers."""
    host = urlsplit(url).hostname or "localhost"
    extra = [name for name in text("EVENHAND_HOSTS").split(",") if name]
    return sorted({host, *extra, *(_LOOPBACK if host in _LOOPBACK else ())} | {"127.0.0.1"})


def private_targets() -> list[str]:
    """Networks of one's own that requests of ours may reach, as CIDR; none unless told."""
    return [one.strip() for one in text("EVENHAND_PRIVATE_TARGETS").split(",") if one.strip()]
