"""The secret key where none is given: in a file beside the data, and the former one meanwhile."""

import os
import secrets
from pathlib import Path

from evenhand.platform.folder import data_folder


def key_file() -> Path:
    """Where the key lies."""
    return data_folder() / "secret_key"


def old_key_file() -> Path:
    """Where the former key lies while it is being replaced, or if that was interrupted."""
    return data_folder() / "secret_key.old"


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(48)


def replace_key(by: str = "") -> None:
    """Make a new key, unless an interrupted run did; the former one stays beside it.

    `by` is a key that takes its place whatever an interrupted run did.
    """
    key, old = key_file(), old_key_file()
    if not key.exists():
        _write(key, by or new_key())
        return
    is_interrupted = old.exists() and old.read_text() != key.read_text()
    if is_interrupted and not by:
        return
    if not is_interrupted:
        _write(old, key.read_text())
    _write(key, by or new_key())


def _write(path: Path, text: str) -> None:
    """Write it whole or not at all, for nobody else to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
