"""Requests at moments fixed beforehand, from a process of its own: an open loop.

A server that falls behind does not slow the arrivals, and how long an answer took counts from the
moment for which its request was fixed. Raw sockets and ready texts: the client shares the two cores
with what it measures.
"""

import heapq
import json
import multiprocessing
import selectors
import socket
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import Any

from bench.http_load import finished

# An answer that takes longer counts as none.
MOST_SECONDS = 30.0
# A load that lasts longer says how far it is, so often.
TELL_SECONDS = 60.0
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Due:
    """A request, and when it is to be sent: seconds from the start."""

    at: float
    route: str
    text: bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent where. A 429 is repeated after the time that it names, if so told."""

    host: str
    port: int
    requests: Sequence[Due]
    kept: frozenset[str] = frozenset()  # routes whose answers are kept whole
    comes_again: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request; status 0 = no answer. `moment` is when it was fixed for."""

    route: str
    status: int
    seconds: float
    moment: float  # by the clock of the machine, which other processes read, too
    refused: tuple[int, ...] = ()  # Retry-After of each 429 before this answer; -1 = it named none
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


def moments(per_second: float, seconds: float, seed: int = 7) -> list[float]:
    """One moment at random in each of equal slots: a steady rate without a beat."""
    chosen = Random(seed)
    return [(n + chosen.random()) / per_second for n in range(int(per_second * seconds))]


def rising(per_second: float, seconds: float, within: float, seed: int = 7) -> list[float]:
    """The same, with a rate that rises evenly from nothing to its height in the first seconds."""
    within = min(within, seconds)
    # So many come while it rises: n of them until t, where n = rate · t² / (2 · within).
    low = per_second * within / 2
    chosen, found = Random(seed), []
    for n in range(int(low + per_second * (seconds - within))):
        place = n + chosen.random()
        rest = (place - low) / per_second
        found.append(within + rest if rest > 0 else sqrt(2 * place * within / per_second))
    return found


def post(path: str, headers: Mapping[str, str], body: bytes, *, kind: str) -> bytes:
    """The text of a request that writes."""
    more = {"Content-Type": kind, "Content-Length": str(len(body))}
    return _head("POST", path, {**headers, **more}) + body


def get(path: str, headers: Mapping[str, str]) -> bytes:
    """The text of a request that reads."""
    return _head("GET", path, headers)


def percentile(answers: Sequence[Answered], percent: int) -> float:
    """In milliseconds."""
    times = [one.seconds * 1e3 for one in answers]
    return quantiles(times, n=100)[percent - 1] if len(times) > 1 else sum(times)


def progress(passed: float, lasts: float, lately: Sequence[Answered], waiting: int) -> str:
    """How far a load is, in words; times are of what was answered lately."""
    tally = Counter(one.status for one in lately)
    told = ", ".join(f"{status} × {tally[status]:,}" for status in sorted(tally))
    return (
        f"{passed / 60:.0f} of {lasts / 60:.0f} min: {len(lately):,} answered ({told or 'none'}),"
        f" p50 {percentile(lately, 50):.0f} ms, p95 {percentile(lately, 95):.0f} ms,"
        f" {waiting:,} under way"
    )


def run_plan(plan: Plan) -> list[Answered]:
    """Send it all, in a process of its own; answers in the order in which they came."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_run_here, (plan,))


def _run_here(plan: Plan) -> list[Answered]:
    return _Loop(plan).answers


def _head(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode()


@dataclass(slots=True)
class _Line:
    """A connection, and the request that it carries."""

    socket: socket.socket
    number: int = -1  # of the request; -1 = none
    sent_at: float = 0.0
    received: bytes = b""


@dataclass(slots=True)
class _Sent:
    due: Due
    refused: tuple[int, ...] = field(default=())


class _Loop:
    """One run through a plan."""

    def __init__(self, plan: Plan) -> None:
        self.answers: list[Answered] = []
        self._plan = plan
        self._sent = [_Sent(due) for due in plan.requests]
        self._queue = [(due.at, number) for number, due in enumerate(plan.requests)]
        heapq.heapify(self._queue)
        self._selector: Any = selectors.DefaultSelector()
        self._idle: list[_Line] = []
        self._busy = 0
        self._start = perf_counter() + 0.2
        self._tell_at, self._told = TELL_SECONDS, 0
        self._run()

    def _run(self) -> None:
        looked = perf_counter()
        while self._queue or self._busy:
            now = perf_counter() - self._start
            while self._queue and self._queue[0][0] <= now:
                self._send(heapq.heappop(self._queue)[1])
            wait = max(0.0, self._queue[0][0] - now) if self._queue else 1.0
            for key, _ in self._selector.select(timeout=min(wait, 1.0)):
                self._read(key.data)
            if perf_counter() - looked > 1:
                looked = perf_counter()
                self._give_up(looked)
                self._tell(looked - self._start)

    def _tell(self, passed: float) -> None:
        """Say once a minute how far it is, and how it went since it was last said."""
        if passed < self._tell_at:
            return
        self._tell_at += TELL_SECONDS
        lately, self._told = self.answers[self._told :], len(self.answers)
        lasts = self._plan.requests[-1].at
        print(f"  {progress(passed, lasts, lately, self._busy)}", file=sys.stderr, flush=True)

    def _send(self, number: int) -> None:
        line = self._idle.pop() if self._idle else self._open()
        line.number, line.sent_at, line.received = number, perf_counter(), b""
        self._busy += 1
        try:
            line.socket.sendall(self._sent[number].due.text)
        except OSError:
            self._end(line, 0)

    def _open(self) -> _Line:
        line = _Line(socket.create_connection((self._plan.host, self._plan.port)))
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(line.socket, selectors.EVENT_READ, line)
        return line

    def _read(self, line: _Line) -> None:
        try:
            part = line.socket.recv(1 << 20)
        except OSError:
            part = b""
        if not part:
            self._drop(line)
            return
        line.received += part
        status = finished(line.received)
        if status is not None and line.number >= 0:
            self._end(line, status)

    def _end(self, line: _Line, status: int) -> None:
        number, line.number = line.number, -1
        self._busy -= 1
        sent, now = self._sent[number], perf_counter()
        if status == 429 and self._plan.comes_again and len(sent.refused) < _TRIES:
            wait = _retry_after(line.received)
            sent.refused = (*sent.refused, wait)
            heapq.heappush(self._queue, (now - self._start + max(1, wait), number))
        else:
            moment = self._start + sent.due.at
            body = line.received.partition(b"\r\n\r\n")[2]
            self.answers.append(
                Answered(
                    sent.due.route, status, now - moment, moment, sent.refused,
                    body if sent.due.route in self._plan.kept else b"",
                )
            )  # fmt: skip
        line.received = b""
        if status:
            self._idle.append(line)

    def _drop(self, line: _Line) -> None:
        """The other side hung up."""
        self._selector.unregister(line.socket)
        line.socket.close()
        if line.number >= 0:
            self._end(line, 0)
        elif line in self._idle:
            self._idle.remove(line)

    def _give_up(self, now: float) -> None:
        for key in list(self._selector.get_map().values()):
            line: _Line = key.data
            if line.number >= 0 and now - line.sent_at > MOST_SECONDS:
                self._drop(line)


def _retry_after(received: bytes) -> int:
    head = received.partition(b"\r\n\r\n")[0].lower()
    for line in head.split(b"\r\n"):
        if line.startswith(b"retry-after:"):
            return int(line.split(b":")[1])
    return -1
