"""Secrets that lie in files: `NAME_FILE` names a file that holds the value of the setting `NAME`.

So a vault's agent, systemd's credentials or a container's secrets hand them over, and they stand
neither in a command line nor in the environment that a service is described by.
"""

from collections.abc import MutableMapping
from pathlib import Path

from evenhand.engine.reasons import reason
from evenhand.platform.refusal import Refused

SECRETS = (
    "DATABASE_URL",
    "DATABASE_URL_OWNER",
    "DATABASE_URL_LONG",
    "DATABASE_URL_DIRECT",
    "EVENHAND_SECRET_KEY",
    "EVENHAND_SECRET_KEY_OLD",
    "EVENHAND_MAIL_USER",
    "EVENHAND_MAIL_PASSWORD",
    "EVENHAND_METRICS_TOKEN",
)
_MOST_BYTES = 100_000


class UnusableSecret(Refused):
    """A file that should hold a secret does not, or the setting is given twice."""


def read_secret_files(environ: MutableMapping[str, str]) -> None:
    """Put what the files hold where the settings are read; does nothing the second time.

    :raises UnusableSecret: which setting, and what is wrong with its file.
    """
    for name in SECRETS:
        path = environ.get(f"{name}_FILE", "").strip()
        if not path:
            continue
        if environ.get(name, "").strip():
            raise UnusableSecret(reason("server.secret_given_twice", name=name))
        environ[name] = _held_by(path, name)
        del environ[f"{name}_FILE"]


def _held_by(path: str, name: str) -> str:
    try:
        with Path(path).open("rb") as file:
            held = file.read(_MOST_BYTES).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or "not UTF-8"
        why = reason("server.secret_file_unreadable", name=name, file=path, detail=detail)
        raise UnusableSecret(why) from None
    # One line: what else stands in it would become a part of the secret unseen.
    if not held or "\n" in held or "\0" in held:
        raise UnusableSecret(reason("server.secret_file_not_one_line", name=name, file=path))
    return held
