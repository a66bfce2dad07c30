"""Passwords that were stolen elsewhere: looked up in a file of their digests, never read whole.

The file is what Have I Been Pwned offers for download "ordered by hash": a SHA-1 in hexadecimal on
each line, sorted, followed by a colon and a count. It holds a thousand million lines; finding one
takes about forty short reads. The digest is not how passwords are kept here, only how that list
names them.
"""

import re
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

_DIGITS = 40
_LONGEST_LINE = 80
_LINE = re.compile(rb"[0-9A-Fa-f]{40}(:[0-9]+)?\r?\n?")


class UnusableList(Exception):
    """The file of stolen passwords is not there, or is not what it should be."""


def check_list(path: Path) -> None:
    """Look whether a file can be searched: its first line, its last, and that they are in order.

    :raises UnusableList: it is not there or not readable, or is no such list.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            first = _line_from(file, 0)[1]
            last = _line_from(file, max(0, size - _LONGEST_LINE))[1]
    except OSError as error:
        raise UnusableList(f"{path}: {error.strerror}") from error
    is_list = _LINE.fullmatch(first) and _LINE.fullmatch(last)
    if not is_list or _digest_in(first) > _digest_in(last):
        raise UnusableList(f"{path}: no list of SHA-1 digests in hexadecimal, sorted, one a line")


def is_breached(password: str, path: Path) -> bool:
    """Whether the password stands in the list.

    :raises OSError: the list is not there any more.
    """
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, file.seek(0, 2)
        # The first line that is not below the wanted one begins at `low` or after it.
        while low < high:
            middle = (low + high) // 2
            start, line = _line_from(file, middle)
            if not line or _digest_in(line) >= wanted:
                high = middle
            else:
                low = start + len(line)
        return _digest_in(_line_from(file, low)[1]) == wanted


def _line_from(file: BinaryIO, position: int) -> tuple[int, bytes]:
    """The first whole line that begins at a position or after it, and where it begins."""
    if position > 0:
        file.seek(position - 1)
        file.readline(_LONGEST_LINE)
    else:
        file.seek(0)
    return file.tell(), file.readline(_LONGEST_LINE)


def _digest_in(line: bytes) -> bytes:
    return line[:_DIGITS].upper()
