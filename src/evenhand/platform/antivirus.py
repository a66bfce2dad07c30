"""Files that people send are looked at by a virus scanner (clamd), where the operator names one.

`content_of` is the only way to what an uploaded file holds (a test looks for others). Where a
scanner is named, nothing is let through that it has not called clean.
"""

import logging
import socket
import struct
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from evenhand.engine.reasons import reason
from evenhand.platform.refusal import Refused

log = logging.getLogger(__name__)

_CONNECT_SECONDS, _ANSWER_SECONDS = 5, 30
_CHUNK_BYTES = 64 * 1024
_MOST_ANSWER_BYTES = 4096
_SHOWN_LETTERS = 80
_FOUND, _CLEAN = " FOUND", "stream: OK"


class Unscanned(Refused):
    """A file that the scanner did not call clean; nothing of it is kept."""


class Infected(Unscanned):
    """The scanner found something in it."""


class ScannerAway(Unscanned):
    """The scanner cannot be reached or could not look: later it may."""


class UnreadableAddress(Exception):
    """What should name a scanner does not."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where a clamd listens: a host and a port, or the path of a socket."""

    path: str = ""
    host: str = ""
    port: int = 0

    @classmethod
    def at(cls, text: str) -> "Scanner":
        """The scanner at `host:port`, `[::1]:port`, or at an absolute path of a socket.

        :raises UnreadableAddress: it is none of these.
        """
        if text.startswith("/"):
            return cls(path=text)
        host, _, port = text.rpartition(":")
        is_bare = ":" in host and not (host.startswith("[") and host.endswith("]"))
        if not host or is_bare or not (port.isascii() and port.isdecimal() and len(port) < 6):
            raise UnreadableAddress(f"{text!r} is neither host:port nor the path of a socket")
        return cls(host=host.strip("[]"), port=int(port))

    def __str__(self) -> str:
        return self.path or f"{self.host}:{self.port}"

    def says(self, content: bytes) -> str:
        """What the scanner answers when it is shown these bytes, in one line.

        :raises OSError: it is away, or does not answer in time.
        """
        with self._connected() as line:
            try:
                line.sendall(b"zINSTREAM\0")
                for at in range(0, len(content), _CHUNK_BYTES):
                    chunk = content[at : at + _CHUNK_BYTES]
                    line.sendall(struct.pack("!L", len(chunk)) + chunk)
                line.sendall(struct.pack("!L", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has heard enough, and says why
            return _answer_on(line)

    def is_there(self) -> bool:
        """Whether it answers."""
        try:
            with self._connected() as line:
                line.sendall(b"zPING\0")
                return _answer_on(line) == "PONG"
        except OSError:
            return False

    def _connected(self) -> socket.socket:
        if not self.path:
            line = socket.create_connection((self.host, self.port), timeout=_CONNECT_SECONDS)
        else:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(_CONNECT_SECONDS)
            try:
                line.connect(self.path)
            except OSError:
                line.close()
                raise
        line.settimeout(_ANSWER_SECONDS)
        return line


def _answer_on(line: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < _MOST_ANSWER_BYTES:
        part = line.recv(_MOST_ANSWER_BYTES)
        if not part:
            break
        answer += part
    return answer.partition(b"\0")[0].decode(errors="replace").strip()


def content_of(file: "UploadedFile[Any]", *, field: str) -> bytes:
    """What a file that somebody sent in this field holds, once the scanner has called it clean.

    :raises Infected: the scanner found something in it.
    :raises ScannerAway: one is named and cannot be asked, or cannot look at this file.
    """
    content: bytes = file.read()
    check_clean(content, file.name or "", field=field)
    return content


def check_clean(content: bytes, name: str, *, field: str) -> None:
    """Let pass what the scanner calls clean, and everything where none is named.

    :raises Infected, ScannerAway: see `content_of`.
    """
    scanner: Scanner | None = settings.CLAMD
    if scanner is None:
        return
    shown = name[-_SHOWN_LETTERS:]
    try:
        said = scanner.says(content)
    except OSError as error:
        log.warning("upload refused: the scanner at %s is away: %s", scanner, error)
        raise ScannerAway(reason("upload.scanner_away", file=shown), field=field) from None
    if said == _CLEAN:
        return
    # Without the name of the file: it may be that of a person.
    log.warning("upload refused: %s bytes, the scanner says %.200r", len(content), said)
    if said.endswith(_FOUND):
        found = said.removesuffix(_FOUND).removeprefix("stream: ")[:_SHOWN_LETTERS]
        raise Infected(reason("upload.infected", file=shown, found=found), field=field)
    detail = said[:_SHOWN_LETTERS] or "-"
    raise ScannerAway(reason("upload.not_scanned", file=shown, detail=detail), field=field)
