"""The scanner of uploads: asked by clamd's protocol, and believed only where it says clean."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.config import env
from evenhand.platform.antivirus import (
    Infected,
    Scanner,
    ScannerAway,
    UnreadableAddress,
    content_of,
)
from tests.fakes.clamd import EICAR, FOUND, clamd, nobody_listens

CLEAN = b"name,phone\n" + b"Wang,13800000000\n" * 20_000  # several chunks


def upload(content: bytes, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_what_is_clean_is_given_whole_and_what_is_not_is_named_with_its_finding(
    settings: Any, tmp_path: Path
) -> None:
    for path in (None, tmp_path / "clamd.sock"):
        with clamd(path) as (place, seen):
            settings.CLAMD = Scanner.at(place)

            assert content_of(upload(CLEAN), field="file") == CLEAN
            assert content_of(upload(b""), field="file") == b""
            with pytest.raises(Infected) as found:
                content_of(upload(CLEAN + EICAR, "客户.csv"), field="file")

            assert seen == [CLEAN, b"", CLEAN + EICAR]
            assert settings.CLAMD.is_there()
        assert found.value.field == "file"
        assert dict(found.value.why.params) == {
            "file": "客户.csv",
            "found": "Eicar-Test-Signature",
        }


def test_without_a_scanner_nothing_is_looked_at(settings: Any) -> None:
    """The control: it is the scanner that refuses."""
    assert settings.CLAMD is None
    assert content_of(upload(EICAR), field="file") == EICAR


def test_while_the_scanner_is_away_nothing_is_let_through(settings: Any, tmp_path: Path) -> None:
    for place in (nobody_listens(), str(tmp_path / "nothing.sock")):
        settings.CLAMD = Scanner.at(place)

        with pytest.raises(ScannerAway) as away:
            content_of(upload(CLEAN), field="file")

        assert away.value.why.code == "upload.scanner_away"
        assert not settings.CLAMD.is_there()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"OK\0",
        b"stream: OK FOUND ERROR\0",
        b"stream: OK\nstream: x FOUND",
        b"\xff" * 9999,
    ],
)
def test_only_the_word_for_clean_is_believed(settings: Any, answer: bytes) -> None:
    with clamd(answer=answer) as (place, _):
        settings.CLAMD = Scanner.at(place)
        with pytest.raises((Infected, ScannerAway)):
            content_of(upload(CLEAN), field="file")


def test_a_file_that_is_too_large_for_the_scanner_is_refused_with_its_words(settings: Any) -> None:
    with clamd(most=100_000) as (place, _):
        settings.CLAMD = Scanner.at(place)
        with pytest.raises(ScannerAway) as refused:
            content_of(upload(b"x" * 8_000_000), field="file")

    # Where the connection was torn down first, its words are lost; refused all the same.
    assert refused.value.why.code in ("upload.not_scanned", "upload.scanner_away")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
        ("clamd.internal:3310", "clamd.internal:3310"),
        ("[::1]:3310", "::1:3310"),
    ],
)
def test_an_address_is_a_host_with_its_port_or_a_socket(text: str, shown: str) -> None:
    assert str(Scanner.at(text)) == shown


@pytest.mark.parametrize("text", ["clamd", "clamd:", ":3310", "::1:3310", "clamd:x", "run/clamd"])
def test_the_server_does_not_start_with_an_address_that_names_nothing(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("EVENHAND_CLAMD", text)

    with pytest.raises(UnreadableAddress, match=r"EVENHAND_CLAMD: .*host:port"):
        env.scanner()


@contextmanager
def real_clamd(program: str, folder: Path) -> Iterator[str]:
    """The clamd of this machine with a database of one signature; its socket."""
    (folder / "db").mkdir()
    # Name, any kind of file, at any place, what it is.
    line = f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n"
    (folder / "db" / "one.ndb").write_text(line)
    place, told = folder / "clamd.sock", folder / "clamd.conf"
    told.write_text(
        f"DatabaseDirectory {folder}/db\nLocalSocket {place}\nForeground yes\n"
        "StreamMaxLength 1M\nConcurrentDatabaseReload no\n"
    )
    command = [program, f"--config-file={told}"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as one:
        try:
            assert one.stdout is not None
            said = []
            for text in one.stdout:
                said.append(text)
                if "Self checking" in text or "Listening daemon" in text:
                    break
            assert place.exists(), "".join(said)
            yield str(place)
        finally:
            one.terminate()


@pytest.mark.slow
def test_a_real_clamd_is_understood(settings: Any, tmp_path: Path) -> None:
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        pytest.skip("no clamd on this machine: apt-get install clamav-daemon")
    with real_clamd(program, tmp_path) as place:
        settings.CLAMD = Scanner.at(place)

        assert settings.CLAMD.is_there()
        assert content_of(upload(CLEAN), field="file") == CLEAN
        assert settings.CLAMD.says(EICAR).startswith("stream: Eicar-Test-Signature")
        assert settings.CLAMD.says(EICAR).endswith(FOUND[-6:].decode())
        with pytest.raises(Infected) as found:
            content_of(upload(EICAR), field="file")
        with pytest.raises(ScannerAway) as large:
            content_of(upload(b"x" * 4_000_000), field="file")

    assert "Eicar-Test-Signature" in str(dict(found.value.why.params)["found"])
    assert large.value.why.code in ("upload.not_scanned", "upload.scanner_away")
