"""Backup and restore: everything comes back, and what cannot be restored changes nothing."""

import json
import stat
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from evenhand.cli.operate.archive import UnusableBackup, read_archive, write_archive
from evenhand.cli.operate.programs import NoProgram, programs_for
from evenhand.platform.invariants import INVARIANTS
from tests.server.operate.conftest import MakeSpare, Spare

TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    " AND tablename NOT LIKE 'procrastinate%' ORDER BY 1"
)


def _content(spare: Spare) -> dict[str, object]:
    """Rows and a digest of each table."""
    return {
        str(table): spare.ask(
            f"SELECT count(*), md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), ''))"
            f' FROM "{table}" AS t'
        )
        for (table,) in spare.ask(TABLES)
    }


def _archive(file: Path, dump: bytes, folder: Path) -> None:
    """A backup in good order but for what it holds."""
    source = folder / "dump"
    source.write_bytes(dump)
    manifest = {"at": "2026-11-01T00:00:00+00:00", "server": 180000, "grantees": []}
    write_archive(file, manifest=manifest, dump=source, key="k" * 50)


def test_everything_comes_back_in_another_database(make_spare: MakeSpare, tmp_path: Path) -> None:
    here, there = make_spare("company"), make_spare("empty")
    file = tmp_path / "monday.backup"

    saved = here.run("backup", str(file))
    restored = there.run("restore", str(file))

    assert (saved.returncode, restored.returncode) == (0, 0), saved.stderr + restored.stderr
    assert "Backed up to" in saved.stdout
    # Monitoring tells its age.
    assert datetime.fromisoformat(json.loads((here.data / "backup.json").read_text())["at"])
    assert f"{len(INVARIANTS)} promises checked, all kept." in restored.stdout
    assert _content(there) == _content(here)
    assert (there.data / "secret_key").read_text() == (here.data / "secret_key").read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((there.data / "secret_key").stat().st_mode) == 0o600
    # Guards came along: the journal still refuses to be changed.
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        there.ask("DELETE FROM event")


def test_a_backup_replaces_no_other_on_the_quiet(make_spare: MakeSpare, tmp_path: Path) -> None:
    file = tmp_path / "monday.backup"
    file.write_text("an older one")

    refused = make_spare("blank").run("backup", str(file))

    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert file.read_text() == "an older one"


@pytest.mark.slow
def test_a_company_is_not_replaced_without_being_told(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    here, there = make_spare("company"), make_spare("company")
    there.ask("UPDATE organization SET name = '原来的'")
    file = tmp_path / "monday.backup"
    here.run("backup", str(file))
    before = _content(there)

    refused = there.run("restore", str(file))

    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert _content(there) == before
    assert not (there.data / "secret_key").exists()

    forced = there.run("restore", str(file), "--force")

    assert forced.returncode == 0, forced.stderr
    assert _content(there) == _content(here)


@pytest.mark.slow
def test_nothing_is_restored_under_the_feet_of_others(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    there = make_spare("blank")
    file = tmp_path / "monday.backup"
    _archive(file, b"whatever", tmp_path)

    with psycopg.connect(there.url):
        refused = there.run("restore", str(file))

    assert refused.returncode == 2
    assert "One connection still uses this database" in refused.stderr


def test_a_restore_that_fails_leaves_everything_as_it_was(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    there = make_spare("company")
    file = tmp_path / "hollow.backup"
    _archive(file, b"PGDMP but not really", tmp_path)
    before = _content(there)

    failed = there.run("restore", str(file), "--force")

    assert failed.returncode == 2
    assert "pg_restore did not succeed" in failed.stderr
    assert _content(there) == before
    assert not (there.data / "secret_key").exists()
    # Search still works: its extension went aside and came back too.
    assert there.ask("SELECT count(*) >= 0 FROM lead WHERE search LIKE '%公司%'") == [(True,)]
    assert there.run("doctor").returncode == 0


@pytest.mark.parametrize("position", [0.0, 0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_single_wrong_bit_is_noticed(tmp_path: Path, position: float) -> None:
    file = tmp_path / "monday.backup"
    _archive(file, bytes(range(256)) * 40, tmp_path)
    content = bytearray(file.read_bytes())
    content[int(position * len(content))] ^= 1
    file.write_bytes(content)

    with pytest.raises(UnusableBackup), read_archive(file, folder=tmp_path):
        pass


@pytest.mark.parametrize("content", [b"", b"hello", b"evenhand-backup 9 " + b"0" * 64 + b"\n"])
def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)

    with pytest.raises(UnusableBackup), read_archive(file, folder=tmp_path):
        pass


def test_a_missing_program_is_named_with_the_version_that_is_needed() -> None:
    with pytest.raises(NoProgram) as refused:
        programs_for(99, search="")

    assert dict(refused.value.why.params) == {"name": "pg_dump", "value": "99"}


def test_the_programs_of_the_wheel_are_there() -> None:
    programs = programs_for(18, search="")

    assert programs.dump.is_file()
    assert programs.restore.is_file()
