"""B3: a backup that is not what was written is refused with words, and never taken silently."""

import io
import random
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from evenhand.cli.operate import archive
from evenhand.cli.operate.archive import UnusableBackup, read_archive, write_archive
from tests.server.operate.conftest import MakeSpare

SEEDS, FLIPS = 200, 10


@pytest.fixture
def good(tmp_path: Path) -> bytes:
    """A backup of a size that is read two hundred times in a second."""
    dump = tmp_path / "dump"
    dump.write_bytes(random.Random(7).randbytes(60_000))
    regions = tmp_path / "regions.csv"
    regions.write_text("code,name\n")
    manifest = {"at": "2026-11-01T00:00:00+00:00", "server": 180000, "grantees": []}
    file = tmp_path / "good.backup"
    files = {"regions.csv": regions}
    write_archive(file, manifest=manifest, dump=dump, key="k" * 50, files=files)
    return file.read_bytes()


def _flipped(content: bytes, seed: int) -> bytes:
    """Ten random bytes, each another one."""
    chance, changed = random.Random(seed), bytearray(content)
    for position in chance.sample(range(len(changed)), FLIPS):
        changed[position] ^= chance.randrange(1, 256)
    return bytes(changed)


def _is_taken(content: bytes, folder: Path) -> bool:
    file = folder / "x.backup"
    file.write_bytes(content)
    place = folder / "place"
    place.mkdir(exist_ok=True)
    try:
        with read_archive(file, folder=place):
            return True
    except UnusableBackup as refused:
        assert refused.why.code.startswith("backup.")
        return False


def test_ten_wrong_bytes_are_never_taken(good: bytes, tmp_path: Path) -> None:
    assert _is_taken(good, tmp_path)

    taken = [seed for seed in range(SEEDS) if _is_taken(_flipped(good, seed), tmp_path)]

    print(f"damaged: {SEEDS} files with {FLIPS} wrong bytes each, {len(taken)} taken")
    assert taken == []


def test_a_tail_that_was_cut_or_grown_is_never_taken(good: bytes, tmp_path: Path) -> None:
    chance = random.Random(3)
    cuts = [1, 512, len(good) // 2, *(chance.randrange(1, len(good)) for _ in range(50))]

    assert not any(_is_taken(good[:-cut], tmp_path) for cut in cuts)
    assert not any(_is_taken(good + bytes(more), tmp_path) for more in (1, 512, 10_240))


def test_without_the_digests_wrong_bytes_would_be_taken(
    good: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: nothing else notices most of them."""
    monkeypatch.setattr(archive, "_is_whole", lambda source, digest: True)
    assert not _is_taken(_flipped(good, 0), tmp_path)  # the digests of the parts still do

    monkeypatch.setattr(archive, "_is_part", lambda path, digest: True)
    taken = [seed for seed in range(20) if _is_taken(_flipped(good, seed), tmp_path)]
    assert len(taken) > 10


def test_a_part_of_another_backup_is_named_though_the_first_line_fits(
    good: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "mixed.backup"
    exchanged = _with(good, lambda name, content: b"x" * 50 if name == "secret_key" else content)
    lacking = _with(good, lambda name, content: None if name.startswith("files/") else content)

    for content, code, name in (
        (exchanged, "backup.part_exchanged", "secret_key"),
        (lacking, "backup.part_missing", "files/regions.csv"),
    ):
        file.write_bytes(content)
        with pytest.raises(UnusableBackup) as refused, read_archive(file, folder=tmp_path):
            pass
        assert refused.value.why.code == code
        assert dict(refused.value.why.params)["name"] == name
    assert _is_taken(_with(good, lambda name, content: content), tmp_path)


def _with(good: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """With other parts, by somebody who knows the format and writes the first line anew."""
    made = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(good.partition(b"\n")[2])) as source,
        tarfile.open(fileobj=made, mode="w") as target,
    ):
        for member in source.getmembers():
            found = source.extractfile(member)
            assert found is not None
            content = change(member.name, found.read())
            if content is not None:
                member.size = len(content)
                target.addfile(member, io.BytesIO(content))
    rest = made.getvalue()
    digest = sha256(rest).hexdigest()
    return f"{archive.MAGIC} {archive.FORMAT} {digest}\n".encode() + rest


@pytest.mark.slow
def test_the_command_refuses_a_damaged_file_of_a_real_company_and_changes_nothing(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    here, there = make_spare("company"), make_spare("blank")
    file = tmp_path / "monday.backup"
    assert here.run("backup", str(file)).returncode == 0
    good = file.read_bytes()

    for content in (*(_flipped(good, seed) for seed in range(3)), good[: len(good) // 2]):
        file.write_bytes(content)
        for words in (("restore", str(file)), ("backup-drill", str(file))):
            refused = there.run(*words)
            assert refused.returncode == 2, refused.stdout
            assert "is damaged" in refused.stderr or "no backup" in refused.stderr
    assert there.ask("SELECT count(*) FROM organization") == [(0,)]
