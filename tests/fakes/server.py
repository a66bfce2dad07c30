"""A small HTTP server in a thread, with the troubles that servers have."""

import json
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    """A request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body or b"{}")


@dataclass
class Reply:
    """What is answered."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Fake:
    """A server; subclasses answer. Troubles are taken in their order, one per request to a path.

    `hang`: no answer until released; `drop`: the work is done and the connection cut before the
    answer; a `Reply`: that instead of the answer.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.troubles: dict[str, deque[Any]] = {}
        self.released = Event()
        self.lock = Lock()
        self.url = ""

    def trouble(self, path: str, *what: Any) -> None:
        self.troubles.setdefault(path, deque()).extend(what)

    def to(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    def answer(self, asked: Asked) -> Reply:
        raise NotImplementedError

    @contextmanager
    def running(self) -> Iterator["Fake"]:
        handler = type("Handler", (_Handler,), {"fake": self})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            self.released.set()
            server.shutdown()
            server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    fake: Fake
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(
            self.command,
            parts.path,
            {name: values[0] for name, values in parse_qs(parts.query).items()},
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
        )
        with self.fake.lock:
            self.fake.asked.append(asked)
            waiting = self.fake.troubles.get(asked.path)
            trouble = waiting.popleft() if waiting else None
        if trouble == "hang":
            self.fake.released.wait(30)
            self.close_connection = True
            return
        with self.fake.lock:
            reply = trouble if isinstance(trouble, Reply) else self.fake.answer(asked)
        if trouble == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self._say(reply)

    def _say(self, reply: Reply) -> None:
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _serve  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass
