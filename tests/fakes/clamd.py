"""A small clamd: speaks its protocol over TCP or a socket, and knows one virus."""

import socket
import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

# The test file of EICAR, in two parts: whole, it would set off the scanner of whoever clones this.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
FOUND = b"stream: Eicar-Test-Signature FOUND"


class _Asked(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        assert command == b"zINSTREAM\0", command
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > self.server.most:
                # As clamd does: it says so and hears no more.
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(content)
        if self.server.answer is not None:
            self.wfile.write(self.server.answer)
            return
        self.wfile.write(FOUND + b"\0" if EICAR in content else b"stream: OK\0")


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    allow_reuse_address = True
    seen: list[bytes]
    answer: bytes | None = None
    most = 20_000_000


class _OnSocket(_Server):
    address_family = socket.AF_UNIX


@contextmanager
def clamd(path: Path | None = None, **differing: Any) -> Iterator[tuple[str, list[bytes]]]:
    """Runs one; gives its address as the settings name it, and what it has been shown so far.

    `answer` is what it answers whatever comes, `most` the bytes that it takes.
    """
    server: Any = _OnSocket(str(path), _Asked) if path else _Server(("127.0.0.1", 0), _Asked)
    server.seen = []
    for name, value in differing.items():
        setattr(server, name, value)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield str(path) if path else "127.0.0.1:{1}".format(*server.server_address), server.seen
    finally:
        server.shutdown()
        server.server_close()


def nobody_listens() -> str:
    """An address at which nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        return f"127.0.0.1:{gone.getsockname()[1]}"
