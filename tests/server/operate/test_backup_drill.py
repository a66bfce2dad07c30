"""The backup drill (B1): the copy has to be the company, and what is not is named."""

import io
import json
import re
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.cli.operate.archive import read_archive, write_archive
from tests.server.operate.conftest import MakeSpare, Spare

STEPS = (
    *("Backed up: ", "Verified the file: 2 parts", "Started a database of its own"),
    *("Restored (", "Compared: ", "Brought the copy up to date", "doctor: ", "verify: "),
    *("Asked a web server on the copy: 20 requests answered", "is good: "),
)


def _rewritten(
    file: Path, made: Path, folder: Path, change: Callable[[dict[str, Any]], object]
) -> Path:
    """The same backup with another manifest, by somebody who writes the first line anew."""
    folder.mkdir()
    with read_archive(file, folder=folder) as contents:
        manifest = json.loads(json.dumps(dict(contents.manifest)))
        change(manifest)
        write_archive(made, manifest=manifest, dump=contents.dump, key=contents.key)
    return made


def _everything(spare: Spare) -> list[tuple[object, ...]]:
    """What the live database holds, and what its data folder does."""
    tables = spare.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    each = " UNION ALL ".join(
        f"SELECT '{t}', count(*), sum(hashtextextended(r::text, 0)) FROM \"{t}\" AS r"
        for (t,) in tables
    )
    return spare.ask(each)


@pytest.mark.slow
def test_a_good_backup_is_said_to_be_good_and_nothing_live_is_touched(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    spare = make_spare("company")
    before = _everything(spare)

    drilled = spare.run("backup-drill")

    assert drilled.returncode == 0, drilled.stdout + drilled.stderr
    lines = drilled.stdout.splitlines()
    for line, step in zip(lines, STEPS, strict=True):
        assert step in line and re.search(r"\d+\.\d s", line), line
    assert _everything(spare) == before
    assert sorted(one.name for one in spare.data.iterdir()) == ["backup-drill.json", "secret_key"]
    assert "last proved good 0 days ago" in spare.run("doctor").stdout


@pytest.mark.slow
def test_a_row_that_changed_in_a_copy_is_named_with_its_table(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    """Control: what the backup noted and what the copy holds differ in one letter of one row."""
    spare, empty = make_spare("company"), make_spare("empty")
    file = tmp_path / "monday.backup"
    assert spare.run("backup", str(file)).returncode == 0
    spare.ask("UPDATE lead SET name = name || '.' WHERE id = (SELECT min(id) FROM lead)")
    later = tmp_path / "tuesday.backup"
    assert spare.run("backup", str(later)).returncode == 0
    noted = _contents_of(later)
    mixed = _rewritten(
        file, tmp_path / "mixed", tmp_path / "m", lambda said: said.update(contents=noted)
    )

    drilled = spare.run("backup-drill", str(mixed))
    restored = empty.run("restore", str(mixed))

    assert drilled.returncode == 1
    assert re.search(
        r"Table lead differs: (\d+) rows in the backup, \1 in the copy", drilled.stderr
    )
    assert "not good" in drilled.stderr
    assert not (spare.data / "backup-drill.json").exists()
    assert (
        restored.returncode == 2 and "do not hold what the backup noted: lead." in restored.stderr
    )
    assert empty.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    # With the comparison off the very same content is taken.
    quiet = _rewritten(file, tmp_path / "quiet", tmp_path / "q", lambda said: said.pop("contents"))
    assert empty.run("restore", str(quiet)).returncode == 0


def _contents_of(file: Path) -> Any:
    with tarfile.open(fileobj=_behind_the_first_line(file), mode="r:") as tar:
        manifest = tar.extractfile("manifest.json")
        assert manifest is not None
        return json.loads(manifest.read())["contents"]


def _behind_the_first_line(file: Path) -> io.BytesIO:
    return io.BytesIO(file.read_bytes().partition(b"\n")[2])


@pytest.mark.slow
def test_a_copy_goes_into_an_empty_database_that_is_given_and_into_no_other(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    spare, empty = make_spare("company"), make_spare("empty")

    drilled = spare.run("backup-drill", "--to", empty.url)
    again = spare.run("backup-drill", "--to", empty.url)
    itself = spare.run("backup-drill", "--to", spare.url)

    assert drilled.returncode == 0, drilled.stdout + drilled.stderr
    assert "The copy stays" in drilled.stdout
    assert (again.returncode, itself.returncode) == (2, 2)
    assert "must be empty" in again.stderr and "must be empty" in itself.stderr


@pytest.mark.slow
def test_the_companys_own_regions_are_in_the_backup_and_come_back(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    here, there = make_spare("blank"), make_spare("empty")
    for spare, text in ((here, "code,name\n110199,新区\n"), (there, "code,name\n")):
        spare.data.mkdir()
        (spare.data / "regions.csv").write_text(text, encoding="utf-8")
    file = tmp_path / "monday.backup"

    assert here.run("backup", str(file)).returncode == 0
    restored = there.run("restore", str(file))

    assert restored.returncode == 0, restored.stderr
    assert "新区" in (there.data / "regions.csv").read_text(encoding="utf-8")
    (kept,) = there.data.glob("regions.csv.2*")
    assert kept.read_text(encoding="utf-8") == "code,name\n"
