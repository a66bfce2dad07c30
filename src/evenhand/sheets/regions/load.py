"""The resolver to use: with the company's own file if there is one, made once and kept."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from evenhand.sheets.regions.own_file import UnreadableRegions, read_regions
from evenhand.sheets.regions.resolver import Resolver
from evenhand.sheets.regions.tables import shipped_list

# Where a company lays its own file, in the data folder; the first that is there counts.
OWN_FILES = ("regions.csv", "regions.json")


def resolver(folder: Path | None = None) -> Resolver:
    """The resolver for a data folder; it is made anew after its file changed.

    :raises UnreadableRegions: the company's own file cannot be used.
    """
    for name in OWN_FILES if folder is not None else ():
        path = Path(str(folder)) / name
        if path.is_file():
            return _with(path, path.stat().st_mtime_ns)
    return _shipped()


def resolver_with(path: Path) -> Resolver:
    """A resolver with the given file, which is read now.

    :raises UnreadableRegions: the file cannot be used.
    """
    return Resolver(read_regions(path, shipped_list()))


class Kept:
    """The resolver of a server: it takes the company's file anew whenever that changed.

    A file that cannot be used changes nothing: leads go on coming in, and `error` says why.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: object = None
        self._resolver: Callable[[], Resolver] = _shipped
        self.error: UnreadableRegions | OSError | None = None

    def current(self) -> Resolver:
        """The resolver of this moment; costs a look at the folder."""
        stamp = [_changed(self._folder / name) for name in OWN_FILES]
        if stamp != self._stamp:
            self._stamp, self.error = stamp, None
            try:
                found = resolver(self._folder)
            except (UnreadableRegions, OSError) as error:
                self.error = error
            else:
                self._resolver = lambda: found
        return self._resolver()


def _changed(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=1)
def _shipped() -> Resolver:
    return Resolver(shipped_list())


@lru_cache(maxsize=1)
def _with(path: Path, changed: int) -> Resolver:
    return resolver_with(path)
