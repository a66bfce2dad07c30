"""A TCP proxy of our own: it can drop everything, come back, be slow, and knows several servers."""

import select
import socket
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Any

_CHUNK = 65_536


class Proxy:
    """Listens on a free port of this machine, and passes on what comes, to each server in turn."""

    def __init__(self, *upstreams: tuple[str, int]) -> None:
        self._upstreams = list(upstreams)
        self.out: set[int] = set()  # ports that get nothing new
        self.lag_seconds = 0.0  # by which whatever a client says comes late: each statement
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.port = 0
        self.come_back()

    def come_back(self) -> None:
        """Take connections, on the same port as before."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        Thread(target=self._accept, args=(listener,), daemon=True).start()

    def drop(self) -> None:
        """End every connection and refuse new ones, as a database that is away."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return  # dropped
            try:
                server = self._connect()
            except OSError:
                client.close()
                continue
            with self._lock:
                self._open |= {client, server}
            Thread(target=self._pass_on, args=(client, server), daemon=True).start()

    def _connect(self) -> socket.socket:
        with self._lock:
            self._upstreams.append(self._upstreams.pop(0))
            host, port = next(one for one in self._upstreams if one[1] not in self.out)
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(Path(host, f".s.PGSQL.{port}")))
        return server

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        other: dict[Any, socket.socket] = {client: server, server: client}
        with suppress(OSError):
            while True:
                ready, _, _ = select.select([client, server], [], [])
                for one in ready:
                    data = one.recv(_CHUNK)
                    if not data:
                        raise OSError("the end")
                    if one is client and self.lag_seconds:
                        time.sleep(self.lag_seconds)
                    other[one].sendall(data)
        with self._lock:
            self._open -= {client, server}
        client.close()
        server.close()
