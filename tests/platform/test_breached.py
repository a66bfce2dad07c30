"""Stolen passwords are found in a sorted file on disk, wherever they stand in it."""

from hashlib import sha1
from pathlib import Path

import pytest

from evenhand.platform.breached import UnusableList, check_list, is_breached

STOLEN = [f"stolen password {number}" for number in range(300)]


def digest_of(password: str) -> str:
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list as it is downloaded: with carriage returns, and counts of all lengths."""
    path = tmp_path / "pwned.txt"
    lines = sorted(f"{digest_of(one)}:{7 ** (n % 9)}" for n, one in enumerate(STOLEN))
    path.write_bytes("\r\n".join(lines).encode() + b"\r\n")
    return path


def test_every_stolen_password_is_found_and_no_other(listed: Path) -> None:
    check_list(listed)

    assert [one for one in STOLEN if not is_breached(one, listed)] == []
    others = [f"another password {number}" for number in range(300)]
    assert [one for one in others if is_breached(one, listed)] == []


def test_plain_lines_without_counts_and_without_an_end_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("\n".join(sorted(digest_of(one).lower() for one in STOLEN)))

    check_list(path)

    assert all(is_breached(one, path) for one in STOLEN)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_list_of_few_is_a_list(tmp_path: Path, count: int) -> None:
    path = tmp_path / "few.txt"
    path.write_text("".join(f"{one}:1\n" for one in sorted(map(digest_of, STOLEN[:count]))))

    check_list(path)

    found = [is_breached(one, path) for one in STOLEN[: count + 1]]
    assert found == [True] * count + [False]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"password\nletmein\n",
        b"\x00" * 5_000,
        f"{'F' * 40}:1\n{'A' * 40}:2\n".encode(),
    ],
    ids=["empty", "words", "bytes", "unsorted"],
)
def test_what_is_no_such_list_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wrong.txt"
    path.write_bytes(content)

    with pytest.raises(UnusableList, match="sorted, one a line"):
        check_list(path)
    assert not is_breached("anything at all", path)  # and nothing hangs on it


def test_a_list_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableList, match="No such file"):
        check_list(tmp_path / "none.txt")


def test_a_search_reads_little_however_long_the_list_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.txt"
    lines = sorted(digest_of(str(number)) for number in range(50_000))
    path.write_text("".join(f"{one}:1\n" for one in lines))
    from evenhand.platform import breached

    reads: list[int] = []
    read = breached._line_from
    monkeypatch.setattr(breached, "_line_from", lambda *a: reads.append(1) or read(*a))

    assert is_breached("49999", path)
    assert len(reads) < 30
