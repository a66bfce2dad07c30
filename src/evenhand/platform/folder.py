"""A folder of the program's own: made so that the database's user can pass, held by one program."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import evenhand
from evenhand.engine.reasons import reason
from evenhand.platform.refusal import Refused


class FolderTaken(Refused):
    """Another program works on this folder."""


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the server keeps what is its own: EVENHAND_DATA, else `var` in the clone that runs."""
    given = environ.get("EVENHAND_DATA", "").strip()
    if given:
        return Path(given).absolute()
    clone = Path(evenhand.__file__).parents[2]
    home = clone if (clone / "bin" / "run").is_file() else Path.cwd()
    return (home / "var").absolute()


def make_folder(folder: Path) -> None:
    """Make a folder and its parents. Under root others may pass, as PostgreSQL runs as `nobody`."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        for path in missing:
            path.chmod(path.stat().st_mode | 0o011)


@contextmanager
def held(lock: Path) -> Iterator[int]:
    """Hold a lock file, which is never deleted; gives its handle.

    Python closes the handle in children, so the lock dies with us and not with them.

    :raises FolderTaken: another program holds it.
    """
    with lock.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderTaken(reason("server.folder_taken", folder=str(lock.parent))) from None
        yield file.fileno()
