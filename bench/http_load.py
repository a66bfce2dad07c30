"""A load of HTTP requests over kept connections, from a process of its own.

Raw sockets and a fixed request text: the client shares the two cores with what it measures.
"""

import json
import multiprocessing
import selectors
import socket
from dataclasses import dataclass
from itertools import count
from os import getpid
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.served import Served

_PHONES = count()


@dataclass(frozen=True)
class Load:
    """Which requests, how many at a time, how long."""

    host: str
    port: int
    path: str
    token: str
    groups: int
    per_request: int
    connections: int
    seconds: float

    @classmethod
    def single(cls, served: "Served", *, connections: int, seconds: float) -> "Load":
        """One lead a request."""
        return cls(
            served.host, served.port, "/api/v1/leads", served.token, served.groups, 1,
            connections, seconds,
        )  # fmt: skip

    @classmethod
    def bulk(cls, served: "Served", *, connections: int, seconds: float) -> "Load":
        """A thousand leads a request."""
        return cls(
            served.host, served.port, "/api/v1/leads/bulk", served.token, served.groups, 1_000,
            connections, seconds,
        )  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """What came of it; times in milliseconds."""

    count: int
    failed: int
    seconds: float
    p50: float
    p99: float

    @property
    def per_second(self) -> float:
        """Requests answered with success."""
        return (self.count - self.failed) / self.seconds


def run_load(load: Load) -> Loaded:
    """Run a load in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (load,))


@dataclass
class _Client:
    socket: socket.socket
    sent_at: float = 0.0
    received: bytes = b""


def _run(load: Load) -> Loaded:
    selector = selectors.DefaultSelector()
    start = perf_counter()
    for _ in range(load.connections):
        client = _Client(socket.create_connection((load.host, load.port)))
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(client.socket, selectors.EVENT_READ, client)
        _send(client, load)
    times: list[float] = []
    failed, waiting = 0, load.connections
    while waiting:
        for key, _ in selector.select(timeout=5):
            client = key.data
            client.received += client.socket.recv(1 << 20)
            status = finished(client.received)
            if status is None:
                continue
            now = perf_counter()
            times.append(now - client.sent_at)
            failed += status not in (200, 201, 207)
            client.received = b""
            if now - start < load.seconds:
                _send(client, load)
            else:
                waiting -= 1
    cuts = quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
    return Loaded(len(times), failed, perf_counter() - start, cuts[49] * 1e3, cuts[98] * 1e3)


def _send(client: _Client, load: Load) -> None:
    leads = [_lead(load.groups) for _ in range(load.per_request)]
    body = json.dumps(leads[0] if load.per_request == 1 else {"leads": leads}).encode()
    head = (
        f"POST {load.path} HTTP/1.1\r\nHost: {load.host}\r\nAuthorization: Bearer {load.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    client.sent_at = perf_counter()
    client.socket.sendall(head.encode() + body)


def _lead(groups: int) -> dict[str, str]:
    number = next(_PHONES)
    return {
        "name": "王芳",
        "phone": f"1{3 + getpid() % 6}{getpid() % 1000:03d}{number % 1_000_000:06d}",
        "source": f"s{number % groups}",
        "grade": "ABCD"[number // groups % 4],
        "note": "想了解产线改造的报价",
    }


def finished(received: bytes) -> int | None:
    """The status, once the whole answer is here."""
    head, found, body = received.partition(b"\r\n\r\n")
    if not found:
        return None
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            if len(body) < int(line.split(b":")[1]):
                return None
            return int(received[9:12])
    return int(received[9:12]) if body.endswith(b"0\r\n\r\n") else None
