"""`evenhand backup-drill`: a backup is restored elsewhere, and has to be the company that it was.

Nothing of what is live is written to, but for the note of a good drill in the data folder. The copy
sends nothing to anybody: no worker ever runs on it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import click
import psycopg

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.archive import Contents, read_archive
from evenhand.cli.operate.aside import CannotRestore, check_alone, has_tables
from evenhand.cli.operate.backup import back_up_installation
from evenhand.cli.operate.contents import Difference, differences, note_contents
from evenhand.cli.operate.restore import put_back
from evenhand.cli.operate.smoke import ask_copy
from evenhand.cli.serve.stopping import stop_signals
from evenhand.engine.reasons import reason
from evenhand.platform.folder import data_folder
from evenhand.platform.postgres.addresses import Database
from evenhand.platform.postgres.launch import embedded
from evenhand.platform.proved import note_good_drill
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Argument, Words

EXIT_OK, EXIT_BROKEN = 0, 1
# A database with its indexes made anew, its WAL, and the dump beside it.
_SPACE = 2.5
_SHOWN = 20
# In the copy: what waited to be sent is due from now on, not since the backup was made.
_WAITED = (
    "UPDATE outbox SET due_at = now()"
    " WHERE delivered_at IS NULL AND parked_at IS NULL AND due_at < now()"
)


class NoSpace(Refused):
    """The copy would not fit beside what is there."""


class Broken(Exception):
    """A step found something; `said` are lines that name it."""

    def __init__(self, *said: str) -> None:
        super().__init__("\n".join(said))
        self.said = said


@click.command("backup-drill")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--to", "url", help="An empty database for the copy, instead of a throw-away one.")
@language_option
@say_failures
def backup_drill(file: Path | None, url: str | None, lang: str) -> int:
    """Make a backup (or take FILE), restore it elsewhere, and prove that it is the company.

    A server of its own is started for the copy and thrown away, or --to names the address of an
    empty database, as its owner. The live data are only read, and the server may run meanwhile.
    Each step is a line with its time. Exit code: 0 the backup is good; 1 it is not, and what
    differs is named; 2 it could not be tried.
    """
    words = Words(lang)
    drill = _Drill(words)
    # Whoever stops it, what was laid down goes: it is as large as the company.
    with stop_signals(), ExitStack() as stack:
        folder = stack.enter_context(_open_folder())
        try:
            if file is None:
                file = drill.back_up(folder / "drill.backup")
            contents = drill.unpack(stack, file, folder)
            drill.try_copy(stack, contents, folder, url)
        except Broken as found:
            for line in found.said:
                click.echo(line, err=True)
            click.echo(words.text("drill-bad", seconds=drill.seconds), err=True)
            return EXIT_BROKEN
    note_good_drill(datetime.now(UTC), str(contents.manifest["at"]))
    click.echo(words.text("drill-good", at=str(contents.manifest["at"]), seconds=drill.seconds))
    if url is not None:
        click.echo(words.text("drill-copy-stays"))
    return EXIT_OK


class _Drill:
    """The steps, each said with its time."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._began = perf_counter()

    @property
    def seconds(self) -> str:
        """How long it has taken so far."""
        return f"{perf_counter() - self._began:.1f}"

    def step(self, message: str, act: Callable[[], Mapping[str, Argument]]) -> None:
        """Do it; then say what came of it, and its time."""
        began = perf_counter()
        found = act()
        seconds = f"{perf_counter() - began:.1f}"
        click.echo(self.words.text(message, **found, seconds=seconds))

    def back_up(self, file: Path) -> Path:
        """The dump, and what every table held at that moment."""

        def act() -> Mapping[str, Argument]:
            back_up_installation(file)
            return {"size": f"{file.stat().st_size / 1e6:.1f}"}

        self.step("drill-backed-up", act)
        return file

    def unpack(self, stack: ExitStack, file: Path, folder: Path) -> Contents:
        """The file, verified by its digests."""
        place = folder / "unpacked"
        place.mkdir(mode=0o700)
        contents: list[Contents] = []

        def act() -> Mapping[str, Argument]:
            contents.append(stack.enter_context(read_archive(file, folder=place)))
            return {"parts": 2 + len(contents[0].files)}

        self.step("drill-unpacked", act)
        return contents[0]

    def try_copy(self, stack: ExitStack, contents: Contents, folder: Path, url: str | None) -> None:
        """Everything from the new database on.

        :raises Broken: a step found something.
        """
        check_space(contents, folder)
        place: list[Database] = []

        def make() -> Mapping[str, Argument]:
            place.append(stack.enter_context(_place(url, folder)))
            return {}

        self.step("drill-place" if url is None else "drill-place-given", make)
        copy = Copy(place[0], make_data(contents, folder), self.words)

        def restore() -> Mapping[str, Argument]:
            with put_back(copy.database.owner_url, contents, force=False):
                return {}

        self.step("drill-restored", restore)
        is_noted = "contents" in contents.manifest
        compared = "drill-compared" if is_noted else "drill-counted"
        self.step(compared, lambda: self._compare(copy, contents))
        for message, command in (
            ("drill-migrated", "migrate"),
            ("drill-examined", "doctor"),
            ("drill-verified", "verify"),
        ):
            self.step(message, lambda command=command: copy.run(command))  # type: ignore[misc]
        self.step("drill-asked", lambda: self._ask(copy, folder))

    def _compare(self, copy: "Copy", contents: Contents) -> Mapping[str, Argument]:
        noted = contents.manifest.get("contents")
        with psycopg.connect(copy.database.owner_url) as connection:
            found = note_contents(connection)
            differing = [] if noted is None else differences(noted, found)
            if not differing:
                connection.execute(_WAITED)
        if differing:
            raise Broken(*(self._difference(one) for one in differing[:_SHOWN]))
        rows = sum(int(one[0]) for one in found.values())
        return {"tables": len(found), "rows": rows}

    def _difference(self, one: Difference) -> str:
        if one.found_rows is None:
            return self.words.text("drill-table-missing", table=one.table)
        if one.noted_rows is None:
            return self.words.text("drill-table-added", table=one.table)
        counts = {"noted": one.noted_rows, "found": one.found_rows}
        return self.words.text("drill-table-differs", table=one.table, **counts)

    def _ask(self, copy: "Copy", folder: Path) -> Mapping[str, Argument]:
        answers = ask_copy(copy.environ, folder=folder)
        wrong = [one for one in answers if not one.is_good]
        if wrong:
            raise Broken(
                *(
                    self.words.text("drill-request-failed", path=one.path, status=one.status)
                    for one in wrong
                )
            )
        return {"count": len(answers)}


@dataclass(frozen=True)
class Copy:
    """An installation that is thrown away: its database and its data folder."""

    database: Database
    data: Path
    words: Words

    @property
    def environ(self) -> dict[str, str]:
        """What its programs get to know: nothing of ours."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DATABASE_"))}
        return {
            **kept,
            "DATABASE_URL": self.database.app_url,
            "DATABASE_URL_OWNER": self.database.owner_url,
            "DATABASE_URL_LONG": self.database.long_url,
            "EVENHAND_DATA": str(self.data),
        }

    def run(self, command: str) -> Mapping[str, Argument]:
        """Run one of our commands on it; gives the last line that it said.

        :raises Broken: it ended with an error; what it said.
        """
        done = subprocess.run(
            [sys.executable, "-P", "-m", "evenhand.cli", command, "--lang", self.words.locale],
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        if done.returncode != 0:
            raise Broken(*(line for line in done.stderr.splitlines() if line.strip()))
        return {"said": lines[-1] if lines else ""}


def check_space(contents: Contents, folder: Path) -> None:
    """Whether the copy fits; an old backup does not say how large it becomes.

    :raises NoSpace: it does not.
    """
    needed = int(int(contents.manifest.get("database_bytes", 0)) * _SPACE)
    free = shutil.disk_usage(folder).free
    if needed > free:
        shown = {"needed": needed // 10**6, "free": free // 10**6}
        raise NoSpace(reason("backup.no_space", folder=str(folder.parent), **shown))


def make_data(contents: Contents, folder: Path) -> Path:
    """The data folder of the copy: key, own files, and the anchors of before the backup."""
    data = folder / "data"
    anchors = data / "anchors"
    anchors.mkdir(parents=True, mode=0o700)
    shutil.copyfile(contents.dump.with_name("secret_key"), data / "secret_key")
    (data / "secret_key").chmod(0o600)
    for name, path in contents.files.items():
        shutil.copyfile(path, data / name)
    # Read here: Django's settings would make a key in a data folder that has none.
    live = os.environ.get("EVENHAND_ANCHORS", "").strip() or data_folder() / "anchors"
    for path in Path(live).glob("*"):
        if path.suffix != ".json" or _made_before(path, str(contents.manifest["at"])):
            shutil.copyfile(path, anchors / path.name)
    return data


def _made_before(anchor: Path, at: str) -> bool:
    """Whether an anchor can lie on the chain of a backup; one that cannot be read is looked at."""
    try:
        made = json.loads(anchor.read_text(encoding="utf-8"))["at"]
        return datetime.fromisoformat(made) < datetime.fromisoformat(at)
    except (OSError, ValueError, KeyError, TypeError):
        return True


@contextmanager
def _open_folder() -> Iterator[Path]:
    """A folder that the database's user may pass through; what is secret in it is closed."""
    with tempfile.TemporaryDirectory(prefix="evenhand-drill-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@contextmanager
def _place(url: str | None, folder: Path) -> Iterator[Database]:
    """A database for the copy."""
    if url is None:
        # Nobody waits for the disk: what is lost with the power is thrown away anyway.
        with embedded(folder / "postgres", settings={"fsync": "off"}) as server:
            yield server.database
        return
    with psycopg.connect(url, autocommit=True) as connection:
        check_alone(connection)
        if has_tables(connection):
            raise CannotRestore(reason("restore.drill_not_empty"))
    yield Database(owner_url=url, app_url=url, long_url=url)
