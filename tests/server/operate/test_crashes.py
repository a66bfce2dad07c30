"""K3 for the operator's commands: backup., restore. and key. points, each as a program of its own.

What was there before a restore goes only when the new one is complete, whatever dies in between.
"""

from pathlib import Path

import pytest

from evenhand.platform.crashpoint import EXIT_CODE, VARIABLE
from tests.server.operate.conftest import MakeSpare, Spare

COMPANIES = "SELECT name FROM organization"
LEADS = "SELECT count(*) FROM lead"


def _dies(spare: Spare, point: str, *words: str) -> None:
    died = spare.run(*words, **{VARIABLE: point})
    assert died.returncode == EXIT_CODE, died.stderr


def _renamed(spare: Spare, name: str) -> Spare:
    spare.ask(f"UPDATE organization SET name = '{name}'")
    return spare


@pytest.mark.slow
def test_a_backup_that_dies_leaves_no_file_under_its_name(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    spare, file = make_spare("company"), tmp_path / "monday.backup"

    for point in ("backup.dumped", "backup.unnamed"):
        _dies(spare, point, "backup", str(file))
        assert not file.exists()

    assert spare.run("backup", str(file)).returncode == 0
    assert spare.run("restore", str(file), "--force").returncode == 0


@pytest.mark.slow
def test_a_restore_that_dies_loses_nothing_and_is_done_again(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    here, there = make_spare("company"), _renamed(make_spare("company"), "原来的")
    file, broken = tmp_path / "monday.backup", tmp_path / "broken.backup"
    assert here.run("backup", str(file)).returncode == 0

    _dies(there, "restore.put_aside", "restore", str(file), "--force")
    # The next one cannot be restored either: what was there first must still be there.
    broken.write_bytes(b"no backup")
    assert there.run("restore", str(broken), "--force").returncode == 2
    migrated = there.run("migrate")
    assert migrated.returncode == 0 and "died on its way" in migrated.stderr
    assert there.ask(COMPANIES) == [("原来的",)]
    refused = there.run("restore", str(file))
    assert refused.returncode == 2 and "--force" in refused.stderr

    assert there.run("restore", str(file), "--force").returncode == 0
    assert there.ask(COMPANIES) == here.ask(COMPANIES) != [("原来的",)]


@pytest.mark.slow
def test_a_restore_that_dies_at_its_last_step_is_none_yet(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    here, there = make_spare("company"), _renamed(make_spare("company"), "原来的")
    file = tmp_path / "monday.backup"
    assert here.run("backup", str(file)).returncode == 0
    there.run("doctor")  # makes the key
    former = (there.data / "secret_key").read_text()

    _dies(there, "restore.complete", "restore", str(file), "--force")
    migrated = there.run("migrate")

    assert migrated.returncode == 0 and "restore" in migrated.stderr
    assert there.ask(COMPANIES) == [("原来的",)]
    assert (there.data / "secret_key.old").read_text() == former  # what it sealed still opens
    assert there.run("restore", str(file), "--force").returncode == 0
    assert there.ask(COMPANIES) == here.ask(COMPANIES)
    assert (there.data / "secret_key").read_text() == (here.data / "secret_key").read_text()
    (kept,) = there.data.glob("secret_key.2*")
    assert kept.read_text() == former


@pytest.mark.slow
@pytest.mark.parametrize("point", ["key.replaced", "key.resealed"])
def test_a_new_key_is_there_whatever_dies(make_spare: MakeSpare, point: str) -> None:
    spare = make_spare("company")
    spare.run("doctor")  # makes the key
    first = (spare.data / "secret_key").read_text()

    _dies(spare, point, "rotate-key")
    again = spare.run("rotate-key")

    assert again.returncode == 0, again.stderr
    assert (spare.data / "secret_key").read_text() != first
    assert not (spare.data / "secret_key.old").exists()
