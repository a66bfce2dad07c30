"""Secrets from files: taken in before anything reads a setting, and refused in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.platform.secret_files import SECRETS, UnusableSecret, read_secret_files


@pytest.mark.parametrize("name", SECRETS)
def test_a_file_holds_what_the_setting_would(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("a secret of ours\n")
    environ = {f"{name}_FILE": str(tmp_path / "secret"), "OTHER": "1"}

    read_secret_files(environ)
    read_secret_files(environ)  # once more changes nothing

    assert environ == {name: "a secret of ours", "OTHER": "1"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "server.secret_file_unreadable"),
        (b"\xff\xfe", "server.secret_file_unreadable"),
        (b"", "server.secret_file_not_one_line"),
        (b"one\ntwo\n", "server.secret_file_not_one_line"),
        (b"a\0b", "server.secret_file_not_one_line"),
    ],
)
def test_a_file_that_holds_no_secret_is_refused(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(UnusableSecret) as refused:
        read_secret_files({"EVENHAND_SECRET_KEY_FILE": str(file)})

    assert refused.value.why.code == code
    assert "one" not in str(refused.value.why.params).replace("secret", "")  # nothing of it is told


def test_a_setting_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgresql:///a", "DATABASE_URL_FILE": str(tmp_path / "x")}

    with pytest.raises(UnusableSecret) as refused:
        read_secret_files(environ)

    assert refused.value.why.code == "server.secret_given_twice"


def test_a_command_says_which_file_cannot_be_read(tmp_path: Path) -> None:
    environ = {**os.environ, "EVENHAND_MAIL_PASSWORD_FILE": str(tmp_path / "gone"), "LANG": "en"}
    environ.pop("LC_ALL", None)
    command = [sys.executable, "-m", "evenhand.cli", "doctor", "--list"]

    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "EVENHAND_MAIL_PASSWORD_FILE" in done.stderr and "gone" in done.stderr


def test_the_settings_read_the_files_too_where_no_command_did(tmp_path: Path) -> None:
    """Whoever starts the web application by a server of his own."""
    (tmp_path / "key").write_text("0123456789abcdefghijklmnopqrstuvwxyz" * 2)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("EVENHAND_")}
    environ = {**kept, "EVENHAND_SECRET_KEY_FILE": str(tmp_path / "key")}
    ask = "from evenhand.config import settings; print(settings.SECRET_KEY)"

    done = subprocess.run(
        [sys.executable, "-c", ask], env=environ, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "0123456789abcdefghijklmnopqrstuvwxyz" * 2
