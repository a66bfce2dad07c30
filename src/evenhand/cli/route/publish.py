"""A run's results come into their folder together, when all are written; until then, none do.

Whatever goes wrong before (a damaged row, a full disk, somebody stopping it) leaves the former
results, receipts and state as they were.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from evenhand.cli.route.clerk import RECEIPTS
from evenhand.cli.route.deliver import OUTPUTS
from evenhand.cli.unusable import Unusable
from evenhand.engine.reasons import reason

if sys.platform != "win32":
    import fcntl

_WORK = ".partial"


class FolderInUse(Unusable):
    """Another run works in the folder, or with the state; nothing was changed."""

    def __init__(self, code: str, path: Path) -> None:
        super().__init__(
            reason(code, folder=str(path)) if path.is_dir() else reason(code, file=path.name),
            f"{path}: another run is working with it; wait for it, or use another one",
        )


@contextmanager
def sole_use(out: Path, state_file: Path | None = None) -> Iterator[None]:
    """A folder that no other run of ours works in meanwhile, made if it is absent; and a state that
    none goes on from, once there is one.

    The folder goes again if nothing came into it. Where the system cannot lock, nothing is.

    :raises FolderInUse: another run does.
    :raises OSError: the folder cannot be made.
    """
    is_new = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as locks:
            locks.enter_context(_locked(out, "route.folder_in_use"))
            if state_file is not None and state_file.exists():
                locks.enter_context(_locked(state_file, "route.state_in_use"))
            yield
    finally:
        if is_new:
            with suppress(OSError):
                out.rmdir()


@contextmanager
def _locked(path: Path, refusal: str) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    # The lock belongs to what was opened and ends with whoever holds it, however he ends.
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise FolderInUse(refusal, path) from error
    except OSError:
        pass  # a file system without locks
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def working_folder(out: Path) -> Iterator[Path]:
    """An empty folder inside `out` to write a run into; afterwards it is gone.

    :raises OSError: the folder cannot be written.
    """
    work = out / _WORK
    work.mkdir(parents=True, exist_ok=True)
    _empty(work)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def publish(work: Path, out: Path, run_number: int) -> Path | None:
    """Bring the results of a run from its working folder into `out`.

    Receipts are added to those of former runs; other former results move into a folder of their
    own, which is returned (None = there were none).

    :raises OSError: the folder cannot be written.
    """
    _add_former_receipts(work / RECEIPTS, out / RECEIPTS)
    former = _set_aside_former(out, run_number)
    for path in sorted(work.iterdir()):
        path.replace(out / path.name)
    return former


def _add_former_receipts(new: Path, former: Path) -> None:
    """Put former receipts before the new ones, in a file that then replaces both at once."""
    if former.exists():
        whole = new.with_name(f"{new.name}.whole")
        with whole.open("wb") as file:
            for part in (former, new):
                with part.open("rb") as source:
                    shutil.copyfileobj(source, file)
        whole.replace(new)
    with new.open("rb+") as file:
        os.fsync(file.fileno())


def _set_aside_former(folder: Path, run_number: int) -> Path | None:
    """Move a former run's results into a folder of their own; receipts and state stay."""
    former = [folder / name for name in OUTPUTS if (folder / name).exists()]
    if not former:
        return None
    target = _free(folder / f"run-{run_number:03d}")
    target.mkdir()
    for path in former:
        path.replace(target / path.name)
    return target


def _free(path: Path) -> Path:
    """The path, or one like it that nothing has yet: what was set aside is never overwritten."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def _empty(folder: Path) -> None:
    """Remove what a run that was killed has left."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
